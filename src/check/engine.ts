/** `engine`: a field of what the engine says about itself. */
import type { EngineFields } from '../scenario/expectation.ts';
import { get } from '../own/asking.ts';
import type { KindOfCheck } from './look.ts';
import { matchesText, quoted, textWords } from './text-match.ts';

export const engine: KindOfCheck<EngineFields> = {
  claim: (fields) => `the engine’s ${fieldOf(fields)} ${textWords(fields) ?? 'is known'}`,
  expected: (fields) => textWords(fields) ?? 'a value',
  async look(fields, { ask }) {
    const value = valueAt(await get(ask, 'info' in fields ? '/info' : '/version'), fieldOf(fields));
    if (value === undefined) return { holds: false, observed: `no field ${fieldOf(fields)}` };
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return {
      holds: matchesText(text, fields) && text !== '',
      observed: typeof value === 'string' ? quoted(text) : text,
    };
  },
};

function fieldOf(fields: EngineFields): string {
  return 'info' in fields ? fields.info : fields.version;
}

/** `Swarm.LocalNodeState`: names joined by dots; a number picks from a list. */
function valueAt(answer: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, name) =>
        value !== null && typeof value === 'object' ? (value as Record<string, unknown>)[name] : undefined,
      answer,
    );
}
