/** A pasted command line, understood: every part with its meaning, the requests it becomes, and what to mind. Pure. */
import type { Command } from '../command/command.ts';
import { CommandError } from '../command/errors.ts';
import { hideSecrets } from '../command/hide-secrets.ts';
import { ValueError } from '../command/kinds.ts';
import { parseLine } from '../command/shell/script.ts';
import type { ParsedItem, ShellContext } from '../command/shell/script.ts';
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
  const line = parseLine(text, context.shell);
  const wrong = errorIn(line.items);
  if (wrong) throw withPageHint(wrong, text);
  const { plan, load } = context;
  const found = await Promise.all(line.items.map((item) => explainItem(item, { text, plan, load })));
  const warnings = found.flatMap((each) => each.warnings);
  return {
    command: text,
    parts: found.flatMap((each) => each.parts),
    requests: found.flatMap((each) => each.requests),
    warnings: [...new Set(warnings)],
    needs: [
      ...new Map(found.flatMap((each) => each.needs).map((need) => [`${need.kind} ${need.name}`, need])).values(),
    ],
  };
}

/** Word processors and web pages turn `--` and quotes into signs that docker does not know. */
function withPageHint(error: CommandError, text: string): CommandError {
  const at = text.slice(error.span.start, error.span.end);
  const hint = /^[\u2010-\u2015\u2212]/.test(at)
    ? `“${at.charAt(0)}” is a long dash that a page made of - or --: write it with plain dashes`
    : /[\u201c\u201d\u2018\u2019]/.test(at)
      ? 'these are printed quotes, which a page made of plain ones: write " or \''
      : undefined;
  return hint === undefined
    ? error
    : new CommandError(error.code, error.message, error.span, {
        hint,
        ...(error.command !== undefined && { command: error.command }),
      });
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
  const warnings = warningsOf(command);
  const needs = needsOf(command);
  if (!hasPlan(command.row)) return { parts, requests: [], warnings, needs };
  const effects = await planOf(withStandIns(command), plan);
  try {
    const found = assume(effects, load);
    return {
      parts,
      requests: found.requests.map((request) => shown(withoutSecrets(request), command)),
      warnings: [...warnings, ...found.notes, ...wrongFile(command, found)],
      needs,
    };
  } catch (error) {
    // docker itself would stop here: that is worth a warning, and no reason to explain less
    if (error instanceof ValueError && command.unknowns.length > 0) return { parts, requests: [], warnings, needs };
    if (!(error instanceof Stopped) && !(error instanceof EngineError) && !(error instanceof ValueError)) throw error;
    return { parts, requests: [], warnings: [...warnings, `docker would refuse this: ${error.message}`], needs };
  }
}

/** A compose file that is not there, or that is wrong, ends the command before the engine is asked. */
function wrongFile({ row }: Command, { exitCode, complaints }: Assumed): readonly string[] {
  const words = complaints.at(-1)?.trim();
  return row.groupFlags && exitCode !== 0 && words !== undefined ? [`docker would stop with: ${words}`] : [];
}

/** A name that any plan takes, in place of one that is not known yet. */
const standIn = 'not-known-yet';

function withStandIns(command: Command): Command {
  const unknown = command.unknowns.map(({ text }) => text).filter((text) => text !== '');
  if (unknown.length === 0) return command;
  return {
    ...command,
    operands: command.operands.map((operand) =>
      unknown.reduce((left, text) => left.replaceAll(text, standIn), operand),
    ),
  };
}

/** What is not known yet reads `<id>`, wherever it stands. */
function shown({ method, path, query, body }: Request, command: Command): ExplainedRequest {
  const unknown = [standIn, ...command.unknowns.map(({ text }) => text)];
  const hide = (value: string): string =>
    unknown.reduce((left, text) => (text === '' ? left : left.replaceAll(text, '<id>')), value);
  return {
    method,
    path: hide(path),
    query: Object.fromEntries(Object.entries(query ?? {}).map(([key, value]) => [key, hide(value)])),
    body: body === undefined ? null : (JSON.parse(hide(JSON.stringify(body))) as JsonObject),
  };
}
