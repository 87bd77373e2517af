/** `docker-tutor progress export` and `verify`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { collector } from '../../../events/collect.ts';
import type { CollectedScenario } from '../../../events/collect.ts';
import { Failure } from '../../../failure.ts';
import { problemEvent } from '../../../report/problem.ts';
import { verifiedText } from '../../../report/answers/verified.ts';
import type { VerifiedLesson } from '../../../report/answers/verified.ts';
import { unattended } from '../../../run/actors/unattended.ts';
import { digestOf } from '../../../run/keep-progress.ts';
import { runScenarios } from '../../../run/run.ts';
import { findScenario, shippedScenarios } from '../../../scenario/catalogue.ts';
import { withTasks } from '../../../scenario/tasks.ts';
import { brokenAt, readRecord, recordOf } from '../../../state/completion-record.ts';
import type { CompletionRecord, RecordEntry } from '../../../state/completion-record.ts';
import { allProgress } from '../../../state/lesson-progress.ts';
import { newRunId } from '../../../state/run-id.ts';
import { cleanLine } from '../../../terminal/clean-text.ts';
import { styleFor } from '../../../terminal/style.ts';
import { version } from '../../../version.ts';
import { answer } from '../../process/answer.ts';
import { displayOfStdout } from '../../process/display.ts';
import { openEngine } from '../../process/engine.ts';
import type { VerifyOptions } from './command.ts';
import { imagesUsed } from '../../../scenario/images-of.ts';

export async function exportRecord(file: string | undefined): Promise<number> {
  const record = recordOf(allProgress(process.env), `docker-tutor ${version}`, new Date().toISOString());
  const text = `${JSON.stringify(record, undefined, 1)}\n`;
  if (file === undefined) {
    process.stdout.write(text);
    return 0;
  }
  try {
    writeFileSync(file, text, { flag: 'wx' });
  } catch (cause) {
    throw new Failure(`${cleanLine(file)} cannot be written.`, {
      code: 'report-unwritable',
      exitCode: 2,
      evidence: cause instanceof Error ? [cause.message] : [],
      cause,
    });
  }
  process.stdout.write(
    `${cleanLine(file)}: ${String(record.entries.length)} finished. docker-tutor progress verify checks it.\n`,
  );
  return 0;
}

/** @returns 0 where all of it holds, 3 where something does not */
export function verifyRecord(file: string, { json, signal, ...wish }: VerifyOptions): Promise<number> {
  return answer({ json }, async () => {
    const record = recordIn(file);
    const broken = brokenAt(record);
    const lessons: VerifiedLesson[] = [];
    for (const entry of record.entries)
      lessons.push({ lesson: entry.lesson, ...(await verified(entry, { signal, ...wish })) });
    const holds = broken === undefined && lessons.every(({ why }) => why === undefined);
    return {
      exitCode: holds ? 0 : 3,
      fields: { holds, broken: broken ?? null, lessons },
      text: async () => verifiedText({ broken, lessons }, await styleFor(displayOfStdout())),
    };
  });
}

function recordIn(file: string): CompletionRecord {
  try {
    return readRecord(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new Failure(`${cleanLine(file)} is no record that can be read.`, {
      code: 'file-missing',
      exitCode: 2,
      evidence: cause instanceof Error ? [cause.message] : [],
      hints: ['docker-tutor progress export writes one.'],
      cause,
    });
  }
}

/** The lesson is taken on this engine: what the record claims must come about here. */
async function verified(
  { lesson, digest, way, steps }: RecordEntry,
  { signal, ...wish }: Omit<VerifyOptions, 'json'>,
): Promise<Pick<VerifiedLesson, 'why'>> {
  if (!shippedScenarios().some(({ id }) => id === lesson)) return { why: 'there is no lesson of this name' };
  const { scenario: shipped, files } = await findScenario(lesson);
  const scenario = way === 'practised' ? withTasks(shipped) : shipped;
  if (digestOf(scenario) !== digest) return { why: 'the lesson has changed since' };
  const { engine, standIns } = await openEngine({ ...wish, images: imagesUsed(scenario.requires), signal });
  const { add, run } = collector();
  try {
    await runScenarios({
      run: newRunId(Date.now()),
      scenarios: [{ scenario, files }],
      engine,
      env: process.env,
      vars: {},
      standIns,
      emit: add,
      problem: async (failure, step) => problemEvent(failure, step === undefined ? {} : { step }),
      actor: unattended(),
      signal,
    });
  } finally {
    engine.close();
  }
  const found = run.scenarios[0];
  const open = steps.find(({ step, checks }) => !checks.every((claim) => holdsIn(found, step, claim)));
  return open ? { why: `step ${open.step} does not come about on this engine as it is told` } : {};
}

function holdsIn(found: CollectedScenario | undefined, step: string, claim: string): boolean {
  const checks = found?.steps.find((one) => one.step === step)?.checks ?? [];
  return checks.some((check) => check.claim === claim && check.status !== 'failed');
}
