/** What stands below docker's own output when a command was tried: what came, went and changed, and pictures of it. */
import { describeChanges } from '../../explain/changes.ts';
import { describeDoings } from '../../explain/doings.ts';
import { describeOpenPorts } from '../../explain/open-ports.ts';
import { listed } from '../../terminal/amounts.ts';
import { networkPicture, volumePicture } from '../../explain/pictures.ts';
import type { KeptThing } from '../../api/guard.ts';
import type { LeftThing } from '../../try/engines.ts';
import type { Picture } from '../../try/pictures.ts';
import type { CommandDone } from '../../try/try-command.ts';
import { asciiSigns, cleanLine } from '../../terminal/clean-text.ts';
import { describeFailure } from '../problem.ts';
import { fold } from '../../terminal/layout.ts';
import type { Style } from '../../terminal/style.ts';

/** Lines for stderr, each without its newline; none where there is nothing to say. */
export function triedLines(done: CommandDone, style: Style): string[] {
  const { columns, paint, unicode } = style;
  const said = [
    ...describeChanges(done.changes),
    ...describeOpenPorts(done.openPorts),
    ...describeDoings(done.doings),
    ...done.kept.map(keptSentence),
    ...pruneSentences(done),
    ...done.notes,
  ];
  const blocks = [
    said.flatMap((text) => fold(cleanLine(text), columns, 3)),
    ...done.pictures.map((picture) => pictureLines(picture, style)),
  ];
  const lines = blocks.filter((block) => block.length > 0).flatMap((block, i) => (i === 0 ? block : ['', ...block]));
  const dim = lines.map((line) => (line === '' ? '' : paint.dim(unicode ? line : asciiSigns(line))));
  const refusal = refusalLines(done, style);
  return dim.length > 0 && refusal.length > 0 ? [...dim, '', ...refusal] : [...dim, ...refusal];
}

function pictureLines(picture: Picture, { columns, unicode }: Style): string[] {
  const room = { columns: Math.min(80, columns) - 5, unicode };
  const lines = picture.of === 'network' ? networkPicture(picture.facts, room) : volumePicture(picture.facts, room);
  return lines.map((line) => `     ${cleanEnd(line)}`);
}

/** As cleanLine, the indentation kept. */
function cleanEnd(line: string): string {
  return line.slice(0, line.length - line.trimStart().length) + cleanLine(line);
}

function keptSentence({ kind, name, why }: KeptThing): string {
  // a name keeps its own spelling
  const what =
    kind === 'image' || kind === 'tag' ? name : kind === 'login' ? `The login at ${name}` : `The ${kind} ${name}`;
  const whose = {
    yours: 'was here before, and docker-tutor did not make it',
    'in-use-by-another-run': 'is in use by another run of docker-tutor',
    'not-made-here': 'was not made here',
  }[why];
  return `${what} ${whose}: it stays as it is.`;
}

/** docker's prune takes whatever nobody uses; ours only what is ours. */
function pruneSentences({ requests }: CommandDone): string[] {
  const pruned = requests.some(({ method, path }) => method === 'POST' && path.endsWith('/prune'));
  return pruned
    ? [
        'This prune took only what this session of docker-tutor has made. docker itself takes everything that is not in use.',
      ]
    : [];
}

/** What is wrong and how to mend it, where the cause has a name; docker's own words stand above. */
function refusalLines({ refusal }: CommandDone, { paint, columns, unicode }: Style): string[] {
  if (!refusal || !refusal.code.startsWith('E-') || refusal.code === 'E-ENGINE-ERROR') return [];
  return describeFailure(refusal, { paint, columns, unicode, evidence: false }).trimEnd().split('\n');
}

/** What a session leaves behind, and how it goes. */
export function leftLines(left: readonly LeftThing[], clean: string, { columns, paint }: Style): string[] {
  if (left.length === 0) return [];
  const kinds = [...new Set(left.map(({ kind }) => kind))];
  const things = kinds.map((kind) => {
    const names = left.filter((thing) => thing.kind === kind).map(({ name }) => cleanLine(name));
    return `${kind}${names.length === 1 ? '' : 's'} ${listed(names)}`;
  });
  const all = things.length > 1 ? `${things.slice(0, -1).join('; ')}; and ${things.at(-1) ?? ''}` : (things[0] ?? '');
  return fold(`Still here: ${all}. To remove what docker-tutor made: ${clean}`, columns, 3).map((line) =>
    paint.dim(line),
  );
}

/** What completion found, with the meaning of each beside it. */
export function candidateLines(
  candidates: readonly { readonly value: string; readonly means: string }[],
  { columns, paint, signs }: Style,
): string[] {
  const shown = candidates.slice(0, 60);
  const widest = Math.min(28, Math.max(0, ...shown.map(({ value }) => value.length)));
  const lines = shown.map(({ value, means }) => {
    const name = cleanLine(value);
    const room = columns - widest - 5;
    const text = cleanLine(means);
    const cut =
      text.length > room ? `${text.slice(0, Math.max(0, room - signs.ellipsis.length))}${signs.ellipsis}` : text;
    return `  ${paint.code(name)}${' '.repeat(Math.max(2, widest + 2 - name.length))}${paint.dim(cut)}`;
  });
  const more = candidates.length - shown.length;
  return more > 0 ? [...lines, paint.dim(`  and ${String(more)} more: type another letter`)] : lines;
}
