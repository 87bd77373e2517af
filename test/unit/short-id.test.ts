import { expect, test } from 'vitest';
import { briefId, keptId, shortId, withShortIds } from '../../src/short-id.ts';

const hex = '0123456789abcdef'.repeat(4);

test.each([hex, `sha256:${hex}`])('%s', (id) => {
  expect(shortId(id)).toBe('0123456789ab');
  expect(keptId(id)).toBe('0123456789abcdef');
  expect(briefId(id)).toBe('0123456');
});

test.each(['', 'web', 'nginx:latest', 'host', 'abcdef'])('%j is no id, and stays as it is', (name) => {
  expect(briefId(name)).toBe(name);
  expect(shortId(name)).toBe(name);
});

test('a name that looks like the beginning of an id is cut like one', () => {
  expect(briefId('abcdef123456')).toBe('abcdef1');
});

test('whole ids in a text are cut, and nothing else', () => {
  const id = 'e41a589f9540aae6853fe50ae38b673c8546df2358713759a7e1b61187f7e2e0';
  expect(withShortIds(`POST /containers/${id}/start, sha256:${id}, deadbeef`)).toBe(
    'POST /containers/e41a589f9540/start, sha256:e41a589f9540, deadbeef',
  );
});
