/** The report for a person at a terminal. What an event does to the screen is in scenario.ts and command.ts. */
import type { CollectedRun } from '../../events/collect.ts';
import type { Event } from '../../events/events.ts';
import { apiLines } from './api-lines.ts';
import { paintFor, signsFor } from '../../terminal/paint.ts';
import { commandHandlers } from './command.ts';
import { scenarioHandlers } from './scenario.ts';
import { written } from '../../terminal/sink.ts';
import { type Report, type ReportSetting } from '../format.ts';
import { screenFor } from './screen.ts';

/** Longer lines are hard to read, however wide the window. */
const widest = 100;

export async function prettyReport(setting: ReportSetting): Promise<Report> {
  const screen = screenFor(setting, {
    columns: Math.min(widest, setting.columns),
    unicode: setting.unicode,
    paint: await paintFor(setting.colour),
    signs: signsFor(setting.unicode),
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
    showApi() {
      const { requests } = screen.step;
      const lines = requests.flatMap((request) => apiLines(request, screen.style.columns, screen.style.paint));
      screen.show(lines.length > 0 ? lines : ['   This step made no API calls.']);
    },
  };
}
