import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isStaticProgram, printingProgram, type Machine } from '../../../../src/lab/images/elf.ts';
import { findProgram } from '../../../../src/lab/program.ts';

const text = '\nHello from Docker!\nÜmläute und 100 % Zeichen\n';

describe('a program without a compiler', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'docker-tutor-elf-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const emulator: Readonly<Record<Machine, string | undefined>> = {
    x64: findProgram('qemu-x86_64-static'),
    arm64: findProgram('qemu-aarch64-static'),
  };
  test.for(['x64', 'arm64'] as const)('%s: prints its text and ends with 0', async (machine, { skip }) => {
    const native = process.platform === 'linux' && process.arch === machine;
    const helper = emulator[machine];
    skip(!native && helper === undefined, `this machine runs no ${machine} programs`);
    const file = join(folder, machine);
    await writeFile(file, printingProgram(machine, text), { mode: 0o755 });
    const { stdout, stderr } = await promisify(execFile)(
      native || helper === undefined ? file : helper,
      native ? [] : [file],
    );
    expect({ stdout, stderr }).toEqual({ stdout: text, stderr: '' });
  });

  test.each([
    ['x64', 62],
    ['arm64', 183],
  ] as const)('%s: is an executable of that machine that needs no loader', (machine, id) => {
    const file = printingProgram(machine, text);
    expect([file.toString('latin1', 1, 4), file.readUInt16LE(16), file.readUInt16LE(18)]).toEqual(['ELF', 2, id]);
    expect(isStaticProgram(file)).toBe(true);
  });

  test('arm64: instructions as the architecture manual encodes them', () => {
    const code = printingProgram('arm64', 'x'.repeat(300)).subarray(120, 152);
    const words = Array.from({ length: 8 }, (_, at) => code.readUInt32LE(at * 4).toString(16));
    //            mov x8,#64  mov x0,#1   adr x1,+24  mov x2,#300 svc #0      mov x8,#93  mov x0,#0   svc #0
    expect(words).toEqual([
      'd2800808',
      'd2800020',
      '100000c1',
      'd2802582',
      'd4000001',
      'd2800ba8',
      'd2800000',
      'd4000001',
    ]);
  });

  test('a text too long for arm64 is refused, not cut', () => {
    expect(() => printingProgram('arm64', 'x'.repeat(70_000))).toThrow(RangeError);
  });
});

describe('static or not', () => {
  test.skipIf(process.platform !== 'linux')('node itself needs a loader', async () => {
    expect(isStaticProgram(await readFile(process.execPath))).toBe(false);
  });

  test.each([
    ['an empty file', Buffer.alloc(0)],
    ['a script', Buffer.from('#!/bin/sh\n'.repeat(20))],
    ['a cut header', printingProgram('x64', text).subarray(0, 70)],
  ])('%s is no static program', (_, bytes) => {
    expect(isStaticProgram(bytes)).toBe(false);
  });
});
