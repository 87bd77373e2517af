/** The report for a person at a terminal. What an event does to the screen is in pretty-scenario.ts and pretty-command.ts. */
import type { Event } from '../run/events.ts';
import { apiLines } from './api-lines.ts';
import { paintFor, signsFor } from './paint.ts';
import { commandHandlers } from './pretty-command.ts';
import { scenarioHandlers } from './pretty-scenario.ts';
import { written, type Report, type ReportSetting } from './report.ts';
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
    event(event) {
      (handlers[event.type] as (event: Event) => void)(event);
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
