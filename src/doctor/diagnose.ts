/** What is told of a failure on this machine: the catalogue's words, filled and chosen by facts. */
import type { Failure } from '../failure.ts';
import type { FailureCode } from '../failure-codes.ts';
import { catalogue, explanations } from '../causes/catalogue.ts';
import { fill } from '../causes/cause.ts';
import type { Args, Cause, Explanation, Fix } from '../causes/cause.ts';
import type { Machine } from '../causes/facts.ts';

export interface Advice {
  readonly do: string;
  readonly note?: string;
}

/** On one line. */
export function adviceText({ do: what, note }: Advice): string {
  return note === undefined ? what : `${what} (${note})`;
}

/** The same taken apart again: what stands in brackets at its end is the note. */
export function adviceOf(text: string): Advice {
  const at = noteAt(text);
  return at === -1 ? { do: text } : { do: text.slice(0, at), note: text.slice(at + 2, -1) };
}

/** Of the blank before the bracket that the last sign closes. */
function noteAt(text: string): number {
  if (!text.endsWith(')')) return -1;
  let open = 0;
  for (let at = text.length - 1; at > 0; at -= 1) {
    if (text[at] === ')') open += 1;
    if (text[at] === '(') open -= 1;
    if (open === 0) return text[at - 1] === ' ' ? at - 1 : -1;
  }
  return -1;
}

export interface Diagnosis {
  readonly code: FailureCode;
  readonly weight: 'error' | 'warning';
  readonly title: string;
  readonly explanation: string;
  /** Why the engine was looked for there; absent where no address was involved. */
  readonly askedBecause?: string;
  /** Best first, after the failure's own hints. */
  readonly fixes: readonly Advice[];
  /** Ways to go on without mending it. */
  readonly alternatives: readonly Advice[];
  readonly evidence: readonly string[];
  readonly exitCode: number;
}

/** Without a title where the failure brings its own sentence. */
type Known = Explanation & Partial<Cause>;

function known(code: FailureCode): Known | undefined {
  const all: Readonly<Record<string, Known>> = { ...catalogue, ...explanations };
  return Object.hasOwn(all, code) ? all[code] : undefined;
}

/**
 * @param scenarios what was to be run, as it is written behind `run`
 * @returns undefined for a failure that is not of the catalogue (a command line, a file): its own message and hints say it all.
 */
export function diagnose(failure: Failure, machine: Machine, scenarios = 'hello-world'): Diagnosis | undefined {
  const cause = known(failure.code);
  if (!cause) return undefined;
  const args = { ...(machine.user !== '' && { user: machine.user }), ...failure.args };
  const askedBecause = askedThere(args);
  return {
    code: failure.code,
    weight: cause.weight ?? 'error',
    title: cause.title === undefined ? failure.message.replace(/\.$/, '') : fill(cause.title, args),
    explanation: fill(explanationOf(cause, machine, args), args),
    ...(askedBecause !== undefined && { askedBecause }),
    fixes: fixesOf(cause, machine, args),
    alternatives: alternativesOf(cause, machine, args, scenarios),
    evidence: failure.evidence,
    exitCode: failure.exitCode,
  };
}

function explanationOf(cause: Known, machine: Machine, args: Args): string {
  return cause.moreExactly?.find((other) => other.fits(machine, args))?.explanation ?? cause.explanation;
}

function fixesOf({ fixes = [], document }: Known, machine: Machine, args: Args): readonly Advice[] {
  return [
    ...fixes.filter((fix) => fix.fits?.(machine, args) ?? true).map((fix) => filled(fix, machine, args)),
    ...(document === undefined ? [] : [{ do: document }]),
  ];
}

/** Root needs no sudo, and many containers have none. */
export function forUser(text: string, { root }: Pick<Machine, 'root'>): string {
  return root ? text.replace(/^sudo /, '') : text;
}

function filled(fix: Fix, machine: Machine, args: Args): Advice {
  return {
    do: forUser(fill(fix.do, args), machine),
    ...(fix.note !== undefined && { note: fill(fix.note, args) }),
  };
}

/** Another socket is named and never used: the learner decides. */
function alternativesOf(cause: Known, machine: Machine, args: Args, scenarios: string): readonly Advice[] {
  if (!cause.lab) return [];
  const others = machine.sockets
    .filter((socket) => socket.address !== args['address'])
    .map((socket) => ({
      do: `docker-tutor run ${scenarios} --host ${socket.address}`,
      note: `a socket of ${socket.of} is here`,
    }));
  // in a container there may be the rights for an engine, or not: the lab says so itself; sudo is rarely there
  const mayHaveLab = machine.platform === 'linux' && (machine.root || !machine.inContainer);
  return mayHaveLab ? [...others, labFor(machine, scenarios)] : others;
}

/** An engine takes root; sudo does not look where npm puts programs. */
function labFor({ root }: Machine, scenarios: string): Advice {
  const command = `docker-tutor run ${scenarios} --lab`;
  return {
    do: root ? command : `sudo env "PATH=$PATH" ${command}`,
    note: 'a private engine; docker-tutor lab down ends it',
  };
}

function askedThere(args: Args): string | undefined {
  const detail = args['detail'] ?? '';
  switch (args['from']) {
    case 'context-option':
      return `--context ${detail}`;
    case 'host-option':
      return '--host';
    case 'DOCKER_HOST':
      return 'DOCKER_HOST is set in the environment';
    case 'DOCKER_CONTEXT':
      return `DOCKER_CONTEXT is set to ${detail}`;
    case 'current-context':
      return `${detail} is the current context`;
    case 'default':
      return 'default (no --host, no DOCKER_HOST, no context)';
    case 'lab':
      return '--lab';
    default:
      return undefined;
  }
}
