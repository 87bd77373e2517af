/** How the engine cuts a bind: whoever judges one, and whoever sends it, must cut it in the same places. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bindParts, cutBind, isVolumeName } from '../../../src/api/binds.ts';

describe('a bind', () => {
  test.each<[string, ReturnType<typeof cutBind>]>([
    ['/x', { target: '/x', modes: [] }],
    ['data:/x', { source: 'data', target: '/x', modes: [] }],
    ['/w/x:/x:ro,z', { source: '/w/x', target: '/x', modes: ['ro', 'z'] }],
    ['C:\\w:/x:ro', { source: 'C:\\w', target: '/x', modes: ['ro'] }],
    ['C:\\w:D:\\x', { source: 'C:\\w', target: 'D:\\x', modes: [] }],
    ['/w/x:/ro', { source: '/w/x', target: '/ro', modes: [] }],
  ])('%s', (bind, parts) => {
    expect(cutBind(bind)).toEqual(parts);
  });

  test('loses nothing of what was written', () => {
    fc.assert(fc.property(fc.string(), (bind) => bindParts(bind).join(':') === bind));
  });

  test.each([
    ['data', true],
    ['my_data-1.2', true],
    ['./data', false],
    ['~', false],
    ['C:\\data', false],
    ['/data', false],
    ['', false],
    ['..', false],
  ])('with the source %s names a volume: %s', (source, isName) => {
    expect(isVolumeName(source)).toBe(isName);
  });
});
