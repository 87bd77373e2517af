/** A static busybox: this machine's own, else the one of the package busybox-static, unpacked and not installed. */
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../../failure.ts';
import { isStaticProgram } from './elf.ts';
import type { LabPaths } from '../folder.ts';
import { findProgram, run } from '../program.ts';

export interface Busybox {
  readonly program: Buffer;
  readonly applets: readonly string[];
}

/** Rejects with E-LAB-IMAGE. */
export async function staticBusybox(paths: LabPaths, signal: AbortSignal): Promise<Busybox> {
  const here = findProgram('busybox');
  if (here !== undefined) {
    const program = await readFile(here);
    if (isStaticProgram(program)) return { program, applets: await appletsOf(here, signal) };
  }
  return await fromPackage(paths, signal);
}

async function fromPackage(paths: LabPaths, signal: AbortSignal): Promise<Busybox> {
  const folder = join(paths.work, 'busybox');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  try {
    await download(folder, signal);
    const archive = (await readdir(folder)).find((name) => name.endsWith('.deb')) ?? '';
    const unpacked = await run('dpkg-deb', ['--extract', archive, 'root'], { cwd: folder, signal, limit: 60_000 });
    if (unpacked.exitCode !== 0) throw noBusybox(unpacked.lines);
    const found = await firstProgram([join(folder, 'root/bin/busybox'), join(folder, 'root/usr/bin/busybox')]);
    return { program: found.program, applets: await appletsOf(found.path, signal) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function download(folder: string, signal: AbortSignal): Promise<void> {
  if (findProgram('apt-get') === undefined) throw noBusybox([]);
  const get = (): ReturnType<typeof run> =>
    run('apt-get', ['download', 'busybox-static', '-o', 'APT::Sandbox::User=root'], {
      cwd: folder,
      signal,
      limit: 120_000,
    });
  if ((await get()).exitCode === 0) return;
  // No package lists, or old ones.
  await run('apt-get', ['update'], { signal, limit: 120_000 });
  const second = await get();
  if (second.exitCode !== 0) throw noBusybox(second.lines);
}

async function firstProgram(places: readonly string[]): Promise<{ path: string; program: Buffer }> {
  for (const path of places) {
    const program = await readFile(path).catch(() => undefined);
    if (program !== undefined) return { path, program };
  }
  throw noBusybox([]);
}

async function appletsOf(path: string, signal: AbortSignal): Promise<readonly string[]> {
  const { stdout } = await run(path, ['--list'], { signal, limit: 10_000 });
  return stdout.split('\n').filter((name) => /^[\w.[-]+$/.test(name));
}

function noBusybox(lines: readonly string[]): Failure {
  return new Failure('The lab found no static busybox to make the stand-in images of.', {
    code: 'E-LAB-IMAGE',
    exitCode: 4,
    hints: ['Install one: sudo apt-get update && sudo apt-get install busybox-static'],
    evidence: lines.slice(-6),
  });
}
