/** A report that is written once the run has ended: whatever came of it, one whole text. */
import { collector, type CollectedRun } from '../../events/collect.ts';
import { verdictOf, type Verdict } from '../../events/verdict/verdict.ts';
import { written } from '../../terminal/sink.ts';
import type { Report, ReportSetting } from '../format.ts';
import { shown } from './shown.ts';

export interface Drawn extends Pick<ReportSetting, 'machine'> {
  /** Cleaned and cut: it may be escaped and written. */
  readonly verdict: Verdict;
}

/** @param draw comes to all of the text */
export function drawnAtEnd({ stdout, machine }: ReportSetting, draw: (drawn: Drawn) => string): Report {
  let latest: CollectedRun = collector().run;
  let isWritten = false;
  return {
    event(_, soFar) {
      latest = soFar;
    },
    async end() {
      if (isWritten) return;
      isWritten = true;
      stdout.write(draw({ verdict: shown(verdictOf(latest)), ...(machine !== undefined && { machine }) }));
      await written(stdout);
    },
  };
}
