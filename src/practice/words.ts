/** What can be typed at a goal, besides docker commands: for the lesson, and for whoever shows it. Pure. */

import type { Words } from '../words/english.ts';

/** For the lesson. */
export type LessonWord = 'check' | 'answer' | 'hint' | 'solution' | 'undo' | 'skip' | 'quit' | 'keep';
/** For the screen. */
export type ScreenWord = 'goal' | 'explain' | 'api' | 'output' | 'back' | 'help';

interface WordMeaning {
  readonly value: LessonWord | ScreenWord;
  readonly means: string;
}

/** In the order help shows them. */
const goalWords = [
  ...(['goal', 'check', 'answer', 'hint', 'solution', 'undo', 'explain', 'api', 'output', 'back', 'skip'] as const),
  ...(['keep', 'quit', 'help'] as const),
] satisfies readonly (LessonWord | ScreenWord)[];

/** Each with what it means. */
export function goalWordsIn({ typed }: Words): readonly WordMeaning[] {
  return goalWords.map((value) => ({ value, means: typed[value] }));
}

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
  const known = goalWords.find((value) => value === first);
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
