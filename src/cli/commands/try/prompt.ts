/** `docker-tutor try` on a terminal: a prompt for docker commands. */
import { foreseen } from '../../../as-failure.ts';
import { problemOf } from '../../../engine/problems.ts';
import { cleanLine } from '../../../terminal/clean-text.ts';
import { describeFailure } from '../../../report/problem.ts';
import { candidateLines, leftLines } from '../../../report/answers/try.ts';
import { openHistory } from '../../../state/history.ts';
import { holdsSecret } from '../../../command/hide-secrets.ts';
import { namesOf } from '../../../try/names.ts';
import { runPrompt } from '../../../try/prompt.ts';
import { tryLine } from '../../../try/try-line.ts';
import { commandTurn } from '../../keyboard/command-turn.ts';
import type { CommandTurn } from '../../keyboard/command-turn.ts';
import { openKeyboard } from '../../keyboard/keyboard.ts';
import { cleanCommand, styleOfStderr, tryStage } from './stage.ts';
import type { Stage } from './stage.ts';
import type { TryOptions } from './command.ts';

/** @returns 0 once the learner leaves: what the commands ended with was said. @throws Failure where no engine answers at the start */
export async function tryPrompt(options: TryOptions): Promise<number> {
  const style = await styleOfStderr(options);
  const { paint } = style;
  let command = options.signal;
  let turn: CommandTurn | undefined;
  const stage = tryStage({
    ...options,
    style,
    keyboard: true,
    interruption: () => command,
    turns: () => turn,
  });
  const { engines } = stage.scene;
  const sayExitCode = (exitCode: number): void => {
    if (exitCode !== 0) process.stderr.write(`${paint.dim(`   exit code ${String(exitCode)}`)}\n`);
  };
  const here = async () => (await engines.at({})).engine;
  try {
    const { about, endpoint } = await here();
    const engine = `${about.flavour === 'podman' ? 'Podman' : 'Docker Engine'} ${about.version}`;
    process.stdout.write(
      `${cleanLine(`${engine} at ${endpoint.address}`)}\n${paint.dim('docker commands, with or without docker in front; Tab completes; help, explain <command>, exit')}\n`,
    );
    await runPrompt({
      input: openKeyboard(),
      output: process.stdout,
      history: await openHistory(process.env, holdsSecret),
      signal: options.signal,
      prompt: 'docker> ',
      names: (kind, written) => namesOf(kind, written, process.cwd(), here),
      listing: (candidates) => candidateLines(candidates, style),
      perform: async (line) => {
        turn = commandTurn(options.signal);
        command = turn.signal;
        try {
          return await answer(line, stage, sayExitCode, command);
        } catch (error) {
          if (command.aborted && error === command.reason) return void process.stdout.write('\n');
          const failure = foreseen(error) ?? problemOf(error);
          if (!failure) throw error;
          process.stderr.write(describeFailure(failure, style));
          return undefined;
        } finally {
          turn.end();
          command = options.signal;
        }
      },
    });
    const left = await engines.left(AbortSignal.timeout(10_000)).catch(() => []);
    process.stderr.write(
      leftLines(left, cleanCommand(options), style)
        .map((line) => `${line}\n`)
        .join(''),
    );
    return 0;
  } finally {
    await engines.close();
  }
}

async function answer(
  line: string,
  stage: Stage,
  sayExitCode: (exitCode: number) => void,
  signal: AbortSignal,
): Promise<'leave' | undefined> {
  const [word = '', ...others] = line.trim().split(/\s+/);
  const rest = line.trim().slice(word.length).trim();
  if (word === 'exit' || word === 'quit') return 'leave';
  if (word === 'help') process.stdout.write(rest === '' ? helpText : '');
  if (word === 'help' && rest !== '')
    await stage.explain(`docker ${rest.replace(/^docker\s+/, '')} --help`, process.stdout);
  else if (word === 'explain' && others.length > 0) await stage.explain(rest, process.stdout);
  else if (word === 'explain')
    process.stdout.write('explain what? Write a docker command after it: explain docker run -d nginx\n');
  else if (word !== 'help') sayExitCode(await tryLine(line, stage.scene, signal));
  return undefined;
}

const helpText = `Type docker commands: docker run -d --name web nginx, or only: run -d --name web nginx
  Tab               completes commands, flags and names; twice, it lists what fits, with its meaning
  explain COMMAND   what each part means, and the requests it becomes; nothing is performed
  help COMMAND      what the command is for
  ↑ ↓               earlier lines
  Ctrl-C            ends the command that runs
  exit, Ctrl-D      leave
What you make here is labelled, and docker-tutor clean removes it. Before anything else is changed, you are asked.
`;
