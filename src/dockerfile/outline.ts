/**
 * The outline of a Dockerfile: which images it uses, and the instructions of each stage. Pure, and lenient: what it
 * cannot read it leaves out, because the engine is the one to complain.
 */
import { canonical } from '../image-name.ts';
import { inItsPlace } from '../secret.ts';
import { readDockerfile, type Statement } from './read.ts';

export interface Stage {
  /** Canonical name of the image it starts from; undefined for scratch and for an earlier stage. */
  readonly base?: string;
  /** The images it starts from and takes files out of. The engine pulls those that are not here. */
  readonly images: readonly UsedImage[];
  /** Where an image would be named, and a variable leaves open which: as written. */
  readonly unclear: readonly string[];
  /** Those of an earlier stage that it starts from come first, and count in `inherited`. */
  readonly instructions: readonly Step[];
  readonly inherited: number;
}

export interface UsedImage {
  /** With the variables replaced. */
  readonly written: string;
  /** Canonical. */
  readonly name: string;
  readonly by: 'FROM' | 'COPY --from' | 'RUN --mount';
  /** Of FROM, where one is asked for: `linux/arm64`. */
  readonly platform?: string;
}

interface Step {
  readonly word: string;
  readonly rest: string;
}

interface Begun {
  readonly base?: string;
  readonly images: UsedImage[];
  readonly unclear: string[];
  readonly instructions: Step[];
  readonly inherited: number;
}

/** What is known at a place of the file. */
interface Known {
  readonly stages: Begun[];
  /** By name, in lower case. */
  readonly names: Map<string, Begun>;
  /** What ARG declares before the first FROM. */
  readonly globals: Map<string, string>;
}

/** Arguments that BuildKit knows without being told, and takes from --build-arg before. */
const builders = ['BUILD', 'TARGET'].flatMap((which) =>
  ['PLATFORM', 'OS', 'ARCH', 'VARIANT'].map((what) => `${which}${what}`),
);

/** @param args --build-arg values; they count in FROM where ARG declares the name before the first FROM */
export function outlineOf(dockerfile: string, args: Readonly<Record<string, string | null>> = {}): readonly Stage[] {
  const given = builders.flatMap((name) => (args[name] ? [[name, args[name]] as const] : []));
  const known: Known = { stages: [], names: new Map(), globals: new Map(given) };
  for (const statement of readDockerfile(dockerfile).instructions) {
    const { word, rest } = statement;
    const current = known.stages.at(-1);
    if (word === 'FROM') startStage(statement, known);
    else if (current) {
      const taken = takenFrom(statement, known);
      current.images.push(...taken.flatMap(used));
      current.unclear.push(...taken.map(({ written }) => written).filter(isUnclear));
      current.instructions.push({ word, rest });
    } else if (word === 'ARG') declare(rest, args, known.globals);
  }
  return known.stages;
}

function startStage({ rest, flags }: Statement, { stages, names, globals }: Known): void {
  const [written = '', as, name] = rest.split(/[\t\v\f\r ]+/);
  const image = substituted(written, globals);
  const earlier = names.get(image.toLowerCase());
  const platform = platformIn(flags, globals);
  const images = earlier ? [] : used({ written: image, by: 'FROM', ...(platform !== undefined && { platform }) });
  const unclear = [image, platform ?? ''].filter(isUnclear);
  const instructions = [...(earlier?.instructions ?? [])];
  const stage = {
    ...(images[0] && { base: images[0].name }),
    images,
    unclear,
    instructions,
    inherited: instructions.length,
  };
  stages.push(stage);
  if (as?.toUpperCase() === 'AS' && name !== undefined) names.set(name.toLowerCase(), stage);
}

/** The builder's own, which is the engine's: the same as none. */
const ofEngine = /^\$(?:BUILDPLATFORM|\{BUILDPLATFORM\}|TARGETPLATFORM|\{TARGETPLATFORM\})$/;

function platformIn(flags: Statement['flags'], globals: Known['globals']): string | undefined {
  const written = flags.find(({ name }) => name === 'platform')?.value ?? '';
  const platform = substituted(written, globals);
  return platform === '' || ofEngine.test(platform) ? undefined : platform;
}

type Named = Pick<UsedImage, 'written' | 'by' | 'platform'>;

/** Files may come out of an earlier stage, by name or number, or out of an image. */
function takenFrom(statement: Statement, { stages, names }: Known): readonly Named[] {
  const isStage = (from: string): boolean =>
    names.has(from.toLowerCase()) || (/^\d+$/.test(from) && Number(from) < stages.length);
  return sourcesIn(statement).filter(({ written }) => !isStage(written));
}

/** What an instruction takes files out of: a stage, by name or number, or an image. */
export function sourcesIn({ word, flags }: Statement): readonly Named[] {
  return flags.flatMap(({ name, value }): readonly Named[] => {
    if (word === 'COPY' && name === 'from') return [{ written: value, by: 'COPY --from' }];
    if (word !== 'RUN' || name !== 'mount') return [];
    // a line of CSV: fields may stand in quotes, and keys in capitals
    return [...value.matchAll(/(?:^|,)"?from=([^,"]*)/gi)].map(([, from = '']) => ({
      written: from,
      by: 'RUN --mount',
    }));
  });
}

/** Not scratch, which is no image, and not what a variable leaves open. */
function used(named: Named): UsedImage[] {
  const { written } = named;
  return written === '' || written === 'scratch' || isUnclear(written) ? [] : [{ ...named, name: canonical(written) }];
}

function isUnclear(written: string): boolean {
  return written.includes('$');
}

function declare(rest: string, args: Readonly<Record<string, string | null>>, globals: Map<string, string>): void {
  for (const part of rest.split(/\s+/)) {
    const equals = part.indexOf('=');
    const name = equals < 0 ? part : part.slice(0, equals);
    const preset = equals < 0 ? undefined : substituted(part.slice(equals + 1), globals);
    const value = args[name] ?? preset;
    if (value !== undefined) globals.set(name, value);
  }
}

/** `$A`, `${A}`, `${A:-b}` and `${A:+b}`, with and without the colon; quotes go. An unknown name stays as it is written. */
function substituted(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(
    /'([^']*)'|"|\$(?:(\w+)|\{(\w+)(?:(:?[-+])([^}]*))?\})/g,
    (whole: string, quoted?: string, plain?: string, braced?: string, sign?: string, other?: string) => {
      if (quoted !== undefined) return quoted;
      if (whole === '"') return '';
      const value = values.get(plain ?? braced ?? '');
      const isSet = sign?.startsWith(':') ? Boolean(value) : value !== undefined;
      if (sign?.endsWith('-')) return isSet ? (value ?? '') : (other ?? '');
      if (sign?.endsWith('+')) return isSet ? (other ?? '') : '';
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
function isSame({ word, rest }: Step, created: string): boolean {
  const nop = /#\(nop\)\s+(\w+)\s*(.*)$/s.exec(created);
  if (word === 'RUN') return !nop && holds(squeezed(created), squeezed(rest).split(inItsPlace));
  return nop?.[1]?.toUpperCase() === word;
}

/** Whether the parts are there, one after the other: what stood between them was a secret. */
function holds(text: string, parts: readonly string[]): boolean {
  let at = 0;
  return parts.every((part) => {
    const found = text.indexOf(part, at);
    at = found + part.length;
    return found >= 0;
  });
}

function squeezed(text: string): string {
  return text.replace(/[\s"[\],]+/g, ' ').trim();
}
