/** A disk that takes nothing any more in the middle of a run: the cause, exit code 4, and nothing is left on the engine. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Docker from 'dockerode';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { everythingOn } from '../engine/everything.ts';
import { engineSuite } from '../engine/lab.ts';
import { bin, environment, temporaryFolder } from './process.ts';

const canMount =
  process.getuid?.() === 0 && spawnSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'none', '/mnt']).status === 0;

const manyTags = Array.from({ length: 24 }, (_, i) => `docker tag busybox {{tag}}:${'x'.repeat(100)}${String(i)}`);

/** Its first command goes on until the test ends it; what comes after must be written down, and written. */
const lesson = JSON.stringify({
  formatVersion: 1,
  id: 'broken-in-mid-run',
  title: 'Goes on',
  summary: 'Makes more.',
  level: 'beginner',
  minutes: 1,
  requires: { images: ['busybox'] },
  names: { box: 'mid-run-box', tag: 'mid-run-tag' },
  steps: [
    {
      id: 'wait',
      title: 'Wait',
      do: 'docker run --name {{box}} busybox sleep 1000',
      expect: [{ output: { exitCode: 137 } }],
    },
    {
      id: 'write',
      title: 'Write',
      write: { path: 'note', content: 'x'.repeat(100_000) },
      expect: [{ file: { path: 'note' } }],
    },
    // more than fits in what the journal has of its disk already
    { id: 'tag', title: 'Tag', do: manyTags, expect: [{ image: { name: 'busybox' } }] },
  ],
});

const fill = (at: string): string => `head -c 1000000 /dev/zero > '${at}/full'; true`;
const makeReadOnly = (at: string): string => `mount --bind '${at}' '${at}' && mount -o remount,bind,ro '${at}'`;
const harms = [
  ['the state folder is full', 'state', fill, 'E-STATE-FOLDER'],
  ['the state folder becomes read-only', 'state', makeReadOnly, 'E-STATE-FOLDER'],
  ['the temporary folder becomes read-only', 'temp', makeReadOnly, 'E-FILE-REFUSED'],
  ['the temporary folder is full', 'temp', fill, 'E-FILE-REFUSED'],
] as const;

describe.skipIf(!canMount)(`in mid-run${canMount ? '' : ' (no file system can be mounted here)'}`, () => {
  engineSuite('on an engine', ({ address, socketPath }) => {
    const scratch = temporaryFolder();
    afterAll(() => scratch.remove());

    test.each(harms)(
      '%s',
      async (name, at, harm, code) => {
        const docker = new Docker({ socketPath });
        const folder = join(scratch.path, name.replaceAll(' ', '-'));
        const [state, temp] = [join(folder, 'state'), join(folder, 'temp')];
        for (const one of [folder, state, temp]) mkdirSync(one);
        writeFileSync(join(folder, 'lesson.yaml'), lesson);
        const before = await everythingOn(socketPath);
        const small = `mount -t tmpfs -o size=256k none '${join(folder, at)}' && exec "$@"`;
        const words = ['run', join(folder, 'lesson.yaml'), '--yes', '--format', 'plain'];
        const child = spawn('unshare', ['--mount', 'sh', '-c', small, 'sh', process.execPath, bin, ...words], {
          env: environment({ DOCKER_HOST: address, DOCKER_TUTOR_HOME: state, TMPDIR: temp }),
        });
        let said = '';
        for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += String(chunk)));
        const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
        const box = await vi.waitUntil(() => runningBox(docker), { timeout: 40_000, interval: 50 });
        const inside = ['--mount', '--target', String(child.pid), 'sh', '-c', harm(join(folder, at))];
        expect(spawnSync('nsenter', inside).status).toBe(0);
        await box.kill();
        expect(await ended, said).toBe(4);
        expect(said).toContain(code);
        expect(said).not.toMatch(/This is a bug|\/proc\//);
        expect(await everythingOn(socketPath)).toBe(before);
        // what is beside the folder that was broken
        expect(readdirSync(temp)).toEqual([]);
      },
      120_000,
    );
  });
});

async function runningBox(docker: Docker): Promise<Docker.Container | undefined> {
  const [found] = await docker.listContainers({ filters: { name: ['mid-run-box'], status: ['running'] } });
  return found && docker.getContainer(found.Id);
}
