/** The session of one build: what its line names of this machine, ready to be asked for. */
import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { Buffer } from 'node:buffer';
import type { SyncedContext } from '../archive/synced-context.ts';
import type { BuildSecret, BuildSession } from '../api/request.ts';
import { contextFolder, textFolder } from '../buildkit/session/context-folder.ts';
import { fileSend } from '../buildkit/session/file-send.ts';
import { fileSync } from '../buildkit/session/file-sync.ts';
import type { Method } from '../buildkit/session/grpc-server.ts';
import { openSession } from '../buildkit/session/open-session.ts';
import type { Session } from '../buildkit/session/open-session.ts';
import { registryLogins } from '../buildkit/session/registry-logins.ts';
import { secretStore } from '../buildkit/session/secrets.ts';
import { checkAgent, forwardAgent } from '../buildkit/session/ssh-agents.ts';
import type { Held } from '../disk/held.ts';
import { readWhole } from '../disk/read.ts';
import { holdFolder } from '../disk/write.ts';
import { serverOf } from '../engine/login/logins.ts';
import { storeDownload } from './files/downloads.ts';
import type { World } from './world.ts';

/** The folders that are held for a build, until its end. */
export interface BuildFolders {
  readonly context?: SyncedContext;
  /** Named contexts. */
  readonly named: ReadonlyMap<string, Held>;
}

export async function openBuildSession(
  { secrets, ssh, output }: BuildSession,
  { context, named }: BuildFolders,
  world: World,
): Promise<Session> {
  const { credentials, engine, signal } = world;
  const methods: [string, Method][] = [
    ['/moby.filesync.v1.Auth/Credentials', registryLogins(async (host) => credentials?.find(serverOf(host)))],
    ['/moby.buildkit.secrets.v1.Secrets/GetSecret', secretStore(secretsIn(secrets, world))],
  ];
  if (ssh.length > 0) {
    const sockets = new Map(ssh.map(({ id, socket }) => [id, socket]));
    methods.push(['/moby.sshforward.v1.SSH/CheckAgent', checkAgent(sockets)]);
    methods.push(['/moby.sshforward.v1.SSH/ForwardAgent', forwardAgent(sockets)]);
  }
  const folders = new Map([...named].map(([name, folder]) => [name, contextFolder(folder, signal)]));
  if (context) {
    folders.set('context', contextFolder(context.folder, signal));
    folders.set('dockerfile', textFolder(context.dockerfiles));
  }
  if (folders.size > 0) methods.push(['/moby.filesync.v1.FileSync/DiffCopy', fileSync(folders)]);
  if (output)
    methods.push(['/moby.filesync.v1.FileSend/DiffCopy', fileSend((stream) => storeOutput(stream, output, world))]);
  return openSession(engine, new Map(methods), keyOf(context?.folder.real ?? ''), signal);
}

/** As docker has it, the folder is made where it is missing. */
async function storeOutput(stream: Readable, to: NonNullable<BuildSession['output']>, world: World): Promise<void> {
  const { cwd, bounds } = world;
  if (to.to === 'folder') {
    if (bounds) await (await holdFolder(resolve(cwd, to.path), bounds)).close();
    else await mkdir(resolve(cwd, to.path), { recursive: true });
  }
  await storeDownload(stream, to, world);
}

function secretsIn(
  secrets: readonly BuildSecret[],
  { cwd, bounds, signal }: World,
): ReadonlyMap<string, () => Promise<Buffer>> {
  return new Map(
    secrets.map((secret) => [
      secret.id,
      async () =>
        'file' in secret ? readWhole(resolve(cwd, secret.file), { bounds, signal }) : Buffer.from(secret.value),
    ]),
  );
}

/** Not the folder's name: that is nobody's business on the engine. */
function keyOf(folder: string): string {
  return createHash('sha256').update(`docker-tutor\n${folder}`).digest('hex');
}
