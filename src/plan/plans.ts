/** Which plan performs which docker command. A command without one is explained, and refused with its row's reason. */
import type { Command } from '../command/command.ts';
import type { CommandRow, FlagRows } from '../command/table.ts';
import * as container from '../command/tables/container.ts';
import * as image from '../command/tables/image.ts';
import * as system from '../command/tables/system.ts';
import { listContainers } from './container-list.ts';
import { showLogs } from './container-logs.ts';
import { removeContainers } from './container-remove.ts';
import { createContainer, runContainer } from './container-run.ts';
import { endingOnRefusal } from './daemon-errors.ts';
import type { Plan, PlanContext } from './effects.ts';
import { listImages } from './image-list.ts';
import { pullImage } from './image-pull.ts';
import { removeImages } from './image-remove.ts';
import { inspectAnything, inspectKind } from './inspect.ts';
import { showVersion } from './version.ts';

type AnyPlan = (command: Command, context: PlanContext) => Plan;

/** Ties a command's table to a plan that takes its flags. */
function entry<F extends FlagRows>(row: CommandRow<F>, plan: (command: Command<F>, context: PlanContext) => Plan): readonly [string, AnyPlan] {
  // a Command<F> reaches this plan only by its own row's name
  return [row.name, plan as unknown as AnyPlan];
}

const plans: ReadonlyMap<string, AnyPlan> = new Map([
  entry(container.containerRun, runContainer),
  entry(container.containerCreate, createContainer),
  entry(container.containerLs, listContainers),
  entry(container.containerLogs, showLogs),
  entry(container.containerRm, removeContainers),
  entry(container.containerInspect, inspectKind('container')),
  entry(image.imageLs, listImages),
  entry(image.imagePull, pullImage),
  entry(image.imageRm, removeImages),
  entry(image.imageInspect, inspectKind('image')),
  entry(system.inspect, inspectAnything),
  entry(system.version, showVersion),
]);

/** Whether the command can be performed. */
export function hasPlan(command: Command): boolean {
  return plans.has(command.row.name);
}

/** The plan of a command; ask hasPlan first. The engine's refusals end it with the docker CLI's words and exit code. */
export function planOf(command: Command, context: PlanContext): Plan {
  const plan = plans.get(command.row.name);
  if (!plan) throw new Error(`docker ${command.row.name} has no plan`);
  return endingOnRefusal(plan(command, context));
}
