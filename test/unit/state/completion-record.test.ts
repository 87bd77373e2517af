/** A record of finished lessons that nobody can change in one place alone. */
import { describe, expect, test } from 'vitest';
import { brokenAt, readRecord, recordOf } from '../../../src/state/completion-record.ts';
import type { CompletionRecord } from '../../../src/state/completion-record.ts';
import type { LessonProgress } from '../../../src/state/lesson-progress.ts';

const done = (lesson: string, at: string, finished = true): LessonProgress => ({
  formatVersion: 1,
  lesson,
  digest: `sha256:${lesson}`,
  label: 'tf0001-0123456789',
  began: '2026-01-01T10:00:00.000Z',
  at,
  way: 'practised',
  of: 1,
  steps: [{ step: 'one', status: 'passed', at, turns: 2, hints: 1, solution: false, checks: ['it runs'] }],
  finished,
});
const record = recordOf(
  [
    done('second', '2026-01-03T10:00:00.000Z'),
    done('first', '2026-01-02T10:00:00.000Z'),
    done('begun', '2026-01-01T11:00:00.000Z', false),
  ],
  'docker-tutor 1',
  '2026-01-04T10:00:00.000Z',
);

describe('a record', () => {
  test('has what was finished, in that order', () => {
    expect(record.entries.map(({ lesson }) => lesson)).toEqual(['first', 'second']);
  });

  test('is whole, after it was written and read', () => {
    expect(brokenAt(readRecord(JSON.stringify(record)))).toBeUndefined();
  });

  const [first, second] = record.entries;
  if (!first || !second) throw new Error('two entries');
  test.each<[string, CompletionRecord['entries'], string]>([
    ['a digest', [{ ...first, digest: 'sha256:other' }, second], 'first'],
    ['the hints', [first, { ...second, steps: second.steps.map((step) => ({ ...step, hints: 0 })) }], 'second'],
    ['the order', [second, first], 'second'],
    ['an entry left out', [second], 'second'],
  ])('breaks where %s was changed', (_, entries, at) => {
    expect(brokenAt({ ...record, entries })).toBe(at);
  });

  test.each(['', '[]', '{"formatVersion":9,"entries":[]}', '{"formatVersion":1,"entries":[{}]}'])(
    'is not %j',
    (text) => {
      expect(() => readRecord(text)).toThrow();
    },
  );
});
