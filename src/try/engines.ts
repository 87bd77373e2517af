/** The engines that tried commands talk to: one, unless a line says `docker -H` or `docker --context`. */
import type { Engine } from '../engine/engine.ts';
import { Failure } from '../failure.ts';
import { askThrough } from '../engine/ask.ts';
import { findLabelled, ofRuns } from '../ownership/clean/labelled.ts';
import { journalFolder } from '../state/home.ts';
import { tried } from '../ownership/labels.ts';
import { readRun } from '../ownership/journal/files.ts';
import { familiar } from '../image-name.ts';
import { newRunId } from '../state/run-id.ts';
import { startOwning } from '../ownership/start.ts';
import type { Owning } from '../ownership/start.ts';
import type { ForeseenOfOthers, UsersThing } from '../api/guard.ts';

export interface TryEngine {
  readonly engine: Engine;
  readonly owning: Owning;
  /** What the things made there are labelled with. */
  readonly run: string;
}

export interface EnginesSetting {
  /** @throws Failure where no engine answers */
  connect(wish: { readonly host?: string; readonly context?: string }): Promise<Engine>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly signal: AbortSignal;
  permit(what: UsersThing): Promise<boolean>;
  permitAll(all: readonly ForeseenOfOthers[]): Promise<boolean>;
}

/** Something that try has made and that is still there. */
export interface LeftThing {
  readonly kind: 'service' | 'container' | 'network' | 'volume' | 'image';
  readonly name: string;
}

export interface TryEngines {
  /** @param globals options of docker itself, by long name */
  at(globals: Readonly<Record<string, string>>): Promise<TryEngine>;
  /** Of what was made in this session. */
  left(signal: AbortSignal): Promise<readonly LeftThing[]>;
  /** Leaves what was made to `docker-tutor clean`. */
  close(): Promise<void>;
}

/** Those that change nothing of what is performed. */
const harmless: ReadonlySet<string> = new Set(['debug', 'log-level']);

export function openEngines(setting: EnginesSetting): TryEngines {
  const open = new Map<string, Promise<TryEngine>>();
  return {
    at(globals) {
      const wish = wishOf(globals);
      const key = JSON.stringify(wish);
      const known = open.get(key);
      if (known) return known;
      const place = openPlace(wish, setting);
      open.set(key, place);
      // asked again, it may be there
      place.catch(() => open.delete(key));
      return place;
    },
    async left(signal) {
      const engines = await reached(open);
      return (await Promise.all(engines.map((engine) => leftAt(engine, setting.env, signal)))).flat();
    },
    async close() {
      for (const { owning, engine } of await reached(open)) {
        await owning.leave();
        engine.close();
      }
    },
  };
}

function wishOf(globals: Readonly<Record<string, string>>): { host?: string; context?: string } {
  const { host, context, ...others } = globals;
  const [unknown] = Object.keys(others).filter((name) => !harmless.has(name));
  if (unknown !== undefined)
    throw new Failure(`docker --${unknown} is not taken here.`, {
      code: 'not-performed',
      exitCode: 2,
      hints: [
        'Set DOCKER_CONFIG, DOCKER_TLS_VERIFY or DOCKER_CERT_PATH before docker-tutor starts; docker reads the same.',
      ],
    });
  return { ...(host !== undefined && { host }), ...(context !== undefined && { context }) };
}

async function openPlace(wish: { host?: string; context?: string }, setting: EnginesSetting): Promise<TryEngine> {
  const engine = await setting.connect(wish);
  const run = newRunId(Date.now());
  const owning = startOwning({
    engine,
    run,
    env: setting.env,
    scenario: () => tried,
    signal: setting.signal,
    at: new Date().toISOString(),
    permit: (what) => setting.permit(what),
    permitAll: (all) => setting.permitAll(all),
  });
  return { engine, owning, run };
}

async function reached(open: ReadonlyMap<string, Promise<TryEngine>>): Promise<readonly TryEngine[]> {
  const settled = await Promise.allSettled(open.values());
  return settled.flatMap((place) => (place.status === 'fulfilled' ? [place.value] : []));
}

/** By label, and what cannot be labelled by the journal. */
async function leftAt(
  { engine, run }: TryEngine,
  env: EnginesSetting['env'],
  signal: AbortSignal,
): Promise<readonly LeftThing[]> {
  const found = await findLabelled(askThrough(engine, signal));
  const record = readRun(journalFolder(env), run);
  const { services, containers, networks, volumes } = ofRuns(found, new Set([run]));
  const images = (record?.claims ?? []).flatMap(({ plan, ids }) =>
    plan.kind === 'image' && ids !== undefined ? [familiar(plan.ref)] : [],
  );
  return [
    ...services.map(({ name }) => ({ kind: 'service' as const, name })),
    ...containers.map(({ name }) => ({ kind: 'container' as const, name })),
    ...[...new Set(images)].map((name) => ({ kind: 'image' as const, name })),
    ...networks.map(({ name }) => ({ kind: 'network' as const, name })),
    ...volumes.map(({ name }) => ({ kind: 'volume' as const, name })),
  ];
}
