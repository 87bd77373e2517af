/** A command that was typed at a prompt: Ctrl-C is for it alone. */
import type { TakeSignals } from '../../perform/world.ts';
import { signalTurns } from '../process/signal-turns.ts';
import { openKeyboard } from './keyboard.ts';

export interface CommandTurn {
  /** For what the command runs: it is given Ctrl-C first. */
  readonly take: TakeSignals;
  /** Aborts with the command, or with all there is. */
  readonly signal: AbortSignal;
  /** The command has ended. */
  end(): void;
}

/** @param whole of all there is */
export function commandTurn(whole: AbortSignal): CommandTurn {
  const interruption = new AbortController();
  // SIGTERM that no container takes is for the prompt itself
  const turns = signalTurns((reason, name) => {
    if (name === 'SIGINT') interruption.abort(reason);
    return name === 'SIGINT';
  });
  return {
    take: turns.take,
    signal: AbortSignal.any([whole, interruption.signal]),
    end() {
      turns.end();
      // a session leaves the keyboard flowing; what is typed from now on is for the prompt
      openKeyboard().pause();
    },
  };
}
