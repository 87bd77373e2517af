/**
 * How far a lesson was taken on this machine: a file a lesson in the state folder, for this user alone. It is written anew
 * as a whole after each step, so that a crash leaves the one before.
 */
import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stateFolder } from './home.ts';
import { makeFolder } from './places.ts';
import { readSmallFile } from './small-file.ts';

export const progressVersion = 1;

export interface LessonProgress {
  readonly formatVersion: typeof progressVersion;
  /** Id of a shipped lesson. */
  readonly lesson: string;
  /** Of the lesson as it was then: `sha256:…`. */
  readonly digest: string;
  /** What the things of the run are labelled with. */
  readonly label: string;
  /** ISO 8601: when it began, and when its last step ended. */
  readonly began: string;
  readonly at: string;
  readonly way: 'guided' | 'practised';
  /** How many the lesson has. */
  readonly of: number;
  /** Those that are behind, in order. */
  readonly steps: readonly StepProgress[];
  /** All of them were passed. */
  readonly finished: boolean;
  /** How its questions were answered last, in any run; absent where none was. */
  readonly answers?: readonly QuestionAnswered[];
}

export interface QuestionAnswered {
  /** Id of the step that asks it. */
  readonly step: string;
  /** ISO 8601. */
  readonly at: string;
  /** At the first try. */
  readonly right: boolean;
}

export interface StepProgress {
  readonly step: string;
  readonly status: 'passed' | 'skipped';
  /** ISO 8601. */
  readonly at: string;
  readonly turns: number;
  readonly hints: number;
  readonly solution: boolean;
  /** What its checks claim. */
  readonly checks: readonly string[];
}

type Env = Readonly<Record<string, string | undefined>>;

const folderOf = (env: Env): string => join(stateFolder(env), 'progress');
const fileOf = (lesson: string, env: Env): string => join(folderOf(env), `${lesson}.json`);

/** undefined where there is none, or it cannot be read: a crash, another version, somebody's hand. */
export function readProgress(lesson: string, env: Env): LessonProgress | undefined {
  try {
    const text = readSmallFile(fileOf(lesson, env));
    const told: unknown = text === undefined ? undefined : JSON.parse(text);
    return isProgress(told) && told.lesson === lesson ? told : undefined;
  } catch {
    return undefined;
  }
}

/** A disk that cannot be written costs the progress only. */
export function writeProgress(progress: LessonProgress, env: Env): void {
  const file = fileOf(progress.lesson, env);
  try {
    makeFolder(stateFolder(env));
    mkdirSync(folderOf(env), { recursive: true, mode: 0o700 });
    const draft = `${file}.${String(process.pid)}`;
    writeFileSync(draft, `${JSON.stringify(progress, undefined, 1)}\n`, { mode: 0o600 });
    renameSync(draft, file);
  } catch {
    // told nowhere: the lesson itself goes on
  }
}

/** An answer in place of the one before. */
export function withAnswer(
  answers: readonly QuestionAnswered[] = [],
  answer: QuestionAnswered,
): readonly QuestionAnswered[] {
  return [...answers.filter(({ step }) => step !== answer.step), answer];
}

/** Of a question that was asked apart from its lesson. */
export function keepAnswer(lesson: string, answer: QuestionAnswered, env: Env): void {
  const progress = readProgress(lesson, env);
  if (progress) writeProgress({ ...progress, answers: withAnswer(progress.answers, answer) }, env);
}

/** All that is known, by lesson. */
export function allProgress(env: Env): readonly LessonProgress[] {
  try {
    const names = readdirSync(folderOf(env)).filter((name) => /^[a-z0-9-]+\.json$/.test(name));
    return names.sort().flatMap((name) => readProgress(name.slice(0, -'.json'.length), env) ?? []);
  } catch {
    return [];
  }
}

/** @throws the system's error */
export function forgetProgress(lesson: string, env: Env): void {
  rmSync(fileOf(lesson, env), { force: true });
}

function isProgress(told: unknown): told is LessonProgress {
  if (typeof told !== 'object' || told === null) return false;
  const { formatVersion, lesson, digest, label, began, at, of, steps, answers } = told as Partial<
    Record<string, unknown>
  >;
  return (
    formatVersion === progressVersion &&
    [lesson, digest, label, began, at].every((text) => typeof text === 'string') &&
    typeof of === 'number' &&
    Array.isArray(steps) &&
    steps.every(isStep) &&
    (answers === undefined || (Array.isArray(answers) && answers.every(isAnswered)))
  );
}

function isStep(told: unknown): told is StepProgress {
  if (typeof told !== 'object' || told === null) return false;
  const { step, status, at, checks } = told as Partial<Record<string, unknown>>;
  return (
    typeof step === 'string' &&
    (status === 'passed' || status === 'skipped') &&
    typeof at === 'string' &&
    Array.isArray(checks)
  );
}

function isAnswered(told: unknown): told is QuestionAnswered {
  if (typeof told !== 'object' || told === null) return false;
  const { step, at, right } = told as Partial<Record<string, unknown>>;
  return typeof step === 'string' && typeof at === 'string' && typeof right === 'boolean';
}
