/** What can be typed at a goal, besides docker commands: for the lesson, and for whoever shows it. Pure. */

/** For the lesson. */
export type LessonWord = 'check' | 'answer' | 'hint' | 'solution' | 'undo' | 'skip' | 'quit' | 'keep';
/** For the screen. */
export type ScreenWord = 'goal' | 'explain' | 'api' | 'output' | 'back' | 'help';

export interface WordMeaning {
  readonly value: LessonWord | ScreenWord;
  readonly means: string;
}

/** In the order help shows them. */
export const goalWords: readonly WordMeaning[] = [
  { value: 'goal', means: 'what is to be reached' },
  { value: 'check', means: 'look again whether it is reached' },
  { value: 'answer', means: 'answer VALUE: where the step is a question' },
  { value: 'hint', means: 'the next hint' },
  { value: 'solution', means: 'puts the line into the prompt; Enter runs it' },
  { value: 'undo', means: 'takes back what this step has made so far' },
  { value: 'explain', means: 'explain COMMAND: what each part means; nothing is performed' },
  { value: 'api', means: 'the API calls of this step' },
  { value: 'output', means: 'all that the last command printed' },
  { value: 'back', means: 'the step before, to read it again' },
  { value: 'skip', means: 'go on without it' },
  { value: 'keep', means: 'end here, and keep what was made' },
  { value: 'quit', means: 'end here, and clean up' },
  { value: 'help', means: 'this list' },
];

const short: Readonly<Record<string, LessonWord | ScreenWord>> = {
  '?': 'help',
  h: 'hint',
  c: 'check',
  s: 'solution',
  u: 'undo',
  q: 'quit',
  exit: 'quit',
};

const takesMore: ReadonlySet<LessonWord | ScreenWord> = new Set(['explain', 'answer']);

/** `hint`, `explain docker ps`: the word, and what follows it. Undefined for what is no word of ours. */
export function readWord(line: string): { readonly word: LessonWord | ScreenWord; readonly rest: string } | undefined {
  const [first = '', ...others] = line.trim().split(/\s+/);
  const known = goalWords.find(({ value }) => value === first)?.value;
  const word = Object.hasOwn(short, first) ? short[first] : known;
  if (word === undefined || (!takesMore.has(word) && others.length > 0)) return undefined;
  return { word, rest: line.trim().slice(first.length).trim() };
}

export function isLessonWord(word: LessonWord | ScreenWord): word is LessonWord {
  switch (word) {
    case 'check':
    case 'answer':
    case 'hint':
    case 'solution':
    case 'undo':
    case 'skip':
    case 'quit':
    case 'keep':
      return true;
    case 'goal':
    case 'explain':
    case 'api':
    case 'output':
    case 'back':
    case 'help':
      return false;
  }
}
