/** `--format json`: one event a line, first field `type`, nothing else on stdout. events/events.ts is its description. */
import { jsonText } from '../terminal/json-text.ts';
import { written } from '../terminal/sink.ts';
import { type Report, type ReportSetting } from './format.ts';

export function jsonReport({ stdout }: ReportSetting): Report {
  return {
    event({ type, ...rest }) {
      stdout.write(`${jsonText({ type, ...rest })}\n`);
    },
    end: () => written(stdout),
  };
}
