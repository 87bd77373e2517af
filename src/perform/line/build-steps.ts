/** Reads from the messages of a builder, BuildKit's, the classic one or Podman's, which instruction came from where, and how long it took. */
import type { Message } from '../../api/request.ts';
import { buildTrace } from '../../buildkit/build-trace.ts';
import type { BuildTrace } from '../../buildkit/build-trace.ts';
import { dockerfileSteps } from '../../buildkit/dockerfile-steps.ts';
import { stopwatch } from '../../stopwatch.ts';

export interface TimedStep {
  /** `COPY . .` */
  readonly instruction: string;
  readonly cached: boolean;
  readonly ms: number;
}

export interface BuildWatch {
  /** A build was sent. @param dockerfile where it is known */
  began(dockerfile: string | undefined): void;
  see(message: Message): void;
  /** Of the last build; empty where there was none, or it kept silent (`-q`). */
  steps(): readonly TimedStep[];
  /** Id of the image that came out of it; undefined where none did. */
  image(): string | undefined;
}

/** @param now whole milliseconds of a clock that only goes forward */
export function watchBuild(now: () => number = stopwatch()): BuildWatch {
  let rest = '';
  let steps: { instruction: string; cached: boolean; ms: number }[] = [];
  let began = 0;
  let dockerfile = '';
  let trace: BuildTrace | undefined;
  let image: string | undefined;
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
    began(text = '') {
      dockerfile = text;
      trace = undefined;
      steps = [];
      image = undefined;
    },
    see({ stream, status, id, aux, buildkit }) {
      // what the steps say is of no use here, and may be long
      if (typeof aux?.['ID'] === 'string') image = aux['ID'];
      if (buildkit) (trace ??= buildTrace()).see({ ...buildkit, logs: [] });
      if (status !== undefined) line(id === undefined ? status : `${id}: ${status}`);
      if (stream === undefined) return;
      const lines = (rest + stream).split('\n');
      rest = lines.pop() ?? '';
      lines.forEach(line);
    },
    steps: () => (trace ? dockerfileSteps(dockerfile, trace) : steps),
    image: () => image,
  };
}
