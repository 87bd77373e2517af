import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../build/paths.mjs';
import { sourceFiles, type Import } from './imports.ts';
import { importsOf, isPure } from './reach.ts';

test('the imports of a file are those that TypeScript finds in it', { timeout: 60_000 }, () => {
  for (const { path, imports } of sourceFiles()) {
    const found = importsOf(join(root, path)).map((target) => target.replace(root, ''));
    expect(found, path).toEqual(expect.arrayContaining(imports.filter(({ typeOnly }) => !typeOnly).map(targetOf)));
    // `import { type A }` counts as an import of a value: rather too much than too little
    expect(imports.map(targetOf), path).toEqual(expect.arrayContaining(found));
  }
});

const targetOf = ({ target }: Import): string => target;

test.each([
  ['test/unit/command/values.test.ts', true],
  // a server of its own
  ['test/unit/engine/connect/connect.test.ts', false],
  // through what it tests: a program that is asked for logins
  ['test/unit/engine/login/docker-logins.test.ts', false],
])('%s is pure: %j', (path, pure) => {
  expect(isPure(path)).toBe(pure);
});
