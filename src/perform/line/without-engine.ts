/** Commands that read files and print, and ask no engine: docker performs them also where none runs. */
import type { Command } from '../../command/command.ts';
import type { Engine } from '../../engine/engine.ts';
import type { PlanContext } from '../../plan/effects.ts';
import { planOf } from '../../plans/plan-of.ts';
import { perform } from '../perform.ts';
import { capture } from './capture.ts';
import type { LineIo } from './capture.ts';
import { hearing } from './hearing.ts';
import type { PerformedLine } from './perform-line.ts';

/** Names of rows. */
const ofFilesAlone: ReadonlySet<string> = new Set(['compose config', 'compose version']);

/** Of `compose config`: the engine asks a registry for them. */
const fromRegistry = ['lock-image-digests', 'resolve-image-digests'];

export function needsNoEngine({ row, flags }: Command): boolean {
  return ofFilesAlone.has(row.name) && !fromRegistry.some((flag) => (flags as Readonly<Record<string, unknown>>)[flag]);
}

/** Where such a line is performed. */
export interface EnginelessWorld {
  readonly io: LineIo;
  readonly signal: AbortSignal;
  readonly context: PlanContext;
}

/** Never rejects, as performLine does not. */
export async function performWithoutEngine(
  command: Command,
  { io, signal, context }: EnginelessWorld,
): Promise<PerformedLine> {
  const hears = hearing(() => undefined);
  const captured = capture(io);
  const world = { engine: noEngine, io: captured.io, signal, cwd: context.cwd, observe: hears.observe.bind(hears) };
  const ending = await planOf(command, context)
    .then((plan) => perform(plan, world))
    .then(
      (exitCode) => ({ exitCode }),
      (error: unknown) => ({ error }),
    );
  return {
    ...ending,
    ...hears.heard(),
    changes: [],
    doings: [],
    stdout: captured.stdout(),
    stderr: captured.stderr(),
  };
}

const noEngine: Engine = {
  endpoint: { address: '', from: 'default' },
  about: { version: '', apiVersion: '', told: {}, flavour: 'docker' },
  send: ({ method, path }) => Promise.reject(new Error(`${method} ${path}: this command was to ask no engine.`)),
  close: () => undefined,
};
