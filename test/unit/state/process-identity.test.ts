import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { expect, it } from 'vitest';
import { isSameEngine } from '../../../src/ownership/journal/engine-identity.ts';
import { lifeOf, thisProcess } from '../../../src/state/process-identity.ts';
import { isRunId, newRunId } from '../../../src/state/run-id.ts';

it('tells a process that runs from one that has ended', async () => {
  const me = thisProcess();
  expect(lifeOf(me)).toBe('alive');
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  expect(lifeOf({ ...me, pid: child.pid ?? 0 })).toBe('dead');
});

it.runIf(process.platform === 'linux')(
  'is not taken in by a pid that is used again, another boot or another container',
  async () => {
    const me = thisProcess();
    expect(lifeOf({ ...me, started: '1' })).toBe('dead');
    expect(lifeOf({ ...me, boot: 'another' })).toBe('dead');
    expect(lifeOf({ ...me, namespace: 'pid:[1]' })).toBe('unknown');
  },
);

it.runIf(process.platform === 'linux')('takes nobody for dead who cannot be looked at now', () => {
  const me = thisProcess();
  const read = fs.readFileSync;
  fs.readFileSync = () => {
    throw Object.assign(new Error('too many open files'), { code: 'EMFILE' });
  };
  syncBuiltinESMExports();
  try {
    expect(lifeOf(me)).toBe('unknown');
  } finally {
    fs.readFileSync = read;
    syncBuiltinESMExports();
  }
});

it('makes run ids that differ, sort by time, and are safe in a file name and a filter', () => {
  const early = newRunId(1_000_000_000_000, () => 0.999_999_9);
  const late = newRunId(1_700_000_000_000, () => 0);
  expect([late, early].sort()).toEqual([early, late]);
  expect([early, late].map(isRunId)).toEqual([true, true]);
  expect(newRunId(0)).not.toBe(newRunId(0));
  for (const wrong of ['', '../x', 'abc', 'a-b', `${early}\n`, '*']) expect(isRunId(wrong)).toBe(false);
});

it.each([
  ['the same by another address', { id: 'a', name: 'h', address: 'tcp://x' }, true],
  ['its host renamed', { id: 'a', name: 'g', address: 'unix:///s' }, true],
  ['a clone elsewhere', { id: 'a', name: 'g', address: 'tcp://x' }, false],
  ['another', { id: 'b', name: 'h', address: 'unix:///s' }, false],
])('an engine is %s', (_, other, same) => {
  expect(isSameEngine({ id: 'a', name: 'h', address: 'unix:///s' }, other)).toBe(same);
});
