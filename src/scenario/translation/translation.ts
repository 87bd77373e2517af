/** What a translation says at each place of a scenario, and whether it may be told there. Pure. */
import { sha256 } from '../../sha256.ts';
import type { Path } from '../../yaml/places.ts';
import type { Scenario } from '../schema.ts';
import { variablesIn } from '../variables.ts';
import type { TranslationFile } from './schema.ts';
import { withTexts } from './texts.ts';

/** `missing`: English is told. `stale`: the English has changed since, and is told. `unfit`: its variables are others, so English is told. */
export type TextState = 'told' | 'missing' | 'stale' | 'unfit';

export interface TranslatedText {
  readonly state: TextState;
  /** '' where it is missing. */
  readonly text: string;
}

/** @param english what the scenario has at this place */
export function translatedText(translation: TranslationFile, place: Path, english: string): TranslatedText {
  const text = textAt(translation, place) ?? '';
  if (text.trim() === '') return { state: 'missing', text: '' };
  if (!haveSameVariables(text, english)) return { state: 'unfit', text };
  const madeFrom = textAt(translation.from, place);
  return { state: madeFrom === undefined || madeFrom === textDigest(english) ? 'told' : 'stale', text };
}

/** The scenario as it is told in another language; in English, where that has no text that fits. */
export function translated(scenario: Scenario, translation: TranslationFile): Scenario {
  return withTexts(scenario, (place, english) => {
    const { state, text } = translatedText(translation, place, english);
    return state === 'told' ? text : english;
  });
}

/** The order and number of their places may differ: sentences are built in another way. */
function haveSameVariables(a: string, b: string): boolean {
  const names = (text: string): string => variablesIn(text).sort().join(' ');
  return names(a) === names(b);
}

const letters = 'bcdfghjklmnpqrstvwxz';

/**
 * Six letters that change with the text, however its lines are broken. Letters, since YAML would take some digits for a
 * number; no vowels, since they would make words.
 */
export function textDigest(text: string): string {
  const bytes = sha256(text.trim().replace(/\s+/g, ' ')).match(/../g) ?? [];
  return bytes
    .slice(0, 6)
    .map((byte) => letters[Number.parseInt(byte, 16) % letters.length] ?? '')
    .join('');
}

/** What stands at a place of a translation, or of its digests. */
export function textAt(tree: unknown, place: Path): string | undefined {
  let value = tree;
  for (const key of place) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return typeof value === 'string' ? value : undefined;
}
