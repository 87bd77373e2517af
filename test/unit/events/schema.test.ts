/** The schemas that are shipped say what the types say, and what is written is as they say. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type AnySchema } from 'ajv';
import { describe, expect, test } from 'vitest';
import { root } from '../../../build/paths.mjs';
import type { Event } from '../../../src/events/events.ts';
import { ctrf } from '../../../src/report/verdict/ctrf.ts';
import { jsonText } from '../../../src/terminal/json-text.ts';
import { schemaOf } from '../../fixtures/schema-of.ts';
import { endingNames, endings, of, ofRun } from '../report/endings.ts';
import { addressed, failedCheck, wholeRun, writtenFile } from '../report/events.ts';
import { drawnOf } from '../report/verdict/hostile.ts';

const shipped = {
  'events.schema.json': ['src/events/events.ts', 'Event', 'An event of docker-tutor run --format json'],
  'ctrf.schema.json': ['src/report/verdict/ctrf.ts', 'CtrfReport', 'A report of docker-tutor in CTRF'],
} as const;

test.each(Object.entries(shipped))(
  '%s is made of its type',
  { timeout: 120_000 },
  async (file, [path, name, title]) => {
    await expect(schemaOf(path, name, title)).toMatchFileSnapshot(join(root, 'schemas', file));
  },
);

function schema(file: keyof typeof shipped): AnySchema {
  return JSON.parse(readFileSync(join(root, 'schemas', file), 'utf8')) as AnySchema;
}

describe('an event', () => {
  const isValid = new Ajv().compile(schema('events.schema.json'));

  /** What whole runs do not have. */
  const more: readonly Event[] = [
    ofRun({
      type: 'probe',
      probe: 'disk',
      title: 'Disk',
      state: 'warn',
      code: 'E-DISK-LOW',
      hints: [],
      evidence: [],
      ms: 1,
    }),
    ofRun({ type: 'waiting', for: 'the answer to GET /info', limitMs: 10_000 }),
    of('a', writtenFile),
    of('a', { type: 'kept', step: 's', kind: 'image', name: 'busybox', why: 'yours' }),
    of('a', { ...failedCheck, status: 'kept', told: 'die Seite antwortet' }),
    of('a', { type: 'turn-failed', step: 's', turn: 1, feedback: [{ about: 'command', text: 'more' }] }),
    of('a', { type: 'hint', step: 's', number: 1, of: 3, text: 'look' }),
  ];
  const events = [...wholeRun.map(addressed), ...endingNames.flatMap((name) => endings[name].events), ...more];

  test('of each type is as the schema says', () => {
    for (const event of events) {
      const read: unknown = JSON.parse(jsonText(event));
      expect(isValid(read), `${JSON.stringify(read)} ${JSON.stringify(isValid.errors)}`).toBe(true);
    }
    const source = readFileSync(join(root, 'src/events/events.ts'), 'utf8');
    const types = [...source.matchAll(/^ {2}readonly type: '([a-z-]+)';/gm)].map(([, type]) => type);
    expect(new Set(events.map(({ type }) => type))).toEqual(new Set(types));
  });

  test.each([
    ['a field that is missing', { run: 'r', type: 'waiting' }],
    ['a type that there is none of', { run: 'r', type: 'nothing' }],
    ['a state that there is none of', { ...more[0], state: 'good' }],
    ['a scenario that is missing', { ...more[2], scenario: undefined }],
    ['another version of the format', { ...events[0], formatVersion: 1 }],
    ['a time that is not whole', { ...more[0], ms: 1.5 }],
  ])('with %s is not', (_, event) => {
    expect(isValid(JSON.parse(JSON.stringify(event)))).toBe(false);
  });

  test('with a field more is', () => {
    expect(isValid({ run: 'r', type: 'waiting', for: 'it', since: 'later' })).toBe(true);
  });
});

test('a report in CTRF is as its schema says, however the run has ended', () => {
  const isValid = new Ajv().compile(schema('ctrf.schema.json'));
  for (const name of endingNames) {
    const report: unknown = JSON.parse(jsonText(ctrf(drawnOf(endings[name].events))));
    expect(isValid(report), JSON.stringify(isValid.errors)).toBe(true);
  }
  expect(isValid({ reportFormat: 'CTRF' })).toBe(false);
});
