/**
 * Keeps what V8 has compiled, a folder a command. V8 refuses what another V8 has compiled; of the text it compares the
 * length only, so each build keeps its own.
 */
import { appendFileSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Script } from 'node:vm';
import type { KeptCode } from './program.ts';

/** In `folder`, written when this process ends well. */
export function keptCode(folder: string): KeptCode {
  const scripts = new Map<string, Script>();
  let isNews = false;
  process.once('exit', (exitCode) => {
    if (exitCode !== 0 || !canKeep(folder) || !(isNews || isTimeToAdd(folder))) return;
    for (const [file, script] of scripts) keep(`${folder}/${file}`, script.createCachedData());
  });
  return {
    read: (file) => readKept(`${folder}/${file}`),
    opened(file, script) {
      scripts.set(file, script);
      // undefined where there was nothing to take
      if (script.cachedDataRejected !== false) isNews = true;
    },
  };
}

function readKept(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    // never kept, or unreadable: the text is compiled
    return undefined;
  }
}

/** Other words run other functions: what is compiled for them is added at the 2nd start, the 3rd, the 5th, the 9th… */
function isTimeToAdd(folder: string): boolean {
  return Number.isInteger(Math.log2(statSync(`${folder}/starts`).size - 1));
}

/** Not where it is installed so that this user may not write: then each start compiles. */
function canKeep(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true });
    appendFileSync(`${folder}/starts`, '.');
    return true;
  } catch {
    return false;
  }
}

function keep(path: string, compiled: Buffer): void {
  const unfinished = `${path}.${String(process.pid)}`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(unfinished, compiled);
    renameSync(unfinished, path);
  } catch {
    // a full disk: the next start compiles again
    rmSync(unfinished, { force: true });
  }
}
