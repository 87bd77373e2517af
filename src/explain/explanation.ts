/** A pasted command line, understood: every part with its meaning, the requests it becomes, and what to mind. Pure. */
import type { Command } from '../command/command.ts';
import { CommandError } from '../command/errors.ts';
import { beginsGroup, findRow } from '../command/rows.ts';
import { didYouMean } from '../did-you-mean.ts';
import { hideSecrets } from '../command/hide-secrets.ts';
import { ValueError } from '../command/kinds.ts';
import { parseLine } from '../command/shell/script.ts';
import type { ParsedItem, ParsedLine, ShellContext } from '../command/shell/script.ts';
import { assume } from '../plan/assume.ts';
import type { Assumed } from '../plan/assume.ts';
import { EngineError } from '../api/request.ts';
import { Stopped } from '../plan/effects.ts';
import type { JsonObject, Request } from '../api/request.ts';
import type { PlanContext } from '../plan/effects.ts';
import { hasPlan, planOf } from '../plans/plan-of.ts';
import { withoutSecrets } from '../api/redact.ts';
import { needsOf } from './needs.ts';
import type { Need } from './needs.ts';
import { partsOf } from './parts.ts';
import type { ExplainedPart } from './parts.ts';
import { shellParts } from './shell-words.ts';
import { warningsOf } from './warnings.ts';

/** `--format json` prints this: field names are a contract. */
export interface Explanation {
  /** The text that was explained; `…` stands in it for a password or token. */
  readonly command: string;
  /** In the order written; spans are UTF-16 offsets in `command`. */
  readonly parts: readonly ExplainedPart[];
  /** In the order asked. Empty where the engine is not asked, or the command is not performed. */
  readonly requests: readonly ExplainedRequest[];
  readonly warnings: readonly string[];
  /** What must be there, or be free: images, ports, names, rights. */
  readonly needs: readonly Need[];
}

export interface ExplainedRequest {
  readonly method: string;
  /** Without version; an id not known yet reads `<id>`. */
  readonly path: string;
  /** Values as the strings sent. */
  readonly query: Readonly<Record<string, string>>;
  readonly body: JsonObject | null;
}

export interface ExplainContext {
  readonly shell: ShellContext;
  readonly plan: PlanContext;
  /** Reads a local file the docker CLI would read; undefined where there is none. */
  readonly load: (path: string) => string | undefined;
}

/** @throws CommandError for what docker would not take, with the place of it. */
export async function explain(written: string, context: ExplainContext): Promise<Explanation> {
  const text = hideSecrets(written);
  const line = await readWith(text, context.shell);
  const wrong = errorIn(line.items) ?? (line.items.some(isOfDocker) ? undefined : notOfDocker(line.items, text));
  if (wrong) throw (await import('./page-signs.ts')).withPageHint(wrong, text, context.shell);
  const { plan, load } = context;
  const found = await Promise.all(line.items.map((item) => explainItem(item, { text, plan, load })));
  const parts = found.flatMap((each) => each.parts);
  const warnings = [...(await signs(text, parts, context.shell)), ...found.flatMap((each) => each.warnings)];
  return {
    command: text,
    parts,
    requests: found.flatMap((each) => each.requests),
    warnings: [...new Set(warnings)],
    needs: [
      ...new Map(found.flatMap((each) => each.needs).map((need) => [`${need.kind} ${need.name}`, need])).values(),
    ],
  };
}

async function readWith(text: string, shell: ShellContext): Promise<ParsedLine> {
  try {
    return parseLine(text, shell);
  } catch (error) {
    throw error instanceof CommandError ? (await import('./page-signs.ts')).withPageHint(error, text, shell) : error;
  }
}

function isOfDocker({ what, nested }: ParsedItem): boolean {
  return (what.is !== 'other' && what.is !== 'output') || nested.some(({ items }) => items.some(isOfDocker));
}

/** Prose, what docker printed, or commands of other programs alone. */
function notOfDocker(items: readonly ParsedItem[], text: string): CommandError {
  const [first] = items;
  const span = { start: first?.start ?? 0, end: first?.end ?? text.length };
  const program = first?.what.is === 'other' ? first.what.program : '';
  const near = program === '' ? undefined : didYouMean(program, ['docker']);
  const printed = /error response from daemon|^(?:error|docker|unable to find image|cannot connect)\b.*:/i.test(
    text.trim(),
  );
  const hint = printed
    ? 'this is what docker printed, not what was typed: give the command that printed it'
    : findRow(program) !== undefined || beginsGroup(program)
      ? `did you mean docker ${text.trim()}?`
      : near !== undefined || /^docker$/i.test(program)
        ? 'did you mean docker, in small letters?'
        : 'a docker command begins with docker, like docker ps';
  return new CommandError('not-docker', 'there is no docker command in this', span, { hint });
}

/** Most lines have none of these signs. */
async function signs(text: string, parts: readonly ExplainedPart[], shell: ShellContext): Promise<readonly string[]> {
  if (!/[$`\\^\u2018-\u201e]/.test(text)) return [];
  return (await import('./page-signs.ts')).signWarnings(text, parts, shell);
}

function errorIn(items: readonly ParsedItem[]): CommandError | undefined {
  for (const { what, nested } of items) {
    if (what.is === 'error') return what.error;
    for (const { items: inner } of nested) {
      const wrong = errorIn(inner);
      if (wrong) return wrong;
    }
  }
  return undefined;
}

type Found = Omit<Explanation, 'command'>;

/** What is at hand while a line is explained. */
interface Reader extends Pick<ExplainContext, 'plan' | 'load'> {
  readonly text: string;
}

async function explainItem(item: ParsedItem, reader: Reader): Promise<Found> {
  const { text } = reader;
  const inner = await Promise.all(item.nested.flatMap(({ items }) => items.map((each) => explainItem(each, reader))));
  const own =
    item.what.is === 'command'
      ? await explainCommand(item.what.command, reader)
      : { parts: partsOf(item.what, text), requests: [], warnings: [], needs: [] };
  const said = new Set(own.parts.map(({ start, end }) => `${String(start)}-${String(end)}`));
  // where a substitution is a whole operand, the operand's words say what it is for
  const shell = shellParts(item, text).filter(
    ({ start, end, name }) => name !== '$( )' || !said.has(`${String(start)}-${String(end)}`),
  );
  const parts = [...own.parts, ...shell, ...inner.flatMap((each) => each.parts)];
  return {
    parts: parts.sort((a, b) => a.start - b.start || b.end - a.end),
    // what a nested command prints is needed first
    requests: [...inner.flatMap((each) => each.requests), ...own.requests],
    warnings: [...inner.flatMap((each) => each.warnings), ...own.warnings, ...spelling(item, text)],
    needs: [...inner.flatMap((each) => each.needs), ...own.needs],
  };
}

/** `docker-compose` is the first version's program. */
function spelling({ what }: ParsedItem, text: string): readonly string[] {
  if (what.is === 'other' || what.is === 'output' || what.is === 'error') return [];
  const span = what.is === 'command' ? what.command.parts[0] : what.span;
  return span && /^\S*docker-compose/.test(text.slice(span.start))
    ? ['docker-compose was a program of its own, retired in 2023; today it is written docker compose']
    : [];
}

async function explainCommand(command: Command, { text, plan, load }: Reader): Promise<Found> {
  const parts = partsOf({ is: 'command', command }, text);
  const warnings = warningsOf(command, text);
  const needs = needsOf(command);
  if (!hasPlan(command.row)) return { parts, requests: [], warnings, needs };
  const { requests, minded } = await requestsOf(command, plan, load);
  return { parts, requests: requests.map(shown), warnings: [...warnings, ...minded], needs };
}

interface Becomes {
  readonly requests: readonly Request[];
  readonly minded: readonly string[];
}

async function requestsOf(command: Command, plan: PlanContext, load: ExplainContext['load']): Promise<Becomes> {
  if (command.unknowns.length > 0) return await requestsOfOpen(command, plan, load);
  const found = await assumed(command, plan, load);
  // docker itself would stop here: that is worth a warning, and no reason to explain less
  if (typeof found === 'string') return { requests: [], minded: [`docker would refuse this: ${found}`] };
  return {
    requests: found.requests,
    minded: [...found.notes, ...(found.refusal === undefined ? [] : [`docker would stop with: ${found.refusal}`])],
  };
}

/** Of a command in which something is not known yet. Nothing is said of a refusal: it may be about what stands in. */
async function requestsOfOpen(command: Command, plan: PlanContext, load: ExplainContext['load']): Promise<Becomes> {
  const { filledIn, withUnknowns } = await import('./stand-ins.ts');
  for (const numbers of [false, true]) {
    const { command: one, standIns } = filledIn(command, 0, numbers);
    const found = await assumed(one, plan, load);
    if (typeof found === 'string' || found.refusal !== undefined) continue;
    const other = await assumed(filledIn(command, 1, numbers).command, plan, load);
    const beside = typeof other === 'string' ? [] : other.requests;
    return {
      requests: found.requests.map((request, i) => withUnknowns(request, beside[i], standIns)),
      // what is said of a file in a folder that is not known is not so
      minded: found.notes.filter((note) => !standIns.some(({ value }) => note.includes(value))),
    };
  }
  return { requests: [], minded: [] };
}

/** What the plan asks where every answer is the one it assumes; the words of what docker would not take. */
async function assumed(command: Command, plan: PlanContext, load: ExplainContext['load']): Promise<Assumed | string> {
  try {
    return assume(await planOf(command, plan), load);
  } catch (error) {
    if (error instanceof Stopped || error instanceof EngineError || error instanceof ValueError) return error.message;
    throw error;
  }
}

function shown(request: Request): ExplainedRequest {
  const { method, path, query = {}, body = null } = withoutSecrets(request);
  return { method, path, query, body };
}
