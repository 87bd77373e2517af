/** Rows that several commands have alike. */
import { flag, type FlagLine, type Operand } from '../table.ts';
import { cutImageName } from '../../image-name.ts';
import { bool, string } from '../values/basic.ts';
import { filter } from '../values/pairs.ts';
import { sayFilter } from './say-filter.ts';
import { sayFormat, sayListFormat } from './say.ts';

/** Short ids are hexadecimal digits, as no one calls a thing. */
export function orId(value: string): string {
  if (/^[0-9a-f]{12,64}$/.test(value)) return `with the id ${value}`;
  return /^(?=[a-f]*[0-9])[0-9a-f]{2,11}$/.test(value) ? `called ${value}, or whose id begins so` : value;
}

export const container: Operand = {
  name: 'CONTAINER',
  means: 'the container, by name or by the start of its id',
  says: (value) => `the container ${orId(value)}`,
  arity: 'one',
  names: 'container',
};
export const containers: Operand = {
  ...container,
  means: 'the containers, by name or by the start of their ids',
  arity: 'many',
};

/** What a new image is called. */
export function newImage(value: string): string {
  const { familiarFull } = cutImageName(value);
  return `calls the image ${familiarFull}`;
}

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
  says: sayListFormat,
  default: 'table',
  minds: (_, line) => unquotedBraces(line),
});

export const inspectFormat = flag({
  kind: string,
  short: 'f',
  lands: 'client',
  means: 'pick values out of the answer with a Go template, or print it as json',
  says: sayFormat,
  minds: (_, line) => unquotedBraces(line),
});

export const filters = flag({
  kind: filter,
  short: 'f',
  lands: 'query filters',
  means: 'keep only what matches',
  says: (pair) => sayFilter('keeps', pair),
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
  says: (pair) => sayFilter('removes', pair),
});
