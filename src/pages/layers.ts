/** What a build makes, read from its Dockerfile: the base, and each instruction of the last stage. Pure. */
import { outlineOf, type Stage } from '../dockerfile/outline.ts';
import type { Explanation } from '../explain/explanation.ts';
import { familiar } from '../image-name.ts';

export interface Layers {
  readonly dockerfile: string;
  /** `python:3.9-slim`, `scratch`; '' where it stands on an earlier stage. */
  readonly base: string;
  /** From the first on. */
  readonly instructions: readonly {
    readonly text: string;
    /** It adds files; the others are settings of the image. */
    readonly hasFiles: boolean;
  }[];
}

const withFiles: ReadonlySet<string> = new Set(['RUN', 'COPY', 'ADD', 'WORKDIR']);

/** @returns undefined where the command builds nothing, or its Dockerfile is not known */
export function layersOf(
  { parts, needs }: Explanation,
  read: (path: string) => string | undefined,
): Layers | undefined {
  if (!parts.some(({ kind, name }) => kind === 'command' && /^(?:image )?build$/.test(name))) return undefined;
  const dockerfile = needs.find(({ kind, name }) => kind === 'file' && /dockerfile/i.test(name))?.name ?? '';
  const stage = outlineOf(read(dockerfile) ?? '').at(-1);
  if (stage === undefined) return undefined;
  return {
    dockerfile,
    base: baseOf(stage),
    instructions: stage.instructions.map(({ word, rest }) => ({
      text: `${word} ${rest.replace(/\s+/g, ' ')}`,
      hasFiles: withFiles.has(word),
    })),
  };
}

function baseOf({ base, unclear, inherited }: Stage): string {
  if (base !== undefined) return familiar(base);
  return unclear[0] ?? (inherited > 0 ? '' : 'scratch');
}
