/** What the docker CLI itself prints of a line that it does not take, as of 28.2 (cli/required.go, spf13/pflag). Pure. */
import { engineSays, isOfEngine } from './kinds.ts';
import { spellingOf, usageOf } from './rows.ts';
import type { FlagRow, CommandRow } from './table.ts';
import { negativeTime } from './values/duration.ts';

export interface DockersWords {
  /** All that it writes to stderr. */
  readonly text: string;
  /** What it writes to stdout before. */
  readonly stdout?: string;
  readonly exitCode: number;
  /** Where in docker's work it is refused; absent: when docker makes its request of the line. */
  readonly when?: 'flags are read' | 'the engine is asked';
}

/** How a command calls itself, and its usage line. */
export interface Called {
  /** The program of its own that answers: Compose (2.40) in spf13/cobra's words, without a usage line; buildx (0.29), which builds. */
  readonly plugin?: 'compose' | 'buildx';
  /** `docker ps`, `docker container ls`: an alias of the last word is told by the name it stands for. */
  readonly name: string;
  readonly usage: string;
}

/** What stands before a command of Compose. */
const composeItself: Called = {
  plugin: 'compose',
  name: 'docker compose',
  usage: 'docker compose [OPTIONS] COMMAND',
};

/** However a build is written, docker hands it to its plugin. */
const buildxBuild: Called = {
  plugin: 'buildx',
  name: 'docker buildx build',
  usage: 'docker buildx build [OPTIONS] PATH | URL | -',
};

/** Of buildx; what it calls them does not follow from their flags. */
const buildxUsages: Readonly<Record<string, string>> = {
  'buildx du': 'docker buildx du',
  'buildx inspect': 'docker buildx inspect [NAME]',
  'buildx ls': 'docker buildx ls',
  'buildx version': 'docker buildx version',
};

/** It counts their operands to none, where others say that they take none. */
const requiresNone = /^docker buildx (?:ls|version)$/;

export const dockerItself: Called = { name: 'docker', usage: 'docker [OPTIONS] COMMAND [ARG...]' };

/** @param group `container`, `trust key`; empty for docker itself */
export function calledGroup(group: string): Called {
  if (group === '') return dockerItself;
  if (group === 'compose') return composeItself;
  const tail = group === 'stack' ? ' [OPTIONS]' : sayCommand.has(group) ? ' COMMAND' : '';
  return { name: `docker ${group}`, usage: `docker ${group}${tail}` };
}

/** The usage lines of these groups say it. */
const sayCommand: ReadonlySet<string> = new Set(['volume', 'manifest']);

/** @param words as written, without `docker`. Undefined for a plugin whose words we do not know. */
export function calledAs(row: CommandRow, words: string): Called | undefined {
  const [first = ''] = words.split(' ');
  if (row.name === 'image build') return buildxBuild;
  const usage = buildxUsages[row.name];
  if (usage !== undefined) return { plugin: 'buildx', name: `docker ${row.name}`, usage };
  if (row.anyFlags || isUnknown(first)) return undefined;
  const name = first === words || first !== row.name.split(' ')[0] ? words : row.name;
  return {
    ...(first === 'compose' && { plugin: first }),
    name: `docker ${name}`,
    usage: `docker ${name}${usageOf(row).slice(`docker ${spellingOf(row)}`.length)}`,
  };
}

const plugins: ReadonlySet<string> = new Set(['compose', 'buildx']);

/** Whether a program of its own answers below this word, in its own words. */
export function isPlugin(word: string): boolean {
  return plugins.has(word.split(' ')[0] ?? '');
}

/** A plugin whose words we do not know. */
function isUnknown(plugin: string): boolean {
  return isPlugin(plugin) && plugin !== 'compose';
}

/** What pflag says: an unknown flag, a value that is missing or wrong. */
export function flagFault(says: string, called: Called | undefined): DockersWords | undefined {
  const when = 'flags are read';
  if (called?.plugin === 'compose') return { text: `${says}\n`, exitCode: 1, when };
  return called && { text: `${says}${helpOf(called)}`, exitCode: 125, when };
}

/** What docker writes to stdout of flags that it knows by a newer name, once it has read all of them. */
export function deprecations(flags: readonly Pick<FlagGiven, 'name' | 'row' | 'alias'>[]): string {
  return flags
    .filter(({ row, alias }) => alias !== undefined && row.deprecated?.includes(alias))
    .map(({ name, alias = '' }) => `Flag --${alias} has been deprecated, use --${name} instead\n`)
    .join('');
}

/** Of several faults of a line that docker has read, the one that it tells. */
export function toldFirst<F extends { readonly docker: DockersWords | undefined }>(
  faults: readonly F[],
): F | undefined {
  return faults.find(({ docker }) => docker?.when !== 'the engine is asked') ?? faults[0];
}

export function unknownCommandFault(name: string, group: string): DockersWords | undefined {
  if (isUnknown(group)) return undefined;
  if (group === 'compose') return { text: `unknown docker command: ${goQuoted(name)}\n`, exitCode: 1 };
  const usage = group === '' ? `\n\nRun 'docker --help' for more information\n` : helpOf(calledGroup(group));
  return { text: `docker: unknown command: docker ${name}${usage}`, exitCode: 1 };
}

/** Of `docker help WORDS`. */
export function unknownTopicFault(words: readonly string[]): DockersWords {
  return { text: `unknown help topic: ${words.join(' ')}\n`, exitCode: 1 };
}

/**
 * @param atMost Infinity where there is no limit
 * @param given the operands, of which there are too few or too many
 */
export function countFault(
  least: number,
  atMost: number,
  given: readonly string[],
  called: Called | undefined,
): DockersWords | undefined {
  if (!called) return undefined;
  if (called.plugin === 'compose' && !countsAsDocker.test(called.name))
    return composeCountFault(least, atMost, given, called);
  const most = withoutLimit.test(called.name) ? Number.POSITIVE_INFINITY : atMost;
  const says = `${beforeFault(called)}docker: '${called.name}' ${requiresNone.test(called.name) ? 'requires 0 arguments' : countWords(least, most)}`;
  // "SRun" is docker's own
  const verb = most === Number.POSITIVE_INFINITY ? 'See' : least === 0 && most > 0 ? 'SRun' : 'Run';
  return { text: `${says}${helpOf(called, verb)}`, exitCode: 1 };
}

function beforeFault({ plugin }: Called): string {
  return plugin === 'buildx' ? 'ERROR: ' : '';
}

/** Commands of Compose that count their operands with the CLI's own functions. */
const countsAsDocker = /^docker compose (?:cp|wait|publish)$/;

/** As cobra counts (NoArgs, RangeArgs, MinimumNArgs). */
function composeCountFault(
  least: number,
  most: number,
  given: readonly string[],
  { name }: Called,
): DockersWords | undefined {
  const count = String(given.length);
  const fault = (says: string): DockersWords => ({ text: `${says}\n`, exitCode: 1 });
  if (most === 0) return fault(`unknown command ${goQuoted(given[0] ?? '')} for ${goQuoted(name)}`);
  if (least === 0) return fault(`accepts at most ${String(most)} arg(s), received ${count}`);
  if (least < most && most !== Number.POSITIVE_INFINITY)
    return fault(`accepts between ${String(least)} and ${String(most)} arg(s), received ${count}`);
  // what is too much for a command that must have some, it leaves aside
  if (given.length > least) return undefined;
  return fault(`requires at least ${String(least)} arg(s), only received ${count}`);
}

/** What docker does not count, though its usage line does. */
const withoutLimit = /^docker (?:image )?import$/;

function countWords(least: number, most: number): string {
  if (most === 0) return 'accepts no arguments';
  if (most === least) return `requires ${counted(least)}`;
  if (most === Number.POSITIVE_INFINITY) return `requires at least ${counted(least)}`;
  if (least === 0) return `requires at most ${counted(most)}`;
  return `requires at least ${String(least)} and at most ${counted(most)}`;
}

function counted(count: number): string {
  return `${String(count)} argument${count === 1 ? '' : 's'}`;
}

function helpOf({ name, usage }: Called, verb = 'Run'): string {
  return `\n\nUsage:  ${usage}\n\n${verb} '${name} --help' for more information\n`;
}

/** Flags of run and create that docker takes as they are written, and reads with all that it sends. */
const readWithTheBody: ReadonlySet<string> = new Set([
  ...['publish', 'expose', 'volume', 'restart', 'pull', 'platform', 'mac-address', 'ip', 'storage-opt', 'security-opt'],
  ...['cgroupns', 'userns', 'uts', 'pid', 'ipc', 'env-file', 'label-file', 'log-opt', 'device'],
  ...['tmpfs', 'annotation', 'memory-swappiness'],
]);

/** Flags of other commands that docker takes as they are written. */
const readWhenPerformed: ReadonlySet<string> = new Set([
  'restart',
  'mode',
  'availability',
  'type',
  'log-level',
  'aux-address',
]);

/**
 * @param says what is wrong with the value, in docker's words
 * @param others the flags of the line that are switched on
 */
export function valueFault(
  says: string | undefined,
  flag: FlagGiven,
  called: Called | undefined,
  others: ReadonlySet<string>,
): DockersWords | undefined {
  if (called?.plugin === 'compose') return composeValueFault(says, flag, called);
  if (!called || says === undefined) return undefined;
  if (called.plugin === 'buildx' && readByBuildx.has(flag.name)) return buildxFault(says, flag, called);
  const withBody = /^docker (?:container )?(run|create)$/.exec(called.name)?.[1];
  if (withBody !== undefined && flag.name === 'platform')
    return requestFault(platformWords(says, 'error parsing specified platform: '), withBody);
  if (withBody !== undefined && flag.name === 'restart' && isOfEngine(says) && others.has('rm'))
    return bodyFault(restartBesideRm, withBody);
  if (withBody !== undefined && isOfEngine(says))
    return { ...requestFault(says, withBody), when: 'the engine is asked' };
  if (withBody !== undefined && isReadWithTheBody(flag.name, says)) return bodyFault(says, withBody);
  // docker run and create have a sentence of their own for it
  if (withBody !== undefined && says === negativeTime) return bodyFault(`--${flag.name} cannot be negative`, withBody);
  // the swarm reads it
  if (flag.name === 'image' && / service update$/.test(called.name)) {
    const refusal = `rpc error: code = InvalidArgument desc = ContainerSpec: ${goQuoted(flag.raw)} is not a valid repository/tag`;
    return { text: `${engineSays(refusal)}\n`, exitCode: 1, when: 'the engine is asked' };
  }
  const beforeAsking = flag.name === 'platform' ? platformRead(called.name, flag.raw) : undefined;
  if (beforeAsking !== undefined) return { text: `${platformWords(says, beforeAsking)}\n`, exitCode: 1 };
  if (isOfEngine(says)) return { text: `${says}\n`, exitCode: 1, when: 'the engine is asked' };
  if (readWhenPerformed.has(flag.name)) return { text: `${says}\n`, exitCode: 1 };
  return invalidArgument(says, flag, called);
}

/** A number that is none, the flag itself refuses; of a network, its MAC address is read later than the rest. */
function isReadWithTheBody(name: string, says: string): boolean {
  return name === 'network'
    ? / is not a valid mac address$/.test(says)
    : readWithTheBody.has(name) && !says.startsWith('strconv.');
}

/** With what docker puts before its complaint where it reads a platform before it asks the engine. */
function platformWords(says: string, before: string): string {
  return says.replace(/^Error response from daemon: /, before);
}

function platformRead(name: string, raw: string): string | undefined {
  if (/ push$/.test(name)) return `Invalid platform ${raw}`;
  return / (?:save|load|history)$/.test(name) ? 'invalid platform: ' : undefined;
}

/** docker looks at it when all else of its request is made. */
export const restartBesideRm = 'conflicting options: cannot specify both --restart and --rm';

interface FlagGiven {
  readonly name: string;
  readonly row: FlagRow;
  readonly raw: string;
  readonly alias?: string;
}

function invalidArgument(says: string, { name, row, raw, alias }: FlagGiven, called: Called): DockersWords | undefined {
  const newer = row.short === undefined ? `--${name}` : `-${row.short}, --${name}`;
  const shown = alias === undefined ? newer : `--${alias}`;
  return flagFault(`invalid argument ${goQuoted(raw)} for "${shown}" flag: ${says}`, called);
}

/** Flags that buildx takes as they are written, and reads when it builds. */
const readByBuildx: ReadonlySet<string> = new Set([
  'tag',
  'platform',
  'build-arg',
  'label',
  'cache-from',
  'add-host',
  'attest',
]);

function buildxFault(says: string, { name, raw }: FlagGiven, called: Called): DockersWords {
  const tellsOf = (whole: string): DockersWords => ({ text: `${beforeFault(called)}${whole}\n`, exitCode: 1 });
  if (name === 'tag') return tellsOf(`failed to build: invalid tag ${goQuoted(raw)}: ${tagWords(says, raw)}`);
  if (name === 'add-host') return tellsOf(`failed to build: invalid host ${raw}`);
  if (name === 'platform') return tellsOf(platformWords(says, 'failed to build: '));
  return tellsOf(
    name === 'cache-from' || name === 'attest' ? says : `invalid key-value pair ${goQuoted(raw)}: empty key`,
  );
}

/** Without the name, which stands before it. */
function tagWords(says: string, raw: string): string {
  if (raw === '') return 'repository name must have at least one component';
  return says.replace(/^invalid reference format: repository name \(.*\) /, 'repository name ');
}

/** Compose reads these as text, and has a sentence for each that it does not know. */
function composeValueFault(says: string | undefined, flag: FlagGiven, called: Called): DockersWords | undefined {
  const own = composeSays(flag, called);
  if (own !== undefined) return flagFault(own, called);
  return invalidArgument(says ?? 'bad format of filter (expected name=value)', flag, called);
}

function composeSays({ name, raw }: FlagGiven, called: Called): string | undefined {
  const given = goQuoted(raw);
  switch (name) {
    case 'pull':
      // of build, it is yes or no
      return called.name === 'docker compose build' ? undefined : `invalid --pull option ${given}`;
    case 'rmi':
      return `invalid value for --rmi: ${given}`;
    case 'progress':
      return `unsupported --progress value ${given}`;
    case 'format':
      return called.name === 'docker compose config'
        ? `unsupported format ${given}`
        : `format value ${given} could not be parsed: parsing failed`;
    case 'filter':
      return called.name === 'docker compose ps' ? 'arguments to --filter should be in form KEY=VAL' : undefined;
    default:
      return undefined;
  }
}

/** @param says what is wrong with an operand, in docker's words */
export function operandFault(
  says: string | undefined,
  raw: string,
  called: Called | undefined,
): DockersWords | undefined {
  if (!called || says === undefined) return undefined;
  if (/^docker (?:container )?run$/.test(called.name)) return bodyFault(says, 'run');
  const reference = /^docker (?:image )?tag$/.test(called.name);
  const whole = reference ? `Error parsing reference: ${goQuoted(raw)} is not a valid repository/tag: ${says}` : says;
  return { text: `${whole}\n`, exitCode: 1 };
}

/** What comes of the request itself: docker create tells it as it is. */
function requestFault(says: string, command: string): DockersWords {
  return command === 'create' ? { text: `${says}\n`, exitCode: 1 } : bodyFault(says, command);
}

function bodyFault(says: string, command: string): DockersWords {
  return { text: `docker: ${says}\n\nRun 'docker ${command} --help' for more information\n`, exitCode: 125 };
}

/** As Go's %q. */
function goQuoted(text: string): string {
  return JSON.stringify(text);
}
