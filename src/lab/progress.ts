/** What the lab tells while it works. report/answers/lab.ts draws it; nothing here prints. */
import { stopwatch } from '../stopwatch.ts';

export type LabPhase = 'install' | 'registry' | 'engine' | 'images' | 'stop' | 'purge';

export interface LabProgress {
  readonly phase: LabPhase;
  readonly state: 'started' | 'detail' | 'done' | 'failed';
  readonly detail: string;
  /** With `done` and `failed`. */
  readonly ms?: number;
}

export type LabReport = (progress: LabProgress) => void;

/** Runs one phase between its `started` and its `done` or `failed`. `work` may tell details. */
export async function phase<T>(
  report: LabReport | undefined,
  name: LabPhase,
  detail: string,
  work: (tell: (detail: string) => void) => Promise<T>,
): Promise<T> {
  const elapsed = stopwatch();
  const tell = (state: LabProgress['state'], what: string): void => report?.({ phase: name, state, detail: what });
  const end = (state: LabProgress['state']): void => report?.({ phase: name, state, detail, ms: elapsed() });
  tell('started', detail);
  try {
    const result = await work((more) => tell('detail', more));
    end('done');
    return result;
  } catch (error) {
    end('failed');
    throw error;
  }
}
