/** What `docker-tutor clean` says: each thing that went, and each that stays, with the reason. */
import type { Cleaned } from '../../events/events.ts';
import { cleanLine } from '../../terminal/clean-text.ts';
import { briefId } from '../../short-id.ts';

/** @param address of the engine. One line a thing, each with its line end. */
export function cleanedText({ removed, left }: Pick<Cleaned, 'removed' | 'left'>, address: string): string {
  const lines = [
    ...removed.map(({ kind, name, id }) => `Removed   ${thingWords(kind, name, id)}`),
    ...left.map(({ kind, name, id, why }) => `Left      ${thingWords(kind, name, id)}: ${cleanLine(why)}`),
  ];
  if (lines.length === 0) lines.push(`There is nothing of docker-tutor’s on ${cleanLine(address)}.`);
  else if (left.length === 0) lines.push(`Nothing of docker-tutor’s is left on ${cleanLine(address)}.`);
  return `${lines.join('\n')}\n`;
}

function thingWords(kind: string, name: string, id: string): string {
  const plain = cleanLine(name);
  return id === '' || id === name || briefId(id) === name
    ? `${kind} ${plain}`
    : `${kind} ${plain} (${cleanLine(briefId(id))})`;
}
