/** What the schema finds wrong in a file, in words for its author. Loads zod. */
import type * as z from 'zod';
import { didYouMean } from '../did-you-mean.ts';
import { keysAt, scenarioJsonSchema, type JsonSchema } from './json-schema.ts';
import { scenario, type Scenario } from './schema.ts';
import { missing, notOneOf, tooSmall, wrongType } from './shape-words.ts';
import type { Path, Problem } from '../yaml/places.ts';

type Issue = z.core.$ZodIssue;

export type Shaped =
  | { readonly scenario: Scenario; readonly problems: readonly [] }
  | { readonly scenario?: undefined; readonly problems: readonly Problem[] };

let schemaOfFile: JsonSchema | undefined;

/** The value as a Scenario with its defaults, or every problem of its shape. */
export function shape(value: unknown): Shaped {
  const result = scenario.safeParse(value);
  if (result.success) return { scenario: result.data, problems: [] };
  // some 10 ms to make, and wanted only for a file that is wrong
  schemaOfFile ??= scenarioJsonSchema();
  return { problems: shapeProblems(result.error, value, schemaOfFile) };
}

/** @param schema of the file that the value was read from */
export function shapeProblems({ issues }: z.ZodError, value: unknown, schema: JsonSchema): readonly Problem[] {
  return issues.flatMap((issue) => problemsOf(issue, [], value, schema));
}

/** @param base where the issue's own path begins; inside a union it begins at the union. */
function problemsOf(issue: Issue, base: Path, root: unknown, schema: JsonSchema): Problem[] {
  const path = [...base, ...issue.path];
  const value = at(root, path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => strangeKey(key, path, value, schema));
    case 'invalid_union':
      return unionProblems(issue.errors, path, root, schema);
    case 'invalid_type':
      return [
        value === undefined
          ? missing([path.at(-1) ?? ''], path.slice(0, -1))
          : { path, message: wrongType([issue.expected], value) },
      ];
    case 'invalid_value':
      if (value === undefined) return [missing([path.at(-1) ?? ''], path.slice(0, -1))];
      return [{ path, message: notOneOf(issue.values, value) }];
    case 'invalid_key':
      return [{ path, key: true, message: issue.issues[0]?.message ?? issue.message }];
    case 'too_small':
      return [{ path, message: tooSmall(issue.origin, Number(issue.minimum)) }];
    case 'too_big':
      return [
        {
          path,
          message:
            `must be ${String(issue.maximum)} ${issue.origin === 'array' ? 'entries' : ''}`.trimEnd() + ' at the most',
        },
      ];
    default:
      return [{ path, message: issue.message }];
  }
}

/** The form the author most likely meant: the one that misses least and complains least. */
function unionProblems(
  branches: readonly (readonly Issue[])[],
  path: Path,
  root: unknown,
  schema: JsonSchema,
): Problem[] {
  const value = at(root, path);
  if (value === undefined) return [missing([path.at(-1) ?? ''], path.slice(0, -1))];
  if (!isMapping(value) || branches.every((branch) => branch.some((issue) => isTypeAt(issue)))) {
    return plainUnion(branches, path, value, root, schema);
  }
  const scored = branches.map((issues) => ({ issues, lacks: lacking(issues, value), unknown: unrecognized(issues) }));
  const score = (branch: (typeof scored)[number]): number => branch.lacks.length * 100 + branch.issues.length;
  const least = Math.min(...scored.map(score));
  const best = scored.filter((branch) => score(branch) === least);
  const [first] = best;
  if (first === undefined) return [];
  const rest = first.issues.filter((issue) => !isUnknownHere(issue) && !isLackOf(issue, value));
  const unknown = first.unknown.filter(
    (key) => best.every((branch) => branch.unknown.includes(key)) || first.lacks.length === 0,
  );
  const lacks = [...new Set(best.flatMap((branch) => branch.lacks))];
  const slip = unknown.some((key) => didYouMean(key, lacks.map(String)) !== undefined);
  return [
    ...(lacks.length === 0 || slip ? [] : [missing(lacks, path)]),
    ...unknown.map((key) => strangeKey(key, path, value, schema)),
    ...rest.flatMap((issue) => problemsOf(issue, path, root, schema)),
  ];
}

/** A union of simple values: what is wrong inside the form that has the right type, else the types it may have. */
function plainUnion(
  branches: readonly (readonly Issue[])[],
  path: Path,
  value: unknown,
  root: unknown,
  schema: JsonSchema,
): Problem[] {
  const close = branches.find((branch) => !branch.some((issue) => isTypeAt(issue)));
  if (close) return close.flatMap((issue) => problemsOf(issue, path, root, schema));
  const expected = branches
    .flat()
    .flatMap((issue) => (issue.code === 'invalid_type' && issue.path.length === 0 ? [issue.expected] : []));
  return [{ path, message: wrongType(expected, value) }];
}

function isTypeAt(issue: Issue): boolean {
  if (issue.path.length > 0) return false;
  return (
    issue.code === 'invalid_type' ||
    (issue.code === 'invalid_union' && issue.errors.every((branch) => branch.some(isTypeAt)))
  );
}

function isLackOf(issue: Issue, value: object): boolean {
  return (
    issue.path.length === 1 &&
    at(value, issue.path) === undefined &&
    ['invalid_type', 'invalid_union', 'invalid_value'].includes(issue.code)
  );
}

function lacking(issues: readonly Issue[], value: object): PropertyKey[] {
  return issues.filter((issue) => isLackOf(issue, value)).flatMap((issue) => issue.path);
}

function unrecognized(issues: readonly Issue[]): string[] {
  return issues.flatMap((issue) => (isUnknownHere(issue) ? issue.keys : []));
}

function isUnknownHere(issue: Issue): issue is z.core.$ZodIssueUnrecognizedKeys {
  return issue.code === 'unrecognized_keys' && issue.path.length === 0;
}

/** A key nobody knows, or one that belongs to another form than the keys beside it. */
function strangeKey(key: string, path: Path, value: unknown, schema: JsonSchema): Problem {
  const place = { path: [...path, key], key: true };
  const allowed = keysAt(schema, path);
  const withKey = allowed.filter((form) => form.has(key));
  const beside = isMapping(value) ? Object.keys(value) : [];
  const rival = beside.find(
    (other) => allowed.some((form) => form.has(other)) && !withKey.some((form) => form.has(other)),
  );
  if (withKey.length > 0 && rival !== undefined)
    return { ...place, message: `"${key}" cannot stand beside "${rival}"` };
  const near = didYouMean(key, new Set(allowed.flatMap((form) => [...form])));
  return { ...place, message: `unknown key "${key}"${near === undefined ? '' : `; did you mean "${near}"?`}` };
}

function isMapping(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function at(root: unknown, path: Path): unknown {
  let value = root;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[step];
  }
  return value;
}
