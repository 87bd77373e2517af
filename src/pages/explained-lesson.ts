/**
 * A lesson with all that its page tells beside its own texts: what each command means and becomes, what it builds, and who
 * is on which network after each step. Nothing of the machine or the moment is in it, so a page is the same everywhere.
 */
import { explain } from '../explain/explanation.ts';
import type { ExplainContext, Explanation } from '../explain/explanation.ts';
import { CommandError } from '../command/errors.ts';
import { knownFiles } from '../permission/known-files.ts';
import type { KnownFiles } from '../permission/known-files.ts';
import type { Scenario, Step } from '../scenario/schema.ts';
import { linesOf } from '../scenario/step-lines.ts';
import { builtInValues, fillScenario, wishedValues, withVars } from '../scenario/variables.ts';
import { layersOf, type Layers } from './layers.ts';
import { thingsSoFar, type Things } from './things.ts';

export interface ExplainedLesson {
  /** With the wished names and ports in its texts and commands. */
  readonly scenario: Scenario;
  /** Of its texts: `en`, `de`. */
  readonly language: string;
  readonly steps: readonly ExplainedStep[];
}

export interface ExplainedStep {
  readonly step: Step;
  readonly commands: readonly ExplainedCommand[];
  /** Where the step has changed them. */
  readonly things?: Things;
}

export interface ExplainedCommand {
  readonly line: string;
  /** Absent of a line that docker would not take. */
  readonly explanation?: Explanation;
  /** What there is to mind in it, and was not in a line before. */
  readonly warnings: readonly string[];
  /** Of a build whose Dockerfile is known. */
  readonly layers?: Layers;
}

/** @param brought text of a file that the lesson brings, by its path in the workspace */
export async function explainedLesson(
  told: Scenario,
  language: string,
  brought: (path: string) => string | undefined,
): Promise<ExplainedLesson> {
  const workspace = `/home/you/${told.id}`;
  const chosen = withVars(told, {});
  const scenario = fillScenario(chosen, {
    ...wishedValues(chosen),
    ...builtInValues({ workspace, host: 'localhost' }),
  });
  const files = knownFiles(brought, { workspace, real: (path) => path });
  const things = thingsSoFar();
  const said = new Set<string>();
  const steps: ExplainedStep[] = [];
  // one after the other: a file is known as the steps before have left it
  for (const step of scenario.steps) steps.push(await explainedStep(step, { files, things, said, workspace }));
  return { scenario, language, steps };
}

interface SoFar {
  readonly files: KnownFiles;
  readonly things: ReturnType<typeof thingsSoFar>;
  /** Warnings. */
  readonly said: Set<string>;
  readonly workspace: string;
}

async function explainedStep(step: Step, { files, things, said, workspace }: SoFar): Promise<ExplainedStep> {
  if ('write' in step) files.write(step.write);
  const commands: ExplainedCommand[] = [];
  const lines = linesOf(step);
  for (const [i, line] of lines.entries()) {
    const explanation = await explained(
      line,
      contextIn(workspace, (path) => files.read(path)),
    );
    files.doubt();
    things.take(explanation, i === lines.length - 1 ? exitCodeOf(step) : 0);
    const layers = explanation && layersOf(explanation, (path) => files.read(path));
    const warnings = (explanation?.warnings ?? []).filter((text) => !said.has(text));
    for (const text of warnings) said.add(text);
    commands.push({ line, warnings, ...(explanation && { explanation }), ...(layers && { layers }) });
  }
  const drawn = lines.length === 0 ? undefined : things.changed();
  return { step, commands, ...(drawn && { things: drawn }) };
}

/** What the last command of the step is expected to end with. */
function exitCodeOf(step: Step): number {
  for (const claim of step.expect)
    if ('output' in claim && claim.output.exitCode !== undefined) return claim.output.exitCode;
  return 0;
}

async function explained(line: string, context: ExplainContext): Promise<Explanation | undefined> {
  try {
    return await explain(line, context);
  } catch (error) {
    if (error instanceof CommandError) return undefined;
    throw error;
  }
}

/** The same on every machine and at every moment. */
function contextIn(workspace: string, load: ExplainContext['load']): ExplainContext {
  const env = { HOME: workspace, PWD: workspace };
  return {
    shell: { env, cwd: workspace, home: workspace },
    plan: {
      cwd: workspace,
      env,
      now: 0,
      zone: { offsetAt: () => 0, nameAt: () => 'UTC' },
      apiVersion: '1.51',
      terminal: false,
      // as engines since 23 would have it
      prefersBuildkit: true,
      client: { version: '0', node: 'v20', os: 'linux', arch: 'x64' },
    },
    load,
  };
}
