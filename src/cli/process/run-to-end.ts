/** Runs one command line to its end, and ends the process with its exit code. */
import { foreseen } from '../../as-failure.ts';
import { bug, Failure, isAbort } from '../../failure.ts';
import { engineWords, takeDockerSettings } from '../plugin/docker-settings.ts';
import { interruptions, stopEverything } from './interrupt.ts';
import { terminalIsGone } from '../keyboard/keyboard.ts';
import { pluginCall } from '../plugin/call.ts';
import { runProgram } from './program.ts';
import { tellWaits } from '../../waits/waits.ts';
import { sayBug, sayError, sayFailure } from './say-error.ts';
import { sayWaiting } from './say-waiting.ts';

export async function runToEnd(argv: readonly string[]): Promise<never> {
  let told = false;
  tellWaits(sayWaiting);
  process.on('uncaughtException', (error) => {
    if (terminalIsGone(error)) return stopEverything();
    // telling of a bug may fail as well, as when this program was replaced while it ran
    if (told) process.exit(1);
    // told at the end, as every failure that stops everything
    const failure = foreseen(error);
    if (failure) return stopEverything(failure);
    told = true;
    void sayBug(error, argv).then(() => endOfBug(error));
  });
  return leave(await exitCodeOf(argv, interruptions()));
}

async function exitCodeOf(argv: readonly string[], signal: AbortSignal): Promise<number> {
  try {
    const exitCode = await runAsked(argv, signal);
    return signal.aborted ? await endOfInterrupted(signal.reason) : exitCode;
  } catch (error) {
    if (isAbort(error, signal)) return endOfInterrupted(signal.reason);
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

/** How long what was under way may take to clean up after a bug that nobody has caught, in milliseconds. */
const patience = 30_000;

/** As an interruption, so that what was made is removed and what is told is whole. What the bug has broken may never end. */
function endOfBug(error: unknown): void {
  process.exitCode = 1;
  setTimeout(() => void leave(1), patience).unref();
  stopEverything(bug(error));
}

async function endOfInterrupted(reason: unknown): Promise<number> {
  if (!(reason instanceof Failure)) return 130;
  // a bug that stops everything was told before it did
  return reason.code === 'bug' ? 1 : sayFailure(reason);
}

/** What was written reaches a pipe before the process ends; a socket left open does not keep it alive. */
async function leave(exitCode: number): Promise<never> {
  const { written } = await import('../../terminal/sink.ts');
  await written(process.stdout);
  await written(process.stderr);
  process.exit(exitCode);
}
