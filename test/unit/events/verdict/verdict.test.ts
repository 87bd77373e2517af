/** What a run has come to, said once: every report and the exit code draw it. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Event, ProbeDone } from '../../../../src/events/events.ts';
import { exitCodeOf, type Verdict } from '../../../../src/events/verdict/verdict.ts';
import {
  begins,
  collected,
  diskFull,
  ended,
  endings,
  endingNames,
  ends,
  fails,
  found,
  isBlocked,
  of,
  ofRun,
  passes,
  started,
  step,
  verdictAfter,
} from '../../report/endings.ts';
import { failedCheck, passedCheck } from '../../report/events.ts';

function statesIn({ scenarios }: Verdict) {
  return Object.fromEntries(scenarios.map(({ scenario, state }) => [scenario, state]));
}

function badIn({ scenarios, machine, whole }: Verdict) {
  const cases = [...machine, ...whole, ...scenarios.flatMap((one) => one.cases)];
  return cases.filter(({ state }) => state === 'fail' || state === 'blocked');
}

test.each(endingNames)('%s: exit code and states', (name) => {
  const { events, exitCode, states } = endings[name];
  const verdict = verdictAfter(events);
  expect(verdict.exitCode).toBe(exitCode);
  expect(statesIn(verdict)).toEqual(states);
  expect(badIn(verdict).length > 0).toBe(exitCode !== 0);
});

test.each([
  ['pass', 'pass'],
  ['flaky', 'pass'],
  ['fail', 'fail'],
  ['blocked', 'blocked'],
  ['timed out', 'blocked'],
  ['nothing run', 'blocked'],
  ['no engine', 'blocked'],
  ['interrupted', 'interrupted'],
  ['left', 'interrupted'],
] as const)('a run that ends as %s is %s as a whole', (name, outcome) => {
  expect(verdictAfter(endings[name].events).outcome).toBe(outcome);
});

/** Pieces that a run may be made of, in any order, also such as never come together. */
const piece = fc.oneof(
  fc
    .constantFrom('a', 'b')
    .chain((id) =>
      fc.constantFrom<readonly Event[]>(
        passes(id),
        fails(id),
        isBlocked(id),
        passes(id, 2),
        fails(id, 1),
        [begins(id), ends(id, 'interrupted')],
        [begins(id), ends(id, 'interrupted', { timedOut: { limitMs: 1 } })],
        [begins(id), ...step(id, 'one', 'skipped', []), ends(id, 'passed')],
        [begins(id), ...step(id, 'one', undefined, [diskFull, failedCheck]), ends(id, 'passed')],
        [of(id, diskFull), ends(id, 'blocked')],
        [begins(id), ...step(id, 'one', 'passed', [diskFull, passedCheck])],
      ),
    ),
  fc.constantFrom<ProbeDone['state']>('pass', 'warn', 'fail', 'blocked', 'unknown').map((state) => [probe(state)]),
  fc.constant([ofRun(diskFull)]),
);

function probe(state: ProbeDone['state'], more: Partial<ProbeDone> = {}): Event {
  return ofRun({ type: 'probe', probe: 'disk', title: 'Disk', state, hints: [], evidence: [], ms: 1, ...more });
}

test('the exit code is 0 exactly where nothing went wrong and something was run, whatever came', () => {
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 5 }),
      fc.constantFrom(0, 0, 3, 4, 130),
      fc.subarray(['a', 'b', 'c']),
      (pieces, claimed, asked) => {
        const before = [started, found(asked), ...pieces.flat()];
        const exitCode = exitCodeOf(collected(before), claimed);
        if (claimed !== 0) expect(exitCode).toBe(claimed);
        const verdict = verdictAfter([...before, ended(claimed)]);
        expect(verdict.exitCode).toBe(exitCode);
        expect(badIn(verdict).length > 0).toBe(exitCode !== 0);
        if (verdict.outcome === 'pass') expect(exitCode).toBe(0);
        expect(verdict.scenarios.map(({ scenario }) => scenario)).toEqual(expect.arrayContaining(asked));
      },
    ),
  );
});

describe('causes', () => {
  const events = [started, found(['a', 'b', 'c']), ...isBlocked('a'), ...fails('b'), ...isBlocked('c'), ended(4)];

  test('are named once each, that first which broke most, with what it broke', () => {
    expect(verdictAfter(events).causes).toMatchObject([
      {
        code: 'E-DISK-FULL',
        message: 'The disk of the engine is full',
        hints: ['docker system prune'],
        broke: [
          { scenario: 'a', steps: ['Step one'] },
          { scenario: 'c', steps: ['Step one'] },
        ],
      },
      { code: 'check-failed', broke: [{ scenario: 'b', why: expect.stringContaining('connection reset') as string }] },
    ]);
  });

  test('of the environment are no failed checks: what they are in the way of is skipped', () => {
    const [a] = verdictAfter(events).scenarios;
    expect(a?.cases.slice(0, 2)).toMatchObject([
      { state: 'blocked', cause: { code: 'E-DISK-FULL' } },
      { state: 'skipped', blockedBy: 'E-DISK-FULL', name: 'the page answers' },
    ]);
  });

  test('of an attempt that was mended later are told beside the pass', () => {
    const verdict = verdictAfter(endings.flaky.events);
    expect(verdict.causes).toMatchObject([{ code: 'check-failed', broke: [{ scenario: 'first' }] }]);
    expect(verdict.scenarios[0]).toMatchObject({ attempts: 2, why: 'It passed at attempt 2.', ms: 3000 });
    expect(verdict.scenarios[0]?.earlier).toMatchObject([{ state: 'fail' }]);
  });
});

test('what a step printed stands with what went wrong, without secrets', () => {
  const secret = { type: 'output', step: '', stream: 'stdout', text: 'DB_PASSWORD=hunter2\n' } as const;
  const [one] = verdictAfter([
    ...[started, found(['a']), begins('a'), ...step('a', 'one', 'failed', [secret, failedCheck])],
    ...[ends('a', 'failed'), ended(3)],
  ]).scenarios;
  const printed = one?.cases[0]?.details.filter(({ label }) => label === 'printed');
  expect(printed).toHaveLength(1);
  expect(printed?.[0]?.text).not.toContain('hunter2');
});

test('a time-out names lesson, step and limit', () => {
  const [first] = verdictAfter(endings['timed out'].events).scenarios;
  expect(first).toMatchObject({ title: 'The first', why: 'It was not done within 60 s at step "Step one".' });
});

describe('the machine', () => {
  const lookedAt = (...probes: readonly Event[]): Verdict => verdictAfter([started, ...probes, ended(0)]);

  test.each([
    ['pass', 0],
    ['warn', 0],
    ['fail', 4],
    ['blocked', 4],
    ['unknown', 4],
  ] as const)('looked at alone, and %s: exit code %i', (state, exitCode) => {
    expect(lookedAt(probe(state)).exitCode).toBe(exitCode);
  });

  test('is no stand-in for lessons that were asked for and not run', () => {
    expect(verdictAfter([started, probe('pass'), found(['a']), ended(0)]).exitCode).toBe(4);
  });

  test('gives its cause, and is in the way of others', () => {
    const low = probe('fail', { code: 'E-DISK-LOW', observed: '2 GB left', hints: ['docker system prune'] });
    const verdict = lookedAt(low, probe('blocked', { probe: 'build', blockedBy: 'disk' }));
    expect(verdict.causes).toMatchObject([{ code: 'E-DISK-LOW', message: '2 GB left', broke: [] }]);
    expect(verdict.machine[1]).toMatchObject({ state: 'skipped', blockedBy: 'disk' });
  });
});
