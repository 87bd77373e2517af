/** `logs`: what a container has logged. */
import type { LogsFields } from '../../scenario/expectation.ts';
import { amountWords, matchesAmount } from '../facets/amount.ts';
import { seek } from '../../engine/ask.ts';
import type { ContainerSeen } from '../facets/container.ts';
import { logTail } from '../ask/log-text.ts';
import type { KindOfCheck } from '../look.ts';
import { propertyOf } from '../property.ts';
import { countLines } from './output.ts';
import { absence, evidence, matchesText, quoted, textWords } from '../facets/text-match.ts';

export const logs: KindOfCheck<LogsFields> = {
  judges: 'engine',
  acts: false,
  names: ({ container }) => [{ field: 'container', kind: 'container', name: container, made: true }],
  asks: () => [],
  claim: (fields) => `the log of ${fields.container} ${wordsOf(fields)}`,
  expected: wordsOf,
  property: (fields) => propertyOf(fields, ['container'], 'text'),
  async look(fields, context) {
    const sought = await seek(context.ask, `/containers/${encodeURIComponent(fields.container)}/json`);
    if (sought.is === 'not there') return { holds: false, observed: `no container ${fields.container}` };
    const { Id, Config } = sought.thing as ContainerSeen;
    const text = await logTail(Id, Config?.Tty === true, context, 'all');
    const lines = countLines(text);
    const holds = matchesText(text, fields) && (fields.lines === undefined || matchesAmount(lines, fields.lines));
    const said = holds ? evidence(text, fields) : quoted(text);
    return { holds, observed: fields.lines === undefined ? said : `lines: ${lines}, ${said}`, absent: absence(text) };
  },
};

function wordsOf(fields: LogsFields): string {
  const lines =
    fields.lines === undefined
      ? undefined
      : `has ${amountWords(fields.lines)} ${fields.lines === 1 ? 'line' : 'lines'}`;
  return [textWords(fields), lines].filter((part) => part !== undefined).join(' and ') || 'can be read';
}
