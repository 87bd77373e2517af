/** One AbortSignal from the top: interrupted once, stop and clean up; twice, leave now. */
import { Failure } from '../failure.ts';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The signal that every wait, request and stream of a command hangs on. Its reason is a Failure with exit code 130. */
export function interruptions(): AbortSignal {
  const controller = new AbortController();
  const stop = (): void => {
    if (controller.signal.aborted) leaveNow();
    controller.abort(new Failure('Interrupted.', { code: 'interrupted', exitCode: 130 }));
  };
  for (const signal of signals) process.on(signal, stop);
  stopWhenNobodyReads(process.stdout, controller);
  stopWhenNobodyReads(process.stderr, controller);
  return controller.signal;
}

function leaveNow(): never {
  process.stderr.write('\nLeft at once. `docker-tutor clean` removes what is still there.\n');
  process.exit(130);
}

/** `docker-tutor … | head -1` closes our output: quiet for the reader, an interruption for the command. */
function stopWhenNobodyReads(output: NodeJS.WriteStream, controller: AbortController): void {
  output.on('error', (error: NodeJS.ErrnoException) => {
    const closed = error.code === 'EPIPE' || error.code === 'EIO';
    controller.abort(
      closed
        ? new Failure('Nobody reads the output any more.', { code: 'interrupted', exitCode: 130 })
        : new Failure('The output could not be written.', { code: 'output', exitCode: 4, evidence: [error.message] }),
    );
  });
}
