/** Options of docker itself, written before the command. */
import { unlessEmpty } from '../kinds.ts';
import { flag } from '../table.ts';
import { bool, choice, list, string } from '../values/basic.ts';

export const globalFlags = {
  config: flag({
    kind: string,
    lands: 'client',
    means: "the folder of the docker client's own settings and logins",
    default: '~/.docker',
  }),
  context: flag({
    kind: string,
    short: 'c',
    lands: 'client',
    means: 'which saved context, and so which engine, to use for this command',
    says: (value) => `talks to the engine of the context ${value}`,
    minds: (_, line) =>
      line.has('host') ? '--context and -H exclude each other: docker refuses both at once' : undefined,
  }),
  debug: flag({ kind: bool, short: 'D', lands: 'client', means: 'the client reports more about what it does' }),
  host: flag({
    kind: list,
    short: 'H',
    lands: 'client',
    means: 'the address of the engine to talk to',
    says: (value) => `talks to the engine at ${value}`,
    minds: (value, line) =>
      value.startsWith('tcp:') && !line.has('tlsverify') && !line.has('tls')
        ? 'a plain tcp address is neither encrypted nor protected: who can reach it is root on that machine; ssh://user@host is safe'
        : undefined,
  }),
  'log-level': flag({
    kind: unlessEmpty(
      choice(['debug', 'info', 'warn', 'error', 'fatal'], (raw) => `Unable to parse logging level: ${raw}`),
    ),
    short: 'l',
    lands: 'client',
    means: 'how much the client logs',
    default: 'info',
  }),
  tls: flag({
    kind: bool,
    lands: 'client',
    means: 'encrypt the connection to the engine, without checking who answers',
  }),
  tlscacert: flag({
    kind: string,
    lands: 'client',
    means: 'the file of certificate authorities the client trusts',
    default: '~/.docker/ca.pem',
  }),
  tlscert: flag({
    kind: string,
    lands: 'client',
    means: "the file with the client's certificate",
    default: '~/.docker/cert.pem',
  }),
  tlskey: flag({
    kind: string,
    lands: 'client',
    means: "the file with the client's private key",
    default: '~/.docker/key.pem',
  }),
  tlsverify: flag({
    kind: bool,
    lands: 'client',
    means: 'encrypt the connection to the engine, and check its certificate',
  }),
  version: flag({ kind: bool, short: 'v', lands: 'client', means: 'print the version of the client and quit' }),
};
