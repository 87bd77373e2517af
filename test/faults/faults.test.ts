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
import { endpointOf } from '../../src/api/endpoints/endpoint-of.ts';
import type { Request } from '../../src/api/request.ts';
import { connect } from '../../src/engine/connect/connect.ts';
import { takeInventory } from '../../src/inventory/inventory.ts';
import { engineSuite, provideImagesOf } from '../engine/lab.ts';
import { drawing, faults } from './faults.ts';
import type { Fault } from './faults.ts';
import { subjects } from './subjects.ts';
import type { Subject } from './subjects.ts';
import { docked, slower, tryOut, wrongWith } from './trial.ts';
import type { Came, Case, Place } from './trial.ts';

const { env } = process;
const all = env['DOCKER_TUTOR_FAULTS'] === 'all';
const seed = Number(env['DOCKER_TUTOR_FAULTS_SEED'] ?? Date.now() % 1_000_000);
const minutes = Number(env['DOCKER_TUTOR_FAULTS_MINUTES'] ?? (all ? 600 : 3));
const chosen = chosenOf(env['DOCKER_TUTOR_FAULTS_SUBJECTS']);
/** Requests by number; absent: each. */
const numbers = env['DOCKER_TUTOR_FAULTS_AT']?.split(',').map(Number);
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

engineSuite('faults between program and engine', (engine) => {
  test(
    'end with a cause, in time, and leave nothing',
    async () => {
      tell(`seed ${String(seed)}: DOCKER_TUTOR_FAULTS_SEED=${String(seed)}, up to ${String(minutes)} minutes`);
      const rows: Row[] = [];
      const left: string[] = [];
      await provideImagesOf(
        chosen.flatMap(({ lesson }) => lesson ?? []),
        engine,
      );
      const place = placeOn(engine.address);
      try {
        const before = await thingsOn(place.engine);
        for await (const batch of batches(place)) {
          rows.push(...(await rowsOf(batch, place)));
          const stays = await whatStays(place, before);
          if (stays.length > 0)
            left.push(`after ${batch.map(({ one }) => named(one)).join('; ')}: ${stays.join(', ')}`);
        }
      } finally {
        tell(table(rows));
        // of runs that did not come to an end
        await docked(['clean'], place.engine, place);
        for (const folder of [place.home, place.temporary, place.work])
          rmSync(folder, { recursive: true, force: true });
      }
      expect(rows.length).toBeGreaterThan(0);
      const wrong = rows.filter((row) => row.wrong.length > 0);
      expect([
        ...wrong.map(
          ({ one, came, wrong: what }) => `${named(one)}: ${came.requests[one.at] ?? ''}: ${what.join(', ')}`,
        ),
        ...left,
      ]).toEqual([]);
    },
    (minutes + 10) * 60_000,
  );
});

interface Planned {
  readonly one: Case;
  /** Of the request: `POST /containers/create`. */
  readonly endpoint: string;
  readonly healthyMs: number;
}

/**
 * Some cases at once, until the time is over, which begins after the runs without a fault: drawn so that each subject has its share, and each endpoint in it, for one
 * lesson asks for most of its requests a hundred times.
 */
async function* batches(place: Place): AsyncGenerator<readonly Planned[]> {
  const planned: Planned[] = [];
  for (let at = 0; at < chosen.length; at += atOnce)
    planned.push(
      ...(await Promise.all(chosen.slice(at, at + atOnce).map((subject) => casesOf(subject, place)))).flat(),
    );
  const draw = drawing(seed);
  const among = <T>(of: (one: Planned) => T, from: readonly Planned[]): readonly Planned[] => {
    const kinds = [...new Set(from.map(of))];
    const kind = kinds[draw(kinds.length)];
    return from.filter((one) => of(one) === kind);
  };
  const until = performance.now() + minutes * 60_000;
  while (performance.now() < until) {
    const batch: Planned[] = [];
    while (batch.length < atOnce && planned.length > 0) {
      const cases = among(
        ({ endpoint }) => endpoint,
        among(({ one }) => one.subject, planned),
      );
      const drawn = cases[draw(cases.length)];
      if (drawn) batch.push(...planned.splice(planned.indexOf(drawn), 1));
    }
    if (batch.length === 0) return;
    yield batch;
  }
}

/** Each fault at each of its requests, after a run without. */
async function casesOf(subject: Subject, place: Place): Promise<readonly Planned[]> {
  const { exitCode, ms, requests, output } = await tryOut({ subject }, place);
  tell(`${subject.name}: ${String(requests.length)} requests, exit code ${String(exitCode)}, ${seconds(ms)}`);
  expect(exitCode, `${subject.name}, without a fault: ${output.slice(-1500)}`).toBe(0);
  return requests.flatMap((request, at) =>
    numbers === undefined || numbers.includes(at)
      ? faults.map((fault) => ({ one: { subject, fault, at }, endpoint: endpointIn(request), healthyMs: ms }))
      : [],
  );
}

function endpointIn(request: string): string {
  const [, method, path] = /^([A-Z]+) (?:\/v[\d.]+)?(.*)$/.exec(request) ?? [];
  return endpointOf({ method: method as Request['method'], path: path ?? '' })?.key ?? request;
}

async function rowOf({ one, healthyMs }: Planned, place: Place): Promise<Row> {
  const came = await tryOut(one, place);
  return { one, came, wrong: wrongWith(one.subject, came, healthyMs) };
}

/** One that took too long beside others is run again alone: then it is not the machine that was busy. */
async function rowsOf(batch: readonly Planned[], place: Place): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const [index, row] of (await Promise.all(batch.map((one) => rowOf(one, place)))).entries()) {
    const again = batch[index];
    rows.push(
      again && row.wrong.length > 0 && row.wrong.every((what) => what.endsWith(slower))
        ? await rowOf(again, place)
        : row,
    );
  }
  for (const { one, came, wrong } of rows)
    if (wrong.length > 0)
      tell(`${named(one)}: ${came.requests[one.at] ?? ''}: ${wrong.join(', ')}\n${came.output.slice(-1500)}`);
  return rows;
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
