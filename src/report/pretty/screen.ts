/** The screen as it grows: blocks of lines on stdout, what moves on stderr, and what the step at hand has brought so far. */
import type { CollectedRun } from '../../events/collect.ts';
import type { Event, RequestDone } from '../../events/events.ts';
import { buildsSoFar, type BuildsSoFar } from './build-layers.ts';
import { layerProgress, type Layers } from './pull-layers.ts';
import { thingsSoFar, type ThingsSoFar } from './things-drawn.ts';
import type { Breaker } from '../../terminal/broken-lines.ts';
import { fold } from '../../terminal/layout.ts';
import { spinnerLive, stillLive, type Live } from '../../terminal/spinner.ts';
import { outputBreaker, outputLines, type OutputLines, type ShownLines } from './output-lines.ts';
import { pageOn } from '../../terminal/page.ts';
import type { ReportSetting, ToldStyle } from '../format.ts';

/** Lines of output shown as they come, and at the end of it; what lies between is left out. */
const shownLines: ShownLines = { head: 30, tail: 5 };

/** Fewer where somebody reads along: the command is still on the screen when its checks appear. */
export function shownLinesIn({ show, rows, interactive }: ReportSetting, beside: number): ShownLines {
  if (show.has('output')) return { head: Infinity, tail: 0 };
  if (!interactive || rows === undefined) return shownLines;
  const room = Math.max(6, rows - beside);
  const tail = Math.min(shownLines.tail, Math.floor(room / 3));
  // one line says how many are left out
  return { head: Math.min(shownLines.head, room - tail - 1), tail };
}

export interface Screen {
  readonly setting: ReportSetting;
  readonly style: ToldStyle;
  readonly live: Live;
  readonly output: OutputLines;
  readonly step: StepSoFar;
  readonly builds: BuildsSoFar;
  readonly things: ThingsSoFar;
  readonly pages: Pages;
  /** A block of its own. */
  readonly show: (lines: readonly string[]) => void;
  /** Joins the block before it where that came from the same kind of event. */
  readonly join: (type: Event['type'], lines: readonly string[]) => void;
}

export interface StepSoFar {
  requests: RequestDone[];
  /** How many of them were shown with their command. */
  shown: number;
  /** Sentences about what was left as it is. */
  kept: string[];
  layers: Layers;
  /** By its last command, at most a million characters. */
  printed: string;
  /** Its last command's output, on this screen. */
  broken: Breaker;
  /** How many checks follow its command. */
  checks: number;
  /** Its last command as it was shown, until its checks have begun. */
  command: readonly string[];
  /** How many lines are below that. */
  below: number;
}

/** What was left as it is, told once, as soon as there is a place for it. */
export function showKept({ step, style, show }: Screen): void {
  show(step.kept.splice(0).flatMap((text) => fold(text, style.columns, 3)));
}

export type Handlers<T extends Event['type']> = {
  readonly [K in T]: (event: Extract<Event, { type: K }>, soFar: CollectedRun) => void;
};

export function screenFor(setting: ReportSetting, style: ToldStyle): Screen {
  const page = pageOn(setting.stdout, setting.unicode);
  const pages = pagesSoFar();
  const step: StepSoFar = {
    requests: [],
    shown: 0,
    kept: [],
    layers: layerProgress(),
    printed: '',
    broken: outputBreaker(style),
    checks: 0,
    command: [],
    below: 0,
  };
  // looked back at where somebody is there; else what is long would be held for nobody
  const keep = (lines: readonly string[]): void => {
    step.below += lines.length;
    if (setting.interactive) pages.add(lines);
  };
  let latest: Event['type'] | undefined;
  return {
    setting,
    style,
    live: setting.live ? spinnerLive(setting, style) : stillLive(),
    output: outputLines(shownLinesIn(setting, 0), style.words),
    builds: buildsSoFar(style),
    things: thingsSoFar(),
    step,
    pages,
    show(lines) {
      keep(lines.length > 0 ? ['', ...lines] : lines);
      page.block(lines);
      if (lines.length > 0) latest = undefined;
    },
    join(type, lines) {
      if (lines.length === 0) return;
      keep(latest === type ? lines : ['', ...lines]);
      if (latest === type) page.more(lines);
      else page.block(lines);
      latest = type;
    },
  };
}

/** What each step has brought to the screen. */
export interface Pages {
  add(lines: readonly string[]): void;
  /** A new step begins. */
  turn(): void;
  /** The page before the one that was asked for last; undefined where there is none. */
  back(): readonly string[] | undefined;
}

function pagesSoFar(): Pages {
  const pages: string[][] = [[]];
  let looking = 0;
  return {
    add: (lines) => void pages.at(-1)?.push(...lines),
    turn() {
      pages.push([]);
      looking = pages.length - 1;
    },
    back() {
      looking -= 1;
      return pages[looking];
    },
  };
}
