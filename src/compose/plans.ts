/** Which plan performs which compose command. */
import type { Command } from '../command/command.ts';
import * as rows from '../command/tables/compose.ts';
import { complain } from '../plan/ask.ts';
import type { Plan, PlanContext } from '../plan/effects.ts';
import { entry } from '../plan/entry.ts';
import type { Family } from '../plan/families/family.ts';
import { ComposeError } from './file/compose-error.ts';
import { showConfig } from './show/config.ts';
import { down } from './down.ts';
import { exec } from './exec.ts';
import { build } from './image/build.ts';
import { pull } from './image/pull.ts';
import { push } from './image/push.ts';
import { kill } from './lifecycle/kill.ts';
import { freezing } from './lifecycle/pause.ts';
import { restart } from './lifecycle/restart.ts';
import { remove } from './lifecycle/rm.ts';
import { start } from './lifecycle/start.ts';
import { stop } from './lifecycle/stop.ts';
import { images } from './show/images.ts';
import { ls } from './show/ls.ts';
import { port } from './show/port.ts';
import { ps } from './show/ps.ts';
import { top } from './show/top.ts';
import { showVersion } from './show/version.ts';
import type { ComposeFlags } from './file/load-project.ts';
import { logs } from './show/logs.ts';
import { run } from './run.ts';
import { create } from './create.ts';
import { up } from './up.ts';

type ComposePlan = (command: Command, group: ComposeFlags, context: PlanContext) => Plan;

const composePlans: readonly (readonly [name: string, plan: ComposePlan])[] = [
  entry(rows.composeUp, up),
  entry(rows.composeCreate, create),
  entry(rows.composeDown, down),
  entry(rows.composePs, ps),
  entry(rows.composeLogs, logs),
  entry(rows.composeExec, exec),
  entry(rows.composeRun, run),
  entry(rows.composeBuild, build),
  entry(rows.composePull, pull),
  entry(rows.composePush, push),
  entry(rows.composeStart, start),
  entry(rows.composeStop, stop),
  entry(rows.composeRestart, restart),
  entry(rows.composePause, freezing('pause')),
  entry(rows.composeUnpause, freezing('unpause')),
  entry(rows.composeKill, kill),
  entry(rows.composeRm, remove),
  entry(rows.composeConfig, showConfig),
  entry(rows.composeLs, ls),
  entry(rows.composeImages, images),
  entry(rows.composeTop, top),
  entry(rows.composePort, port),
  entry(rows.composeVersion, showVersion),
];

export const plans: Family = new Map(
  composePlans.map(([name, plan]) => [
    name,
    (command: Command, context: PlanContext) => endingOnComposeError(plan(command, command.group, context)),
  ]),
);

/** What is wrong in the compose file ends the command with its words. */
function* endingOnComposeError(plan: Plan): Plan {
  try {
    return yield* plan;
  } catch (error) {
    if (!(error instanceof ComposeError)) throw error;
    yield* complain(`${error.message}\n`);
    return error.exitCode;
  }
}
