/** The `name:` of a compose file, before anything else of it is read. */
import { interpolate } from './interpolate.ts';
import type { Variables } from './interpolate.ts';

/** From the text: a line `name: …` at its left edge. Undefined where there is none. */
export function nameIn(text: string, variables: Variables): string | undefined {
  const [, raw = ''] = /^name:[ \t]*(.*)$/m.exec(text) ?? [];
  const value = /^"(.*)"|^'(.*)'|^([^#]*)/.exec(raw.trim());
  const written = (value?.[1] ?? value?.[2] ?? value?.[3] ?? '').trim();
  return written === '' ? undefined : interpolate(written, variables).text;
}
