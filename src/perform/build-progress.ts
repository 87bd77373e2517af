/** Shows what BuildKit tells of a build while it lasts, as docker does: drawn on a terminal, in lines elsewhere. */
import type { BuildStatus } from '../api/answers/build-status.ts';
import { buildTrace, failedStep, warningsIn } from '../buildkit/build-trace.ts';
import type { BuildTrace } from '../buildkit/build-trace.ts';
import { failureText, warningsText } from '../buildkit/last-words.ts';
import { plainProgress } from '../buildkit/plain-progress.ts';
import { screenLines } from '../buildkit/screen-progress.ts';
import { stopwatch } from '../stopwatch.ts';
import type { Io } from './world.ts';

export interface BuildProgress {
  see(status: BuildStatus): void;
  /** No more comes. @returns the step that failed */
  end(failed: boolean): string | undefined;
}

interface Showing {
  /** What docker calls the engine as a builder. */
  readonly builder: string;
  /** Absent: nothing is to be seen. */
  readonly write?: (text: string) => void;
  readonly canvas?: NonNullable<Io['canvas']>;
}

/** Milliseconds. What comes close together is put in order first. */
const pace = { least: 100, most: 150 };

export function buildProgress({ builder, write, canvas }: Showing): BuildProgress {
  const trace = buildTrace();
  const show = canvas ? drawer(trace, canvas, builder) : writer(trace, write ?? (() => undefined), builder);
  const sinceShown = stopwatch();
  let shownAt = 0;
  const look = (): void => {
    shownAt = sinceShown();
    show(false);
  };
  const timer = setInterval(look, pace.most);
  return {
    see(status) {
      trace.see(status);
      if (sinceShown() - shownAt >= pace.least) look();
    },
    end(failed) {
      clearInterval(timer);
      show(true);
      const step = failedStep(trace);
      if (failed && step) write?.(failureText(step));
      if (!failed) write?.(warningsText(warningsIn(trace)));
      return step?.vertex.name;
    },
  };
}

/** Shows what there is by now. */
type Show = (finished: boolean) => void;

function writer(trace: BuildTrace, write: (text: string) => void, builder: string): Show {
  const progress = plainProgress(trace);
  let begun = false;
  return () => {
    const text = progress.news();
    if (text === '') return;
    write(begun ? text : `#0 building with "${builder}" instance using docker driver\n\n${text}`);
    begun = true;
  };
}

function drawer(trace: BuildTrace, canvas: NonNullable<Io['canvas']>, builder: string): Show {
  const elapsed = stopwatch();
  let clock: number | undefined;
  return (finished) => {
    const [first] = trace.steps.values();
    if (first?.vertex.started === undefined) return;
    // the engine's clock may be another
    clock ??= first.vertex.started - elapsed() / 1000;
    canvas.draw(screenLines(trace, { ...canvas.size(), now: clock + elapsed() / 1000, builder, finished }));
  };
}
