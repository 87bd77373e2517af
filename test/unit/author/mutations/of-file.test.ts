/** The mutations of a file that a step writes, by its kind and by how it is written. */
import { expect, test } from 'vitest';
import { changedWrites } from '../../../../src/author/mutations/of-file.ts';
import type { WriteAction } from '../../../../src/scenario/schema.ts';

type Write = WriteAction['write'];

const changes = (write: Write, before?: string): readonly string[] =>
  changedWrites(write, before).map(({ change }) => change);

test.each<[Write, string | undefined, readonly string[]]>([
  [{ path: 'notes', content: 'a' }, undefined, ['with nothing in it']],
  [{ path: 'notes', content: '' }, undefined, []],
  [{ path: 'notes', append: 'a' }, undefined, []],
  [{ path: 'notes', replace: 'a', with: 'b' }, 'a', []],
  [
    { path: '.env', content: '# of this machine\nPORT=80\nCITY=Rome\n' },
    undefined,
    ['with nothing in it', 'without PORT', 'PORT=160', 'without CITY', 'CITY=Rome-other'],
  ],
  [{ path: 'app.env', append: 'CITY=Rome\n' }, undefined, ['without CITY', 'CITY=Rome-other']],
  [{ path: '.env', replace: 'Rome', with: 'Oslo' }, 'PORT=80\nCITY=Rome\n', ['without CITY', 'CITY=Oslo-other']],
  [{ path: 'Dockerfile', append: 'USER ann\n' }, undefined, ['without USER ann']],
  [
    { path: 'Dockerfile', replace: 'CMD old', with: 'USER ann\nCMD new' },
    'FROM app\nCMD old\n',
    ['without USER ann', 'without CMD new'],
  ],
  [
    { path: 'site/compose.override.yaml', replace: '"80"', with: '"90"' },
    'services: { web: { image: app, ports: ["80"] } }',
    ['without services.web.ports', 'services.web.ports 91', 'services.web.ports 90/udp'],
  ],
  [{ path: 'compose.yaml', replace: '"80"', with: '"90"' }, undefined, []],
  [{ path: 'compose.yaml', replace: 'not there', with: '' }, 'services: {}', []],
])('%j, over %j', (write, before, wanted) => {
  expect(changes(write, before)).toEqual(wanted);
});

test('a change that is done wrong is written as a whole file', () => {
  const [first] = changedWrites({ path: '.env', replace: 'Rome', with: 'Oslo' }, 'PORT=80\nCITY=Rome\n');
  expect(first).toEqual({ change: 'without CITY', write: { path: '.env', content: 'PORT=80\n' } });
});
