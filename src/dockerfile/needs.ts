import { readDockerfile, type Instruction } from './read.ts';

/**
 * What in a Dockerfile only BuildKit understands. The engine's classic builder shows each layer and is used wherever it
 * can; BuildKit without a session does the rest, but for secrets and ssh, which a session hands over.
 */
export interface DockerfileNeeds {
  /** What `# syntax=` names. */
  readonly syntax?: string;
  /** As written, the first of each kind: `RUN --mount=type=cache`. */
  readonly buildkit: readonly string[];
  /** Those that need a session. */
  readonly session: readonly string[];
}

/** @param text of the Dockerfile. Lenient: what cannot be read the engine will complain of. */
export function needsOf(text: string): DockerfileNeeds {
  const { directives, instructions } = readDockerfile(text);
  const syntax = directives.find(({ name }) => name === 'syntax')?.value;
  const found = instructions.flatMap(needsIn);
  return {
    ...(syntax !== undefined && { syntax }),
    buildkit: [...new Set(found.map(({ written }) => written))],
    session: [...new Set(found.filter(({ session }) => session).map(({ written }) => written))],
  };
}

/** Lines before the first instruction: there BuildKit looks, also behind `#!`, and for `//` in the place of `#`. */
const head = /^\uFEFF?(?:[^\S\n]*(?:(?:#|\/\/)[^\n]*)?(?:\n|$))*/;

/** In the place of a line that is left out; a Dockerfile has none. */
const gap = '\u0000';
const gapBeforeDirective = new RegExp(
  `^${gap}\\n([^\\S\\n]*(?:#|//)[^\\S\\n]*[a-z][a-z0-9]*[^\\S\\n]*=[^\\n]*)$`,
  'im',
);

/**
 * Without its `# syntax=`, for an engine that would fetch what it names, and have that read the Dockerfile. A comment in
 * its place would end the directives, so it comes behind them: each instruction stays on its line.
 */
export function withoutSyntax(text: string): string {
  const [above = ''] = head.exec(text) ?? [];
  let plain = above.replace(/^[^\S\n]*(?:#|\/\/)[^\S\n]*syntax[^\S\n]*=[^\n]*/gim, gap);
  // there are three directives, each of which comes once
  for (let moved = 0; moved < 8 && gapBeforeDirective.test(plain); moved += 1)
    plain = plain.replace(gapBeforeDirective, `$1\n${gap}`);
  return plain.replaceAll(gap, '#') + text.slice(above.length);
}

interface Need {
  readonly written: string;
  readonly session: boolean;
}

const flags: Readonly<Record<string, ReadonlySet<string>>> = {
  RUN: new Set(['mount', 'network', 'security', 'device']),
  COPY: new Set(['link', 'chmod', 'parents', 'exclude']),
  ADD: new Set(['link', 'chmod', 'checksum', 'keep-git-dir', 'exclude', 'unpack']),
};

function needsIn({ word, flags: given, documents, onbuild, rest }: Instruction): readonly Need[] {
  const needs = [
    ...given
      .filter(({ name }) => flags[word]?.has(name))
      .map(({ name, value }) =>
        name === 'mount' ? mountNeed(value) : { written: `${word} --${name}`, session: false },
      ),
    ...platformNeeds(word, given, rest),
  ];
  const whole = onbuild ? `${word} ${onbuild.word}` : word;
  return documents.length > 0 ? [...needs, { written: `${whole} <<`, session: false }] : needs;
}

/** Arguments that BuildKit knows without being told; the classic builder takes them for empty. */
const ofPlatform = /^(?:BUILD|TARGET)(?:PLATFORM|OS|ARCH|VARIANT)$/;

function platformNeeds(word: string, given: Instruction['flags'], rest: string): readonly Need[] {
  if (word === 'FROM')
    return given
      .filter(
        ({ name, value }) => name === 'platform' && /\$\{?(?:BUILD|TARGET)(?:PLATFORM|OS|ARCH|VARIANT)\b/.test(value),
      )
      .map(({ value }) => ({ written: `FROM --platform=${value}`, session: false }));
  if (word !== 'ARG') return [];
  return rest
    .split(/\s+/)
    .filter((name) => ofPlatform.test(name))
    .map((name) => ({ written: `ARG ${name}`, session: false }));
}

function mountNeed(value: string): Need {
  const type = /(?:^|,)type=(\w+)/.exec(value)?.[1];
  return {
    written: `RUN --mount${type === undefined ? '' : `=type=${type}`}`,
    session: type === 'secret' || type === 'ssh',
  };
}
