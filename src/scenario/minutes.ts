/** How long a lesson takes, measured from its text. Pure. */
import type { Scenario, Step } from './schema.ts';

interface Minutes {
  /** Read, with each command performed as it stands. */
  readonly reading: number;
  /** Practised: each command is typed, and about every other one once more. */
  readonly practising: number;
}

/** Of somebody who reads in a second language. */
const wordsAMinute = 150;
const secondsACommand = 10;
/** A command that is found out is typed about twice. */
const timesTyped = 2;

export function minutesOf({ intro, finish, steps }: Pick<Scenario, 'intro' | 'finish' | 'steps'>): Minutes {
  const words = [intro, finish, ...steps.flatMap(toldOf)].reduce((sum, text) => sum + wordsIn(text), 0);
  const commands = steps.flatMap((step) =>
    'do' in step ? step.do : 'write' in step || 'request' in step || 'machine' in step ? [''] : [],
  );
  const whole = (times: number): number =>
    Math.max(1, Math.round(words / wordsAMinute + (commands.length * times * secondsACommand) / 60));
  return { reading: whole(1), practising: whole(timesTyped) };
}

/** What is read of a step that goes well: not its hints, and not what is said of mistakes. */
function toldOf(step: Step): readonly string[] {
  const questions = ['quiz' in step ? step.quiz : undefined, step.predict].flatMap((one) =>
    one ? [one.ask, ...one.options, one.because] : [],
  );
  return [
    step.title ?? '',
    step.text,
    'read' in step ? step.read : '',
    ...('do' in step ? [step.do].flat() : []),
    ...step.expect.map(({ claim }) => claim ?? ''),
    step.after,
    ...questions,
  ];
}

function wordsIn(text: string): number {
  return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}
