import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../../build/paths.mjs';
import { version } from '../../src/version.ts';

interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

/** npm as the user runs it; what this test run set for npm does not count. */
function npm(cwd: string, ...args: readonly string[]): string {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)));
  return execFileSync('npm', args, { cwd, encoding: 'utf8', env, stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Chunks and scenarios are many; a scenario may bring files of its own. */
function kindOf(path: string): string {
  return path
    .replace(/^dist\/chunks\/[\w.-]+\.js$/, 'dist/chunks/*.js')
    .replace(/^dist\/scenarios\/[a-z0-9-]+\/[a-z]{2,3}(?:-[A-Z]{2})?\.json$/, 'dist/scenarios/<id>/<language>.json')
    .replace(/^(dist\/scenarios\/index\.)[\w-]+(\.json)$/, '$1<language>$2')
    .replace(
      /^dist\/scenarios\/(?!index\b)[a-z0-9-]+(\.json$|\/files\/.+$)/,
      (_, end: string) => `dist/scenarios/<id>${end === '.json' ? end : '.json'}`,
    );
}

describe('the package', () => {
  let folder: string;
  let packed: Packed;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'docker-tutor-pack-'));
    const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
    const report = JSON.parse(npm(root, ...args)) as readonly Packed[] | Readonly<Record<string, Packed>>;
    const [only] = Object.values(report);
    if (!only) throw new Error('npm pack named no package');
    packed = only;
  });

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  test('holds what runs, and nothing else', () => {
    const paths = packed.files.map(({ path }) => path);
    const kinds = new Set(paths.map(kindOf));
    expect([...kinds].sort()).toEqual([
      'LICENSE',
      'README.md',
      'bin/docker-tutor.js',
      'bin/package.json',
      'dist/THIRD-PARTY-LICENSES',
      'dist/chunks/*.js',
      'dist/compose.js',
      'dist/explain.js',
      'dist/lesson.js',
      'dist/main.js',
      'dist/package.json',
      'dist/plans.js',
      'dist/run.js',
      'dist/scenarios/<id>.json',
      'dist/scenarios/<id>/<language>.json',
      'dist/scenarios/index.<language>.json',
      'dist/scenarios/index.json',
      'dist/scenarios/scenario.schema.json',
      'dist/start.js',
      'dist/tables.js',
      'dist/terminal.js',
      'man/docker-tutor.1',
      'package.json',
      'schemas/ctrf.schema.json',
      'schemas/events.schema.json',
    ]);
  });

  describe('installed elsewhere, without the network', () => {
    const run = (...args: readonly string[]): string =>
      execFileSync(join(folder, 'home/node_modules/.bin/docker-tutor'), args, { cwd: folder, encoding: 'utf8' });

    beforeAll(() => {
      const tarball = join(folder, packed.filename);
      npm(folder, 'install', '--offline', '--no-audit', '--no-fund', '--prefix', join(folder, 'home'), tarball);
    });

    test('says its version', () => {
      expect(run('--version')).toBe(`${version}\n`);
    });

    test('lists its scenarios', () => {
      expect(run('list')).toMatch(/hello-world/);
    });

    test('says how it is used', () => {
      expect(run('--help')).toContain('Usage: docker-tutor');
    });
  });
});
