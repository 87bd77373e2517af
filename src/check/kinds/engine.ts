/** `engine`: a field of what the engine says about itself, or the owner of its socket. */
import type { EngineFields } from '../../scenario/expectation.ts';
import { get } from '../../engine/ask.ts';
import type { KindOfCheck, Look } from '../look.ts';
import { socketOwner } from '../ask/socket-owner.ts';
import { matchesText, quoted, textWords } from '../facets/text-match.ts';

export const engine: KindOfCheck<EngineFields> = {
  judges: 'machine',
  acts: false,
  names: () => [],
  asks: () => [],
  claim: (fields) => `the engine’s ${fieldOf(fields)} ${wordsOf(fields) ?? 'is known'}`,
  expected: (fields) => wordsOf(fields) ?? 'a value',
  property: (fields) =>
    'socket' in fields ? 'socket.owner' : 'info' in fields ? `info.${fields.info}` : `version.${fields.version}`,
  async look(fields, { ask, outcome, engine: { endpoint, about } }) {
    if ('socket' in fields) return lookAtSocket(endpoint.address, fields);
    if (fields.printed && !outcome)
      return { holds: false, undecided: true, final: true, observed: 'nothing was run in this step' };
    const field = fieldOf(fields);
    const value =
      'info' in fields
        ? valueAt(await get(ask, '/info'), field)
        : (valueAt(about.told, field) ?? valueAt(await get(ask, '/version'), field));
    if (value === undefined) return { holds: false, observed: `no field ${field}` };
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    const printed = outcome && fields.printed ? outcome.stdout + outcome.stderr : undefined;
    const said = printed === undefined || hasWord(printed, text);
    const shown = typeof value === 'string' ? quoted(text) : text;
    return {
      holds: matchesText(text, fields) && text !== '' && said,
      observed: said ? shown : `${shown}, and the command printed ${quoted(printed)}`,
    };
  },
};

type SocketFields = Extract<EngineFields, { readonly socket: unknown }>;

/** An engine elsewhere has no socket here that could be owned: nothing is asked of it. */
async function lookAtSocket(address: string, fields: SocketFields): Promise<Look> {
  try {
    const seen = await socketOwner(address);
    return seen === undefined
      ? { holds: true, observed: `the engine is asked at ${address}, no socket of this machine` }
      : { holds: matchesText(seen, fields), observed: seen };
  } catch (error) {
    return { holds: false, undecided: true, observed: `${address}: ${(error as Error).message}` };
  }
}

function wordsOf(fields: EngineFields): string | undefined {
  const words = [textWords(fields), 'printed' in fields && fields.printed ? 'is what the command printed' : undefined];
  return words.filter((part) => part !== undefined).join(' and ') || undefined;
}

/** `1.5` is no word of `1.51` or `11.5`, but of `1.5, 1.6`. */
function hasWord(text: string, word: string): boolean {
  const letters = word.replace(/[\^$.*+?()[\]{}|/\\]/g, '\\$&');
  return new RegExp(`(?<![\\w.+-])${letters}(?![\\w+-]|\\.\\w)`).test(text);
}

function fieldOf(fields: EngineFields): string {
  if ('socket' in fields) return 'socket';
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
