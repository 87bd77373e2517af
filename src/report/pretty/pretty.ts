/** The report for a person at a terminal. What an event does to the screen is in scenario.ts and command.ts. */
import type { CollectedRun } from '../../events/collect.ts';
import type { Event } from '../../events/events.ts';
import { apiLines } from './api-lines.ts';
import { cleanOutputLine } from '../../terminal/clean-text.ts';
import { paintFor, signsFor } from '../../terminal/paint.ts';
import { commandHandlers, outputLine } from './command.ts';
import { outputBreaker } from './output-lines.ts';
import { scenarioHandlers } from './scenario.ts';
import { written } from '../../terminal/sink.ts';
import type { LookBack, Report, ReportSetting } from '../format.ts';
import { screenFor, type Screen } from './screen.ts';
import { english } from '../../words/english.ts';

/** Longer lines are hard to read, however wide the window. */
const widest = 100;

export async function prettyReport(setting: ReportSetting): Promise<Report> {
  const screen = screenFor(setting, {
    get columns() {
      return Math.min(widest, setting.columns);
    },
    unicode: setting.unicode,
    paint: await paintFor(setting.colour),
    signs: signsFor(setting.unicode),
    words: setting.words ?? english,
  });
  const handlers = { ...scenarioHandlers(screen), ...commandHandlers(screen) };
  return {
    event(event, soFar) {
      (handlers[event.type] as (event: Event, soFar: CollectedRun) => void)(event, soFar);
    },
    async end() {
      screen.live.rest();
      await written(setting.stdout);
    },
    show(what) {
      screen.show(lookedBack(what, screen));
    },
  };
}

function lookedBack(what: LookBack, { step, style, pages }: Screen): readonly string[] {
  const { words } = style;
  switch (what) {
    case 'api': {
      const lines = step.requests.flatMap((request) => apiLines(request, style.columns, style.paint));
      return lines.length > 0 ? lines : [`   ${words.step.noCalls}`];
    }
    case 'output': {
      const text = step.printed.replace(/\n$/, '');
      if (text === '') return [`   ${words.step.nothingPrinted}`];
      const broken = outputBreaker(style);
      return text.split('\n').flatMap((line) => outputLine(cleanOutputLine(line), style, broken));
    }
    case 'back':
      return pages.back() ?? [` ${words.step.beginning}`];
  }
}
