/** docker events: a line for each thing that happens on the engine, until --until or an interrupt. */
import type { Command } from '../../command/command.ts';
import type { systemEvents } from '../../command/tables/system.ts';
import { drain, open, request } from '../ask.ts';
import { Stopped } from '../effects.ts';
import type { Json } from '../../api/request.ts';
import type { Clock, Plan, PlanContext } from '../effects.ts';
import { filtersQuery } from '../filters.ts';
import { compactJson, readJson } from '../../gotemplate/go-json.ts';
import { isMap, printed, sortedKeys } from '../../gotemplate/go-value.ts';
import type { GoMap, GoStruct, GoValue } from '../../gotemplate/go-value.ts';
import { localTime } from '../output/human.ts';
import { TemplateError } from '../../gotemplate/template-error.ts';
import { render } from '../../gotemplate/render.ts';
import type { Zone } from '../../time-zone.ts';
import { pointInTime } from '../points-in-time.ts';
import { formatTemplate } from '../output/format-template.ts';

export function* showEvents({ flags }: Command<(typeof systemEvents)['flags']>, context: PlanContext): Plan {
  const line = lineWriter(flags.format, context.zone);
  const query = {
    since: point(flags.since, context, 'since'),
    until: point(flags.until, context, 'until'),
    filters: filtersQuery(flags.filter ?? []),
  };
  const events = yield* open(request('GET', '/events', { query }), { kind: 'lines', text: true, line });
  yield* drain(events);
  return 0;
}

/** Events words its errors without naming the flag. */
function point(value: string | undefined, clock: Clock, flag: 'since' | 'until'): string | undefined {
  try {
    return pointInTime(value, clock, flag);
  } catch (error) {
    throw error instanceof Stopped ? new Stopped(error.message.replace(/^invalid value for "\w+": /, '')) : error;
  }
}

/** @returns what puts an event's JSON text into words */
function lineWriter(format: string | undefined, zone: Zone): (text: Json) => string {
  if (format === undefined || format === '') return (text) => plainLine(lineOf(text), zone);
  if (format === 'json') return (text) => `${compactJson(lineOf(text))}\n`;
  return orStopped(() => {
    const template = formatTemplate(format);
    const line = (text: Json): string => `${orStopped(() => render(template, eventStruct(lineOf(text))))}\n`;
    // docker tries the template before it asks
    line('{}');
    return line;
  });
}

/** A line of the stream, which is asked for as text. */
function lineOf(text: Json): string {
  return typeof text === 'string' ? text : JSON.stringify(text);
}

function orStopped<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw error instanceof TemplateError ? new Stopped(`Error parsing format: ${error.message}`, badFormat) : error;
  }
}

/** Docker's exit code for it. */
const badFormat = 64;

function plainLine(text: string, zone: Zone): string {
  const event = mapIn(readJson(text));
  const actor = mapIn(event.get('Actor'));
  const attributes = mapIn(actor.get('Attributes'));
  const noted = sortedKeys(attributes).map((key) => `${key}=${printed(attributes.get(key))}`);
  const what = `${printed(event.get('Type'))} ${printed(event.get('Action'))} ${printed(actor.get('ID'))}`;
  return `${timeOf(event, zone)}${what}${noted.length > 0 ? ` (${noted.join(', ')})` : ''}\n`;
}

/** With all nine digits of the nanoseconds, which a JavaScript number would not hold. */
function timeOf(event: GoMap, zone: Zone): string {
  const nanoseconds = BigInt(textOf(event.get('timeNano'))) || BigInt(textOf(event.get('time'))) * 1_000_000_000n;
  if (nanoseconds === 0n) return '';
  const time = localTime(Number(nanoseconds / 1_000_000_000n), zone);
  const fraction = String(nanoseconds % 1_000_000_000n).padStart(9, '0');
  return `${time.slice(0, 19)}.${fraction}${time.slice(19)} `;
}

function textOf(value: GoValue): string {
  return typeof value === 'bigint' || typeof value === 'number' ? String(value) : '0';
}

/** events.Message as templates see it. */
function eventStruct(text: string): GoStruct {
  const event = mapIn(readJson(text));
  const actor = mapIn(event.get('Actor'));
  const read = (key: string): GoValue => event.get(key) ?? '';
  const fields: readonly (readonly [string, GoValue])[] = [
    ['Status', read('status')],
    ['ID', read('id')],
    ['From', read('from')],
    ['Type', read('Type')],
    ['Action', read('Action')],
    [
      'Actor',
      {
        type: 'events.Actor',
        source: actor,
        fields: new Map<string, GoValue>([
          ['ID', actor.get('ID') ?? ''],
          ['Attributes', mapIn(actor.get('Attributes'))],
        ]),
      },
    ],
    ['Scope', read('scope')],
    ['Time', event.get('time') ?? 0],
    ['TimeNano', event.get('timeNano') ?? 0],
  ];
  return { type: '*events.Message', fields: new Map(fields), source: event };
}

function mapIn(value: GoValue): GoMap {
  return isMap(value) ? value : new Map<string, GoValue>();
}
