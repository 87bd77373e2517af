/** Performs one command with the learner's own streams, and tells what it changed. */
import type { Command } from '../command/command.ts';
import { hideSecrets } from '../command/hide-secrets.ts';
import { operandAt } from '../command/parse.ts';
import type { ParsedItem } from '../command/shell/script.ts';
import { engineFailure } from '../engine/problems.ts';
import type { Failure } from '../failure.ts';
import { difference } from '../inventory/difference.ts';
import type { KeptThing } from '../api/guard.ts';
import { perform } from '../perform/perform.ts';
import type { Io, Observation, World } from '../perform/world.ts';
import type { PlanContext } from '../plan/effects.ts';
import { planOf } from '../plans/plan-of.ts';
import type { Change, RequestDone } from '../events.ts';
import { assertPerformable } from '../command/performable.ts';
import { redacted } from '../api/redact-body.ts';
import { version } from '../version.ts';
import { lookAfter, lookingBefore } from './look.ts';
import type { Picture } from './pictures.ts';
import { picturesOf } from './pictures.ts';
import type { Place } from './places.ts';
import type { TryScene } from './try-line.ts';

export type RequestTold = Pick<RequestDone, 'method' | 'path' | 'query' | 'body' | 'status' | 'ms'>;

/** What one command came to. */
export interface CommandDone {
  readonly command: string;
  /** Absent where it was interrupted, or could not be performed to its end. */
  readonly exitCode?: number;
  readonly changes: readonly Change[];
  readonly pictures: readonly Picture[];
  /** What of the user's it left alone. */
  readonly kept: readonly KeptThing[];
  readonly requests: readonly RequestTold[];
  /** What the engine refused, where the command failed for it. */
  readonly refusal?: Failure;
  /** Facts worth a line that docker does not print. */
  readonly minds: readonly string[];
}

export interface Trying {
  readonly scene: TryScene;
  readonly text: string;
  readonly signal: AbortSignal;
}

/** How long looking at what changed may take after an interruption, in milliseconds. */
const lookLimit = 10_000;

export async function tryCommand(
  command: Command,
  item: ParsedItem,
  io: Io,
  { scene, text, signal }: Trying,
): Promise<number> {
  assertPerformable(command, text);
  const place = await scene.places.at(command.globals);
  await scene.provide?.(imagesOf(command), signal);
  const looking = lookingBefore(place.owning.guard, place.engine, signal);
  const seen: Seen = { requests: [], kept: [], minds: [] };
  const world: World = {
    engine: place.engine,
    guard: looking.guard,
    io,
    credentials: scene.credentials,
    cwd: scene.shell.cwd,
    signal,
    observe: observerOf(seen),
  };
  let exitCode: number | undefined;
  try {
    exitCode = await perform(await planOf(command, planContext(scene, place)), world);
    if (command.row.name === 'login' && exitCode === 0)
      seen.minds.push(
        'This login lasts until docker-tutor ends, and your own logins are as they were. docker login itself keeps it.',
      );
    return exitCode;
  } finally {
    const before = looking.before();
    const limit = AbortSignal.timeout(lookLimit);
    // an engine that has gone away has been told of already
    const after = before && (await lookAfter(seen.requests, place.engine, limit).catch(() => undefined));
    const changes = before && after ? difference(before, after) : [];
    if (signal.aborted) seen.minds.push(...stillRunning(changes));
    const pictures = await picturesOf(changes, place.engine, limit).catch(() => []);
    const failed = exitCode !== 0 && seen.refusal !== undefined;
    scene.done({
      command: hideSecrets(item.text),
      changes,
      pictures,
      ...told(seen),
      ...(exitCode !== undefined && { exitCode }),
      ...(failed && { refusal: seen.refusal }),
    });
  }
}

/** The first process of a container ends at Ctrl-C only where its program takes care of it. */
function stillRunning(changes: readonly Change[]): readonly string[] {
  const names = changes
    .filter(({ change, kind, facts }) => change === 'added' && kind === 'container' && facts['state'] === 'running')
    .map(({ name }) => name);
  return names.map((name) => `${name} still runs: its program does not end at Ctrl-C. docker stop ${name} ends it.`);
}

interface Seen {
  readonly requests: RequestTold[];
  readonly kept: KeptThing[];
  readonly minds: string[];
  refusal?: Failure;
}

function told({ requests, kept, minds }: Seen): Pick<CommandDone, 'requests' | 'kept' | 'minds'> {
  return { requests, kept, minds };
}

function observerOf(seen: Seen): (observation: Observation) => void {
  return (observation) => {
    switch (observation.saw) {
      case 'request': {
        const { request, status, ms } = observation;
        const { method, path, query, body } = request;
        seen.requests.push({
          method,
          path,
          ...(query && { query }),
          ...(body && { body: redacted(body) }),
          status,
          ms,
        });
        break;
      }
      case 'kept':
        seen.kept.push(observation.kept);
        break;
      case 'refusal':
        seen.refusal = engineFailure(observation.error);
        break;
      case 'mind':
        seen.minds.push(observation.text);
        break;
      case 'message':
        // written as docker writes it, by the driver
        break;
    }
  };
}

/** Images that the command may have to pull. */
function imagesOf({ row, operands }: Command): readonly string[] {
  if (!/^(?:container (?:run|create)|image pull|service create)$/.test(row.name)) return [];
  return operands.filter((_, i) => row.operands[operandAt(row, i, operands.length)]?.names === 'image');
}

function planContext({ shell, terminal }: TryScene, { engine }: Place): PlanContext {
  return {
    cwd: shell.cwd,
    env: shell.env,
    now: Date.now(),
    apiVersion: engine.about.apiVersion,
    terminal,
    client: { version, node: process.version, os: process.platform, arch: process.arch },
  };
}
