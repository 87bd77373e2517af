/** The screen as it grows: blocks of lines on stdout, what moves on stderr, and what the step at hand has brought so far. */
import type { CollectedRun } from '../../events/collect.ts';
import type { Event, RequestDone } from '../../events/events.ts';
import { buildsSoFar, type BuildsSoFar } from './build-layers.ts';
import { layerProgress, type Layers } from './pull-layers.ts';
import { fold } from '../../terminal/layout.ts';
import { spinnerLive, stillLive, type Live } from '../../terminal/spinner.ts';
import { outputLines, type OutputLines } from './output-lines.ts';
import { pageOn } from '../../terminal/page.ts';
import type { ReportSetting } from '../format.ts';
import type { Style } from '../../terminal/style.ts';

/** Lines of output shown as they come, and at the end of it; what lies between is left out. */
const shownLines = { head: 30, tail: 5 };

export interface Screen {
  readonly setting: ReportSetting;
  readonly style: Style;
  readonly live: Live;
  readonly output: OutputLines;
  readonly step: StepSoFar;
  readonly builds: BuildsSoFar;
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
}

/** What was left as it is, told once, as soon as there is a place for it. */
export function showKept({ step, style, show }: Screen): void {
  show(step.kept.splice(0).flatMap((text) => fold(text, style.columns, 3)));
}

export type Handlers<T extends Event['type']> = {
  readonly [K in T]: (event: Extract<Event, { type: K }>, soFar: CollectedRun) => void;
};

export function screenFor(setting: ReportSetting, style: Style): Screen {
  const page = pageOn(setting.stdout, setting.unicode);
  let latest: Event['type'] | undefined;
  return {
    setting,
    style,
    live: setting.live ? spinnerLive({ ...setting, columns: style.columns }) : stillLive(),
    output: setting.show.has('output') ? outputLines(Infinity, 0) : outputLines(shownLines.head, shownLines.tail),
    builds: buildsSoFar(style),
    step: { requests: [], shown: 0, kept: [], layers: layerProgress() },
    show(lines) {
      page.block(lines);
      if (lines.length > 0) latest = undefined;
    },
    join(type, lines) {
      if (lines.length === 0) return;
      if (latest === type) page.more(lines);
      else page.block(lines);
      latest = type;
    },
  };
}
