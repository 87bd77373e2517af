/** What a report is: it is given every event, and draws what it will. */
import type { CollectedRun } from '../events/collect.ts';
import type { Event } from '../events/events.ts';
import type { Sink } from '../terminal/sink.ts';
import type { Style } from '../terminal/style.ts';
import type { Words } from '../words/english.ts';

export interface Report {
  /**
   * Called with every event, in order, one call at a time: await what it returns.
   * @param soFar the run up to this event, and with it
   */
  event(event: Event, soFar: CollectedRun): void | Promise<void>;
  /** Clears what moves and waits until everything is written. Safe to call twice, and after an interruption. */
  end(): Promise<void>;
  /** What a learner may look at again. Only where there is somebody to ask for it. */
  show?(what: LookBack): void;
}

/** `api`: the API calls of the latest step. `output`: all that its last command printed. `back`: the step before, once more; asked again, the one before that. */
export type LookBack = 'api' | 'output' | 'back';

/** Of what is told in a lesson. */
export interface ToldStyle extends Style {
  readonly words: Words;
}

export interface ReportSetting {
  /** Results. */
  readonly stdout: Sink;
  /** Progress, and only that. */
  readonly stderr: Sink;
  readonly colour: boolean;
  readonly unicode: boolean;
  readonly columns: number;
  /** Height of the window; absent where it has none. */
  readonly rows?: number | undefined;
  /** Progress may be drawn on stderr and erased again. */
  readonly live: boolean;
  /** The program's own words, as far as what is told is for people at a terminal. Absent: English. */
  readonly words?: Words;
  /** Name of the machine that the run is on; absent where it is of no matter. */
  readonly machine?: string;
  /** File that a summary of the run is added to, where a CI service shows one. */
  readonly stepSummary?: string | undefined;
  /** A person answers at pauses and questions. */
  readonly interactive: boolean;
  /** What ended the run as a whole is said on stderr by the program itself: words for a person need not repeat it. */
  readonly endSaid: boolean;
  /** `api`: the REST requests of each command. `output`: program output in full. */
  readonly show: ReadonlySet<'api' | 'output'>;
}
