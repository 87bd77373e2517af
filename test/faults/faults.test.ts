/**
 * Each fault at each request of the six lessons that the product is named for, on a real engine (DOCKER_HOST, else the
 * lab): nothing is called a bug, nothing hangs, and `clean` leaves nothing. A sample of some minutes by default, drawn
 * with a seed that is printed: DOCKER_TUTOR_FAULTS_SEED draws it again, DOCKER_TUTOR_FAULTS=all runs all, for hours.
 * DOCKER_TUTOR_FAULTS_LESSONS=a,b runs some lessons only, DOCKER_TUTOR_FAULTS_MINUTES says how long.
 */
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { connect } from '../../src/engine/connect/connect.ts';
import { takeInventory } from '../../src/inventory/inventory.ts';
import { engineSuite } from '../engine/lab.ts';
import { drawing, faults } from './faults.ts';
import type { Fault } from './faults.ts';
import { docked, runLesson, wrongWith } from './lesson-run.ts';
import type { Came, Case, Place } from './lesson-run.ts';

const { env } = process;
const all = env['DOCKER_TUTOR_FAULTS'] === 'all';
const seed = Number(env['DOCKER_TUTOR_FAULTS_SEED'] ?? Date.now() % 1_000_000);
const minutes = Number(env['DOCKER_TUTOR_FAULTS_MINUTES'] ?? (all ? 600 : 3));
const starred = 'hello-world,flask-image-build,tag-push-pull,custom-bridge-network,volume-mount,compose';
const lessons = (env['DOCKER_TUTOR_FAULTS_LESSONS'] ?? starred).split(',');
/** Runs side by side: most of a run is waiting. */
const atOnce = Number(env['DOCKER_TUTOR_FAULTS_AT_ONCE'] ?? 4);

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
      const place = placeOn(env['DOCKER_HOST'] ?? address);
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
        rmSync(place.home, { recursive: true, force: true });
        rmSync(place.temporary, { recursive: true, force: true });
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

/** Cases of all lessons mixed, some at once, until the time is over. */
async function* batches(place: Place, until: number): AsyncGenerator<readonly Planned[]> {
  const planned: Planned[] = [];
  for (const lesson of lessons) {
    const healthy = await runLesson({ lesson }, place);
    tell(
      `${lesson}: ${String(healthy.requests)} requests, exit code ${String(healthy.exitCode)}, ${seconds(healthy.ms)}`,
    );
    for (let at = 0; at < healthy.requests; at++)
      planned.push(...faults.map((fault) => ({ one: { lesson, fault, at }, healthyMs: healthy.ms })));
  }
  const draw = drawing(seed);
  while (planned.length > 0 && performance.now() < until) {
    const batch: Planned[] = [];
    while (batch.length < atOnce && planned.length > 0) batch.push(...planned.splice(draw(planned.length), 1));
    yield batch;
  }
}

async function rowOf({ one, healthyMs }: Planned, place: Place): Promise<Row> {
  const came = await runLesson(one, place);
  const wrong = wrongWith(came, healthyMs);
  if (wrong.length > 0) tell(`${named(one)}: ${came.spoilt ?? ''}: ${wrong.join(', ')}\n${came.output.slice(-1500)}`);
  return { one, came, wrong };
}

function placeOn(engine: string): Place {
  const home = mkdtempSync(join(tmpdir(), 'faults-home-'));
  const temporary = mkdtempSync(join(tmpdir(), 'faults-tmp-'));
  mkdirSync(home, { recursive: true });
  return { engine, home, temporary };
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

function table(rows: readonly Row[]): string {
  const line = (fault: Fault): string => {
    const own = rows.filter(({ one }) => one.fault === fault);
    const count = (is: (row: Row) => boolean): string => String(own.filter(is).length).padStart(7);
    const longest = Math.max(0, ...own.map(({ came }) => came.ms));
    return [
      fault.name.padEnd(32),
      count(() => true),
      count(({ came }) => came.exitCode === 0),
      count(({ came }) => came.exitCode === 3),
      count(({ came }) => came.exitCode === 4),
      count(({ wrong }) => wrong.length > 0),
      seconds(longest).padStart(9),
    ].join(' ');
  };
  const head = [
    'fault'.padEnd(32),
    ...['runs', 'ended 0', 'ended 3', 'ended 4', 'wrong'].map((word) => word.padStart(7)),
  ];
  const codes = new Map<string, number>();
  for (const code of rows.flatMap(({ came }) => came.codes)) codes.set(code, (codes.get(code) ?? 0) + 1);
  const causes = [...codes].sort(([, a], [, b]) => b - a).map(([code, times]) => `${code} ${String(times)}`);
  return [`${head.join(' ')}   longest`, ...faults.map(line), `causes: ${causes.join(', ')}`].join('\n');
}

function named({ lesson, fault, at }: Case): string {
  return `${lesson}, ${fault.name} at request ${String(at)}`;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
