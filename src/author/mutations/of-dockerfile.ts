/** A Dockerfile done wrong in one place: an instruction left out, or two that stand the other way round. Pure. */
import { readDockerfile, type Instruction } from '../../dockerfile/read.ts';

export interface ChangedText {
  readonly change: string;
  readonly text: string;
}

/** They are written into the image's settings, and may stand anywhere below FROM. */
const settings: ReadonlySet<string> = new Set([
  ...['CMD', 'ENTRYPOINT', 'EXPOSE', 'HEALTHCHECK', 'LABEL', 'MAINTAINER', 'STOPSIGNAL'],
]);

/** @param before the file as it was: then only the instructions that are new in it are done wrong */
export function changedDockerfiles(text: string, before = ''): readonly ChangedText[] {
  const { instructions } = readDockerfile(text);
  const written = instructions.map(({ start, end }) => text.slice(start, end));
  const old = new Set(readDockerfile(before).instructions.map(({ start, end }) => before.slice(start, end)));
  return instructions.flatMap((instruction, at) => {
    if (old.has(written[at] ?? '')) return [];
    const { start, end } = instruction;
    const after = instructions[at + 1];
    const line = firstLine(written[at] ?? '');
    return [
      { change: `without ${line}`, text: text.slice(0, start) + text.slice(end).replace(/^\r?\n/, '') },
      ...(after && mindsOrder(instruction, after)
        ? [
            {
              change: `${line} after ${firstLine(written[at + 1] ?? '')}`,
              text:
                text.slice(0, start) +
                (written[at + 1] ?? '') +
                text.slice(end, after.start) +
                (written[at] ?? '') +
                text.slice(after.end),
            },
          ]
        : []),
    ];
  });
}

function mindsOrder(one: Instruction, next: Instruction): boolean {
  if (one.word === 'FROM' || next.word === 'FROM') return true;
  return !settings.has(one.word) && !settings.has(next.word);
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0]?.trim() ?? '';
}
