/** A table whose columns stand far apart, as compose prints lists of projects and images. */
import { aligned } from '../../plan/output/aligned.ts';

export function wide(rows: readonly (readonly string[])[]): string {
  return aligned(rows.map((cells) => `${cells.join('\t')}\n`).join(''), { minimum: 20 });
}
