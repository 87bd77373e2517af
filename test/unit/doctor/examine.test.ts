/** The order of looking: what is blocked, what is told once, and that nothing unseen counts as a pass. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { causeFailure } from '../../../src/cause-failure.ts';
import { exitCodeOf, examine, totalsOf } from '../../../src/doctor/examine.ts';
import type { Finding, Probe, ProbeResult } from '../../../src/doctor/probe.ts';
import { everyProbe } from '../../../src/doctor/probes/all.ts';
import { Failure } from '../../../src/failure.ts';
import { recordedWorld } from './recorded-world.ts';

const world = recordedWorld();
const probe = (id: string, needs: readonly string[], finding: Finding | Error): Probe => ({
  id,
  title: id,
  needs,
  look: () => (finding instanceof Error ? Promise.reject(finding) : Promise.resolve(finding)),
});
const short = (results: readonly ProbeResult[]): readonly string[] =>
  results.map(({ probe: id, state, blockedBy }) => [id, state, blockedBy].filter(Boolean).join(' '));
const down = causeFailure('E-DAEMON-DOWN');
const pass: Finding = { state: 'pass' };

describe('examine', () => {
  test('what depends on a fail is blocked by its root, however far away', async () => {
    const probes = [
      probe('a', [], { state: 'fail', failure: down }),
      probe('b', ['a'], pass),
      probe('c', ['b'], pass),
      probe('d', [], pass),
    ];
    expect(short(await examine(probes, world))).toEqual(['a fail', 'b blocked a', 'c blocked a', 'd pass']);
  });

  test('a warning blocks nothing; what could not be seen is no ground', async () => {
    const probes = [
      probe('a', [], { state: 'warn' }),
      probe('b', ['a'], { state: 'unknown' }),
      probe('c', ['b'], pass),
    ];
    expect(short(await examine(probes, world))).toEqual(['a warn', 'b unknown', 'c blocked b']);
  });

  test('the same cause is told once', async () => {
    const probes = [
      probe('a', [], down),
      probe('b', [], causeFailure('E-DAEMON-DOWN')),
      probe('c', ['b'], pass),
      probe('d', [], { state: 'warn', failure: causeFailure('E-DAEMON-DOWN') }),
    ];
    expect(short(await examine(probes, world))).toEqual(['a fail', 'b blocked a', 'c blocked a', 'd blocked a']);
  });

  test('a warning does not stand for a fail of the same cause, which refers to it', async () => {
    const probes = [probe('a', [], { state: 'warn', failure: down }), probe('b', [], down), probe('c', [], down)];
    const results = await examine(probes, world);
    expect(short(results)).toEqual(['a warn', 'b fail', 'c blocked b']);
    expect(results[1]).toMatchObject({ code: 'E-DAEMON-DOWN', hints: [] });
    expect(results[1]?.explanation).toContain('“a”');
  });

  test('that two containers ended is not one cause', async () => {
    const ended = (container: string): Failure =>
      causeFailure('E-EXITED', { args: { container, exitCode: '1' }, evidence: [] });
    const probes = [
      probe('a', [], { state: 'warn', failure: ended('web') }),
      probe('b', [], ended('It')),
      probe('c', [], ended('It')),
    ];
    const results = await examine(probes, world);
    expect(short(results)).toEqual(['a warn', 'b fail', 'c blocked b']);
    expect(results[1]?.hints).not.toEqual([]);
  });

  test('looks at what is needed first, wherever it stands', async () => {
    const probes = [probe('b', ['a'], pass), probe('a', [], pass)];
    expect(short(await examine(probes, world))).toEqual(['a pass', 'b pass']);
  });

  test('a Failure that is thrown is a fail, with its fix for this machine', async () => {
    const [result] = await examine(
      [probe('a', [], causeFailure('E-SOCKET-DENIED', { args: { address: 'unix:///x' } }))],
      {
        ...world,
        machine: { ...world.machine, dockerGroup: 'no' },
      },
    );
    expect(result).toMatchObject({ state: 'fail', code: 'E-SOCKET-DENIED' });
    expect(result?.hints[0]).toContain('sudo usermod -aG docker $USER');
    expect(result?.hints.join('\n')).not.toContain('chmod');
  });

  test('what nobody has foreseen is thrown on', async () => {
    await expect(examine([probe('a', [], new TypeError('x'))], world)).rejects.toThrow(TypeError);
    const bug = new Failure('ours', { code: 'bug', exitCode: 1 });
    await expect(examine([probe('a', [], bug)], world)).rejects.toBe(bug);
  });

  test('a limit that is over is unknown, and an interruption ends it', async () => {
    const late = probe('a', [], new DOMException('not done after 5 ms', 'TimeoutError'));
    expect(short(await examine([late], world))).toEqual(['a unknown']);
    await expect(examine([late], { ...world, signal: AbortSignal.abort(new Error('Ctrl-C')) })).rejects.toThrow(
      'Ctrl-C',
    );
  });

  test('tells each result as it comes, without secrets', async () => {
    const told: ProbeResult[] = [];
    const secret = probe('a', [], {
      state: 'warn',
      observed: 'https://ada:hunter2@proxy',
      evidence: ['DB_PASSWORD=hunter2'],
    });
    const results = await examine([secret, probe('b', [], pass)], world, (result) => told.push(result));
    expect(told).toEqual(results);
    expect(JSON.stringify(told)).not.toContain('hunter2');
  });

  test('for any probes: one result each, and none but a pass or a warning is built upon', async () => {
    const states = fc.constantFrom<Finding['state']>('pass', 'warn', 'fail', 'unknown');
    const drawn = fc.array(fc.tuple(states, fc.array(fc.nat(20), { maxLength: 3 })), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(drawn, async (rows) => {
        const probes = rows.map(([state, needs], i) => {
          const before = needs.flatMap((n) => (i === 0 ? [] : [String(n % i)]));
          return probe(String(i), before, { state });
        });
        const results = await examine(probes, world);
        const byId = new Map(results.map((result) => [result.probe, result]));
        expect(byId.size).toBe(probes.length);
        for (const { id, needs } of probes) {
          const isGround = needs.every((need) => ['pass', 'warn'].includes(byId.get(need)?.state ?? ''));
          expect(byId.get(id)?.state === 'blocked').toBe(!isGround);
          const root = byId.get(byId.get(id)?.blockedBy ?? '');
          if (root) expect(['fail', 'unknown']).toContain(root.state);
        }
        expect(exitCodeOf(results)).toBe(results.some(({ state }) => state === 'fail') ? 4 : 0);
        expect(Object.values(totalsOf(results)).reduce((sum, n) => sum + n, 0)).toBe(results.length);
      }),
    );
  });
});

test('every probe has an id of its own in a known group, and needs probes that are there', () => {
  const ids = everyProbe.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { id, needs, title } of everyProbe) {
    expect(id).toMatch(/^(?:endpoint|engine|disk|machine|client|containers|deep)\.[a-z]+$/);
    expect(needs.filter((need) => !ids.includes(need))).toEqual([]);
    expect(title.length).toBeLessThan(23);
  }
});
