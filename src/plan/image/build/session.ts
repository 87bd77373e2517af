/** What a build's line hands over in a session: secrets and agents. */
import type { BuildSecret, BuildSession } from '../../../api/request.ts';
import type { BuildSecretValue, SshValue } from '../../../command/values/build.ts';
import { look } from '../../ask.ts';
import { Stopped } from '../../effects.ts';
import type { Plan, PlanContext } from '../../effects.ts';
import { folderName, isFolder } from './named-contexts.ts';
import type { BuildFlags } from './query.ts';

/** @throws Stopped in docker's words where there is nothing to hand over */
export function* sessionFor(flags: BuildFlags, context: PlanContext): Plan<BuildSession> {
  const secrets: BuildSecret[] = [];
  for (const secret of flags.secret ?? []) secrets.push(yield* secretOf(secret, context));
  const ssh: BuildSession['ssh'][number][] = [];
  for (const agent of flags.ssh ?? []) ssh.push(yield* agentOf(agent, context));
  const output = outputOf(flags);
  const folders = yield* foldersOf(flags);
  return { secrets, ssh, ...(folders.length > 0 && { folders }), ...(output && { output }) };
}

function outputOf({ output = [] }: BuildFlags): BuildSession['output'] {
  if (output.length > 1)
    throw new Stopped('ERROR: failed to build: multiple outputs currently unsupported by the current BuildKit daemon');
  const [only] = output;
  if (!only || !('dest' in only)) return undefined;
  const { type, dest } = only;
  if (dest === '-' && type === 'tar') return { to: 'stdout' };
  return { to: type === 'local' ? 'folder' : 'file', path: dest };
}

function* foldersOf(flags: BuildFlags): Plan<NonNullable<BuildSession['folders']>> {
  const folders: { name: string; folder: string }[] = [];
  for (const { name, from } of flags['build-context'] ?? []) {
    if (!isFolder(from)) continue;
    const found = yield* look(from, true, { kind: 'folder', path: from });
    if (!found)
      throw new Stopped(
        `ERROR: failed to build: failed to get build context ${name}: stat ${from}: no such file or directory`,
      );
    if (found.kind !== 'folder')
      throw new Stopped(`ERROR: failed to build: failed to get build context path {${from} <nil>}: not a directory`);
    folders.push({ name: folderName(name), folder: found.path });
  }
  return folders;
}

/** What names neither file nor variable is the variable of that name, where there is one, or else the file. */
function* secretOf({ id, source, env, type }: BuildSecretValue, context: PlanContext): Plan<BuildSecret> {
  if (env !== undefined) return { id, value: context.env[env] ?? '' };
  const value = context.env[id];
  if (source === undefined && type !== 'file' && value !== undefined) return { id, value };
  const file = source ?? id;
  const found = yield* look(file, true, { kind: 'file', path: file });
  if (!found)
    throw new Stopped(`ERROR: failed to build: failed to stat ${file}: stat ${file}: no such file or directory`);
  return { id, file: found.path };
}

function* agentOf({ id, paths }: SshValue, context: PlanContext): Plan<BuildSession['ssh'][number]> {
  const [socket = context.env['SSH_AUTH_SOCK'] ?? ''] = paths;
  if (socket === '')
    throw new Stopped('ERROR: failed to build: invalid empty ssh agent socket: make sure SSH_AUTH_SOCK is set');
  const found = yield* look(socket, true, { kind: 'other', path: socket });
  if (!found) throw new Stopped(`ERROR: failed to build: stat ${socket}: no such file or directory`);
  if (found.kind !== 'other')
    throw new Stopped(
      `docker-tutor hands on an ssh agent, and no key file: start one with eval "$(ssh-agent)", add the key with ssh-add ${socket}, and write --ssh ${id}`,
    );
  return { id, socket: found.path };
}
