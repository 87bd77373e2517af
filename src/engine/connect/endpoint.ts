/** Which engine is meant, in the docker CLI's order: --context › --host › DOCKER_HOST › DOCKER_CONTEXT › current context › default. */
import { homedir } from 'node:os';
import { causeFailure } from '../../cause-failure.ts';
import { didYouMean } from '../../did-you-mean.ts';
import { Failure } from '../../failure.ts';
import { isAddress, parseAddress } from './address.ts';
import { contextNames, httpHeaders, readContext, readDockerConfig } from '../config/docker-config.ts';
import type { Files } from '../config/docker-config.ts';
import { diskFiles } from '../config/disk-files.ts';
import { defaultAddress } from './known-sockets.ts';
import type { Endpoint } from '../engine.ts';
import { hideSecretsIn } from '../../secret.ts';
import { contextTls, environmentTls } from './tls-material.ts';

/** What the command line says; both absent where it says nothing. */
export interface EndpointWish {
  readonly host?: string | undefined;
  readonly context?: string | undefined;
}

/** Where the answer is looked up. */
export interface EndpointSources {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly platform: NodeJS.Platform;
  readonly files: Files;
}

type From = Endpoint['from'];

/**
 * @throws Failure: `conflicting-options`, E-HOST-INVALID, E-CONTEXT-MISSING, E-CONTEXT-BROKEN, E-CONFIG-INVALID, E-TLS-CA, E-TLS-CLIENT.
 * Nothing is connected to.
 */
export function resolveEndpoint(wish: EndpointWish, sources: EndpointSources = thisMachine()): Endpoint {
  const version = given(sources.env['DOCKER_API_VERSION'])?.replace(/^v/, '');
  const headers = httpHeaders(configFolder(sources), sources.files);
  return {
    ...chosenEndpoint(wish, sources),
    ...(version !== undefined && { apiVersion: version }),
    ...(headers && { headers }),
  };
}

function chosenEndpoint(wish: EndpointWish, sources: EndpointSources): Endpoint {
  const { env } = sources;
  const context = given(wish.context);
  const host = given(wish.host);
  if (context !== undefined && host !== undefined) {
    throw new Failure('--host and --context exclude each other: each names an engine.', {
      code: 'conflicting-options',
      exitCode: 2,
      hints: ['leave one of them out'],
    });
  }
  if (context !== undefined) return ofContext(context, 'context-option', sources);
  if (host !== undefined) return ofAddress(host, 'host-option', sources);
  if (given(env['DOCKER_HOST']) !== undefined) return ofEnvironment(sources);
  const named = given(env['DOCKER_CONTEXT']);
  if (named !== undefined) return ofContext(named, 'DOCKER_CONTEXT', sources);
  const current = given(readDockerConfig(configFolder(sources), sources.files).currentContext);
  return current === undefined ? ofEnvironment(sources) : ofContext(current, 'current-context', sources);
}

/** `$DOCKER_CONFIG`, or ~/.docker. */
export function configFolder({ env, home }: Pick<EndpointSources, 'env' | 'home'>): string {
  return given(env['DOCKER_CONFIG']) ?? `${home}/.docker`;
}

function given(text: string | null | undefined): string | undefined {
  const trimmed = text?.trim() ?? '';
  return trimmed === '' ? undefined : trimmed;
}

/** The context `default` is the environment: DOCKER_HOST where it is set, else the socket that docker takes. */
function ofEnvironment(sources: EndpointSources): Endpoint {
  const host = given(sources.env['DOCKER_HOST']);
  if (host !== undefined) return ofAddress(host, 'DOCKER_HOST', sources);
  return { address: defaultAddress(sources.platform), from: 'default' };
}

function ofAddress(text: string, from: From, sources: EndpointSources): Endpoint {
  const address = validAddress(text, { from }, sources);
  const tls = address.startsWith('tcp:')
    ? environmentTls(configFolder(sources), { address, from }, sources)
    : undefined;
  return { address, from, ...(tls && { tls }) };
}

function ofContext(name: string, from: From, sources: EndpointSources): Endpoint {
  if (name === 'default') return ofEnvironment(sources);
  const folder = configFolder(sources);
  const context = readContext(folder, name, sources.files);
  if (!context) throw missingContext(name, from, contextNames(folder, sources.files));
  const address =
    context.host === ''
      ? defaultAddress(sources.platform)
      : validAddress(context.host, { from, detail: name, context: name }, sources);
  const tls = address.startsWith('tcp:')
    ? contextTls(context, { address, from, detail: name }, sources.files)
    : undefined;
  return { address, from, detail: name, ...(tls && { tls }) };
}

/** The address in full (`tcp://host` gets its port), or a Failure that says what is wrong with it. */
function validAddress(
  text: string,
  about: { from: From; detail?: string; context?: string },
  { platform }: Pick<EndpointSources, 'platform'>,
): string {
  const parsed = reachableFrom(platform, parseAddress(text));
  if (!isAddress(parsed)) {
    const { wrong, instead } = parsed;
    const args = {
      ...about,
      address: hideSecretsIn(text),
      wrong,
      ...(instead !== undefined && { instead: hideSecretsIn(instead) }),
    };
    throw causeFailure('E-HOST-INVALID', {
      args,
      evidence: [`${about.from === 'host-option' ? '--host' : about.from}: ${JSON.stringify(hideSecretsIn(text))}`],
    });
  }
  if (parsed.kind === 'tcp') {
    const host = parsed.host.includes(':') ? `[${parsed.host}]` : parsed.host;
    return `tcp://${host}:${String(parsed.port)}${parsed.prefix}`;
  }
  return parsed.kind === 'socket' ? `unix://${parsed.path}` : text.trim();
}

/** Named pipes are of Windows. */
function reachableFrom(
  platform: NodeJS.Platform,
  address: ReturnType<typeof parseAddress>,
): ReturnType<typeof parseAddress> {
  if (platform === 'win32' || !isAddress(address) || address.kind !== 'pipe') return address;
  return { wrong: 'named pipes are of Windows', instead: defaultAddress(platform) };
}

function missingContext(name: string, from: From, names: readonly string[]): Failure {
  const near = didYouMean(name, names);
  return causeFailure('E-CONTEXT-MISSING', {
    args: {
      context: name,
      from,
      detail: name,
      contexts: names.join(', '),
      ...(near !== undefined && { nearest: near }),
    },
    evidence: [`contexts: ${names.join(', ')}`],
  });
}

function thisMachine(): EndpointSources {
  return { env: process.env, home: homedir(), platform: process.platform, files: diskFiles };
}
