/** At which requests, and when, a lesson is cut off. */
import type { Moment } from './proxy.ts';
import type { Cut } from './trial.ts';

type RequestCut = Extract<Cut, { at: 'request' }>;

/**
 * Each request twice: once before it is sent, once before its answer arrives, the engine being at it or done with it.
 * @param changing how many requests of the lesson change something @param draw as drawFrom
 * @param count so many of these cuts only: one drawn from each of so many equal parts
 */
export function cutsOf(changing: number, draw: () => number, count?: number): readonly RequestCut[] {
  const cut = (request: number, moment: Moment): RequestCut => ({ at: 'request', request, moment });
  const all = Array.from({ length: changing }, (_, at) => at + 1).flatMap((request) => [
    cut(request, 'unsent'),
    cut(request, draw() < 0.5 ? 'sent' : 'answered'),
  ]);
  if (count === undefined || count >= all.length) return all;
  const part = all.length / count;
  return Array.from({ length: count }, (_, at) => all[Math.floor((at + draw()) * part)] as RequestCut);
}
