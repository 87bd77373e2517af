/** docs/environment.md names what the program reads from its environment, and nothing else. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../build/paths.mjs';

const source = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !path.startsWith('lab/offered/'))
  .map((path) => readFileSync(join(root, 'src', path), 'utf8'))
  .join('\n');
const read = new Set(
  [...source.matchAll(/\b(?:env|around|variables)(?:\?\.)?\['([A-Za-z][A-Za-z_]+)'\]/g)].map(([, name]) => name ?? ''),
);
const page = readFileSync(join(root, 'docs/environment.md'), 'utf8');
const told = new Set(
  [...page.matchAll(/^\| (`.*?) \|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([A-Za-z_]+)`/g)].map(([, name]) => name ?? ''),
  ),
);

test('all that is read is told', () => {
  expect([...read].filter((name) => !told.has(name))).toEqual([]);
});

test('all that is told is read', () => {
  // os.tmpdir() reads it
  const byNode = ['TMPDIR'];
  expect([...told].filter((name) => !source.includes(`'${name}'`) && !byNode.includes(name))).toEqual([]);
});
