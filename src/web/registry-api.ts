/** A registry's HTTP API, version 2, as far as checks need it. Source: the OCI distribution specification, and docker's token authentication. */
import { Buffer } from 'node:buffer';
import type { Login } from '../api/request.ts';
import { isHub } from '../image-name.ts';
import { permissionFor } from '../permission-name.ts';
import type { Permission } from '../permission-name.ts';
import { fetchPage } from './fetch-page.ts';
import type { Asker, Page, Silence } from './fetch-page.ts';
import { isLoopback, isThisMachine } from '../engine/ip-address.ts';
import { isTrueName } from './may-ask.ts';
import type { MayAsk } from './may-ask.ts';
import { bracketed, readableAddress, withoutBrackets } from './own-address.ts';

export interface RegistryAnswer {
  readonly status: number;
  /** JSON where it is JSON. */
  readonly body: unknown;
  /** As it came. */
  readonly text: string;
  /** Of a manifest: `sha256:…`. */
  readonly digest?: string | undefined;
  readonly mediaType?: string | undefined;
}

export interface RegistryPlace {
  /** `http://localhost:5000`, without a slash at its end. */
  readonly base: string;
  readonly login?: Login | undefined;
  readonly asker: Asker;
  /** Who gives tokens for it. */
  readonly tokenAsker: Asker;
}

/**
 * A registry that is permitted may be asked, and whom it names for its tokens, as docker does it: elsewhere and by https,
 * for it must not lead back to this machine. Else both are asked as every address is.
 */
export function registryAskers(
  at: string,
  base: string,
  { signal, mayAsk, permissions }: Asker & { readonly permissions: readonly Permission[] },
): Pick<RegistryPlace, 'asker' | 'tokenAsker'> {
  if (!permissions.includes(permissionFor('registry', at)))
    return { asker: { signal, mayAsk }, tokenAsker: { signal, mayAsk } };
  const place = readableAddress(base);
  const asked: MayAsk = async (to) =>
    to.host === place?.host && to.port === place.port && isTrueName(to.host, to.address) ? 'yes' : mayAsk(to);
  const tokens: MayAsk = async (to) => (to.secure && !isThisMachine(to.address) ? 'yes' : mayAsk(to));
  return { asker: { signal, mayAsk: asked }, tokenAsker: { signal, mayAsk: tokens } };
}

/** Where Docker Hub answers. */
export const hubBase = 'https://registry-1.docker.io';

/**
 * Where a registry answers. One at localhost is the engine's own machine, and speaks http; others speak https.
 * @param portsHost where the engine's published ports answer
 */
export function registryBase(at: string, portsHost: string): string {
  if (isHub(at)) return hubBase;
  const { host, written } = registryHost(at);
  if (host !== 'localhost' && !isLoopback(host)) return `https://${at}`;
  return `http://${bracketed(withoutBrackets(portsHost))}${written}`;
}

/** `localhost:5000` → host without the brackets of IPv6, port, and the port as it was written: `:5000`, or nothing. */
export function registryHost(at: string): { readonly host: string; readonly port: number; readonly written: string } {
  const [, host = at, written = ''] = /^(\[[^\]]*\]|[^:/]*)(:\d+)?$/.exec(at.toLowerCase()) ?? [];
  const plain = withoutBrackets(host);
  const isOwn = plain === 'localhost' || isLoopback(plain);
  return { host: plain, port: written === '' ? (isOwn ? 80 : 443) : Number(written.slice(1)), written };
}

/** Asks, and once more with what the registry wants shown: name and password, or a token got with them. @throws the signal's reason */
export async function askRegistry(
  { base, login, asker, tokenAsker }: RegistryPlace,
  path: string,
  method: 'GET' | 'HEAD' = 'GET',
): Promise<RegistryAnswer | Silence> {
  const send = (authorization?: string): Promise<Page | Silence> =>
    fetchPage(`${base}/v2/${path}`, asker, {
      method,
      headers: { accept: manifestTypes, ...(authorization !== undefined && { authorization }) },
    });
  let answer = await send();
  if ('status' in answer && answer.status === 401) {
    const authorization = await authorizationFor(answer.headers['www-authenticate'] ?? '', login, tokenAsker);
    if (authorization !== undefined) answer = await send(authorization);
  }
  if ('silent' in answer) return answer;
  const { status, headers, body: text } = answer;
  const mediaType = headers['content-type']?.split(';')[0];
  return { status, body: parsed(text), text, digest: headers['docker-content-digest'], mediaType };
}

const manifestTypes = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
  'application/json',
].join(', ');

async function authorizationFor(
  challenge: string,
  login: Login | undefined,
  asker: Asker,
): Promise<string | undefined> {
  const basic =
    login?.password === undefined
      ? undefined
      : `Basic ${Buffer.from(`${login.username}:${login.password}`).toString('base64')}`;
  if (/^basic\b/i.test(challenge)) return basic;
  const realm = parameter(challenge, 'realm');
  if (!/^bearer\b/i.test(challenge) || realm === undefined || !URL.canParse(realm)) return undefined;
  const url = new URL(realm);
  for (const name of ['service', 'scope']) {
    const value = parameter(challenge, name);
    if (value !== undefined) url.searchParams.set(name, value);
  }
  const answer = await fetchPage(url.href, asker, {
    // the password goes to whom the registry names, as docker does it, and never in clear to a machine elsewhere
    ...(basic !== undefined && url.protocol === 'https:' && { headers: { authorization: basic } }),
  });
  if ('silent' in answer) return undefined;
  const { token, access_token: other } = (parsed(answer.body) ?? {}) as Record<string, unknown>;
  const found = token ?? other;
  return typeof found === 'string' ? `Bearer ${found}` : undefined;
}

function parameter(challenge: string, name: string): string | undefined {
  return new RegExp(`\\b${name}="([^"]*)"`, 'i').exec(challenge)?.[1];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // an empty body, or a proxy's page
    return text;
  }
}
