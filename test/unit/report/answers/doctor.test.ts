/** What doctor looks like: fits 80 columns, needs no colour, and keeps what is blocked short. */
import { expect, test } from 'vitest';
import type { ProbeResult, ProbeState } from '../../../../src/doctor/probe.ts';
import { probeTeller, totalLines } from '../../../../src/report/answers/doctor.ts';
import { noPaint, signsFor } from '../../../../src/terminal/paint.ts';
import { width } from '../../../../src/terminal/width.ts';

const style = { columns: 80, unicode: true, paint: noPaint, signs: signsFor(true) };
const result = (probe: string, state: ProbeState, more: Partial<ProbeResult> = {}): ProbeResult => ({
  probe,
  title: probe.replace(/^.*\./, ''),
  state,
  hints: [],
  evidence: [],
  ms: 1,
  ...more,
});
const shown = (results: readonly ProbeResult[], at = style): readonly string[] => {
  const teller = probeTeller(at);
  const lines = results.flatMap((one) => teller.tell(one));
  return [...lines, ...teller.end()];
};

test('a heading a group, a line a probe, and a fail with its cause and fix', () => {
  const lines = shown([
    result('endpoint.chosen', 'pass', { observed: 'unix:///x.sock', evidence: ['DOCKER_HOST: decides'] }),
    result('engine.answers', 'fail', {
      code: 'E-DAEMON-DOWN',
      observed: 'Nobody listens at unix:///x.sock',
      explanation: 'It stopped.',
      hints: ['sudo systemctl restart docker'],
      evidence: ['connect ECONNREFUSED'],
    }),
    result('engine.info', 'blocked', { blockedBy: 'engine.answers', observed: 'blocked by “answers”' }),
    result('engine.clock', 'blocked', { blockedBy: 'engine.answers', observed: 'blocked by “answers”' }),
    result('machine.system', 'unknown', { observed: 'not seen' }),
  ]);
  expect(lines).toEqual([
    '',
    ' The way to the engine',
    ' ✔ chosen                 unix:///x.sock',
    '                          DOCKER_HOST: decides',
    '',
    ' The engine',
    ' ✘ answers                Nobody listens at unix:///x.sock',
    '     E-DAEMON-DOWN',
    '     It stopped.',
    '       → sudo systemctl restart docker',
    '     connect ECONNREFUSED',
    ' – info, clock: blocked by “answers”',
    '',
    ' This machine',
    ' ? system                 not seen',
  ]);
});

test('in ASCII each state has a word of its own', () => {
  const states: readonly ProbeState[] = ['pass', 'warn', 'fail', 'blocked', 'unknown'];
  const lines = shown(
    states.map((state) => result('engine.x', state, { observed: 'seen’s', hints: ['→ do'] })),
    { ...style, unicode: false, signs: signsFor(false) },
  );
  expect(lines.join('\n')).toMatch(/^[ -~\n]*$/);
  const begins = lines.filter((line) => /^ \S/.test(line)).slice(1);
  expect(new Set(begins.map((line) => line.slice(0, 6))).size).toBe(states.length);
});

test('whatever was seen fits, and cannot drive the terminal', () => {
  const long = `${'word '.repeat(60)}\u001b[31m${'x'.repeat(200)}`;
  const lines = shown([
    result('engine.x', 'fail', { observed: long, explanation: long, hints: [long], evidence: [`${long}\n${long}`] }),
    result('engine.y', 'blocked', { title: long, observed: long, blockedBy: 'engine.x' }),
  ]);
  for (const line of lines) expect(width(line)).toBeLessThanOrEqual(80);
  expect(lines.join('')).not.toContain('\u001b');
});

test('the last line counts, with right plurals', () => {
  expect(totalLines({ pass: 1, warn: 1, fail: 2, blocked: 0, unknown: 0 }, style).at(-1)).toBe(
    ' 1 passed, 1 warning, 2 failed, 0 blocked, 0 unknown',
  );
});
