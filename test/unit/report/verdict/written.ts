/** What the reports of a run write, all of them at once, and the exit code that the process ends with. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Event } from '../../../../src/events/events.ts';
import { Failure } from '../../../../src/failure.ts';
import { fanOut } from '../../../../src/report/fan-out.ts';
import { formatNames, formats, type FormatName } from '../../../../src/report/formats.ts';
import { problemEvent } from '../../../../src/report/problem.ts';
import { wholeRun } from '../../../../src/run/whole-run.ts';

export interface Written {
  readonly exitCode: number;
  readonly reports: Readonly<Record<FormatName, string>>;
  /** What was added to the summary of the step. */
  readonly summary: string;
}

/** @param events of a run; its first and last are told anew, as a run tells them */
export async function written(events: readonly Event[], machine = 'lab07'): Promise<Written> {
  const folder = mkdtempSync(join(tmpdir(), 'docker-tutor-reports-'));
  const stepSummary = join(folder, 'summary.md');
  const texts = Object.fromEntries(formatNames.map((name) => [name, ''])) as Record<FormatName, string>;
  try {
    const reports = await Promise.all(
      formatNames.map(async (name) => {
        const stdout = {
          write(text: string, done?: () => void) {
            texts[name] += text;
            done?.();
          },
        };
        const setting = { stdout, stderr: { write: (_: string, done?: () => void) => done?.() }, colour: false };
        const screen = { unicode: true, columns: 80, live: false, interactive: false, endSaid: false };
        const report = await formats[name].open({ ...setting, ...screen, show: new Set(), machine, stepSummary });
        return { name, report };
      }),
    );
    const all = fanOut(reports);
    const told: Event[] = [];
    const exitCode = await ran(events, (event) => told.push(event));
    for (const event of told) await all.event(event);
    const [broken] = await all.end();
    if (broken) throw broken.error;
    return { exitCode, reports: texts, summary: readFileSync(stepSummary, 'utf8') };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function ran(events: readonly Event[], emit: (event: Event) => void): Promise<number> {
  const stop = new AbortController();
  const last = events.at(-1);
  const claimed = last?.type === 'run-finished' ? last.exitCode : 130;
  const run = { run: 'tf0001-0123456789', tool: 'docker-tutor 0.1.0', emit, signal: stop.signal };
  try {
    return await wholeRun({ ...run, problem: async (failure) => problemEvent(failure) }, async (tell) => {
      for (const event of events) if (event.type !== 'run-started' && event.type !== 'run-finished') tell(event);
      if (claimed === 130) stop.abort(new Failure('Interrupted.', { code: 'interrupted', exitCode: 130 }));
      return claimed;
    });
  } catch (error) {
    if (error instanceof Failure) return error.exitCode;
    throw error;
  }
}
