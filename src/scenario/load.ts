/** A scenario file, or a folder with one, → Scenario; else every problem of the file at once, each with its place. */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../failure.ts';
import { cleanLine } from '../terminal/clean-text.ts';
import { filesOf, isFolder } from './catalogue.ts';
import { brokenRules } from './rules.ts';
import type { Scenario } from './schema.ts';
import { shape } from './shape.ts';
import { readSource } from '../yaml/source.ts';
import type { Source } from '../yaml/source.ts';
import type { Problem } from '../yaml/places.ts';

export interface LoadedScenario {
  readonly scenario: Scenario;
  /** Folder whose content the workspace starts with. */
  readonly files: string | undefined;
  /** The file it was loaded from; absent for one that is shipped. */
  readonly path?: string;
}

// The largest scenario one could want is some tens of kilobytes; files/ is the place for data.
const largest = 512 * 1024;

/** Throws a Failure (exit code 2) where the file is not there, cannot be read, or is wrong. */
export async function loadScenario(path: string): Promise<LoadedScenario> {
  const file = scenarioFile(path);
  return { scenario: parseScenario(await readText(file), file), files: filesOf(file), path: file };
}

/** @param name how the file is called in messages. */
export function parseScenario(text: string, name: string): Scenario {
  const source = readSource(text);
  const hint = 'The format, with help in an editor: docker-tutor author schema';
  if (source.value === undefined) throw wrongFile(name, text, source.problems, source.locate, hint);
  const shaped = shape(source.value);
  const problems = [...source.problems, ...shaped.problems, ...brokenRules(source.value)];
  if (shaped.scenario === undefined || problems.length > 0) throw wrongFile(name, text, problems, source.locate, hint);
  return shaped.scenario;
}

/** All that is wrong in a file of a scenario, each at its place. */
export function wrongFile(
  name: string,
  text: string,
  problems: readonly Problem[],
  locate: Source['locate'],
  hint: string,
): Failure {
  const placed = problems
    .map((problem) => ({ message: problem.message, at: problem.at ?? locate(problem.path, problem.key) }))
    .sort((a, b) => a.at - b.at);
  const lines = placed.map(({ at, message }) => {
    const { line, column } = placeOf(text, at);
    return cleanLine(`${name}:${String(line)}:${String(column)}  ${message}`);
  });
  const unique = [...new Set(lines)];
  return new Failure(`${name} has ${unique.length === 1 ? 'a problem' : `${String(unique.length)} problems`}.`, {
    code: 'scenario-invalid',
    exitCode: 2,
    evidence: [...unique, ...excerpt(text, placed[0]?.at ?? 0)],
    hints: [hint],
  });
}

/** Line and column from 1, in UTF-16 units, as editors count. */
export function placeOf(text: string, at: number): { line: number; column: number } {
  const lines = text.slice(0, at).split(/\r\n|\n|\r/);
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}

/** The line, with a mark under the place. */
function excerpt(text: string, at: number): string[] {
  const { line, column } = placeOf(text, at);
  const content = text.split(/\r\n|\n|\r/)[line - 1] ?? '';
  // a long line shows the part around the place
  const from = column > 60 ? column - 40 : 0;
  const shown = cleanLine(`|${content.slice(from, from + 72).replaceAll('\t', ' ')}`).slice(1);
  const margin = String(line);
  return [`${margin} | ${shown}`, `${' '.repeat(margin.length)} | ${' '.repeat(Math.max(0, column - 1 - from))}^`];
}

export function scenarioFile(path: string): string {
  return isFolder(path) ? join(path, 'scenario.yaml') : path;
}

export async function readText(file: string): Promise<string> {
  try {
    const found = await stat(file);
    // a pipe or a device might never end
    if (!found.isFile()) throw unreadable(file, 'It is not a regular file.');
    if (found.size > largest)
      throw unreadable(file, `It is larger than ${String(largest / 1024)} kB; data belongs into files/ beside it.`);
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file));
  } catch (error) {
    if (error instanceof Failure) throw error;
    if (error instanceof TypeError) throw unreadable(file, 'It is not UTF-8 text.');
    throw unreadable(file, reasonOf(error), error);
  }
}

function unreadable(file: string, reason: string, cause?: unknown): Failure {
  return new Failure(`${cleanLine(file)} cannot be read.`, {
    code: 'scenario-unreadable',
    exitCode: 2,
    evidence: [reason],
    cause,
  });
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'There is no such file.';
  if (code === 'EACCES') return 'You have no permission to read it.';
  return error instanceof Error ? cleanLine(error.message) : '';
}
