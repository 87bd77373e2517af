/** Ctrl-C while a command runs: for what it runs, as the docker CLI has it, before it is for docker-tutor. */
import type { Failure } from '../../failure.ts';
import type { Signal, TakeSignals } from '../../perform/world.ts';
import { takeInterruptions } from './interrupt.ts';

export interface SignalTurns {
  readonly take: TakeSignals;
  /** The command has ended. @returns whether it was given a signal */
  end(): boolean;
}

/** After as many the docker CLI leaves a container alone that does not end. */
const patience = 3;

/** @param otherwise takes what nobody wants; false: it is for the program as a whole */
export function signalTurns(otherwise: (reason: Failure, signal: Signal) => boolean): SignalTurns {
  const wanting: ((signal: Signal) => void)[] = [];
  let given = 0;
  const giveBack = takeInterruptions((signal, reason) => {
    const last = wanting.at(-1);
    if (!last) return otherwise(reason, signal);
    given += 1;
    if (given < patience) {
      last(signal);
      return true;
    }
    process.stderr.write(`\ngot ${String(patience)} SIGTERM/SIGINTs, forcefully exiting\n`);
    return otherwise(reason, 'SIGINT');
  });
  return {
    take(take) {
      wanting.push(take);
      return () => void wanting.splice(wanting.indexOf(take), 1);
    },
    end() {
      giveBack();
      return given > 0;
    },
  };
}
