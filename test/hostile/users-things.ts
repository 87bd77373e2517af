/** What the user has on the engine, made without docker-tutor; and whether it is still what it was. */
import Docker from 'dockerode';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { everythingOn } from '../engine/everything.ts';

export interface UsersThings {
  /** Stands in all that is the user's, and must come out nowhere. */
  readonly canary: string;
  /**
   * By what a way calls them: the ids of my-db and of mine/secret:1, the beginnings of theirs and of my-net's, a port of this
   * machine where the user's program answers, and a folder of the user's with the file `note`.
   */
  readonly known: Readonly<
    Record<'%db%' | '%secret%' | '%db-start%' | '%net-start%' | '%secret-start%' | '%port%' | '%folder%', string>
  >;
  /** Of the process that runs the lesson. */
  readonly env: Readonly<Record<string, string>>;
  /** What they are now, as text that can be compared. */
  state(): Promise<string>;
  remove(): Promise<void>;
}

const image = 'mine/secret:1';

export async function usersThings(socketPath: string): Promise<UsersThings> {
  const docker = new Docker({ socketPath });
  const canary = `canary-${randomUUID()}`;
  const hadBusybox = (await docker.listImages()).some(({ RepoTags }) => RepoTags?.includes('busybox:latest'));
  if (!hadBusybox) await followed(docker, await docker.pull('busybox:latest'));
  await docker.createVolume({ Name: 'my-data' });
  const network = await docker.createNetwork({ Name: 'my-net' });
  const container = await docker.createContainer({
    name: 'my-db',
    Image: 'busybox',
    Env: [`CANARY=${canary}`],
    Cmd: ['sh', '-c', `echo ${canary} | tee /data/note; exec sleep 100000`],
    HostConfig: { Binds: ['my-data:/data'], NetworkMode: 'my-net' },
  });
  await container.start();
  await container.commit({ repo: 'mine/secret', tag: '1' });
  const program = await usersProgram(canary);
  const folder = mkdtempSync(join(tmpdir(), 'the-users-'));
  writeFileSync(join(folder, 'note'), canary);
  const { Id: ofImage } = await docker.getImage(image).inspect();
  const secret = ofImage.replace('sha256:', '');
  return {
    canary,
    known: {
      '%db%': container.id,
      '%secret%': secret,
      '%db-start%': startOf(container.id),
      '%net-start%': startOf(network.id),
      '%secret-start%': startOf(secret),
      '%port%': String(program.port),
      '%folder%': folder,
    },
    env: { CANARY: canary, MY_PASSWORD: canary },
    async state() {
      const [db, net, kept] = await Promise.all([
        container.inspect(),
        docker.getNetwork('my-net').inspect() as Promise<unknown>,
        docker.getImage(image).inspect(),
      ]);
      const note = await printed(container, ['cat', '/data/note']);
      // a look into it is this one's own
      const rest = { ...db, ExecIDs: undefined };
      const asked = program.asked();
      const files = readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]);
      return JSON.stringify(
        { rest, net, kept, note, asked, files, all: JSON.parse(await everythingOn(socketPath)) as unknown },
        undefined,
        1,
      );
    },
    async remove() {
      program.close();
      rmSync(folder, { recursive: true });
      await container.remove({ force: true });
      await docker.getNetwork('my-net').remove();
      await docker.getVolume('my-data').remove();
      await docker.getImage(image).remove();
      if (!hadBusybox) await docker.getImage('busybox:latest').remove();
    },
  };
}

/** Long enough for one thing alone to begin so. */
function startOf(id: string): string {
  return id.slice(0, 8);
}

/** Listens on this machine, where an engine beside it publishes ports too. */
async function usersProgram(canary: string) {
  let asked = 0;
  const server = createServer((_, answer) => {
    asked++;
    answer.end(canary);
  });
  // where localhost leads, by either family
  server.listen(0, '::');
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, asked: () => asked, close: () => void server.close() };
}

async function followed(docker: Docker, stream: NodeJS.ReadableStream): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    docker.modem.followProgress(stream, (error) => {
      if (error) reject(error);
      else resolve();
    });
  });
}

async function printed(container: Docker.Container, command: string[]): Promise<string> {
  const exec = await container.exec({ Cmd: command, AttachStdout: true, Tty: true });
  const stream = await exec.start({ Tty: true });
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString().trim();
}
