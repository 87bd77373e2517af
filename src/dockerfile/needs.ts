import { instructionLines } from './lines.ts';

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
  const syntax = syntaxOf(text);
  const found = instructionLines(text).flatMap(needsIn);
  return {
    ...(syntax !== undefined && { syntax }),
    buildkit: [...new Set(found.map(({ written }) => written))],
    session: [...new Set(found.filter(({ session }) => session).map(({ written }) => written))],
  };
}

/** Parser directives stand before everything else. */
function syntaxOf(text: string): string | undefined {
  for (const line of text.replace(/^\uFEFF/, '').split(/\r?\n/)) {
    const directive = /^#\s*(\w+)\s*=\s*(.+?)\s*$/.exec(line.trim());
    if (!directive) return undefined;
    if (directive[1]?.toLowerCase() === 'syntax') return directive[2];
  }
  return undefined;
}

interface Need {
  readonly written: string;
  readonly session: boolean;
}

const flags: Readonly<Record<string, RegExp>> = {
  RUN: /^--(?:mount|network|security|device)(?:=|$)/,
  COPY: /^--(?:link|chmod|parents|exclude)(?:=|$)/,
  ADD: /^--(?:link|chmod|checksum|keep-git-dir|exclude|unpack)(?:=|$)/,
};

function needsIn(instruction: string): readonly Need[] {
  const [word = '', ...words] = instruction.split(/\s+/);
  const name = word.toUpperCase();
  const wanted = flags[name];
  if (!wanted) return [];
  const given = words.slice(
    0,
    words.findIndex((each) => !each.startsWith('--')),
  );
  const needs = given.filter((each) => wanted.test(each)).map((each) => needOf(name, each));
  const heredoc = /<<-?["']?\w/.test(instruction);
  return heredoc ? [...needs, { written: `${name} <<`, session: false }] : needs;
}

function needOf(name: string, written: string): Need {
  const type = /^--mount=(?:.*,)?type=(\w+)/.exec(written)?.[1];
  if (type !== undefined)
    return { written: `${name} --mount=type=${type}`, session: type === 'secret' || type === 'ssh' };
  return { written: `${name} ${written.split('=')[0] ?? ''}`, session: false };
}
