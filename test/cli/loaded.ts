/** What the built program really loads for a command line: a hook says which parts are run, esbuild's account what is in them. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Metafile } from 'esbuild';
import { metafilePath, root } from '../../build/paths.mjs';

const hook = fileURLToPath(new URL('../fixtures/note-loads.mjs', import.meta.url));

export interface Loaded {
  /** Source files and package files whose code was loaded, from the top of the project. */
  readonly inputs: readonly string[];
  readonly packages: readonly string[];
  /** JavaScript of dist that was run. */
  readonly bytes: number;
  readonly status: number | null;
  readonly stdout: string;
}

export function metafile(): Metafile {
  return JSON.parse(readFileSync(metafilePath, 'utf8')) as Metafile;
}

export function loadedBy(args: readonly string[]): Loaded {
  const folder = mkdtempSync(join(tmpdir(), 'docker-tutor-loads-'));
  const notes = join(folder, 'loads');
  try {
    const bin = join(root, 'bin/docker-tutor.js');
    const ran = spawnSync(process.execPath, ['--import', hook, bin, ...args], {
      encoding: 'utf8',
      timeout: 30_000,
      env: { ...process.env, NOTE_LOADS_IN: notes },
    });
    const parts = readFileSync(notes, 'utf8').split('\n').slice(0, -1);
    return {
      ...contentsOf(parts.map((name) => `dist/${name}`)),
      status: ran.status,
      stdout: ran.stdout,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function contentsOf(outputPaths: readonly string[]): Pick<Loaded, 'inputs' | 'packages' | 'bytes'> {
  const { outputs } = metafile();
  const loaded = outputPaths.map((path) => {
    const output = outputs[path];
    if (!output) throw new Error(`${path} is not of this build`);
    return output;
  });
  const inputs = loaded.flatMap((output) =>
    Object.keys(output.inputs).filter((path) => output.inputs[path]?.bytesInOutput),
  );
  const packages = inputs.flatMap((path) => /^.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []);
  return { inputs, packages: [...new Set(packages)], bytes: loaded.reduce((sum, output) => sum + output.bytes, 0) };
}
