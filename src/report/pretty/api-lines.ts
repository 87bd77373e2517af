/** The REST requests of a command, compact. What is empty, false or zero is left out here; `--format json` has it all. */
import { pad, width } from '../../terminal/width.ts';
import type { Json } from '../../api/request.ts';
import type { RequestDone } from '../../events/events.ts';
import { cleanLine } from '../../terminal/clean-text.ts';
import { fold } from '../../terminal/layout.ts';
import type { Paint } from '../../terminal/paint.ts';
import { briefId } from '../../short-id.ts';

export function apiLines(request: RequestDone, columns: number, paint: Paint): string[] {
  const indent = 3;
  const lead = `${pad(request.method, 6)} `;
  const answer = `${String(request.status)}  ${String(Math.round(request.ms))} ms`;
  const target = fold(lead + requestTarget(request), columns, indent, lead.length);
  const last = target.pop() ?? '';
  const column = Math.max(width(last) + 2, Math.floor(columns * 0.6));
  const fits = column + width(answer) <= columns;
  const first = fits
    ? [...target, pad(last, column) + answer]
    : [...target, last, ' '.repeat(indent + lead.length) + answer];
  const body = request.body === undefined ? '' : compactBody(request.body);
  return [...first, ...(body === '' ? [] : fold(body, columns, indent + 5, 2).map((line) => paint.dim(line)))];
}

/** `/containers/3f2a9c1…/start?t=10`: without version, long ids short, values as they are read. */
export function requestTarget(request: RequestDone): string {
  const path = request.path.replace(/(?:sha256:)?[0-9a-f]{64}/g, (id) => `${briefId(id)}…`);
  const query = Object.entries(request.query ?? {})
    .map(([key, value]) => `${key}=${value}`)
    .join('&');
  return cleanLine(query === '' ? path : `${path}?${query}`);
}

/** `{ Image: busybox, Cmd: [httpd -f], HostConfig: { NetworkMode: youtube } }`; '' where nothing is said. */
export function compactBody(value: Json | undefined): string {
  if (value === undefined || value === null || value === '' || value === false || value === 0) return '';
  if (typeof value === 'object') {
    if (isList(value)) {
      const items = value.map((item) => compactBody(item)).filter((item) => item !== '');
      return items.length === 0 ? '' : `[${items.join(value.some((item) => typeof item === 'object') ? ', ' : ' ')}]`;
    }
    const fields = Object.entries(value).map(([key, field]) => [cleanLine(key), compactBody(field)] as const);
    // ExposedPorts and Volumes are sets: the key is all they say.
    const said = fields.filter(([key, text]) => text !== '' || isSetEntry(key, value[key]));
    if (said.length === 0) return '';
    return `{ ${said.map(([key, text]) => (text === '' ? key : `${key}: ${text}`)).join(', ')} }`;
  }
  return cleanLine(String(value));
}

/** `80/tcp: {}`, `/data: {}` */
function isSetEntry(key: string, value: Json | undefined): boolean {
  return (
    /^[\d/]/.test(key) &&
    typeof value === 'object' &&
    value !== null &&
    !isList(value) &&
    Object.keys(value).length === 0
  );
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
