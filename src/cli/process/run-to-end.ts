/** Runs one command line to its end, and ends the process with its exit code. */
import { Failure } from '../../failure.ts';
import { engineWords, takeDockerSettings } from '../plugin/docker-settings.ts';
import { interruptions, stopEverything } from './interrupt.ts';
import { terminalIsGone } from './keyboard.ts';
import { pluginCall } from '../plugin/call.ts';
import { runProgram } from './program.ts';
import { sayBug, sayError, sayFailure } from './say-error.ts';

export async function runToEnd(argv: readonly string[]): Promise<never> {
  let told = false;
  process.on('uncaughtException', (error) => {
    if (terminalIsGone(error)) return stopEverything();
    // telling of a bug may fail as well, as when this program was replaced while it ran
    if (told) process.exit(1);
    told = true;
    void sayBug(error, argv).then(leave);
  });
  return leave(await exitCodeOf(argv, interruptions()));
}

async function exitCodeOf(argv: readonly string[], signal: AbortSignal): Promise<number> {
  try {
    const exitCode = await runAsked(argv, signal);
    return signal.aborted ? await endOfInterrupted(signal.reason) : exitCode;
  } catch (error) {
    if (signal.aborted && isTheAbort(error, signal)) return endOfInterrupted(signal.reason);
    return terminalIsGone(error) ? 130 : sayError(error, argv);
  }
}

/** As docker-tutor, or as `docker tutor`. */
async function runAsked(argv: readonly string[], signal: AbortSignal): Promise<number> {
  const call = pluginCall(argv);
  if (!call) return runProgram(argv, signal);
  takeDockerSettings(call, process.env);
  return runProgram(call.argv, signal, { name: 'docker tutor', engine: engineWords(call) });
}

function isTheAbort(error: unknown, signal: AbortSignal): boolean {
  return error === signal.reason || (error instanceof Error && error.name === 'AbortError');
}

async function endOfInterrupted(reason: unknown): Promise<number> {
  return reason instanceof Failure ? sayFailure(reason) : 130;
}

/** What was written reaches a pipe before the process ends; a socket left open does not keep it alive. */
async function leave(exitCode: number): Promise<never> {
  const { written } = await import('../../terminal/sink.ts');
  await written(process.stdout);
  await written(process.stderr);
  process.exit(exitCode);
}
