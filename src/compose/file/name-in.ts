/** The `name:` of a compose file, before anything else of it is read. */
import { interpolate, InterpolationError } from './interpolate.ts';
import type { Variables } from './interpolate.ts';
import { ComposeError } from './compose-error.ts';
import { readComposeText } from './yaml.ts';

/** That of the last document that has one. What is wrong in the file is told when it is read as a whole. */
export function nameIn(text: string, variables: Variables): string | undefined {
  if (!text.includes('name')) return undefined;
  try {
    const names = readComposeText(text, '', '').flatMap(({ value }) => {
      const name = value !== null && typeof value === 'object' && 'name' in value ? value.name : undefined;
      return typeof name === 'string' && name !== '' ? [name] : [];
    });
    const written = names.at(-1);
    return written === undefined ? undefined : interpolate(written, variables).text;
  } catch (error) {
    if (error instanceof InterpolationError || error instanceof ComposeError) return undefined;
    throw error;
  }
}
