/** One interface, a map from name to format, each format in its own file, loaded when it is asked for. */
import type { Event } from '../run/events.ts';

export interface Report {
  /** Called with every event, in order, one call at a time: await what it returns. */
  event(event: Event): void | Promise<void>;
  /** Clears what moves and waits until everything is written. Safe to call twice, and after an interruption. */
  end(): Promise<void>;
  /** The API calls of the latest step, for the key `a`. Only where there is somebody to press it. */
  showApi?(): void;
}

/** What a report writes to: stdout, stderr or a file. */
export interface Sink {
  write(text: string, done?: (error?: Error | null) => void): unknown;
}

export interface ReportSetting {
  /** Results. */
  readonly stdout: Sink;
  /** Progress, and only that. */
  readonly stderr: Sink;
  readonly colour: boolean;
  readonly unicode: boolean;
  readonly columns: number;
  /** Progress may be drawn on stderr and erased again. */
  readonly live: boolean;
  /** A person answers at pauses and questions. */
  readonly interactive: boolean;
  /** `api`: the REST requests of each command. `output`: program output in full. */
  readonly show: ReadonlySet<'api' | 'output'>;
}

export const reports = {
  pretty: async (setting: ReportSetting): Promise<Report> => (await import('./pretty.ts')).prettyReport(setting),
  plain: async (setting: ReportSetting): Promise<Report> => (await import('./plain.ts')).plainReport(setting),
  json: async (setting: ReportSetting): Promise<Report> => (await import('./json.ts')).jsonReport(setting),
};

export type Format = keyof typeof reports;

/** Resolves when what was written before is handed over; a closed reader (`| head`) is no reason to wait or to fail. */
export function written(sink: Sink): Promise<void> {
  return new Promise((resolve) => {
    sink.write('', () => {
      resolve();
    });
  });
}
