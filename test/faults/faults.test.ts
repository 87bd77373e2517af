/**
 * Each fault at each request of each subject (subjects.ts), on a real engine (DOCKER_TUTOR_TEST_ENGINE, else the lab):
 * nothing is called a bug, nothing hangs, and `clean` leaves nothing. A sample of some minutes by default, drawn with a
 * seed that is printed: DOCKER_TUTOR_FAULTS_SEED draws it again, DOCKER_TUTOR_FAULTS=all runs all, for hours.
 * DOCKER_TUTOR_FAULTS_SUBJECTS=a,b runs some only, DOCKER_TUTOR_FAULTS_AT=3,4 spoils these requests only,
 * DOCKER_TUTOR_FAULTS_MINUTES says how long. Lessons ask the ports that they publish: the engine is to be on this machine.
 */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { connect } from '../../src/engine/connect/connect.ts';
import { takeInventory } from '../../src/inventory/inventory.ts';
import { engineSuite } from '../engine/lab.ts';
import { drawing, faults } from './faults.ts';
import type { Fault } from './faults.ts';
import { subjects } from './subjects.ts';
import type { Subject } from './subjects.ts';
import { docked, tryOut, wrongWith } from './trial.ts';
import type { Came, Case, Place } from './trial.ts';

const { env } = process;
const all = env['DOCKER_TUTOR_FAULTS'] === 'all';
const seed = Number(env['DOCKER_TUTOR_FAULTS_SEED'] ?? Date.now() % 1_000_000);
const minutes = Number(env['DOCKER_TUTOR_FAULTS_MINUTES'] ?? (all ? 600 : 3));
const chosen = chosenOf(env['DOCKER_TUTOR_FAULTS_SUBJECTS']);
/** Requests by number; absent: each. */
const requests = env['DOCKER_TUTOR_FAULTS_AT']?.split(',').map(Number);
/** Runs side by side: most of a run is waiting. */
const atOnce = Number(env['DOCKER_TUTOR_FAULTS_AT_ONCE'] ?? 4);

function chosenOf(names: string | undefined): readonly Subject[] {
  const wanted = names?.split(',') ?? subjects.map(({ name }) => name);
  return wanted.map((wish) => {
    const found = subjects.find(({ name }) => name === wish);
    if (!found) throw new Error(`no subject is called ${wish}`);
    return found;
  });
}

/** At once: a run takes long, and is looked at. */
function tell(text: string): void {
  process.stdout.write(`${text}\n`);
}

interface Row {
  readonly one: Case;
  readonly came: Came;
  readonly wrong: readonly string[];
}

engineSuite('faults between program and engine', ({ address }) => {
  test(
    'end with a cause, in time, and leave nothing',
    async () => {
      const until = performance.now() + minutes * 60_000;
      tell(`seed ${String(seed)}: DOCKER_TUTOR_FAULTS_SEED=${String(seed)}, up to ${String(minutes)} minutes`);
      const rows: Row[] = [];
      const left: string[] = [];
      const place = placeOn(address);
      try {
        const before = await thingsOn(place.engine);
        for await (const batch of batches(place, until)) {
          rows.push(...(await Promise.all(batch.map((one) => rowOf(one, place)))));
          const stays = await whatStays(place, before);
          if (stays.length > 0)
            left.push(`after ${batch.map(({ one }) => named(one)).join('; ')}: ${stays.join(', ')}`);
        }
      } finally {
        tell(table(rows));
        for (const folder of [place.home, place.temporary, place.work])
          rmSync(folder, { recursive: true, force: true });
      }
      const wrong = rows.filter((row) => row.wrong.length > 0);
      expect([
        ...wrong.map(({ one, came, wrong: what }) => `${named(one)}: ${came.spoilt ?? ''}: ${what.join(', ')}`),
        ...left,
      ]).toEqual([]);
    },
    (minutes + 10) * 60_000,
  );
});

interface Planned {
  readonly one: Case;
  readonly healthyMs: number;
}

/** Cases of all subjects mixed, as many of the one as of the other, some at once, until the time is over. */
async function* batches(place: Place, until: number): AsyncGenerator<readonly Planned[]> {
  const planned: Planned[][] = [];
  for (const subject of chosen) {
    const healthy = await tryOut({ subject }, place);
    const { name } = subject;
    tell(
      `${name}: ${String(healthy.requests)} requests, exit code ${String(healthy.exitCode)}, ${seconds(healthy.ms)}`,
    );
    expect(healthy.exitCode, `${name}, without a fault: ${healthy.output.slice(-1500)}`).toBe(0);
    const places = requests ?? Array.from({ length: healthy.requests }, (_, at) => at);
    planned.push(
      places.flatMap((at) => faults.map((fault) => ({ one: { subject, fault, at }, healthyMs: healthy.ms }))),
    );
  }
  const draw = drawing(seed);
  const drawn = (): Planned[] => {
    const left = planned.filter((cases) => cases.length > 0);
    const cases = left[draw(left.length)] ?? [];
    return cases.splice(draw(cases.length), 1);
  };
  while (performance.now() < until) {
    const batch = Array.from({ length: atOnce }, drawn).flat();
    if (batch.length === 0) return;
    yield batch;
  }
}

async function rowOf({ one, healthyMs }: Planned, place: Place): Promise<Row> {
  const came = await tryOut(one, place);
  const wrong = wrongWith(one.subject, came, healthyMs);
  if (wrong.length > 0) tell(`${named(one)}: ${came.spoilt ?? ''}: ${wrong.join(', ')}\n${came.output.slice(-1500)}`);
  return { one, came, wrong };
}

function placeOn(engine: string): Place {
  const home = mkdtempSync(join(tmpdir(), 'faults-home-'));
  const temporary = mkdtempSync(join(tmpdir(), 'faults-tmp-'));
  const work = mkdtempSync(join(tmpdir(), 'faults-work-'));
  return { engine, home, temporary, work };
}

async function thingsOn(address: string): Promise<readonly string[]> {
  const signal = AbortSignal.timeout(60_000);
  const engine = await connect({ address, from: 'default' }, { signal });
  try {
    const { containers, images, networks, volumes } = await takeInventory(engine, signal);
    return [
      ...containers.map(({ name }) => `container ${name}`),
      ...images.map(({ id, tags }) => `image ${tags.join(' ')} ${id}`),
      ...networks.map(({ name }) => `network ${name}`),
      ...volumes.map(({ name }) => `volume ${name}`),
    ].sort();
  } finally {
    engine.close();
  }
}

/** After `clean` on the healthy engine: what came and went there, and files of runs. */
async function whatStays(place: Place, before: readonly string[]): Promise<readonly string[]> {
  const { exitCode, output } = await docked(['clean'], place.engine, place);
  const after = await thingsOn(place.engine);
  const files = [...readdirSync(place.temporary), ...readdirSync(place.home, { recursive: true }).map(String)];
  return [
    ...(exitCode === 0 ? [] : [`clean ended with ${String(exitCode)}: ${output.slice(-500)}`]),
    ...after.filter((one) => !before.includes(one)).map((one) => `${one} stays`),
    ...before.filter((one) => !after.includes(one)).map((one) => `${one} is gone`),
    ...files.filter(isOfRun).map((name) => `${name} stays`),
  ];
}

/** A journal, names and ports that are reserved, a workspace. What was done is remembered. */
function isOfRun(name: string): boolean {
  return /\.(?:jsonl|reserved\.json)$|^docker-tutor/.test(name) && !/^(?:progress|history)\b/.test(name);
}

/** What became of each fault, and of each subject. */
function table(rows: readonly Row[]): string {
  const codes = [...new Set(rows.map(({ came }) => came.exitCode))].sort((a, b) => a - b);
  const line = (name: string, own: readonly Row[]): string => {
    const count = (is: (row: Row) => boolean): string => String(own.filter(is).length).padStart(9);
    const longest = Math.max(0, ...own.map(({ came }) => came.ms));
    return [
      name.padEnd(32),
      count(() => true),
      ...codes.map((code) => count(({ came }) => came.exitCode === code)),
      count(({ wrong }) => wrong.length > 0),
      seconds(longest).padStart(9),
    ].join(' ');
  };
  const columns = ['runs', ...codes.map((code) => `ended ${String(code)}`), 'wrong', 'longest'];
  const head = (first: string): string => [first.padEnd(32), ...columns.map((word) => word.padStart(9))].join(' ');
  const causes = new Map<string, number>();
  for (const code of rows.flatMap(({ came }) => came.codes)) causes.set(code, (causes.get(code) ?? 0) + 1);
  const most = [...causes].sort(([, a], [, b]) => b - a).map(([code, times]) => `${code} ${String(times)}`);
  return [
    head('fault'),
    ...faults.map((fault: Fault) =>
      line(
        fault.name,
        rows.filter(({ one }) => one.fault === fault),
      ),
    ),
    head('subject'),
    ...chosen.map((subject) =>
      line(
        subject.name,
        rows.filter(({ one }) => one.subject === subject),
      ),
    ),
    `causes: ${most.join(', ')}`,
  ].join('\n');
}

function named({ subject, fault, at }: Case): string {
  return `${subject.name}, ${fault.name} at request ${String(at)}`;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
