/** A step done wrong in one place, for every place there is. Pure. */
import type { Command } from '../../command/command.ts';
import { canonical } from '../../image-name.ts';
import type { Scenario, Step } from '../../scenario/schema.ts';
import { linesOf } from '../../scenario/step-lines.ts';
import { claimsOf } from '../claims-of.ts';
import { addMade, noObjects } from '../objects.ts';
import type { ThingKind } from './changed-value.ts';
import { changedLines } from './of-command.ts';
import { changedWrites, textBefore } from './of-file.ts';
import { changedMeanwhiles } from './of-meanwhile.ts';
import { changedRequests } from './of-request.ts';
import { imagesUsed } from '../../scenario/images-of.ts';

export interface Mutation {
  /** What is wrong, as `harmless` names it; unique in its step. */
  readonly change: string;
  /** What is done in place of the step. */
  readonly step: Step;
  /** The same for people: the lines that differ. */
  readonly line: string;
  /** A line that puts right what it did, where removing what it made does not. */
  readonly restore?: string | undefined;
}

/** Reads a line as the lesson's own are read. @throws where docker would not take it */
export type ReadLine = (line: string) => Command;

/** @param scenario with its values in place */
export function mutationsOf(scenario: Scenario, index: number, read: ReadLine): readonly Mutation[] {
  const step = scenario.steps[index];
  if (step === undefined || step.expect.length === 0) return [];
  const found = changesOf(step, scenario, index, read);
  return [...new Map(found.map((one) => [one.change, one])).values()];
}

function changesOf(step: Step, scenario: Scenario, index: number, read: ReadLine): readonly Mutation[] {
  const before = (path: string): string | undefined => textBefore(scenario, index, path);
  if ('do' in step) return [...ofLines(step, scenario, index, read), ...ofMeanwhile(step, before)];
  if ('write' in step) return ofFile(step, before);
  return 'request' in step ? ofRequest(step, Object.values(scenario.ports)) : [];
}

type DoStep = Extract<Step, { do: unknown }>;
type WriteStep = Extract<Step, { write: unknown }>;
type RequestStep = Extract<Step, { request: unknown }>;
type TextBefore = (path: string) => string | undefined;

function ofLines(step: DoStep, scenario: Scenario, index: number, read: ReadLine): readonly Mutation[] {
  const lines = linesOf(step);
  const fails = isToFail(scenario, index);
  const other = othersAt(scenario, index, read);
  const ofCommands = lines.flatMap((line, at) => {
    const command = readOr(line, read);
    const where = lines.length > 1 ? ` (line ${String(at + 1)})` : '';
    const changed = command ? changedLines(command, { read, fails: fails && at === lines.length - 1, other }) : [];
    return [
      ...(lines.length > 1
        ? [mutation(step, lines.toSpliced(at, 1), `without line ${String(at + 1)}`, `left out: ${line}`)]
        : []),
      ...changed.map(({ change, lines: instead, restore }) =>
        mutation(step, lines.toSpliced(at, 1, ...instead), change + where, instead.join(' ; '), restore),
      ),
    ];
  });
  return [...ofCommands, ...ofTyping(step, lines)];
}

/** What is typed for a command, but for one line. */
function ofTyping(step: DoStep, lines: readonly string[]): readonly Mutation[] {
  const { input = [] } = step;
  return input.map((text, at) => ({
    change: `without typing ${text}`,
    step: { ...step, input: input.toSpliced(at, 1) },
    line: `${lines.join(' ; ')}, without typing ${text}`,
  }));
}

function mutation(step: DoStep, lines: readonly string[], change: string, line: string, restore?: string): Mutation {
  return { change, step: { ...step, do: lines }, line, restore };
}

function ofMeanwhile(step: DoStep, before: TextBefore): readonly Mutation[] {
  if (step.meanwhile === undefined) return [];
  const lines = linesOf(step).join(' ; ');
  return changedMeanwhiles(step.meanwhile, before).map(({ change, meanwhile }) => ({
    change,
    step: { ...step, meanwhile },
    line: `${lines}, ${change}`,
  }));
}

function ofFile(step: WriteStep, before: TextBefore): readonly Mutation[] {
  const { path } = step.write;
  return changedWrites(step.write, before(path)).map(({ change, write }) => ({
    change,
    step: { ...step, write },
    line: `${path} ${change}`,
  }));
}

function ofRequest(step: RequestStep, ports: readonly number[]): readonly Mutation[] {
  return changedRequests(step.request, ports).map(({ change, request }) => ({
    change,
    step: { ...step, request },
    line: `request, ${change}`,
  }));
}

function isToFail(scenario: Scenario, index: number): boolean {
  return claimsOf(scenario).some(({ step, claim, of }) => {
    const exitCode = of === 'expect' && step === index && 'output' in claim ? claim.output.exitCode : undefined;
    return exitCode !== undefined && exitCode !== 0;
  });
}

/** The name of another thing that the steps before have made, the latest first. */
function othersAt(
  scenario: Scenario,
  index: number,
  read: ReadLine,
): (kind: ThingKind, name: string) => string | undefined {
  const made = noObjects();
  for (const step of scenario.steps.slice(0, index))
    for (const line of linesOf(step)) {
      const command = readOr(line, read);
      if (command) addMade(command, made);
    }
  const names: Readonly<Record<ThingKind, readonly string[]>> = {
    container: [...made.containers],
    image: [...imagesUsed(scenario.requires), ...made.imagesMade],
    network: [...made.networks].filter((name) => !builtIn.has(name)),
    volume: [...made.volumes],
  };
  return (kind, name) =>
    names[kind].findLast((one) => one !== '' && (kind === 'image' ? canonical(one) !== canonical(name) : one !== name));
}

const builtIn = noObjects().networks;

function readOr(line: string, read: ReadLine): Command | undefined {
  try {
    return read(line);
  } catch {
    return undefined;
  }
}
