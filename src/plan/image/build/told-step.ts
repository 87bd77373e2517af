import type { Message } from '../../../api/request.ts';

/** The classic builder tells the image of each step in a line of its own. @returns its short id; undefined for another message */
export function toldStep({ stream = '' }: Pick<Message, 'stream'>): string | undefined {
  return /^ ---> ([0-9a-f]{12})\n$/.exec(stream)?.[1];
}
