/** Whether a request that is under way goes on: what is to be said, asked or given up at this moment. Pure. */
import { toldAfterMs } from '../waits/waits.ts';
import type { Wait } from '../waits/waits.ts';
import { inSeconds, limits } from './patience.ts';
import type { Patience } from './patience.ts';

/** Times are milliseconds of one clock. */
export interface UnderWay {
  /** `GET /info` */
  readonly asked: string;
  readonly patience: Patience;
  /** `waiting`: all is sent, nothing came back. `reading`: the answer has begun. */
  readonly is: 'waiting' | 'reading';
  readonly began: number;
  /** When the engine was last heard of, here or beside. */
  readonly heard: number;
}

export interface Verdict {
  /** Worth saying by now. */
  readonly wait?: Wait;
  /** It is given up. */
  readonly hung?: { readonly limitMs: number; readonly seen: string };
  /** The engine is to be asked beside it whether it is still there. */
  readonly isToBeAsked: boolean;
}

export function judge(underWay: UnderWay, now: number): Verdict {
  switch (underWay.is) {
    case 'waiting':
      return judgeOpening(underWay, now);
    case 'reading':
      return judgeAnswer(underWay, now);
  }
}

function judgeOpening({ asked, patience: { opening }, began, heard }: UnderWay, now: number): Verdict {
  const waited = now - began;
  return {
    ...(waited > toldAfterMs && { wait: { for: `the answer to ${asked}`, limitMs: opening } }),
    ...(waited > opening && hung(asked, opening, 'no answer came')),
    isToBeAsked: now - heard > limits.silence,
  };
}

function judgeAnswer({ asked, patience: { whole, silence }, began, heard }: UnderWay, now: number): Verdict {
  // it may be silent for ever, as long as the engine lives
  if (silence === undefined) return { isToBeAsked: now - heard > limits.silence };
  const since = whole === undefined ? heard : began;
  return {
    ...(now - since > toldAfterMs && {
      wait: { for: `the rest of the answer to ${asked}`, limitMs: whole ?? silence },
    }),
    ...(now - heard > silence
      ? hung(asked, silence, 'its answer broke off, and nothing more came')
      : whole !== undefined && now - began > whole && hung(asked, whole, 'its answer was not whole')),
    isToBeAsked: false,
  };
}

function hung(asked: string, limitMs: number, what: string): Pick<Verdict, 'hung'> {
  return { hung: { limitMs, seen: `${asked}: ${what} within ${inSeconds(limitMs)}` } };
}
