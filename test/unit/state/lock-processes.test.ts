/** Processes that take one lock, are killed inside, and never meet there. */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';

let folder: string;
let program: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docker-tutor-lock-'));
  program = join(folder, 'child.mjs');
  await build({
    entryPoints: [join(import.meta.dirname, 'lock-child.ts')],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
  });
});
afterAll(() => rm(folder, { recursive: true }));

const contenders = 4;

test.each([
  ['as it comes', 16, { pause: 0, seldom: false }],
  ['with up to 120 ms between the look at a dead holder and what follows', 12, { pause: 120, seldom: false }],
  ['of which nothing stays', 12, { pause: 0, seldom: true }],
])('one at a time, though holders are killed: %s', { timeout: 60_000 }, async (_, kills, how) => {
  const place = await mkdtemp(join(folder, 'place-'));
  const [path, log] = [join(place, 'the.lock'), join(place, 'log')];
  const killed = await contend(kills, [path, log, String(how.pause), String(how.seldom)]);
  const lines = (await readFile(log, 'utf8')).trimEnd().split('\n');
  expect(meetings(lines, killed)).toEqual([]);
  expect(new Set(lines.filter((line) => line.startsWith('begin'))).size).toBeGreaterThan(contenders);
  // the last of them may have been killed while it let go
  expect((await readdir(path).catch(() => [])).length).toBeLessThanOrEqual(1);
});

/** Keeps some processes at it until so many were killed inside, then kills them all. @returns the pids of those killed */
async function contend(kills: number, args: readonly string[]): Promise<ReadonlySet<string>> {
  const killed = new Set<string>();
  const running = new Set<ChildProcess>();
  await new Promise<void>((resolve, reject) => {
    const start = (): void => {
      const child = fork(program, args);
      running.add(child);
      child.on('message', () => {
        if (Math.random() < 0.5 || killed.size >= kills) return;
        setTimeout(() => child.kill('SIGKILL'), Math.random() * 4);
        killed.add(String(child.pid));
      });
      child.on('exit', (code) => {
        running.delete(child);
        if (code !== null && code !== 0) reject(new Error(`a child ended with ${String(code)}`));
        else if (killed.size < kills) start();
        else if (running.size < contenders) resolve();
      });
    };
    for (let i = 0; i < contenders; i += 1) start();
  });
  for (const { pid } of running) killed.add(String(pid));
  await Promise.all([...running].map(killedNow));
  return killed;
}

async function killedNow(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

/** Lines of a process that is not, or is no longer, the one inside; and entries while a living one is. */
function meetings(lines: readonly string[], killed: ReadonlySet<string>): readonly string[] {
  const wrong: string[] = [];
  let inside: string | undefined;
  for (const [at, line] of lines.entries()) {
    const [what, pid = ''] = line.split(' ');
    const enters = what === 'begin';
    const mayEnter = inside === undefined || killed.has(inside);
    if (enters ? !mayEnter : inside !== pid) wrong.push(`${String(at)}: ${line}, inside ${String(inside)}`);
    if (enters) inside = pid;
    if (what === 'end') inside = undefined;
  }
  return wrong;
}
