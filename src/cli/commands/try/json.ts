/** `docker-tutor try --format json`: one object that holds all of it, and nothing else on stdout. */
import { hideSecrets } from '../../../command/hide-secrets.ts';
import type { Failure } from '../../../failure.ts';
import { capture } from '../../../perform/line/capture.ts';
import type { Capture } from '../../../perform/line/capture.ts';
import type { CommandDone } from '../../../try/try-command.ts';
import { tryLine } from '../../../try/try-line.ts';
import type { TryScene } from '../../../try/try-line.ts';
import { answerInJson, problemOf } from '../../process/answer.ts';
import { signalTurns } from '../../process/signal-turns.ts';
import { styleOfStderr, tryStage } from './stage.ts';
import type { TryOptions } from './command.ts';

/** Field names are a contract. `formatVersion` and `exitCode` come beside, and `problem` where it could not be performed. */
interface Tried {
  readonly command: string;
  /** At most a million characters each. */
  readonly stdout: string;
  readonly stderr: string;
  /** Of all commands of the line, in the order performed. */
  readonly changes: CommandDone['changes'];
  /** What they did that no difference shows. */
  readonly doings: CommandDone['doings'];
  readonly requests: CommandDone['requests'];
  /** What of the user's was left as it is. */
  readonly kept: CommandDone['kept'];
}

/** @param read gives the line */
export async function tryAsJson(read: () => Promise<string>, options: TryOptions): Promise<number> {
  let text = '';
  const done: CommandDone[] = [];
  const captured = capture({ question });
  // docker asks on stdout, and takes the end of its input for no
  function question(text: string): Promise<string> {
    captured.io.stdout(text);
    return Promise.resolve('');
  }
  const soFar = (): Tried => ({
    command: hideSecrets(text),
    stdout: captured.stdout(),
    stderr: captured.stderr(),
    changes: done.flatMap(({ changes }) => changes),
    doings: done.flatMap(({ doings }) => doings),
    requests: done.flatMap(({ requests }) => requests),
    kept: done.flatMap(({ kept }) => kept),
  });
  const work = async () => {
    text = await read();
    let notTaken: Failure | undefined;
    const tell = {
      done: (one: CommandDone) => void done.push(one),
      notTaken: (failure: Failure) => (notTaken = failure),
    };
    const exitCode = await performed(text, captured, tell, options);
    const refusal = notTaken ?? done.at(-1)?.refusal;
    return { exitCode, fields: { ...soFar(), ...(refusal && { problem: await problemOf(refusal) }) } };
  };
  return answerInJson(work, options.signal, soFar);
}

async function performed(
  text: string,
  captured: Capture,
  tell: { done(done: CommandDone): void; notTaken(failure: Failure): void },
  options: TryOptions,
): Promise<number> {
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
    help: (item) => stage.explain(item.text, { write: (text) => captured.io.stdout(text) }),
    done: tell.done,
    notTaken: (failure, docker) => {
      captured.io.stdout(docker.stdout ?? '');
      captured.io.stderr(docker.text);
      tell.notTaken(failure);
    },
  };
  try {
    return await tryLine(text, scene, options.signal);
  } finally {
    turns.end();
    await scene.engines.close();
  }
}
