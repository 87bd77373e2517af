/**
 * `{{name}}` in a scenario: which are used, and the scenario with their values in place. Pure: free names and ports
 * are chosen by run/, and given. Go templates (`{{.State}}`, `{{json .}}`, `{{end}}`) are docker's, and stay.
 */
import { didYouMean } from '../did-you-mean.ts';
import { quote } from '../command/shell/quote.ts';
import { Failure } from '../failure.ts';
import { readPermission, whyNoPermission } from '../permission-name.ts';
import type { Permission } from '../permission-name.ts';
import type { Scenario } from './schema.ts';

export type Value = string | number | boolean;
export type Values = Readonly<Record<string, Value>>;

/**
 * Given by every run: its folder, where published ports answer (`localhost`, or the engine's host), the engine's
 * architecture as images name it (`amd64`), and one that is not the engine's.
 */
export const builtIn = ['workspace', 'host', 'arch', 'otherArch'] as const;
type BuiltIn = (typeof builtIn)[number];

/** @param arch where an engine is there to tell it */
export function builtInValues({
  workspace,
  host,
  arch = 'amd64',
}: {
  readonly workspace: string;
  readonly host: string;
  readonly arch?: string | undefined;
}): Readonly<Record<BuiltIn, string>> {
  return { workspace, host, arch, otherArch: arch === 'arm64' ? 'amd64' : 'arm64' };
}

/** Words of Go's template language that stand alone in braces; no variable can have their name. */
export const goWords: readonly string[] = ['end', 'else', 'break', 'continue', 'print', 'println'];

/** A variable in braces; its name is the first group. */
export const reference = /\{\{ ?([A-Za-z][A-Za-z0-9_]*) ?\}\}/g;
/** How the regular expressions of a scenario are meant: `^` and `$` match at each line. */
export const patternFlags = 'm';

const onlyReference = /^\{\{ ?([A-Za-z][A-Za-z0-9_]*) ?\}\}$/;

/** The parts of a scenario where variables are declared, or that name the scenario: nothing is put in there. */
const declarations = new Set(['$schema', 'formatVersion', 'id', 'names', 'ports', 'vars']);

/** Names of the variables a text uses, each once. */
export function variablesIn(text: string): string[] {
  const names = [...text.matchAll(reference)].map(([, name]) => name ?? '');
  return [...new Set(names)].filter((name) => !goWords.includes(name));
}

/** All that a scenario declares, as wished. */
export function wishedValues(scenario: Pick<Scenario, 'names' | 'ports' | 'vars'>): Values {
  return { ...scenario.vars, ...scenario.ports, ...scenario.names };
}

/**
 * The scenario with `--var key=value` taken over, and the steps and permissions that are there then. Throws a Failure
 * (exit code 2) for a key it does not declare, and for a value that makes no permission.
 */
export function withVars(scenario: Scenario, given: Readonly<Record<string, string>>): Scenario {
  for (const key of Object.keys(given)) {
    if (Object.hasOwn(scenario.vars, key)) continue;
    const known = Object.keys(scenario.vars);
    const near = didYouMean(key, known);
    throw new Failure(`The scenario ${scenario.id} has no variable "${key}".`, {
      code: 'unknown-variable',
      exitCode: 2,
      hints: [
        known.length === 0
          ? 'It has none that can be set.'
          : near
            ? `Did you mean ${near}?`
            : `It has: ${known.join(', ')}.`,
      ],
    });
  }
  const vars = { ...scenario.vars, ...given };
  const steps = scenario.steps.filter((step) => step.given === undefined || vars[step.given] !== '');
  const permissions = scenario.requires.permissions.flatMap((permission) => permissionWith(permission, vars));
  return { ...scenario, vars, steps, requires: { ...scenario.requires, permissions } };
}

/** As a step is there only where its variable is not empty, so is a permission. */
function permissionWith(permission: Permission, vars: Values): readonly Permission[] {
  const used = variablesIn(permission);
  if (used.length === 0) return [permission];
  if (used.some((name) => vars[name] === '')) return [];
  const text = fillText(permission, vars);
  const read = readPermission(text);
  if (read !== undefined) return [read];
  throw new Failure(`${whyNoPermission(text)}.`, { code: 'not-a-permission', exitCode: 2 });
}

/** The scenario with every `{{name}}` replaced. Throws a Failure (exit code 2) for a name without a value. */
export function fillScenario(scenario: Scenario, values: Values): Scenario {
  const parts = Object.entries(scenario).map(([key, part]) => [key, declarations.has(key) ? part : fill(part, values)]);
  return Object.fromEntries(parts) as Scenario;
}

/** One text of the scenario with its values. @param as how a value is written there. */
export function fillText(text: string, values: Values, as: (value: string) => string = asIs): string {
  return text.replace(reference, (whole, name: string) =>
    goWords.includes(name) ? whole : as(String(valueOf(name, values))),
  );
}

/** A docker command line with its values, each one word (or a part of one) whatever it holds. */
export function fillCommand(line: string, values: Values): string {
  let filled = '';
  let from = 0;
  let open: Quote = '';
  for (const match of line.matchAll(reference)) {
    const name = match[1] ?? '';
    if (goWords.includes(name)) continue;
    const before = line.slice(from, match.index);
    open = quoteAfter(before, open);
    filled += before + quotedIn(open, String(valueOf(name, values)));
    from = match.index + match[0].length;
  }
  return filled + line.slice(from);
}

/** What stands under them is a docker command line, or a list of them. */
const commandKeys: ReadonlySet<string> = new Set(['do', 'try', 'blanks']);

function fill(part: unknown, values: Values, key = '', parent = ''): unknown {
  if (typeof part === 'string') {
    if (commandKeys.has(key) || (key === 'command' && parent === 'exec')) return fillCommand(part, values);
    if (key === 'matches') return fillText(part, values, literally);
    const alone = key === 'port' ? onlyReference.exec(part)?.[1] : undefined;
    return alone === undefined ? fillText(part, values) : portOf(alone, values);
  }
  // an entry is what its list is, but the words of a command are not lines
  if (Array.isArray(part)) return part.map((item) => fill(item, values, key === 'command' ? '' : key, parent));
  if (typeof part !== 'object' || part === null) return part;
  // the name of a label, or of a service, may be one of the lesson's names
  return Object.fromEntries(
    Object.entries(part).map(([name, value]) => [fillText(name, values), fill(value, values, name, key)]),
  );
}

function valueOf(name: string, values: Values): Value {
  const value = Object.hasOwn(values, name) ? values[name] : undefined;
  if (value !== undefined) return value;
  const near = didYouMean(name, Object.keys(values));
  throw new Failure(`Nothing gives {{${name}}} a value.`, {
    code: 'unknown-variable',
    exitCode: 2,
    hints: near ? [`Did you mean {{${near}}}?`] : [],
  });
}

function portOf(name: string, values: Values): number {
  const port = Number(valueOf(name, values));
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw new Failure(`{{${name}}} stands for a port, and "${String(values[name])}" is none.`, {
    code: 'not-a-port',
    exitCode: 2,
    hints: ['A port is a whole number from 1 to 65535.'],
  });
}

function asIs(value: string): string {
  return value;
}

/** In a regular expression a value stands for its own letters. */
export function literally(value: string): string {
  return value.replace(/[\^$.*+?()[\]{}|/\\]/g, '\\$&');
}

type Quote = '' | "'" | '"';

/** The quote that is open after `text`, when `open` was before it. POSIX shell rules. */
function quoteAfter(text: string, open: Quote): Quote {
  let quoted = open;
  for (let i = 0; i < text.length; i++) {
    const sign = text[i];
    if (sign === '\\' && quoted !== "'") i++;
    else if (sign === quoted) quoted = '';
    else if (quoted === '' && (sign === "'" || sign === '"')) quoted = sign;
  }
  return quoted;
}

function quotedIn(open: Quote, value: string): string {
  if (open === "'") return value.replaceAll("'", `'\\''`);
  if (open === '"') return value.replace(/["\\$`]/g, '\\$&');
  return quote(value);
}
