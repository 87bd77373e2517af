/** Reads from the messages of the classic builder, or of Podman's, which instruction came from where, and how long it took. */
import type { Message } from '../../api/request.ts';
import { stopwatch } from '../../stopwatch.ts';

export interface TimedStep {
  /** `COPY . .` */
  readonly instruction: string;
  readonly cached: boolean;
  readonly ms: number;
}

export interface BuildWatch {
  see(message: Message): void;
  /** Of the last build; empty where there was none, or it kept silent (`-q`). */
  steps(): readonly TimedStep[];
}

/** @param now whole milliseconds of a clock that only goes forward */
export function watchBuild(now: () => number = stopwatch()): BuildWatch {
  let rest = '';
  let steps: { instruction: string; cached: boolean; ms: number }[] = [];
  let began = 0;
  const line = (text: string): void => {
    const [, number, instruction = ''] = /^(?:Step|STEP) (\d+)\/\d+ ?: (.*)$/.exec(text) ?? [];
    const last = steps.at(-1);
    // the builder says nothing at the end of a step; its last words are near it
    if (last) last.ms = now() - began;
    if (number !== undefined) {
      if (number === '1') steps = [];
      began = now();
      // an image that is here is used as it is: that FROM is carried out is seen by its pull
      steps.push({ instruction, cached: /^FROM\s/i.test(instruction), ms: 0 });
    } else if (last && /^-+> Using cache\b/.test(text.trim())) last.cached = true;
    else if (last && /^\S+: Pulling from /.test(text)) last.cached = false;
  };
  return {
    see({ stream, status, id }) {
      if (status !== undefined) line(id === undefined ? status : `${id}: ${status}`);
      if (stream === undefined) return;
      const lines = (rest + stream).split('\n');
      rest = lines.pop() ?? '';
      lines.forEach(line);
    },
    steps: () => steps,
  };
}
