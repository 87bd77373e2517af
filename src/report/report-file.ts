/**
 * A report in a file. The file is there only once the report is whole: until then it is written beside its place, in
 * the same folder, and what is not finished goes away with the process.
 */
import { closeSync, realpathSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { Failure } from '../failure.ts';
import { makeOwnFile } from '../state/own-things.ts';
import { newRunId } from '../state/run-id.ts';
import type { Sink } from '../terminal/sink.ts';
import type { Report, ReportSetting } from './format.ts';
import { formats } from './formats.ts';
import type { FormatName } from './formats.ts';

export interface ReportWish {
  readonly kind: FormatName;
  /** Absent: it is for stdout. */
  readonly file?: string;
}

export interface ReportFile extends FileWish {
  readonly sink: Sink;
  /** It is whole: it takes its place. */
  keep(): void;
}

export type FileWish = Required<ReportWish>;

/** @param journals where drafts are written down @throws Failure (exit code 2) where one cannot be written where it is wished for */
export function openReportFiles(wishes: readonly FileWish[], journals: string): readonly ReportFile[] {
  const places = new Set<string>();
  return wishes.map(({ kind, file }) => {
    try {
      const place = placeOf(file);
      if (places.has(place)) throw new Error('two reports are to be written there');
      places.add(place);
      return { kind, file, ...begun(place, journals) };
    } catch (error) {
      throw unwritable(file, error, 2);
    }
  });
}

export async function reportIn(
  file: ReportFile,
  { show, machine }: Pick<ReportSetting, 'show' | 'machine'>,
): Promise<Report> {
  const report = await formats[file.kind].open({
    stdout: file.sink,
    stderr: nowhere,
    colour: false,
    unicode: true,
    columns: 80,
    live: false,
    interactive: false,
    endSaid: false,
    show,
    ...(machine !== undefined && { machine }),
  });
  return {
    event: report.event,
    async end() {
      await report.end();
      file.keep();
    },
  };
}

/** Progress is for who waits. */
const nowhere: Sink = { write: (_text, done) => done?.() };

/** Where links lead, so that two names of one place are seen. What is no file, as a device, is never replaced. */
function placeOf(file: string): string {
  if (file.endsWith('/') || file.endsWith(sep)) throw new Error('a name that ends so is that of a folder');
  const place = resolve(file);
  const there = statSync(place, { throwIfNoEntry: false });
  if (!there) return join(realpathSync(dirname(place)), basename(place));
  if (!there.isFile()) throw new Error('what is there is not a file');
  return realpathSync(place);
}

function begun(place: string, journals: string): Pick<ReportFile, 'sink' | 'keep'> {
  const id = newRunId(Date.now());
  const path = (): string => join(dirname(place), `.${basename(place)}.${newRunId(Date.now())}`);
  const { descriptor: file, ...draft } = makeOwnFile({ journals, id, path });
  const remove = (): void => void draft.remove();
  process.once('exit', remove);
  return {
    sink: {
      write(text, done) {
        writeFileSync(file, text);
        done?.();
      },
    },
    keep() {
      closeSync(file);
      renameSync(draft.path, place);
      draft.forget();
      process.removeListener('exit', remove);
    },
  };
}

/** @param exitCode 2 before anything was performed, 4 after */
export function unwritable(file: string, error: unknown, exitCode: 2 | 4): Failure {
  return new Failure(`The report ${file} cannot be written.`, {
    code: 'report-unwritable',
    exitCode,
    // without the name of what was to be written beside it
    evidence: [(error as Error).message.replace(/, \w+ '.*'$/, '')],
    hints: [
      (error as NodeJS.ErrnoException).code === 'ENOSPC'
        ? 'Make room, or name a file on another disk: df -h and df -i tell what is left.'
        : 'Name a file in a folder that is there, and that you may write to.',
    ],
    cause: error,
  });
}
