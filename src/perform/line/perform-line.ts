/** One docker command, performed: what it printed, changed, left as it is and was refused, for whoever performs a line. */
import type { Guard, Marks, Written } from '../../api/guard.ts';
import type { Command } from '../../command/command.ts';
import type { Bounds } from '../../disk/held.ts';
import type { Engine } from '../../engine/engine.ts';
import { isOutOfReach } from '../../engine/problems.ts';
import type { CredentialStore } from '../../engine/login/logins.ts';
import type { Change, Doing } from '../../events/events.ts';
import { Failure } from '../../failure.ts';
import { doingsOf } from '../../inventory/doings.ts';
import { takeInventory } from '../../inventory/inventory.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import { ownChanges } from '../../inventory/own-changes.ts';
import { takeAfter } from '../../inventory/take-after.ts';
import { tracesOf } from '../../inventory/traces.ts';
import type { Trace } from '../../inventory/traces.ts';
import type { Effect, PlanContext } from '../../plan/effects.ts';
import { watched } from '../../plan/watched.ts';
import { planOf } from '../../plans/plan-of.ts';
import { perform } from '../perform.ts';
import type { World } from '../world.ts';
import { capture } from './capture.ts';
import type { LineIo } from './capture.ts';
import { hearing } from './hearing.ts';
import type { Happening, Heard } from './hearing.ts';
import { withNearName } from './near-name.ts';
import type { Offered } from './near-name.ts';
import { lineGuard } from './line-guard.ts';
import type { LineGuard } from './line-guard.ts';

/** What a line is performed in. */
export interface LineWorld {
  readonly engine: Engine;
  readonly guard: Guard;
  readonly marks: Marks;
  readonly io: LineIo;
  readonly credentials: CredentialStore;
  readonly signal: AbortSignal;
  /** What the plan knows without asking; relative paths are taken from its folder. */
  readonly context: PlanContext;
  /** What files it may read and write; absent: any. */
  readonly bounds?: Bounds | undefined;
  /** Whether names of everything on the engine may be offered for one that is not there. Absent: those this run has made. */
  readonly offersAll?: true;
  /** Longest the line may take, in milliseconds. Absent: as long as it takes. */
  readonly limit?: number;
  /** What is on the engine, where that is known. Absent: it is looked at before the first change. */
  readonly before?: Inventory;
  /** Shown each effect before it comes about; what it throws ends the line. */
  see?(effect: Effect): void;
  /** Told what happens, as it happens. */
  tell?(happening: Happening): void;
}

export interface PerformedLine extends Heard {
  /** What the docker CLI would end with; absent where it was interrupted, or could not be performed to its end. */
  readonly exitCode?: number;
  /** Why it has no exit code: a Failure, or the reason that the signal was aborted with. */
  readonly error?: unknown;
  /** At most a million characters each. */
  readonly stdout: string;
  readonly stderr: string;
  /** What it has brought about on the engine; nothing that others did at the same time. */
  readonly changes: readonly Change[];
  /** What it has done besides. */
  readonly doings: readonly Doing[];
  /** What is on the engine since, as far as it was looked at; absent where that is not known. */
  readonly after?: Inventory;
}

/** Never rejects: what goes wrong is part of what came of the line. */
export async function performLine(command: Command, world: LineWorld): Promise<PerformedLine> {
  const guarded = lineGuard(world.guard, async () => world.before ?? takeInventory(world.engine, world.signal));
  const known = world.marks.written().at(-1)?.n ?? 0;
  const hears = hearing((happening) => world.tell?.(happening));
  const captured = capture(world.io, world.tell && ((stream, text) => world.tell?.({ is: 'output', stream, text })));
  const ending = await endingOf(command, world, {
    guard: guarded.guard,
    io: captured.io,
    observe: (seen) => hears.observe(seen),
  });
  const written = world.marks.written().filter(({ n }) => n > known);
  const heard = hears.heard();
  const refusal = heard.refusal && (await withNearName(heard.refusal, command, world.engine, offeredIn(world)));
  const traces = [...guarded.asked().flatMap(tracesOf), ...hears.traces(), ...written.map(traceOf)];
  const since = isOutOfReach(ending.error) ? { changes: [] } : await changesSince(guarded, traces, world);
  return {
    ...ending,
    ...since,
    doings: doingsOf(heard.requests, since.changes, ending.exitCode),
    ...heard,
    ...(refusal && { refusal }),
    stdout: captured.stdout(),
    stderr: captured.stderr(),
  };
}

function offeredIn({ offersAll, marks }: LineWorld): Offered | 'all' {
  return offersAll ? 'all' : (labels) => marks.isOn(labels);
}

/** @throws what kept the line from being performed to its end */
export function exitCodeOf({ exitCode, error }: Pick<PerformedLine, 'exitCode' | 'error'>): number {
  if (exitCode === undefined) throw error;
  return exitCode;
}

async function endingOf(
  command: Command,
  { engine, credentials, context, signal, bounds, limit, see }: LineWorld,
  inner: Pick<World, 'guard' | 'io' | 'observe'>,
): Promise<Pick<PerformedLine, 'exitCode' | 'error'>> {
  const timeout = limit === undefined ? undefined : AbortSignal.timeout(limit);
  const signals = timeout ? [signal, timeout] : [signal];
  try {
    const plan = watched(await planOf(command, context), (effect) => see?.(effect));
    const shared = { engine, credentials, cwd: context.cwd, ...(bounds && { bounds }), ...inner };
    const world = { ...shared, signal: AbortSignal.any(signals) };
    return { exitCode: await perform(plan, world) };
  } catch (error) {
    const isLate = timeout?.aborted === true && !signal.aborted && !(error instanceof Failure);
    return { error: isLate ? tookTooLong(limit ?? 0) : error };
  }
}

function tookTooLong(limit: number): Failure {
  return new Failure(`The command was not done after ${String(Math.round(limit / 60_000))} minutes.`, {
    code: 'command-endless',
    exitCode: 4,
    hints: ['What runs until it is stopped belongs in the background: docker run -d'],
  });
}

/** How long looking at what changed may take, in milliseconds. It is looked at after an interruption too. */
const lookLimit = 10_000;

async function changesSince(
  { before, asked }: LineGuard,
  traces: readonly Trace[],
  { engine, marks }: LineWorld,
): Promise<Pick<PerformedLine, 'changes' | 'after'>> {
  const then = before();
  if (!then) return { changes: [] };
  const requests = asked().map(({ request }) => request);
  try {
    const after = await takeAfter(then, requests, engine, AbortSignal.timeout(lookLimit));
    return { changes: ownChanges(traces, then, after, (labels) => marks.isOn(labels)), after };
  } catch {
    // an engine that has gone away has been told of, or will be by whoever asks it next
    return { changes: [] };
  }
}

function traceOf({ kind, name }: Written): Trace {
  return kind === 'image' ? { trace: 'image-name', name } : { trace: 'made', kind, id: name };
}
