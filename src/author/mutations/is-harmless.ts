/** Whether an author has called a mutation harmless. Pure. */
import type { Step } from '../../scenario/schema.ts';

export function isHarmless({ harmless }: Pick<Step, 'harmless'>, change: string): boolean {
  return harmless.some((one) => isCalled(change, one.change));
}

/** @param name `…` in it stands for any text: a mutation may have a number that comes from a free port */
export function isCalled(change: string, name: string): boolean {
  const [first = '', ...rest] = name.split('…');
  const last = rest.pop();
  if (last === undefined) return change === name;
  let at = first.length;
  const inOrder = rest.every((piece) => {
    const found = change.indexOf(piece, at);
    at = found + piece.length;
    return found !== -1;
  });
  return change.startsWith(first) && inOrder && change.length - last.length >= at && change.endsWith(last);
}
