/** One AbortSignal from the top: interrupted once, stop and clean up; twice, leave now. */
import { Failure } from '../../failure.ts';
import type { Signal } from '../../perform/world.ts';
import { unwritable } from './unwritable.ts';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The signal that every wait, request and stream of a command hangs on. Its reason is a Failure with exit code 130. */
export function interruptions(): AbortSignal {
  const controller = new AbortController();
  const stop = (reason = interrupted()): void => {
    controller.abort(reason);
  };
  let forgiven = false;
  for (const signal of signals) {
    process.on(signal, () => {
      if (signal !== 'SIGHUP' && taker?.(signal, interrupted())) return;
      // a terminal that goes says so more than once; only somebody at the keyboard is in a hurry
      if (signal !== 'SIGHUP' && controller.signal.aborted && !forgiven) leaveNow();
      forgiven = false;
      stop();
    });
  }
  stopAll = stop;
  void stopWithDocker(() => {
    // whether docker was told SIGINT or SIGTERM is not known here
    if (taker?.('SIGINT', interrupted())) return;
    // the same Ctrl-C may reach us twice, by the docker CLI and by the terminal
    forgiven = !controller.signal.aborted;
    stop();
  });
  stopWhenNobodyReads(process.stdout, controller);
  stopWhenNobodyReads(process.stderr, controller);
  return controller.signal;
}

/** @returns whether it has taken it; what nobody takes is for the program as a whole */
type Taker = (signal: Signal, reason: Failure) => boolean;
let taker: Taker | undefined;
let stopAll: (reason?: Failure) => void = () => undefined;

/** As an interruption of the program as a whole does. @param reason where it is another */
export function stopEverything(reason?: Failure): void {
  stopAll(reason);
}

/** While a command runs, Ctrl-C is offered to it first. @returns gives interruptions back to the program as a whole */
export function takeInterruptions(take: Taker): () => void {
  taker = take;
  return () => {
    taker = undefined;
  };
}

function interrupted(): Failure {
  return new Failure('Interrupted.', { code: 'interrupted', exitCode: 130 });
}

/** As a plugin of the docker CLI. */
async function stopWithDocker(stop: () => void): Promise<void> {
  const socket = process.env['DOCKER_CLI_PLUGIN_SOCKET'];
  if (!socket) return;
  const { onDockerHangup } = await import('../plugin/docker-hangup.ts');
  onDockerHangup(socket, stop);
}

function leaveNow(): never {
  process.stderr.write('\nLeft at once. `docker-tutor clean` removes what is still there.\n');
  process.exit(130);
}

function stopWhenNobodyReads(output: NodeJS.WriteStream, controller: AbortController): void {
  output.on('error', (error: NodeJS.ErrnoException) => {
    controller.abort(unwritable(error));
  });
}
