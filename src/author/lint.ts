/** Everything lint says of one scenario: what the loader finds, what cannot work, and what learners will miss. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../failure.ts';
import type { Permission } from '../permission-name.ts';
import { lessonFiles, textOf } from '../permission/lesson-files.ts';
import { filesOf } from '../scenario/catalogue.ts';
import { parseScenario, placeOf, readText, scenarioFile } from '../scenario/load.ts';
import type { Scenario } from '../scenario/schema.ts';
import { readSource } from '../yaml/source.ts';
import { precheckFilled } from '../permission/precheck.ts';
import type { LessonFiles, Prechecked } from '../permission/precheck.ts';
import type { Finding } from './finding.ts';
import { checkFindings } from './lint-checks.ts';
import { commandFindings, imageFindings } from './lint-commands.ts';
import type { BroughtFile } from './lint-commands.ts';
import { goalFindings } from './lint-goals.ts';
import { harmlessFindings } from './lint-harmless.ts';
import { teachingFindings } from './lint-teaching.ts';
import { withTracedValues, withoutTrace } from './traced-values.ts';
import type { TracedScenario } from './traced-values.ts';

export interface Remark {
  readonly severity: 'error' | 'advice';
  readonly rule: string;
  /** From 1, as editors count. */
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export interface Linted {
  readonly file: string;
  /** Of a translation: into which. Absent: it is the scenario itself. */
  readonly language?: string;
  /** In the order of the file. */
  readonly remarks: readonly Remark[];
  /** Each that its steps need, whether the file asks for it or not. */
  readonly permissions: readonly Permission[];
}

/** @param path a scenario's file or folder @throws Failure where it cannot be read */
export async function lintFile(path: string): Promise<Linted> {
  const file = scenarioFile(path);
  const files = filesOf(file);
  const brought = lessonFiles(files);
  return { file, ...(await lookAt(await readText(file), file, await broughtFiles(files), brought)) };
}

/** @param name how the file is called in messages @param brought absent: Compose files are not looked into */
export async function lintText(
  text: string,
  name: string,
  files: readonly BroughtFile[] = [],
  brought?: LessonFiles,
): Promise<readonly Remark[]> {
  return (await lookAt(text, name, files, brought)).remarks;
}

async function lookAt(
  text: string,
  name: string,
  files: readonly BroughtFile[],
  brought: LessonFiles | undefined,
): Promise<Omit<Linted, 'file'>> {
  let scenario: Scenario;
  try {
    scenario = parseScenario(text, name);
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'scenario-invalid') throw error;
    return { remarks: remarksOf(error, name), permissions: [] };
  }
  const set = withTracedValues(scenario);
  const checked = await precheckFilled(set.scenario, brought);
  const remarks = remarksAt(findings(scenario, set, checked, files), text);
  return { remarks, permissions: needed(checked, scenario, set) };
}

/** Each at its place in the text that they are about, in its order. */
export function remarksAt(found: readonly Finding[], text: string): readonly Remark[] {
  const { locate } = readSource(text);
  return found
    .map(({ severity, rule, path, key, message }) => ({ severity, rule, at: locate(path, key), message }))
    .sort((a, b) => a.at - b.at)
    .map(({ at, ...rest }) => ({ ...rest, ...placeOf(text, at) }));
}

/** Those that it asks for as it has written them. */
function needed({ needs }: Prechecked, { requires }: Scenario, set: TracedScenario): readonly Permission[] {
  return needs.map(({ permission }) => {
    const asked = set.scenario.requires.permissions.indexOf(permission);
    return requires.permissions[asked] ?? (withoutTrace(permission) as Permission);
  });
}

function findings(
  scenario: Scenario,
  set: TracedScenario,
  checked: Prechecked,
  files: readonly BroughtFile[],
): readonly Finding[] {
  const images = imageFindings(checked, set.scenario, files);
  const found = [
    ...commandFindings(checked, set, images),
    ...images,
    ...checkFindings(checked, set),
    ...goalFindings(scenario),
    ...harmlessFindings(set),
    ...teachingFindings(scenario),
  ];
  return [...new Map(found.map((finding) => [JSON.stringify(finding), finding])).values()];
}

/** The loader's own problems: `file:line:column  message`. */
export function remarksOf({ evidence }: Failure, name: string): readonly Remark[] {
  return evidence.flatMap((line) => {
    if (!line.startsWith(`${name}:`)) return [];
    const [, row, column, message = ''] = /^:(\d+):(\d+) {2}(.*)$/s.exec(line.slice(name.length)) ?? [];
    return row === undefined
      ? []
      : [{ severity: 'error' as const, rule: 'format', line: Number(row), column: Number(column), message }];
  });
}

async function broughtFiles(folder: string | undefined): Promise<readonly BroughtFile[]> {
  if (folder === undefined) return [];
  const paths = await readdir(folder, { recursive: true });
  return paths.flatMap((path) => {
    const text = textOf(join(folder, path));
    return text === undefined ? [] : [{ path, text }];
  });
}
