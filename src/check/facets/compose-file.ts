/** Whether a compose file says something, however it is written: the short forms and the long ones are the same. */
import type { FileFields } from '../../scenario/expectation.ts';
import { listWords } from './lists.ts';
import { brief } from './text-match.ts';

type Wanted = NonNullable<FileFields['compose']>;

export function composeWords(wanted: Wanted): string {
  return `has ${listWords(leaves(wanted).map(brief))}`;
}

/** `services.db.image: postgres:16` */
function leaves(value: unknown, path = ''): readonly string[] {
  if (value === null || typeof value !== 'object') return [value === null ? path : `${path}: ${written(value)}`];
  if (Array.isArray(value)) return value.flatMap((item) => leaves(item, path));
  return Object.entries(value).flatMap(([key, item]) => leaves(item, path === '' ? key : `${path}.${key}`));
}

/** Others may stand there too. */
export async function lookForCompose(
  text: string,
  wanted: Wanted,
  name: string,
): Promise<{ holds: boolean; observed: string }> {
  const { modelOf, writtenModel } = await import('../../compose/file/written-model.ts');
  try {
    const missing = firstMissing(modelOf(wanted, name), writtenModel(text, name), '');
    return { holds: missing === undefined, observed: missing ?? 'it says so' };
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'ComposeError') throw error;
    return { holds: false, observed: error.message };
  }
}

/** What is there in the place of the first that is not as wanted; undefined where all is. */
function firstMissing(wanted: unknown, found: unknown, path: string): string | undefined {
  // a short form is written out with settings that are empty, and a long one need not have them
  if (found === undefined) return isEmpty(wanted) ? undefined : `no ${path}`;
  if (wanted === null || wanted === undefined) return undefined;
  if (Array.isArray(wanted)) {
    const items: readonly unknown[] = Array.isArray(found) ? found : [];
    const isThere = (item: unknown): boolean =>
      items.some((one) => firstMissing(item, one, path) === undefined && isReadOnly(one) === isReadOnly(item));
    return wanted.every(isThere) ? undefined : `${path}: ${brief(written(found))}`;
  }
  if (typeof wanted === 'object') {
    const fields = (typeof found === 'object' && found !== null ? found : {}) as Readonly<Record<string, unknown>>;
    for (const [key, value] of Object.entries(wanted)) {
      if (implied.has(key)) continue;
      const missing = firstMissing(value, fields[key], path === '' ? key : `${path}.${key}`);
      if (missing !== undefined) return missing;
    }
    return undefined;
  }
  return isSaid(written(found), written(wanted)) ? undefined : `${path}: ${brief(written(found))}`;
}

/** A variable may be written without braces, and with what stands in for it or is said where it has no value. */
function isSaid(found: string, wanted: string): boolean {
  const [said, meant] = [found, wanted].map((text) => text.replace(/\$([A-Za-z_]\w*)/g, '${$1}'));
  return said === meant || said?.replace(/\$\{(\w+):?[-?][^}]*\}/g, '${$1}') === meant;
}

/** A number may be written as a text. */
function written(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** To forbid writing is not to say more of a mount, but something else. */
function isReadOnly(item: unknown): boolean {
  return typeof item === 'object' && item !== null && 'read_only' in item && item.read_only === true;
}

/** A short form of a mount says it too, and a long one need not: whether docker makes a folder that is missing. */
const implied: ReadonlySet<string> = new Set(['create_host_path']);

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).every((key) => implied.has(key));
}
