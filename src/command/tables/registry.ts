/** docker login, logout, search. */
import { engineSays } from '../kinds.ts';
import { commandRow, flag } from '../table.ts';
import { bool, intBetween, string } from '../values/basic.ts';
import { filters, listFormat, noTrunc } from './shared.ts';

const server = {
  name: 'SERVER',
  means: 'the registry; Docker Hub when left out',
  says: (value: string) => `the registry ${value}`,
  arity: 'optional',
} as const;

export const login = commandRow({
  name: 'login',
  means: 'sign in to a registry, and remember it for pull and push',
  operands: [server],
  flags: () => ({
    password: flag({
      kind: string,
      short: 'p',
      lands: 'password',
      secret: true,
      means: 'the password or access token',
      says: () => 'gives the password on the command line',
      pitfall:
        'the password stays in your shell’s history and is seen in the list of processes; --password-stdin keeps it out of both',
    }),
    'password-stdin': flag({ kind: bool, lands: 'client', means: 'read the password or access token from stdin' }),
    username: flag({
      kind: string,
      short: 'u',
      lands: 'username',
      means: 'who signs in',
      says: (value) => `signs in as ${value}`,
    }),
  }),
});

export const logout = commandRow({
  name: 'logout',
  means: 'forget the login of a registry',
  operands: [server],
  flags: () => ({}),
});

export const search = commandRow({
  name: 'search',
  means: 'look for images on Docker Hub',
  operands: [{ name: 'TERM', means: 'what to look for', says: (value) => `looks for ${value}`, arity: 'one' }],
  flags: () => ({
    filter: flag({ ...filters, means: 'keep only what matches: is-official=true, stars=100' }),
    format: listFormat,
    limit: flag({
      kind: intBetween(0, 100, 'int', (value) => engineSays(`limit ${String(value)} is outside the range of [1, 100]`)),
      lands: 'query limit',
      means: 'the most results, up to 100',
      says: (value) => `${String(value)} ${value === 1 ? 'result' : 'results'} at most`,
    }),
    'no-trunc': noTrunc,
  }),
});

export const registryRows = [login, logout, search];
