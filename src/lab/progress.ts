/** What the lab tells while it works. report/lab.ts draws it; nothing here prints. */
export type LabPhase = 'wait' | 'install' | 'registry' | 'engine' | 'images' | 'stop' | 'purge';

export interface LabProgress {
  readonly phase: LabPhase;
  readonly state: 'started' | 'detail' | 'done';
  readonly detail: string;
  /** With `done`. */
  readonly ms?: number;
}

export type LabReport = (progress: LabProgress) => void;

/** Runs one phase between its `started` and its `done`. `work` may tell details. */
export async function phase<T>(
  report: LabReport | undefined,
  name: LabPhase,
  detail: string,
  work: (tell: (detail: string) => void) => Promise<T>,
): Promise<T> {
  const start = performance.now();
  report?.({ phase: name, state: 'started', detail });
  const result = await work((more) => report?.({ phase: name, state: 'detail', detail: more }));
  report?.({ phase: name, state: 'done', detail, ms: Math.round(performance.now() - start) });
  return result;
}
