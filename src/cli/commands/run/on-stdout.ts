/** What is told on stdout, where it was wished for by --format and by --report. */
import { Failure } from '../../../failure.ts';
import { formats } from '../../../report/formats.ts';
import type { FormatName } from '../../../report/formats.ts';
import type { RunOptions } from './command.ts';

export type Wished = Pick<RunOptions, 'format' | 'report'>;

/** A report that names no file is what stdout is for. */
export function formatOf({ format, report = [] }: Wished): FormatName | undefined {
  return format ?? report.find(({ kind, file }) => file === undefined && formats[kind].on === 'anything')?.kind;
}

/** @throws Failure (exit code 2) */
export function assertOneOnStdout({ format, report = [] }: Wished): void {
  const told = formatOf({ report });
  if (format === undefined || told === undefined || told === format) return;
  throw new Failure(`stdout is for one report, and two are wished for: ${format} and ${told}.`, {
    code: 'conflicting-options',
    exitCode: 2,
    hints: [`--format ${format} --report ${told}=FILE`],
  });
}
