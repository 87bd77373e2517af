import { expect, test } from 'vitest';
import { briefId, keptId, shortId } from '../../src/short-id.ts';

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
