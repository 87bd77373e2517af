/** What the docker CLI itself prints of a line that it does not take, as of 28.2 (cli/required.go, spf13/pflag). Pure. */
import { isOfEngine } from './kinds.ts';
import { spellingOf, usageOf } from './rows.ts';
import type { FlagRow, CommandRow } from './table.ts';
import { negativeTime } from './values/duration.ts';

export interface DockersWords {
  /** All that it writes to stderr. */
  readonly text: string;
  readonly exitCode: number;
}

/** How a command calls itself, and its usage line. */
export interface Called {
  /** `docker ps`, `docker container ls`: an alias of the last word is told by the name it stands for. */
  readonly name: string;
  readonly usage: string;
}

export const dockerItself: Called = { name: 'docker', usage: 'docker [OPTIONS] COMMAND [ARG...]' };

/** @param group `container`, `trust key` */
export function calledGroup(group: string): Called {
  const tail = group === 'stack' ? ' [OPTIONS]' : sayCommand.has(group) ? ' COMMAND' : '';
  return { name: `docker ${group}`, usage: `docker ${group}${tail}` };
}

/** The usage lines of these groups say it. */
const sayCommand: ReadonlySet<string> = new Set(['volume', 'manifest']);

/** @param words as written, without `docker`. Undefined for a plugin, which has words of its own. */
export function calledAs(row: CommandRow, words: string): Called | undefined {
  const [first = ''] = words.split(' ');
  if (isPlugin(first) || row.anyFlags) return undefined;
  const name = first === words || first !== row.name.split(' ')[0] ? words : row.name;
  return { name: `docker ${name}`, usage: `docker ${name}${usageOf(row).slice(`docker ${spellingOf(row)}`.length)}` };
}

const plugins: ReadonlySet<string> = new Set(['compose', 'buildx']);

/** Whether a program of its own answers below this word, in its own words. */
export function isPlugin(word: string): boolean {
  return plugins.has(word.split(' ')[0] ?? '');
}

/** What pflag says: an unknown flag, a value that is missing or wrong. */
export function flagFault(says: string, called: Called | undefined): DockersWords | undefined {
  return called && { text: `${says}${helpOf(called)}`, exitCode: 125 };
}

export function unknownCommandFault(name: string, group: string): DockersWords {
  const usage = group === '' ? `\n\nRun 'docker --help' for more information\n` : helpOf(calledGroup(group));
  return { text: `docker: unknown command: docker ${name}${usage}`, exitCode: 1 };
}

/** @param most Infinity where there is no limit */
export function countFault(least: number, atMost: number, called: Called | undefined): DockersWords | undefined {
  if (!called) return undefined;
  const most = withoutLimit.test(called.name) ? Number.POSITIVE_INFINITY : atMost;
  const says = `docker: '${called.name}' ${countWords(least, most)}`;
  // "SRun" is docker's own
  const verb = most === Number.POSITIVE_INFINITY ? 'See' : least === 0 && most > 0 ? 'SRun' : 'Run';
  return { text: `${says}${helpOf(called, verb)}`, exitCode: 1 };
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
const readWhenPerformed: ReadonlySet<string> = new Set(['restart', 'mode', 'availability', 'type']);

/** @param says what is wrong with the value, in docker's words */
export function valueFault(
  says: string | undefined,
  flag: { readonly name: string; readonly row: FlagRow; readonly raw: string },
  called: Called | undefined,
): DockersWords | undefined {
  if (!called || says === undefined) return undefined;
  const withBody = /^docker (?:container )?(run|create)$/.exec(called.name)?.[1];
  if (withBody !== undefined && (isOfEngine(says) || readWithTheBody.has(flag.name))) return bodyFault(says, withBody);
  // docker run and create have a sentence of their own for it
  if (withBody !== undefined && says === negativeTime) return bodyFault(`--${flag.name} cannot be negative`, withBody);
  if (isOfEngine(says) || readWhenPerformed.has(flag.name)) return { text: `${says}\n`, exitCode: 1 };
  const shown = flag.row.short === undefined ? `--${flag.name}` : `-${flag.row.short}, --${flag.name}`;
  return flagFault(`invalid argument ${goQuoted(flag.raw)} for "${shown}" flag: ${says}`, called);
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

function bodyFault(says: string, command: string): DockersWords {
  return { text: `docker: ${says}\n\nRun 'docker ${command} --help' for more information\n`, exitCode: 125 };
}

/** As Go's %q. */
function goQuoted(text: string): string {
  return JSON.stringify(text);
}
