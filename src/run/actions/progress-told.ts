/** Thins out the engine's progress messages: a report can draw no faster, and a log wants the states only. */
import type { Message } from '../../api/request.ts';
import type { Progress } from '../../events/events.ts';

/** Shortest time between two events about the same layer in the same state, in milliseconds. */
const shortest = 100;

/** @returns a function that makes an event of a message, or undefined where it tells nothing new in time. */
export function progressOf(
  step: string,
  clock: () => number,
): (message: Message, printed: boolean) => Progress | undefined {
  const seen = new Map<string, { what: string; at: number }>();
  return (message, printed) => {
    const what = (message.status ?? message.stream ?? '').trim();
    if (what === '') return undefined;
    const id = message.id ?? '';
    const before = seen.get(id);
    const now = clock();
    const moving = message.progressDetail?.current !== undefined;
    if (before?.what === what && moving && now - before.at < shortest) return undefined;
    seen.set(id, { what, at: now });
    const { current, total } = message.progressDetail ?? {};
    return {
      type: 'progress',
      step,
      what,
      ...(printed && { printed: true as const }),
      ...(id !== '' && { id }),
      ...(current !== undefined && { current }),
      ...(total !== undefined && { total }),
    };
  };
}
