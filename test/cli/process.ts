/** docker-tutor as a process, and what of this machine a test needs. */
import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../build/paths.mjs';

export const bin = join(root, 'bin/docker-tutor.js');

/** The environment of this test run, without what chooses an engine or a folder, and with what the test sets. */
export function environment(more: Readonly<Record<string, string>>): Record<string, string> {
  const without = /^(?:DOCKER_|NO_COLOR$|FORCE_COLOR$|CI$)/;
  const kept = Object.entries(process.env).filter(
    ([name, value]) => value !== undefined && (!without.test(name) || name === 'DOCKER_TUTOR_LAB_DIR'),
  );
  return { ...(Object.fromEntries(kept) as Record<string, string>), ...more };
}

export function dockerTutor(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  input = '',
): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, [bin, ...args], {
    encoding: 'utf8',
    timeout: 60_000,
    env: environment(env),
    input,
  });
}

/** Why a program cannot be used here, or undefined where it can. */
export function lacking(program: string): string | undefined {
  const { error } = spawnSync(program, ['--version'], { encoding: 'utf8', timeout: 10_000 });
  return error ? `${program} is not on PATH` : undefined;
}

export function temporaryFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'docker-tutor-cli-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
