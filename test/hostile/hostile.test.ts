/**
 * A stranger's lesson without a permission, on an engine with a user's things on it: what the look before the first step
 * may have let through is refused when it is done. Each way is an entry of ways.ts.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect } from '../../src/engine/connect/connect.ts';
import type { Engine } from '../../src/engine/engine.ts';
import type { Event } from '../../src/events/events.ts';
import { unattended } from '../../src/run/actors/unattended.ts';
import { runScenario } from '../../src/run/scenario.ts';
import type { ScenarioResult } from '../../src/run/run.ts';
import { parseScenario } from '../../src/scenario/load.ts';
import { newRunId } from '../../src/state/run-id.ts';
import { engineSuite } from '../engine/lab.ts';
import { sampled } from './sampled.ts';
import { usersThings } from './users-things.ts';
import type { UsersThings } from './users-things.ts';
import { ways } from './ways.ts';
import type { Ending, Way } from './ways.ts';

engineSuite('a stranger’s lesson', ({ address, socketPath }) => {
  let engine: Engine;
  let users: UsersThings;
  let before: string;
  const home = mkdtempSync(join(tmpdir(), 'docker-tutor-hostile-'));

  beforeAll(async () => {
    engine = await connect({ address, from: 'host-option' }, { signal: AbortSignal.timeout(30_000) });
    users = await usersThings(socketPath);
    before = await users.state();
  });
  afterAll(async () => {
    await users.remove();
    engine.close();
    rmSync(home, { recursive: true });
  });

  test.each(sampled(ways))('$name: $ends', async (written) => {
    const way = filled(written, users.known);
    const { result, told } = await performed(way, engine, home, users.env);
    expect(told).not.toContain(users.canary);
    const was = before;
    before = await users.state();
    expect(before).toBe(was);
    expect([way.ends].flat()).toContain(endingOf(result, told));
  });
});

function filled(way: Way, known: UsersThings['known']): Way {
  const text = Object.entries(known).reduce((all, [name, value]) => all.replaceAll(name, value), JSON.stringify(way));
  return JSON.parse(text) as Way;
}

async function performed(
  way: Way,
  engine: Engine,
  home: string,
  usersEnv: UsersThings['env'],
): Promise<{ readonly result: ScenarioResult; readonly told: string }> {
  const files = mkdtempSync(join(home, 'files-'));
  for (const [path, text] of Object.entries(way.files ?? {})) {
    mkdirSync(dirname(join(files, path)), { recursive: true });
    writeFileSync(join(files, path), text);
  }
  const events: Event[] = [];
  const run = newRunId(Date.now());
  const result = await runScenario({ scenario: scenarioOf(way), files }, run, {
    portsHost: 'localhost',
    run,
    scenarios: [],
    engine,
    env: { ...usersEnv, DOCKER_TUTOR_HOME: home },
    vars: {},
    standIns: [],
    emit: (event) => void events.push(event),
    problem: async (failure) => ({ type: 'problem', code: failure.code, summary: failure.message }) as never,
    actor: unattended(),
    signal: AbortSignal.timeout(60_000),
  });
  return { result, told: JSON.stringify(events) };
}

/** JSON is YAML. */
function scenarioOf({ lines, input, request, expect: expected = [], images = [] }: Way) {
  const step = { id: 'one', title: 'One', do: lines, expect: request ? [] : expected, ...(input && { input }) };
  const asking = { id: 'two', title: 'Two', request, expect: expected };
  const text = JSON.stringify({
    formatVersion: 1,
    id: 'hostile',
    title: 'A stranger’s',
    summary: 'Does harm.',
    level: 'beginner',
    minutes: 1,
    requires: { images: ['busybox', ...images] },
    names: { box: 'hostile-box' },
    steps: request ? [step, asking] : [step],
  });
  return parseScenario(text, 'hostile.yaml');
}

function endingOf({ failure }: ScenarioResult, told: string): Ending {
  const permission = failure?.args?.['permission'];
  if (permission !== undefined) return permission as Ending;
  if (failure?.code === 'E-NOT-YOURS-TO-CHANGE') return 'unseen';
  if (failure?.code === 'E-NAME-TAKEN') return 'taken';
  if (failure?.code === 'endless-pattern' || failure?.code === 'E-TIMEOUT') return 'stopped';
  if (failure?.code === 'not-performed' || failure?.code === 'bad-value') return 'not performed';
  if (told.includes('"type":"kept"')) return 'kept';
  return failure ? (`${failure.code}: ${told}` as Ending) : 'nothing';
}
