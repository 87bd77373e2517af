import { describe, expect, test } from 'vitest';
import type { Event } from '../../../../src/events/events.ts';
import { collector } from '../../../../src/events/collect.ts';
import { checkReport } from '../../../../src/report/answers/check.ts';
import { noPaint, signsFor } from '../../../../src/terminal/paint.ts';
import { begins, ended, ends, found, of, ofRun, started } from '../endings.ts';

/** What a person reads of these events, 80 columns wide. */
async function told(events: readonly Event[]): Promise<string> {
  let text = '';
  const sink = { write: (chunk: string, done?: () => void) => ((text += chunk), done?.()) };
  const style = { columns: 80, unicode: true, paint: noPaint, signs: signsFor(true) };
  const report = checkReport(
    {
      ...{ stdout: sink, stderr: sink, colour: false, unicode: true, columns: 80, live: false, interactive: false },
      ...{ endSaid: true, show: new Set() },
    },
    style,
    2,
  );
  const { add, run } = collector();
  for (const event of events) {
    add(event);
    await report.event(event, run);
  }
  await report.end();
  return text;
}

const diskLow = {
  type: 'problem',
  code: 'E-DISK-FULL',
  message: 'The disk is full',
  hints: ['docker system prune', 'docker image prune', 'a third way'],
  evidence: [],
} as const;

describe('what a check has come to', () => {
  test('a line a lesson, and how many', async () => {
    const text = await told([
      started,
      found(['one', 'two']),
      begins('two'),
      begins('one'),
      ends('one', 'passed'),
      ends('two', 'passed'),
      ended(0),
    ]);
    expect(text).toContain(' 2 lessons, 2 at a time, on Docker Engine');
    expect(text).toMatch(/ ✔ one +2 steps, 2 checks +1\.5 s\n ✔ two /);
    expect(text).toMatch(/ ✔ 2 lessons: 2 passed +3\.2 s\n$/);
  });

  test('lessons that were taken several times are counted once, and their runs', async () => {
    const again = [begins('one'), ends('one', 'passed')];
    expect(await told([started, found(['one']), ...again, ...again, ended(0)])).toMatch(
      / ✔ 1 lesson, 2 runs: 2 passed /,
    );
  });

  test('what ends every command on stderr is not told here too', async () => {
    const problem = {
      type: 'problem',
      code: 'no-lesson-left',
      message: 'No lesson is left.',
      hints: [],
      evidence: [],
    } as const;
    expect(await told([started, ofRun(problem), ended(2)])).toBe('');
  });

  test('one cause that breaks several is told once, with what it broke and its ways out, before the count', async () => {
    const text = await told([
      started,
      found(['one', 'two']),
      ...['one', 'two'].flatMap((id) => [of(id, diskLow), ends(id, 'blocked')]),
      ended(4),
    ]);
    expect(text.match(/The disk is full/g)).toHaveLength(1);
    expect(text).toMatch(
      /broke one and two\n +mend it: docker system prune\n +mend it: docker image prune\n\n ✘ 2 lessons: 2 could not run/,
    );
    expect(text).not.toContain('a third way');
  });

  test.each([
    ['broken off', [of('one', diskLow)]],
    ['failed', []],
  ])('“%s” is said of a lesson that did not end well, as the verdict has it', async (word, problems) => {
    const text = await told([started, found(['one']), begins('one'), ...problems, ends('one', 'failed'), ended(4)]);
    expect(text).toMatch(new RegExp(` ✘ one +${word}`));
  });

  test('what passed only at its second attempt is named', async () => {
    const text = await told([
      ...[started, found(['one']), begins('one', 1), ends('one', 'failed', { attempt: 1 })],
      ...[begins('one', 2), ends('one', 'passed', { attempt: 2 }), ended(0)],
    ]);
    expect(text).toContain('2 steps, 2 checks, attempt 2');
    expect(text).toMatch(/Flaky: one\..*\n ✔ 1 lesson: 1 passed when tried again/);
  });

  test('a time-out names limit and step', async () => {
    const timedOut = { limitMs: 90_000, step: 'build' };
    const text = await told([
      started,
      found(['one']),
      begins('one'),
      ends('one', 'interrupted', { timedOut }),
      ended(4),
    ]);
    expect(text).toContain('not done after 1 min 30 s');
    expect(text).toContain('1 not done in time');
  });

  test('probes: what is well is counted, warnings and faults are shown', async () => {
    const probe = { type: 'probe', hints: [], evidence: [], ms: 1 } as const;
    const text = await told([
      started,
      ofRun({ ...probe, probe: 'engine', title: 'an engine answers', state: 'pass' }),
      ofRun({ ...probe, probe: 'disk', title: 'disk', state: 'warn', observed: '3 GB left', code: 'E-DISK-LOW' }),
      found(['one']),
      begins('one'),
      ends('one', 'passed'),
      ended(0),
    ]);
    expect(text).not.toContain('an engine answers');
    expect(text).toMatch(/ ! disk: 3 GB left +E-DISK-LOW\n ✔ the machine: 1 probe passed, 1 warning\n/);
  });

  test('no escape sequence of a lesson reaches the terminal', async () => {
    const text = await told([
      started,
      found(['one']),
      of('one', { ...diskLow, message: 'bad \u001b[31mred\u001b]0;x\u0007' }),
      ends('one', 'blocked'),
      ended(4),
    ]);
    expect(text).not.toContain('\u001b');
  });
});
