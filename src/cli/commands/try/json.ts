/** `docker-tutor try --format json`: one object that holds all of it, and nothing else on stdout. */
import { hideSecrets } from '../../../command/hide-secrets.ts';
import { Failure } from '../../../failure.ts';
import type { Problem } from '../../../events.ts';
import { capture } from '../../../perform/line/capture.ts';
import { problemEvent } from '../../../report/problem.ts';
import type { CommandDone } from '../../../try/try-command.ts';
import { tryLine } from '../../../try/try-line.ts';
import type { TryScene } from '../../../try/try-line.ts';
import { signalTurns } from '../../process/signal-turns.ts';
import { styleOfStderr, tryStage } from './stage.ts';
import type { TryOptions } from './command.ts';

/** Field names are a contract. */
interface TriedJson {
  readonly formatVersion: 1;
  readonly command: string;
  readonly exitCode: number;
  /** At most a million characters each. */
  readonly stdout: string;
  readonly stderr: string;
  /** Of all commands of the line, in the order performed. */
  readonly changes: CommandDone['changes'];
  readonly requests: CommandDone['requests'];
  /** What of the user's was left as it is. */
  readonly kept: CommandDone['kept'];
  /** Why it could not be performed, or what the engine refused. */
  readonly problem?: Pick<Problem, 'code' | 'message' | 'explanation' | 'hints' | 'alternatives' | 'evidence'>;
}

export async function tryAsJson(text: string, options: TryOptions): Promise<number> {
  const done: CommandDone[] = [];
  const captured = capture({ question: () => Promise.resolve('') });
  const turns = signalTurns(() => false);
  const style = await styleOfStderr({ format: 'plain' });
  const stage = tryStage({ ...options, style, keyboard: false });
  const { stdin } = process;
  const scene: TryScene = {
    ...stage.scene,
    terminal: false,
    io: (command) => {
      // consent begins anew; the streams are ours
      stage.scene.io(command);
      return { ...captured.io, interrupt: turns.take, proxy: turns.take, ...(!stdin.isTTY && { stdin }) };
    },
    help: () => Promise.resolve(),
    done: (one) => void done.push(one),
  };
  const print = (exitCode: number, failure: Failure | undefined): void => {
    const tried: TriedJson = {
      formatVersion: 1,
      command: hideSecrets(text),
      exitCode,
      stdout: captured.stdout(),
      stderr: captured.stderr(),
      changes: done.flatMap(({ changes }) => changes),
      requests: done.flatMap(({ requests }) => requests),
      kept: done.flatMap(({ kept }) => kept),
      ...(failure && { problem: problemOf(failure) }),
    };
    process.stdout.write(`${JSON.stringify(tried)}\n`);
  };
  try {
    const exitCode = await tryLine(text, scene, options.signal);
    print(exitCode, done.at(-1)?.refusal);
    return exitCode;
  } catch (error) {
    if (error instanceof Failure) print(error.exitCode, error);
    throw error;
  } finally {
    turns.end();
    await scene.places.close();
  }
}

function problemOf(failure: Failure): NonNullable<TriedJson['problem']> {
  const { code, message, explanation, hints, alternatives, evidence } = problemEvent(failure);
  return {
    code,
    message,
    ...(explanation !== undefined && { explanation }),
    hints,
    ...(alternatives && { alternatives }),
    evidence,
  };
}
