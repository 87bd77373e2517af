/** Looks at every command of a scenario before anything runs: whether it can be performed, and what it needs permission for. */
import { normalize, relative, resolve } from 'node:path';
import { CommandError } from '../command/errors.ts';
import { hideSecrets } from '../command/hide-secrets.ts';
import { parseCommand } from '../command/parse.ts';
import type { Command } from '../command/command.ts';
import { Failure } from '../failure.ts';
import { assume } from '../plan/assume.ts';
import type { Family } from '../plan/assume.ts';
import { EngineError, Stopped } from '../plan/effects.ts';
import type { Effect, PlanContext } from '../plan/effects.ts';
import { planOf } from '../plan/plans.ts';
import type { Permission, Scenario, Step, WriteAction } from '../scenario/schema.ts';
import { fillScenario, wishedValues, withVars } from '../scenario/variables.ts';
import { commandFailure } from './command-failure.ts';
import { assertPerformable } from './performable.ts';
import { needsOf, notPermitted, watched } from './permissions.ts';
import type { Need } from './place.ts';
import { planContext } from './plan-context.ts';

/** Why a line will not be performed. */
export interface Objection {
  readonly step: string;
  /** Index of the step, and of the line in it. */
  readonly at: readonly [step: number, line: number];
  readonly line: string;
  readonly failure: Failure;
}

/** A line as it will be performed, names and ports as wished. */
export interface Prepared {
  readonly at: readonly [step: number, line: number];
  readonly line: string;
  readonly command: Command;
  readonly needs: readonly Need[];
}

export interface Prechecked {
  readonly prepared: readonly Prepared[];
  readonly objections: readonly Objection[];
}

/** What a scenario has beside its text. */
export interface Brought {
  /** Text of a file that the workspace starts with, by its path there; undefined where there is none. */
  file(path: string): string | undefined;
  /** The plans of compose, loaded: without them what a Compose file asks for is looked at when it is performed. */
  readonly compose?: Family;
}

const nothing: Brought = { file: () => undefined };

/** Nothing is asked: the workspace is not made yet. */
const nominal = { workspace: '/docker-tutor/workspace', real: (path: string): string => path };
const newestApi = '1.51';

/** @param vars `--var` @throws Failure (exit code 2) for variables without a value */
export function precheck(
  scenario: Scenario,
  vars: Readonly<Record<string, string>> = {},
  brought: Brought = nothing,
): Prechecked {
  const set = withVars(scenario, vars);
  const filled = fillScenario(set, { ...wishedValues(set), workspace: nominal.workspace, host: 'localhost' });
  return precheckFilled(filled, brought);
}

export function precheckFilled({ steps, requires }: Scenario, brought: Brought = nothing): Prechecked {
  const prepared: Prepared[] = [];
  const objections: Objection[] = [];
  const context = planContext(nominal.workspace, newestApi);
  const files = workspaceFiles(brought);
  for (const [index, step] of steps.entries()) {
    if ('write' in step) files.write(step.write);
    for (const [number, line] of linesOf(step).entries()) {
      const at = [index, number] as const;
      try {
        const command = readCommand(line, context);
        const needs = needsOfCommand(command, context, files.read, brought.compose);
        prepared.push({ at, line, command, needs });
        const missing = needs.find(({ permission }) => !requires.permissions.includes(permission));
        if (missing) objections.push({ step: step.id, at, line, failure: notPermitted(missing, line) });
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        objections.push({ step: step.id, at, line, failure: error });
      }
    }
  }
  return { prepared, objections };
}

/** @throws Failure (exit code 2) with every objection. @param name the file, or the scenario's id */
export function assertPrechecked(
  scenario: Scenario,
  vars: Readonly<Record<string, string>>,
  name: string,
  brought: Brought = nothing,
): void {
  const { objections } = precheck(scenario, vars, brought);
  const [first] = objections;
  if (!first) return;
  const { failure } = first;
  throw new Failure(`${name}: step ${first.step} cannot be performed. ${failure.message}`, {
    code: failure.code,
    exitCode: 2,
    hints: failure.hints,
    evidence: objections.flatMap(({ step, line, failure: { message } }) => [
      `step ${step}: ${hideSecrets(line)}`,
      `  ${message}`,
    ]),
    args: failure.args,
  });
}

/** @throws Failure where the line is not one docker command that can be performed. */
export function readCommand(line: string, { env, cwd }: PlanContext): Command {
  try {
    const command = parseCommand(line, { env, cwd, home: cwd });
    assertPerformable(command, line);
    return command;
  } catch (error) {
    throw error instanceof CommandError ? commandFailure(error, line) : error;
  }
}

/** The texts of the workspace, as the steps so far have left them. What a command writes there is not known. */
function workspaceFiles(brought: Brought) {
  const written = new Map<string, string>();
  const textOf = (path: string): string | undefined => written.get(path) ?? brought.file(path);
  return {
    /** @param path absolute, or from the workspace */
    read(path: string): string | undefined {
      const within = relative(nominal.workspace, resolve(nominal.workspace, path));
      return within.startsWith('..') ? undefined : textOf(within);
    },
    write(write: WriteAction['write']): void {
      const path = normalize(write.path);
      const before = textOf(path) ?? '';
      if ('content' in write) written.set(path, write.content);
      else if ('append' in write) written.set(path, before + write.append);
      else written.set(path, before.split(write.replace).join(write.with));
    },
  };
}

function needsOfCommand(
  command: Command,
  context: PlanContext,
  read: (path: string) => string | undefined,
  compose: Family | undefined,
): readonly Need[] {
  const needs = new Map<Permission, Need>();
  const see = (found: readonly Need[]): void => {
    for (const need of found) if (!needs.has(need.permission)) needs.set(need.permission, need);
  };
  try {
    const look = (effect: Effect): void => see(needsOf(effect, nominal));
    assume(watched(planOf(command, context), look), read, compose);
  } catch (error) {
    // with assumed answers a plan may end early; what it then does is watched again when it is performed
    if (!(error instanceof EngineError || error instanceof Stopped || error instanceof Failure)) throw error;
  }
  return [...needs.values()];
}

function linesOf(step: Step): readonly string[] {
  if (!('do' in step)) return [];
  return typeof step.do === 'string' ? [step.do] : step.do;
}
