/** `--format json`: one event a line, first field `type`, nothing else on stdout. events.ts is its description. */
import type { Event } from '../events.ts';
import { written } from '../terminal/sink.ts';
import { type Report, type ReportSetting } from './format.ts';

export function jsonReport({ stdout }: ReportSetting): Report {
  return {
    event(event) {
      stdout.write(`${jsonLine(event)}\n`);
    },
    end: () => written(stdout),
  };
}

// JSON leaves DEL, C1 and overrides of direction as they are; written as \u… the value is the same and no terminal acts on it.

const unescaped = /[\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g;

export function jsonLine(event: Event): string {
  const { type, ...rest } = event;
  return JSON.stringify({ type, ...rest }).replace(
    unescaped,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
