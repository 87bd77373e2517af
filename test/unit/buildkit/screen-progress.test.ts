/** A build drawn on a terminal. */
import { expect, test } from 'vitest';
import type { Vertex } from '../../../src/api/answers/build-status.ts';
import { buildTrace } from '../../../src/buildkit/build-trace.ts';
import type { BuildTrace } from '../../../src/buildkit/build-trace.ts';
import { screenLines } from '../../../src/buildkit/screen-progress.ts';

const look = { columns: 60, rows: 24, now: 103, builder: 'default', finished: false };

function traced(vertexes: readonly Partial<Vertex>[], logs = ''): BuildTrace {
  const trace = buildTrace();
  const whole = vertexes.map((one, at) => ({
    digest: String(at),
    name: `step ${String(at)}`,
    cached: false,
    error: '',
    started: 100,
    ...one,
  }));
  const task = { vertex: '0', id: 'transferring context:', current: 2100, total: 0, started: 100, completed: 100.5 };
  trace.see({
    vertexes: whole,
    tasks: [task],
    logs: logs === '' ? [] : [{ vertex: String(whole.length - 1), at: 101, text: logs }],
    warnings: [],
  });
  return trace;
}

test('a row a step, with what it does, what it says and how long it took', () => {
  const trace = traced(
    [{ completed: 101 }, { cached: true, completed: 101 }, { name: '[3/4] RUN make' }],
    'compiling\n',
  );
  expect(screenLines(trace, look)).toEqual(
    [
      '[+] Building 3.0s (2/3)                      docker:default',
      ' => step 0                                             1.0s',
      ' => => transferring context: 2.10kB                    0.5s',
      ' => CACHED step 1                                      1.0s',
      ' => [3/4] RUN make                                     3.0s',
      ' => => # compiling',
    ].map((line) => line.padEnd(59).slice(0, 59)),
  );
});

test('at the end the time stands still, and what failed is marked', () => {
  const [head, , , failed] = screenLines(traced([{ completed: 101 }, { completed: 102, error: 'exit code: 1' }]), {
    ...look,
    now: 200,
    finished: true,
  });
  expect(head).toMatch(/^\[\+\] Building 2\.0s \(2\/2\) FINISHED +docker:default$/);
  expect(failed).toMatch(/^ => ERROR step 1 +2\.0s$/);
});

test.each([10, 20, 80])('no row is wider than a screen of %i columns, and all find room on it', (columns) => {
  const trace = traced(
    Array.from({ length: 40 }, (_, at) => ({ name: 'x'.repeat(200), ...(at < 38 && { completed: 101 }) })),
  );
  const lines = screenLines(trace, { ...look, columns, rows: 10 });
  expect(lines.length).toBeLessThan(10);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(columns);
});

test('what goes on is shown before what is over', () => {
  const trace = traced([{ name: 'long' }, ...Array.from({ length: 30 }, () => ({ completed: 101 }))]);
  expect(screenLines(trace, { ...look, rows: 8 }).join('\n')).toContain('=> long');
});

test('nothing is drawn before something has begun', () => {
  expect(screenLines(buildTrace(), look)).toEqual([]);
});
