/** Draws an Explanation: the command once, a line from each part to its meaning, then what it becomes and what to mind. */
import { width } from '../../terminal/width.ts';
import type { ExplainedPart } from '../../explain/parts.ts';
import type { ExplainedRequest, Explanation } from '../../explain/explanation.ts';
import type { Need } from '../../explain/needs.ts';
import { compactBody } from '../pretty/api-lines.ts';
import { asciiSigns, cleanLine, cleanText } from '../../terminal/clean-text.ts';
import { fold, labelled } from '../../terminal/layout.ts';
import type { Style } from '../../terminal/style.ts';

/** Least room for a meaning beside its line; under that, parts are listed instead of drawn. */
const leastRoom = 28;
/** Longest name of a part that is drawn. */
const longestLabel = 16;

/** Lines, each without its newline. */
export function explanationLines(explanation: Explanation, style: Style): string[] {
  const shown = explanation.parts.filter(({ kind }) => kind !== 'program');
  const lines = [
    ...partLines(explanation.command, shown, style),
    ...requestLines(explanation.requests, style),
    ...needLines(explanation.needs, style),
    ...warningLines(explanation.warnings, style),
  ];
  return style.unicode ? lines : lines.map(asciiSigns);
}

function partLines(command: string, parts: readonly ExplainedPart[], style: Style): string[] {
  const drawn = isDrawable(command, parts, style);
  const head = cleanText(command)
    .split('\n')
    .flatMap((line) => fold(line, style.columns, 1, 2))
    .map((line) => style.paint.bold(line));
  return [...head, ...(drawn ? drawnParts(parts, style) : ['', ...listedParts(parts, style)])];
}

/** One line that fits, parts that do not lie within each other, and room beside the rightmost. */
function isDrawable(command: string, parts: readonly ExplainedPart[], { columns }: Style): boolean {
  const last = Math.max(0, ...parts.map(({ start }) => start));
  const short = parts.every((part) => labelOf(part).length <= longestLabel);
  const apart = parts.every((part, i) => i === 0 || part.start > (parts[i - 1]?.start ?? 0));
  const plain = width(command) === command.length && cleanLine(command) === command && !command.includes('\n');
  return (
    plain &&
    apart &&
    short &&
    parts.length > 0 &&
    width(command) + 1 <= columns &&
    last + 1 + labelWidth(parts) + leastRoom <= columns
  );
}

/** From the right: each part's line runs down from where it stands, past the meanings of those to its right. */
function drawnParts(parts: readonly ExplainedPart[], { columns, paint, unicode }: Style): string[] {
  const widest = labelWidth(parts);
  const [rail, corner] = unicode ? ['│', '└'] : ['|', '`'];
  return [...parts].reverse().flatMap((part, back) => {
    const left = parts.slice(0, parts.length - 1 - back);
    const rails = railsOf(left, rail);
    const at = part.start + 1;
    const lead = `${rails.padEnd(at)}${corner} `;
    const folded = fold(cleanLine(part.means), columns, at + 2 + widest);
    const hang = (i: number): string =>
      i === 0 ? paint.dim(lead) + labelOf(part).padEnd(widest) : paint.dim(rails.padEnd(at + 2 + widest));
    return folded.map((line, i) => hang(i) + line.trimStart());
  });
}

function railsOf(parts: readonly ExplainedPart[], rail: string): string {
  let rails = '';
  for (const { start } of parts) rails = `${rails.padEnd(start + 1)}${rail}`;
  return rails;
}

/** Two columns where the part is short, else the meaning on lines of its own. */
function listedParts(parts: readonly ExplainedPart[], { columns, paint }: Style): string[] {
  const beside =
    Math.min(24, Math.floor(columns * 0.4), Math.max(0, ...parts.map((part) => width(writtenAs(part))))) + 2;
  return parts.flatMap((part) => {
    const written = writtenAs(part);
    const means = cleanLine(part.means);
    if (width(written) + 2 <= beside)
      return labelled(written, means, { indent: 3, label: beside, columns }).map((line, i) =>
        i === 0 ? line.replace(written, () => paint.code(written)) : line,
      );
    return [...fold(written, columns, 3, 2).map((line) => paint.code(line)), ...fold(means, columns, 3 + beside)];
  });
}

/** The part as it stands in the line; a letter of a cluster gets its dash. */
function writtenAs({ kind, text, name }: ExplainedPart): string {
  return cleanLine(kind === 'flag' && /^[A-Za-z]$/.test(text) ? `-${text}` : text === '' ? name : text);
}

/** `-p`, `image`, `run`: what the part is called beside its meaning. */
function labelOf(part: ExplainedPart): string {
  const { kind, name } = part;
  if (kind === 'operand') return cleanLine(name).toLowerCase();
  if (kind !== 'flag') return cleanLine(kind === 'shell' ? name : writtenAs(part));
  const written = writtenAs(part);
  return written.startsWith('--') ? (written.split(/[=\s]/)[0] ?? written) : written.slice(0, 2);
}

function labelWidth(parts: readonly ExplainedPart[]): number {
  return Math.max(0, ...parts.map((part) => labelOf(part).length)) + 2;
}

function requestLines(requests: readonly ExplainedRequest[], style: Style): string[] {
  if (requests.length === 0) return [];
  const lines = requests.flatMap((request) => requestText(request, style));
  return ['', style.paint.dim(' Becomes'), ...lines];
}

function requestText({ method, path, query, body }: ExplainedRequest, { columns, paint }: Style): string[] {
  const asked = Object.entries(query)
    .map(([key, value]) => `${key}=${value}`)
    .join('&');
  const first = fold(cleanLine(`${method} ${path}${asked === '' ? '' : `?${asked}`}`), columns, 3, 2);
  const rest = body === null ? [] : fold(cleanLine(compactBody(body)), columns, 8, 2).map((line) => paint.dim(line));
  return [...first, ...rest];
}

/** `Needs  image nginx:latest, here or pulled…`, a line each. */
export function needLines(needs: readonly Need[], { columns }: Style): string[] {
  if (needs.length === 0) return [];
  return [
    '',
    ...needs.flatMap(({ kind, name, means }, i) =>
      labelled(i === 0 ? 'Needs' : '', cleanLine(needText(kind, name, means)), { indent: 1, label: 7, columns }),
    ),
  ];
}

/** The kind is left out where the name says it. */
function needText(kind: Need['kind'], name: string, means: string): string {
  const plain = kind === 'swarm' || kind === 'permission' || name === kind;
  return kind === 'swarm' ? `${name} ${means}` : `${plain ? '' : `${kind} `}${name}, ${means}`;
}

export function warningLines(warnings: readonly string[], { columns, paint }: Style): string[] {
  if (warnings.length === 0) return [];
  return [
    '',
    ...warnings.flatMap((text) =>
      labelled('Mind', cleanLine(text), { indent: 1, label: 7, columns }).map((line, i) =>
        i === 0 ? paint.warn(line) : line,
      ),
    ),
  ];
}
