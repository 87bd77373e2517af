/** What happens beside a command that does not end: begun by what it prints, and the command gets its Ctrl-C in the end. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Event } from '../../../../src/events/events.ts';
import { beside } from '../../../../src/run/actions/meanwhile.ts';
import type { Beside } from '../../../../src/run/actions/meanwhile.ts';
import type { Scene } from '../../../../src/run/scene.ts';
import type { Meanwhile } from '../../../../src/scenario/schema.ts';
import { contextOf } from '../../check/told-engine.ts';

let workspace = '';
beforeEach(() => {
  workspace = mkdtempSync(join(tmpdir(), 'docker-tutor-'));
});
afterEach(() => {
  rmSync(workspace, { recursive: true });
});

const told: string[] = [];
function begun(more: Partial<Meanwhile>): Beside {
  told.length = 0;
  const meanwhile: Meanwhile = {
    once: 'ready',
    write: [{ path: 'a.txt', content: 'new\n' }],
    until: { file: { path: 'a.txt', contains: 'new' } },
    ...more,
  };
  const scene = { workspace, emit: ({ type }: Event) => told.push(type) } as unknown as Scene;
  const io = { question: () => Promise.resolve('y') };
  return beside(meanwhile, io, { scene, step: 'watch', look: contextOf({}, { workspace }) });
}

test('once it is ready, in however many pieces it says so, the files are written, and then it is interrupted', async () => {
  const { io, over } = begun({});
  const signal = new Promise<string>((resolve) => io.interrupt?.(resolve));
  io.stdout?.('rea');
  expect(told).toEqual([]);
  io.stdout?.('dy\n');
  expect(await signal).toBe('SIGINT');
  await over();
  expect(readFileSync(join(workspace, 'a.txt'), 'utf8')).toBe('new\n');
  expect(told).toEqual(['file-written']);
});

test('a command that ends before is not waited for, and one that is never ready changes nothing', async () => {
  const early = begun({ until: { file: { path: 'a.txt', contains: 'never' } } });
  early.io.stdout?.('ready');
  await early.over();
  const silent = begun({});
  silent.io.stderr?.('not yet');
  await silent.over();
  expect(told).toEqual([]);
});

test('what cannot be written ends the command, and is told after it', async () => {
  const { io, over } = begun({ write: [{ path: 'a.txt', replace: 'old', with: 'new' }] });
  const signal = new Promise<string>((resolve) => io.interrupt?.(resolve));
  io.stdout?.('ready');
  expect(await signal).toBe('SIGINT');
  await expect(over()).rejects.toThrow();
});
