/** What a lesson ends with: how its questions were answered, and which steps took the solution. */
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { formats } from '../../../src/report/formats.ts';
import { progressText } from '../../../src/report/answers/progress.ts';
import { noPaint, signsFor } from '../../../src/terminal/paint.ts';
import { opening, tell, type Happening } from './events.ts';

async function told(format: 'pretty' | 'plain', events: readonly Happening[]): Promise<string> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const report = await formats[format].open({
    stdout,
    stderr,
    columns: 80,
    colour: false,
    unicode: true,
    live: false,
    interactive: true,
    endSaid: false,
    show: new Set(),
  });
  await tell(report, events);
  stdout.end();
  return text(stdout);
}

const started = (step: string, title: string): Happening => ({
  type: 'step-started',
  step,
  index: 1,
  of: 2,
  title,
  text: '',
  action: 'do',
  checks: 0,
});
const finished = (step: string, solution: boolean): Happening => ({
  type: 'step-finished',
  step,
  status: 'passed',
  after: '',
  needed: { turns: 1, hints: 0, solution },
  ms: 1,
});
const passed: Happening = {
  type: 'scenario-finished',
  status: 'passed',
  finish: 'Well done.',
  steps: { passed: 2, failed: 0, skipped: 0 },
  checks: { passed: 0, failed: 0, kept: 0 },
  ms: 1,
};

test.each(['pretty', 'plain'] as const)('%s names the steps whose solution was looked at', async (format) => {
  const steps = [started('one', 'Fetch it'), finished('one', true), started('two', 'Look'), finished('two', false)];
  expect(await told(format, [...opening, ...steps, passed])).toContain('With the solution: "Fetch it".');
  expect(await told(format, [...opening, started('two', 'Look'), finished('two', false), passed])).not.toContain(
    'With the solution',
  );
});

test('progress names them, until the lesson was practised without', () => {
  const at = '2026-01-01T10:00:00.000Z';
  const lesson = {
    id: 'sample',
    title: 'A sample',
    summary: '',
    level: 'beginner',
    minutes: 5,
    path: null,
    order: 1,
  } as const;
  const told = (solution: boolean): string =>
    progressText(
      {
        lessons: [
          { ...lesson, tags: [], teaches: [], requires: { images: [], swarm: false, permissions: [] }, steps: 1 },
        ],
        done: new Map([['sample', { at, attended: true }]]),
        progress: [
          {
            ...{ formatVersion: 1, lesson: 'sample', digest: 'sha256:0', label: 'x', began: at, at, of: 1 },
            ...{ way: 'practised', finished: true },
            steps: [{ step: 'one', status: 'passed', at, turns: 1, hints: 1, solution, checks: [] }],
          },
        ],
        next: undefined,
      },
      { columns: 80, unicode: true, paint: noPaint, signs: signsFor(true) },
    );
  expect(told(true)).toContain('done on 2026-01-01, with 1 hint and the solution of one');
  expect(told(false)).toMatch(/with 1 hint$/m);
});
