/** Several reports of one run. Each event is added to what is known so far, once, and then told to every report. */
import { collector } from '../events/collect.ts';
import type { Event } from '../events/events.ts';
import type { Report } from './format.ts';

export interface NamedReport {
  /** As the command line names it: `json=run.json`. */
  readonly name: string;
  readonly report: Report;
}

export interface FailedReport {
  readonly name: string;
  readonly error: unknown;
}

export interface FanOut {
  event(event: Event): Promise<void>;
  /** @returns the reports that broke off: each is told nothing more from then on, and the others go on */
  end(): Promise<readonly FailedReport[]>;
}

export function fanOut(reports: readonly NamedReport[]): FanOut {
  const { add, run } = collector();
  const failed: FailedReport[] = [];
  let going = reports;
  const eachDoes = async (work: (report: Report) => void | Promise<void>): Promise<void> => {
    await Promise.all(
      going.map(async (one) => {
        try {
          await work(one.report);
        } catch (error) {
          failed.push({ name: one.name, error });
          going = going.filter((other) => other !== one);
        }
      }),
    );
  };
  return {
    async event(event) {
      add(event);
      await eachDoes((report) => report.event(event, run));
    },
    async end() {
      await eachDoes((report) => report.end());
      return failed;
    },
  };
}
