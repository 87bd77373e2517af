/** Runs one command line to its end, and ends the process with its exit code. */
import { Failure } from '../failure.ts';
import { interruptions } from './interrupt.ts';
import { runProgram } from './program.ts';

export async function runToEnd(argv: readonly string[]): Promise<never> {
  process.on('uncaughtException', (error) => {
    void sayBug(error, argv).then(leave);
  });
  return leave(await exitCodeOf(argv, interruptions()));
}

async function exitCodeOf(argv: readonly string[], signal: AbortSignal): Promise<number> {
  try {
    const exitCode = await runProgram(argv, signal);
    return signal.aborted ? await endOfInterrupted(signal.reason) : exitCode;
  } catch (error) {
    if (signal.aborted && isTheAbort(error, signal)) return endOfInterrupted(signal.reason);
    return error instanceof Failure ? sayFailure(error) : sayBug(error, argv);
  }
}

function isTheAbort(error: unknown, signal: AbortSignal): boolean {
  return error === signal.reason || (error instanceof Error && error.name === 'AbortError');
}

/** An interruption needs no words: whoever asked for it knows. Output that cannot be written does. */
async function endOfInterrupted(reason: unknown): Promise<number> {
  if (!(reason instanceof Failure)) return 130;
  return reason.exitCode === 130 ? 130 : sayFailure(reason);
}

async function sayFailure(failure: Failure): Promise<number> {
  const { cleanLine } = await import('../report/clean-text.ts');
  const lines = [`${failure.message} (${failure.code})`, ...failure.hints, ...failure.evidence];
  process.stderr.write(lines.map((line) => `${cleanLine(line)}\n`).join(''));
  return failure.exitCode;
}

async function sayBug(error: unknown, argv: readonly string[]): Promise<number> {
  const { writeBugReport } = await import('./bug-report.ts');
  process.stderr.write(writeBugReport(error, argv));
  return 1;
}

/** What was written reaches a pipe before the process ends; a socket left open does not keep it alive. */
async function leave(exitCode: number): Promise<never> {
  for (const output of [process.stdout, process.stderr]) {
    await new Promise<void>((resolve) => {
      output.write('', () => {
        resolve();
      });
    });
  }
  process.exit(exitCode);
}
