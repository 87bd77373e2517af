/**
 * The outline of a Dockerfile: which images it starts from, and the instructions of each stage. Pure, and lenient:
 * what it cannot read it leaves out, because the engine is the one to complain.
 */
import { instructionLines } from './lines.ts';
import { canonical } from '../image-name.ts';

export interface Stage {
  /** Canonical name of the image it starts from; undefined for scratch and for an earlier stage. */
  readonly base?: string;
  /** Those of an earlier stage that it starts from come first, and count in `inherited`. */
  readonly instructions: readonly Instruction[];
  readonly inherited: number;
}

interface Instruction {
  readonly word: string;
  readonly rest: string;
}

type Written = Stage & { readonly instructions: Instruction[] };

/** @param args --build-arg values; they count in FROM where ARG declares the name before the first FROM */
export function outlineOf(dockerfile: string, args: Readonly<Record<string, string | null>> = {}): readonly Stage[] {
  const stages: Written[] = [];
  const names = new Map<string, Stage>();
  const globals = new Map<string, string>();
  for (const line of instructionLines(dockerfile)) {
    const { word, rest } = instructionOf(line);
    const current = stages.at(-1);
    if (word === 'FROM') stages.push(startStage(substituted(rest, globals), names));
    else if (current) current.instructions.push({ word, rest });
    else if (word === 'ARG') declare(rest, args, globals);
  }
  return stages;
}

function instructionOf(line: string): Instruction {
  return { word: (line.split(/\s/)[0] ?? '').toUpperCase(), rest: line.replace(/^\S+\s*/, '') };
}

function startStage(rest: string, names: Map<string, Stage>): Written {
  const [image = '', as, name] = rest.split(/\s+/).filter((part) => !part.startsWith('--'));
  const earlier = names.get(image.toLowerCase());
  const instructions = [...(earlier?.instructions ?? [])];
  const isImage = image !== '' && image !== 'scratch' && !earlier && !image.includes('$');
  const stage = { ...(isImage && { base: canonical(image) }), instructions, inherited: instructions.length };
  if (as?.toUpperCase() === 'AS' && name !== undefined) names.set(name.toLowerCase(), stage);
  return stage;
}

function declare(rest: string, args: Readonly<Record<string, string | null>>, globals: Map<string, string>): void {
  for (const part of rest.split(/\s+/)) {
    const equals = part.indexOf('=');
    const name = equals < 0 ? part : part.slice(0, equals);
    const preset = equals < 0 ? undefined : part.slice(equals + 1).replace(/^(["'])(.*)\1$/, '$2');
    const value = args[name] ?? preset;
    if (value !== undefined) globals.set(name, value);
  }
}

/** `$A`, `${A}`, `${A:-b}` and `${A:+b}`. An unknown name stays as it is written. */
function substituted(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(
    /\$(?:(\w+)|\{(\w+)(?::([-+])([^}]*))?\})/g,
    (whole, plain: string, braced: string, sign: string, other: string) => {
      const value = values.get(plain ?? braced);
      if (sign === '-') return (value ?? '') || other;
      if (sign === '+') return value ? other : '';
      return value ?? whole;
    },
  );
}

/**
 * Whether an image can only be a step of this Dockerfile: from its newest entry back, `created` (the history's
 * CreatedBy, newest first) are the first instructions of one stage, and of those it stands on, without a gap.
 */
export function isStepOf(stages: readonly Stage[], created: readonly string[]): boolean {
  return stages.some(({ instructions, inherited }) =>
    instructions.some((_, last) => {
      if (last < inherited) return false;
      const steps = instructions.slice(0, last + 1).reverse();
      return created.length >= steps.length && steps.every((step, index) => isSame(step, created[index] ?? ''));
    }),
  );
}

// the classic builder writes `/bin/sh -c #(nop) WORKDIR /app` and `/bin/sh -c pip install …`, perhaps after `|1 ARG=value`
function isSame({ word, rest }: Instruction, created: string): boolean {
  const nop = /#\(nop\)\s+(\w+)\s*(.*)$/s.exec(created);
  if (word === 'RUN') return !nop && squeezed(created).includes(squeezed(rest.replace(/^(--\S+\s+)+/, '')));
  return nop?.[1]?.toUpperCase() === word;
}

function squeezed(text: string): string {
  return text.replace(/[\s"[\],]+/g, ' ').trim();
}
