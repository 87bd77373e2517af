/** Text in a picture, which is not folded. Pure. */
import { cleanLine } from '../../terminal/clean-text.ts';

export function shortened(text: string, most: number): string {
  const signs = [...cleanLine(text)];
  return signs.length <= most ? signs.join('') : `${signs.slice(0, most - 1).join('')}…`;
}
