/** What BuildKit tells, as docker build --progress=plain writes it. */
import { describe, expect, test } from 'vitest';
import type { BuildStatus, Vertex } from '../../../src/api/answers/build-status.ts';
import { buildTrace, failedStep, warningsIn } from '../../../src/buildkit/build-trace.ts';
import { failureText, warningsText } from '../../../src/buildkit/last-words.ts';
import { plainProgress } from '../../../src/buildkit/plain-progress.ts';

const nothing: BuildStatus = { vertexes: [], tasks: [], logs: [], warnings: [] };

function step(digest: string, more: Partial<Vertex> = {}): Vertex {
  return { digest, name: `step ${digest}`, cached: false, error: '', started: 100, ...more };
}

/** Each status, and what is written after it. */
function written(...told: readonly Partial<BuildStatus>[]): readonly string[] {
  const trace = buildTrace();
  const progress = plainProgress(trace);
  return told.map((status) => {
    trace.see({ ...nothing, ...status });
    return progress.news();
  });
}

describe('plain progress', () => {
  test('tells a step when it begins, what it says, and when it is over', () => {
    expect(
      written(
        { vertexes: [step('a', { name: '[1/2] RUN make' })] },
        { logs: [{ vertex: 'a', at: 101.5, text: 'one\ntwo\n' }] },
        { vertexes: [step('a', { name: '[1/2] RUN make', completed: 102 })] },
      ),
    ).toEqual(['#1 [1/2] RUN make\n', '#1 1.500 one\n#1 1.500 two\n', '#1 DONE 2.0s\n']);
  });

  test('does not tell the login in the address of a build context', () => {
    const [text] = written({ vertexes: [step('a', { name: '[internal] load git source https://me:pw@host/x.git' })] });
    expect(text).toBe('#1 [internal] load git source https://xxxxx:xxxxx@host/x.git\n');
  });

  test('says what came from the cache, what failed and what was broken off, in the order they were over', () => {
    const [text] = written({
      vertexes: [
        step('c', { completed: 103, error: 'context canceled' }),
        step('b', { completed: 102, error: 'no such thing' }),
        step('a', { completed: 101, cached: true }),
      ],
    });
    expect(text).toBe('#1 step a\n#1 CACHED\n\n#2 step b\n#2 ERROR: no such thing\n\n#3 step c\n#3 CANCELED\n');
  });

  test('leaves a step for another, and comes back to it', () => {
    const [first, second] = written(
      { vertexes: [step('a')] },
      { vertexes: [step('b', { completed: 101 })], logs: [{ vertex: 'a', at: 101, text: 'on\n' }] },
    );
    expect(first).toBe('#1 step a\n');
    expect(second).toBe('#1 ...\n\n#2 step b\n#2 DONE 1.0s\n\n#1 step a\n#1 1.000 on\n');
  });

  test('tells what a step transfers, and not every byte of it', () => {
    const task = { vertex: 'a', id: 'transferring context:', total: 0 };
    expect(
      written(
        { vertexes: [step('a')], tasks: [{ ...task, current: 26, at: 100, started: 100 }] },
        { tasks: [{ ...task, current: 900, at: 100.1, started: 100 }] },
        { tasks: [{ ...task, current: 2100, at: 100.2, started: 100, completed: 100.2 }] },
      ),
    ).toEqual(['#1 step a\n#1 transferring context: 26B\n', '', '#1 transferring context: 2.10kB 0.2s done\n']);
  });

  test('holds back a line that has no end, until it has one or the step is over', () => {
    const [, begun, ended, last] = written(
      { vertexes: [step('a')] },
      { logs: [{ vertex: 'a', at: 100, text: 'half' }] },
      { logs: [{ vertex: 'a', at: 101, text: ' a line\nrest' }] },
      { vertexes: [step('a', { completed: 102 })] },
    );
    expect([begun, ended, last]).toEqual(['', '#1 0.000 half a line\n', '#1 1.000 rest\n#1 DONE 2.0s\n']);
  });

  test('says nothing of what is told again unchanged', () => {
    const over = step('a', { completed: 101 });
    expect(written({ vertexes: [over] }, { vertexes: [over] })[1]).toBe('');
  });

  test('tells a warning once, under the step it is about', () => {
    const warning = { vertex: 'a', short: 'FromAsCasing: …' };
    const [first, second] = written(
      { vertexes: [step('a')], warnings: [warning] },
      { vertexes: [step('a', { completed: 101 })] },
    );
    expect(first).toContain('#1 WARN: FromAsCasing: …\n');
    expect(second).not.toContain('WARN');
  });
});

test('at the end the last ten lines of the step that failed are told again', () => {
  const trace = buildTrace();
  trace.see({
    ...nothing,
    vertexes: [step('b', { error: 'context canceled' }), step('a', { error: 'exit code: 1' })],
    logs: [{ vertex: 'a', at: 100, text: Array.from({ length: 12 }, (_, at) => `line ${String(at)}\n`).join('') }],
  });
  const failed = failedStep(trace);
  expect(failed && failureText(failed).split('\n')).toEqual([
    '------',
    ' > step a:',
    ...Array.from({ length: 10 }, (_, at) => `0.000 line ${String(at + 2)}`),
    '------',
    '',
  ]);
});

test.each([
  [0, ''],
  [1, '\n 1 warning found (use docker --debug to expand):\n - w0\n'],
  [2, '\n 2 warnings found (use docker --debug to expand):\n - w0\n - w1\n'],
])('%i warnings at the end', (count, text) => {
  const trace = buildTrace();
  const warnings = Array.from({ length: count }, (_, at) => ({ vertex: 'a', short: `w${String(at)}` }));
  trace.see({ ...nothing, vertexes: [step('a')], warnings });
  expect(warningsText(warningsIn(trace))).toBe(text);
});
