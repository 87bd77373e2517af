/** docker login and logout. The password is asked for, sent, and kept; it is never printed. */
import type { Command } from '../../command/command.ts';
import type { login, logout } from '../../command/tables/registry.ts';
import { ask, complain, findLogin, forgetLogin, keepLogin, print, question, readStdin, request } from '../ask.ts';
import { isRefusal, wordsOf } from '../daemon-errors.ts';
import { EngineError } from '../../api/request.ts';
import { Stopped } from '../effects.ts';
import type { Login } from '../../api/request.ts';
import type { Plan, PlanContext } from '../effects.ts';

type LoginFlags = Command<(typeof login)['flags']>['flags'];

const hub = 'https://index.docker.io/v1/';

export function* logIn(
  { flags, operands: [written] }: Command<(typeof login)['flags']>,
  context: Pick<PlanContext, 'noKeyboard'>,
): Plan {
  const server = serverNamed(written);
  const given = yield* givenPassword(flags);
  const { username = '' } = flags;
  if (username === '' && given === '' && (yield* renewed(server))) return 0;
  const wanted = yield* askedFor(server, username, given, context);
  yield* signIn(wanted);
  return 0;
}

/** Docker Hub has an address of its own; of others the host counts. */
function serverNamed(written: string | undefined): string {
  if (written === undefined || written === '' || written === 'docker.io' || written === hub) return hub;
  return written.replace(/^https?:\/\//, '').split('/')[0] ?? written;
}

function* givenPassword(flags: LoginFlags): Plan<string> {
  const { password = '' } = flags;
  if (password !== '' && flags['password-stdin'])
    throw new Stopped('conflicting options: cannot specify both --password and --password-stdin');
  if (password !== '') yield* complain('WARNING! Using --password via the CLI is insecure. Use --password-stdin.\n');
  if (!flags['password-stdin']) return password;
  if (!flags.username) throw new Stopped('the --password-stdin option requires --username to be set');
  return (yield* readStdin()).replace(/\r?\n$/, '');
}

/** Signs in anew with the login that is kept. @returns whether there was one, and it still holds */
function* renewed(server: string): Plan<boolean> {
  const kept = yield* findLogin(server);
  if (!kept?.username || !kept.password) return false;
  yield* complain(`Authenticating with existing credentials... [Username: ${kept.username}]\n\n`);
  yield* complain("i Info → To login with a different account, run 'docker logout' followed by 'docker login'\n\n\n");
  try {
    yield* signIn(kept);
    return true;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const expired = error instanceof EngineError && error.status === 401;
    yield* complain(
      expired ? 'Stored credentials invalid or expired\n' : `Login did not succeed, error: ${wordsOf(error)}\n`,
    );
    return false;
  }
}

function* askedFor(
  server: string,
  username: string,
  password: string,
  { noKeyboard }: Pick<PlanContext, 'noKeyboard'>,
): Plan<Login> {
  if (noKeyboard === true && (username.trim() === '' || password.trim() === ''))
    throw new Stopped('Error: Cannot perform an interactive login from a non TTY device');
  const name = username.trim() || (yield* askedName(server));
  const secret = password.trim() || (yield* question('Password: ', '<password>', true)).trim();
  if (secret === '') throw new Stopped('Error: Password Required');
  return { server, username: name, password: secret };
}

function* askedName(server: string): Plan<string> {
  if (server === hub) {
    yield* print(
      "Log in with your Docker ID or email address to push and pull images from Docker Hub. If you don't have a Docker ID, head over to https://hub.docker.com/ to create one.\n" +
        'You can log in with your password or a Personal Access Token (PAT). Using a limited-scope PAT grants better security and is required for organizations using SSO. Learn more at https://docs.docker.com/go/access-tokens/\n\n',
    );
  }
  const name = (yield* question('Username: ', '<username>')).trim();
  if (name === '') throw new Stopped('Error: Non-null Username Required');
  return name;
}

/** Asks the registry, through the engine; keeps the login where it holds. */
function* signIn(wanted: Login): Plan<void> {
  const body = { username: wanted.username, password: wanted.password, serveraddress: wanted.server };
  const assumed = { Status: 'Login Succeeded', IdentityToken: '' };
  const answer = yield* ask<{ readonly Status?: string; readonly IdentityToken?: string }>(
    request('POST', '/auth', { body }),
    assumed,
  );
  const { Status = '', IdentityToken = '' } = answer.body;
  const kept =
    IdentityToken === '' ? wanted : { server: wanted.server, username: wanted.username, identityToken: IdentityToken };
  const file = yield* keepLogin(kept);
  if (file !== undefined) yield* complain(unencrypted(file));
  if (Status !== '') yield* print(`${Status}\n`);
}

function unencrypted(file: string): string {
  return `\nWARNING! Your credentials are stored unencrypted in '${file}'.\nConfigure a credential helper to remove this warning. See\nhttps://docs.docker.com/go/credential-store/\n\n`;
}

export function* logOut({ operands: [written] }: Command<(typeof logout)['flags']>): Plan {
  const shown =
    written === undefined || written === '' ? hub : serverNamed(written) === hub ? written : serverNamed(written);
  yield* print(`Removing login credentials for ${shown}\n`);
  yield* forgetLogin(serverNamed(written));
  return 0;
}
