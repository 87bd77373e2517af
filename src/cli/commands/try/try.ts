/** `docker-tutor try`: performs a docker command line, and says what it changed; without one, a prompt. */
import { quote } from '../../../command/shell/quote.ts';
import { Failure } from '../../../failure.ts';
import { tryLine } from '../../../try/try-line.ts';
import { signalTurns } from '../../process/signal-turns.ts';
import { styleOfStderr, tryStage } from './stage.ts';
import type { TryOptions } from './command.ts';

/** @returns the exit code of the docker command; also where docker would not take it; 2 for what is no docker command or is not performed here, 4 where it was not allowed or nobody could be asked */
export async function tryCommand(words: readonly string[], options: TryOptions): Promise<number> {
  if (words.length === 0 && process.stdin.isTTY && process.stdout.isTTY)
    return (await import('./prompt.ts')).tryPrompt(options);
  if (options.format === 'json') return (await import('./json.ts')).tryAsJson(() => textOf(words), options);
  const text = await textOf(words);
  const style = await styleOfStderr(options);
  const turns = signalTurns(() => false);
  const stage = tryStage({ ...options, style, keyboard: words.length > 0 && words[0] !== '-', turns: () => turns });
  try {
    if (options.explain === true) await stage.explain(text, process.stderr);
    return await tryLine(text, stage.scene, options.signal);
  } finally {
    turns.end();
    stage.sayWhatStays();
    await stage.scene.engines.close();
  }
}

/** The words as one line; one word is a line already. */
async function textOf(words: readonly string[]): Promise<string> {
  const [only, ...others] = words;
  if (only !== undefined && only !== '-') return others.length === 0 ? only : words.map(quote).join(' ');
  if (only === undefined && process.stdin.isTTY)
    throw new Failure('Which command? None was given, and the output is no terminal.', {
      code: 'command-missing',
      exitCode: 2,
      hints: ["docker-tutor try 'docker run hello-world'"],
    });
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8').trim();
}
