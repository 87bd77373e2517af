/** A pasted command line, understood: every part with its meaning, the requests it becomes, and what to mind. Pure. */
import type { Command } from '../command/command.ts';
import { CommandError } from '../command/errors.ts';
import { parseLine } from '../command/script.ts';
import type { ParsedItem, ShellContext } from '../command/script.ts';
import { assume } from '../plan/assume.ts';
import { EngineError, Stopped } from '../plan/effects.ts';
import type { JsonObject, PlanContext, Request } from '../plan/effects.ts';
import { hasPlan, planOf } from '../plan/plans.ts';
import { partsOf } from './parts.ts';
import type { ExplainedPart } from './parts.ts';
import { shellParts } from './shell-words.ts';
import { warningsOf } from './warnings.ts';

/** `--format json` prints this: field names are a contract. */
export interface Explanation {
  /** The text that was explained. */
  readonly command: string;
  /** In the order written; spans are UTF-16 offsets in `command`. */
  readonly parts: readonly ExplainedPart[];
  /** In the order asked. Empty where the engine is not asked, or the command is not performed. */
  readonly requests: readonly ExplainedRequest[];
  readonly warnings: readonly string[];
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
  load(path: string): string | undefined;
}

/** @throws CommandError for what docker would not take, with the place of it. */
export function explain(text: string, context: ExplainContext): Explanation {
  const line = parseLine(text, context.shell);
  const wrong = errorIn(line.items);
  if (wrong) throw wrong;
  const found = line.items.map((item) => explainItem(item, text, context));
  const warnings = found.flatMap((each) => each.warnings);
  return {
    command: text,
    parts: found.flatMap((each) => each.parts),
    requests: found.flatMap((each) => each.requests),
    warnings: [...new Set(warnings)],
  };
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

function explainItem(item: ParsedItem, text: string, context: ExplainContext): Found {
  const inner = item.nested.flatMap(({ items }) => items.map((each) => explainItem(each, text, context)));
  const own = item.what.is === 'command' ? explainCommand(item.what.command, text, context) : { parts: partsOf(item.what, text), requests: [], warnings: [] };
  const parts = [...own.parts, ...shellParts(item, text), ...inner.flatMap((each) => each.parts)];
  return {
    parts: parts.sort((a, b) => a.start - b.start || b.end - a.end),
    // what a nested command prints is needed first
    requests: [...inner.flatMap((each) => each.requests), ...own.requests],
    warnings: [...inner.flatMap((each) => each.warnings), ...own.warnings],
  };
}

function explainCommand(command: Command, text: string, context: ExplainContext): Found {
  const parts = partsOf({ is: 'command', command }, text);
  const warnings = warningsOf(command);
  if (!hasPlan(command)) return { parts, requests: [], warnings };
  try {
    const { requests, minds } = assume(planOf(command, context.plan), (path) => context.load(path));
    return { parts, requests: requests.map((request) => shown(request, command)), warnings: [...warnings, ...minds] };
  } catch (error) {
    // docker itself would stop here: that is worth a warning, and no reason to explain less
    if (!(error instanceof Stopped) && !(error instanceof EngineError)) throw error;
    return { parts, requests: [], warnings: [...warnings, `docker would refuse this: ${error.message}`] };
  }
}

/** What is not known yet reads `<id>`, wherever it stands. */
function shown({ method, path, query, body }: Request, command: Command): ExplainedRequest {
  const hide = (value: string): string => command.unknowns.reduce((left, { text }) => (text === '' ? left : left.replaceAll(text, '<id>')), value);
  return {
    method,
    path: hide(path),
    query: Object.fromEntries(Object.entries(query ?? {}).map(([key, value]) => [key, hide(value)])),
    body: body === undefined ? null : (JSON.parse(hide(JSON.stringify(body))) as JsonObject),
  };
}
