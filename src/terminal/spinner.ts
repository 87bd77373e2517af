/**
 * What moves while something works: a spinner with the time it took so far, and lines under it. On stderr, erased
 * when the work is done. ora is loaded only when a piece of work lasts long enough to be worth looking at.
 */
import type { Options as OraOptions, Ora } from 'ora';
import { seconds } from './amounts.ts';
import { cut, width } from './width.ts';
import type { Sink } from './sink.ts';

export interface Live {
  /** Begins, or says something else while it goes on. */
  work(text: string): void;
  /** Lines under the spinner; asked anew for each frame. */
  under(lines: () => readonly string[]): void;
  /** Erases it. A later `work` begins again. */
  rest(): void;
}

export interface LiveSetting {
  readonly stderr: Sink;
  readonly colour: boolean;
  readonly unicode: boolean;
  /** Somebody is at the keyboard. */
  readonly interactive: boolean;
}

/** Milliseconds before anything is drawn: shorter work would only flicker. */
const patience = 150;
const frames = { unicode: ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'], ascii: ['-', '\\', '|', '/'] };

export function stillLive(): Live {
  return { work: () => undefined, under: () => undefined, rest: () => undefined };
}

/** @param room of the window, which may change */
export function spinnerLive(setting: LiveSetting, room: { readonly columns: number }): Live {
  let text = '';
  let began = 0;
  let below: () => readonly string[] = () => [];
  let spinner: Ora | undefined;
  let timers: NodeJS.Timeout[] = [];
  let working = 0;

  const draw = (): void => {
    if (spinner) spinner.text = frame(text, performance.now() - began, below(), room.columns);
  };
  const start = async (mine: number): Promise<void> => {
    const { default: ora } = await import('ora');
    // The work may be over by the time ora is here.
    if (mine !== working || timers.length === 0) return;
    spinner = ora(options(setting));
    draw();
    spinner.start();
    timers.push(setInterval(draw, 100));
  };
  return {
    work(said) {
      text = said;
      if (timers.length > 0) return;
      began = performance.now();
      const mine = ++working;
      timers = [setTimeout(() => void start(mine), patience)];
    },
    under(lines) {
      below = lines;
    },
    rest() {
      for (const timer of timers) clearInterval(timer);
      timers = [];
      spinner?.stop();
      spinner = undefined;
      below = () => [];
    },
  };
}

function options(setting: LiveSetting): OraOptions {
  return {
    // Only terminals are given to a live report (display.ts), and those have all that ora asks of a stream.
    stream: setting.stderr as unknown as NodeJS.WritableStream,
    isEnabled: true,
    // Enter while it works would push the line up, and go on unread at the next pause.
    discardStdin: setting.interactive,
    // Not `indent`: ora would leave the cursor there for what others write (9.4).
    prefixText: '  ',
    color: setting.colour ? 'cyan' : false,
    spinner: { interval: 80, frames: setting.unicode ? frames.unicode : frames.ascii },
  };
}

/** `starting container…                0.3 s`, then the lines under it. Nothing may wrap: ora counts lines. */
function frame(text: string, ms: number, below: readonly string[], columns: number): string {
  const room = columns - 3 - 2 - 1;
  const clock = seconds(ms);
  const head = cut(`${text}…`, Math.max(8, room - width(clock) - 2));
  const gap = Math.max(2, room - width(head) - width(clock));
  return [head + ' '.repeat(gap) + clock, ...below.map((line) => `     ${cut(line, room)}`)].join('\n');
}
