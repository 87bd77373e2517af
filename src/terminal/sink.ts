/** What text is written to. */

/** Stdout, stderr or a file. */
export interface Sink {
  write(text: string, done?: (error?: Error | null) => void): unknown;
}

/** Resolves when what was written before is handed over; a closed reader (`| head`) is no reason to wait or to fail. */
export function written(sink: Sink): Promise<void> {
  return new Promise((resolve) => {
    sink.write('', () => {
      resolve();
    });
  });
}
