/** `docker-tutor practice`: the goals of a lesson, at a terminal or played by a script. */
import { readFile } from 'node:fs/promises';
import { Failure } from '../../../failure.ts';
import type { Learner } from '../../../run/actors/learner.ts';
import { cleanLine } from '../../../terminal/clean-text.ts';
import { terminalOf } from '../../../terminal/display.ts';
import type { Session } from '../subcommand.ts';
import { run } from '../run/run.ts';
import type { PracticeOptions } from './command.ts';

/** @returns 3 where a script has not led to the end of the lesson */
export async function practise(asked: readonly string[], options: PracticeOptions & Session): Promise<number> {
  const { script } = options;
  const text = script === undefined ? undefined : await textOf(script);
  if (text === undefined && !terminalOf(process).interactive) throw nobodyThere();
  const result = { passed: false };
  const exitCode = await run(asked, options, {
    way: 'practised',
    actor: async (learner) =>
      options.watch === true
        ? (await import('../../../run/actors/watching.ts')).watching(learner)
        : (await import('../../../run/actors/practising.ts')).practising(learner),
    ...(text !== undefined && { learner: (tell: (said: string) => void) => scriptedBy(text, tell) }),
    watch: (event) => {
      if (event.type === 'scenario-finished') result.passed = event.status === 'passed' && event.steps.skipped === 0;
    },
  });
  return exitCode === 0 && text !== undefined && !result.passed ? 3 : exitCode;
}

async function scriptedBy(text: string, tell: (said: string) => void): Promise<Learner> {
  return (await import('../../../run/actors/scripted.ts')).scripted(text, tell);
}

async function textOf(script: string): Promise<string> {
  try {
    return await readFile(script, 'utf8');
  } catch (cause) {
    throw new Failure(`The script ${cleanLine(script)} cannot be read.`, {
      code: 'file-missing',
      exitCode: 2,
      evidence: cause instanceof Error ? [cause.message] : [],
      cause,
    });
  }
}

function nobodyThere(): Failure {
  return new Failure('Practice is done at a terminal, and there is none.', {
    code: 'nobody-there',
    exitCode: 2,
    hints: ['Run it in a terminal; or let a file play the learner: --script FILE'],
  });
}
