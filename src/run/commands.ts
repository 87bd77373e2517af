/** The docker commands of a step: parsed, performed, and what they changed on the engine told. */
import { CommandError } from '../command/errors.ts';
import { parseCommand } from '../command/parse.ts';
import type { Command } from '../command/command.ts';
import { engineFailure } from '../engine/problems.ts';
import type { Failure } from '../failure.ts';
import { difference } from '../own/difference.ts';
import { take } from '../own/inventory.ts';
import type { Change } from './events.ts';
import { perform } from '../perform/perform.ts';
import type { Observation, World } from '../perform/world.ts';
import type { PlanContext } from '../plan/effects.ts';
import { planOf } from '../plan/plans.ts';
import type { Step } from '../scenario/schema.ts';
import { version } from '../version.ts';
import { capture } from './capture.ts';
import { commandFailure } from './command-failure.ts';
import { assertPerformable } from './performable.ts';
import { progressOf } from './progress.ts';
import { redacted } from './redact.ts';
import type { ActionResult } from './step.ts';
import type { Scene } from './scenario.ts';

/** Longest a single command may take, in milliseconds: a slow pull, not a container that never ends. */
const commandLimit = 15 * 60_000;

export async function performLines(step: Step, lines: readonly string[], scene: Scene): Promise<ActionResult> {
  let last: LineResult | undefined;
  for (const line of lines) last = await performLine(step.id, line, scene);
  return last ? { outcome: last, refusal: last.refusal } : {};
}

interface LineResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly refusal: Failure | undefined;
}

async function performLine(step: string, line: string, scene: Scene): Promise<LineResult> {
  const started = performance.now();
  const context = planContext(scene);
  const command = readCommand(line, context);
  scene.emit({ type: 'command-started', step, command: line, means: command.row.means });
  const captured = capture((stream, text) => scene.emit({ type: 'output', step, stream, text }), {
    question: () => Promise.resolve('y'),
  });
  let refusal: Failure | undefined;
  let asked = 0;
  const world: World = {
    engine: scene.engine,
    guard: scene.guard,
    io: captured.io,
    cwd: scene.workspace,
    signal: AbortSignal.any([scene.signal, AbortSignal.timeout(commandLimit)]),
    observe: observer(step, scene, {
      refused: (found) => (refusal = found),
      changing: () => (asked += 1),
    }),
  };
  const exitCode = await perform(planOf(command, context), world);
  const changes = asked > 0 ? await changesSince(scene) : [];
  scene.emit({ type: 'command-finished', step, exitCode, ms: performance.now() - started, changes });
  return { exitCode, stdout: captured.stdout(), stderr: captured.stderr(), refusal };
}

/** What came and went since the last look; a command that only asks changes nothing, and needs no look. */
async function changesSince(scene: Scene): Promise<readonly Change[]> {
  const before = scene.inventory.latest;
  scene.inventory.latest = await take(scene.engine, scene.signal);
  return difference(before, scene.inventory.latest);
}

/** @throws Failure where the line is not one docker command that can be performed. */
function readCommand(line: string, { env, cwd }: PlanContext): Command {
  try {
    const command = parseCommand(line, { env, cwd, home: cwd });
    assertPerformable(command, line);
    return command;
  } catch (error) {
    throw error instanceof CommandError ? commandFailure(error, line) : error;
  }
}

interface Told {
  refused(failure: Failure): void;
  /** A request that may change something was sent. */
  changing(): void;
}

function observer(step: string, scene: Scene, told: Told): (seen: Observation) => void {
  const progress = progressOf(step, () => performance.now());
  return (seen) => {
    if (seen.saw === 'request') {
      const { method, path, query, body } = seen.request;
      if (method !== 'GET' && method !== 'HEAD') told.changing();
      scene.emit({
        type: 'request',
        step,
        method,
        path,
        ...(query && { query }),
        ...(body && { body: redacted(body) }),
        status: seen.status,
        ms: seen.ms,
      });
    } else if (seen.saw === 'message') {
      const event = progress(seen.message);
      if (event) scene.emit(event);
    } else if (seen.saw === 'kept') {
      scene.kept.push(seen.kept);
      scene.emit({ type: 'kept', step, ...seen.kept });
    } else if (seen.saw === 'refusal') {
      told.refused(engineFailure(seen.error));
    }
  };
}

function planContext(scene: Scene): PlanContext {
  return {
    cwd: scene.workspace,
    env: { HOME: scene.workspace, PWD: scene.workspace },
    now: Date.now(),
    apiVersion: scene.engine.about.apiVersion,
    terminal: false,
    client: { version, node: process.version, os: process.platform, arch: process.arch },
  };
}
