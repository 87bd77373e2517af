/** Rows that several commands have alike. */
import { flag, type FlagLine, type Operand } from '../table.ts';
import { bool, string } from '../values/basic.ts';
import { filter } from '../values/pairs.ts';

export const container: Operand = {
  name: 'CONTAINER',
  means: 'the container, by name or by the start of its id',
  arity: 'one',
  names: 'container',
};
export const containers: Operand = {
  ...container,
  means: 'the containers, by name or by the start of their ids',
  arity: 'many',
};

export const quietIds = flag({
  kind: bool,
  short: 'q',
  lands: 'client',
  means: 'print ids only, one a line, for use in other commands',
});
export const noTrunc = flag({ kind: bool, lands: 'client', means: 'print ids and long columns in full' });
export const force = flag({ kind: bool, short: 'f', lands: 'client', means: 'do not ask "are you sure?"' });

export const detachKeys = flag({
  kind: string,
  lands: 'query detachKeys',
  means: 'the keys that leave the container running and give your terminal back',
  default: 'ctrl-p,ctrl-q',
});

/** The shell parts the words at a blank, and some shells take braces for their own. */
function unquotedBraces({ written }: FlagLine): string | undefined {
  return /\{\{/.test(written) && !/["']/.test(written)
    ? "in most shells the braces need quotes around them: --format '{{.ID}}'"
    : undefined;
}

export const listFormat = flag({
  kind: string,
  lands: 'client',
  means: 'what to print for each line: a Go template, table with a template, or json',
  says: (value) => (value === 'json' ? 'prints one JSON object a line' : `prints each line as ${value}`),
  default: 'table',
  minds: (_, line) => unquotedBraces(line),
});

export const inspectFormat = flag({
  kind: string,
  short: 'f',
  lands: 'client',
  means: 'pick values out of the answer with a Go template, or print it as json',
  says: (value) => `prints only ${value}`,
  minds: (_, line) => unquotedBraces(line),
});

export const filters = flag({
  kind: filter,
  short: 'f',
  lands: 'query filters',
  means: 'keep only what matches',
  says: ({ key, value }) => `keeps only what has ${key} ${value}`,
});

export const contentTrust = flag({
  kind: bool,
  lands: 'client',
  means: 'do not check the signature of the image',
  default: 'true',
  refused: 'Docker Content Trust is being retired; docker-tutor does not check signatures',
});

export const pruneFilters = flag({
  kind: filter,
  lands: 'query filters',
  means: 'remove only what matches: until=24h, label=key',
  says: ({ key, value }) => `removes only what has ${key} ${value}`,
});
