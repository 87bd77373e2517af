/** Logins where the docker CLI keeps them: config.json, or a program `docker-credential-<name>` that it names. */
import { Buffer } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import { chmod, mkdir, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Login } from '../../api/request.ts';
import { Failure } from '../../failure.ts';
import type { CredentialStore } from './logins.ts';
import { diskFiles } from '../config/disk-files.ts';
import { readDockerConfig } from '../config/docker-config.ts';
import type { Auth, DockerConfig } from '../config/docker-config.ts';
import type * as Helper from './credential-helper.ts';

/** Few configs have one, and starting programs takes milliseconds to load. */
const runHelper: typeof Helper.runHelper = async (...asked) =>
  (await import('./credential-helper.ts')).runHelper(...asked);

/** @param folder the docker CLI's: DOCKER_CONFIG, or ~/.docker. @throws Failure E-CONFIG-INVALID; E-CRED-HELPER where a program fails or is missing */
export function dockerLogins(folder: string, signal: AbortSignal): CredentialStore {
  const file = join(folder, 'config.json');
  const helperFor = ({ credHelpers, credsStore }: DockerConfig, server: string): string | undefined =>
    credHelpers?.[server] ?? (credsStore === '' ? undefined : (credsStore ?? undefined));
  const read = (): DockerConfig => readDockerConfig(folder, diskFiles);

  async function find(server: string): Promise<Login | undefined> {
    const config = read();
    const helper = helperFor(config, server);
    return helper === undefined ? loginIn(config, server) : fromHelper(helper, server, signal);
  }

  return {
    find,
    async all() {
      const config = read();
      const listed = config.credsStore
        ? Object.keys((await unlessBroken(runHelper(config.credsStore, 'list', '', signal))) ?? {})
        : [];
      const servers = new Set([
        ...Object.keys(config.auths ?? {}),
        ...Object.keys(config.credHelpers ?? {}),
        ...listed,
      ]);
      const found = await Promise.all([...servers].map((server) => unlessBroken(find(server))));
      return found.filter((login) => login !== undefined);
    },
    async keep(login) {
      const config = read();
      const helper = helperFor(config, login.server);
      if (helper === undefined) {
        await writeConfig(file, { ...config, auths: { ...config.auths, [login.server]: written(login) } });
        return file;
      }
      await runHelper(helper, 'store', JSON.stringify(forHelper(login)), signal);
      await writeConfig(file, { ...config, auths: { ...config.auths, [login.server]: {} } });
      return undefined;
    },
    async forget(server) {
      const config = read();
      const helper = helperFor(config, server);
      if (helper !== undefined) await runHelper(helper, 'erase', server, signal);
      if (!config.auths || !Object.hasOwn(config.auths, server)) return;
      await writeConfig(file, {
        ...config,
        auths: Object.fromEntries(Object.entries(config.auths).filter(([name]) => name !== server)),
      });
    },
  };
}

/** Whoever asks for all logins can do with fewer: a program that fails costs those it keeps, as the docker CLI has it. */
async function unlessBroken<T>(asked: Promise<T>): Promise<T | undefined> {
  return asked.catch((error: unknown) => {
    if (error instanceof Failure && error.code === 'E-CRED-HELPER') return undefined;
    throw error;
  });
}

/** Also where it was kept with a scheme or a path, as old clients did: `https://host/v1/`. */
function loginIn(config: DockerConfig, server: string): Login | undefined {
  const auths = config.auths ?? {};
  const key = Object.hasOwn(auths, server) ? server : Object.keys(auths).find((name) => hostOf(name) === server);
  const { auth, identitytoken } = (key === undefined ? undefined : auths[key]) ?? {};
  const text = Buffer.from(auth ?? '', 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon === -1) return identitytoken ? { server, username: '', identityToken: identitytoken } : undefined;
  const password = text.slice(colon + 1).replace(/\0+$/, '');
  return { server, username: text.slice(0, colon), password, ...(identitytoken && { identityToken: identitytoken }) };
}

function hostOf(address: string): string {
  return address.replace(/^https?:\/\//, '').split('/')[0] ?? '';
}

/** A user name of this form means that the secret is an identity token (docker-credential-helpers). */
const tokenUser = '<token>';

async function fromHelper(helper: string, server: string, signal: AbortSignal): Promise<Login | undefined> {
  const { Username = '', Secret = '' } = (await runHelper(helper, 'get', server, signal)) ?? {};
  if (Username === '' && Secret === '') return undefined;
  return Username === tokenUser
    ? { server, username: '', identityToken: Secret }
    : { server, username: Username, password: Secret };
}

function forHelper({ server, username, password = '', identityToken }: Login): Readonly<Record<string, string>> {
  return identityToken
    ? { ServerURL: server, Username: tokenUser, Secret: identityToken }
    : { ServerURL: server, Username: username, Secret: password };
}

function written({ username, password = '', identityToken }: Login): Auth {
  return {
    auth: Buffer.from(`${username}:${password}`).toString('base64'),
    ...(identityToken && { identitytoken: identityToken }),
  };
}

/** Beside it first, then in its place: a crash leaves the old file or the new one. A link is followed, as docker does. */
async function writeConfig(file: string, config: DockerConfig): Promise<void> {
  await mkdir(join(file, '..'), { recursive: true, mode: 0o700 });
  const target = await realpath(file).catch(() => file);
  const beside = `${target}.${randomUUID()}`;
  try {
    await writeFile(beside, JSON.stringify(config, undefined, '\t'), { mode: 0o600 });
    await chmod(beside, 0o600);
    await rename(beside, target);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}
