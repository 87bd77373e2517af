/** A registry's HTTP API, version 2, as far as checks need it. Source: the OCI distribution specification, and docker's token authentication. */
import { Buffer } from 'node:buffer';
import type { Login } from '../../api/request.ts';
import { isHub } from '../../image-name.ts';
import { fetchPage } from './fetch-page.ts';
import type { Page, Silence } from './fetch-page.ts';

export interface RegistryAnswer {
  readonly status: number;
  /** JSON where it is JSON. */
  readonly body: unknown;
  /** Of a manifest: `sha256:…`. */
  readonly digest?: string | undefined;
}

export interface RegistryPlace {
  /** `http://localhost:5000`, without a slash at its end. */
  readonly base: string;
  readonly login?: Login | undefined;
}

/**
 * Where a registry answers. One at localhost is the engine's own machine, and speaks http; others speak https.
 * @param portsHost where the engine's published ports answer
 */
export function registryBase(at: string, portsHost: string): string {
  if (isHub(at)) return 'https://registry-1.docker.io';
  const [, host = at, port = ''] = /^(\[[^\]]*\]|[^:/]*)(:\d+)?$/.exec(at) ?? [];
  if (host !== 'localhost' && host !== '[::1]' && !/^127(\.\d+){3}$/.test(host)) return `https://${at}`;
  return `http://${portsHost.includes(':') ? `[${portsHost}]` : portsHost}${port}`;
}

/** Asks, and once more with what the registry wants shown: name and password, or a token got with them. @throws the signal's reason */
export async function askRegistry(
  { base, login }: RegistryPlace,
  path: string,
  signal: AbortSignal,
  method: 'GET' | 'HEAD' = 'GET',
): Promise<RegistryAnswer | Silence> {
  const send = (authorization?: string): Promise<Page | Silence> =>
    fetchPage(`${base}/v2/${path}`, signal, {
      method,
      headers: { accept: manifestTypes, ...(authorization !== undefined && { authorization }) },
    });
  let answer = await send();
  if ('status' in answer && answer.status === 401) {
    const authorization = await authorizationFor(answer.headers['www-authenticate'] ?? '', login, signal);
    if (authorization !== undefined) answer = await send(authorization);
  }
  if ('silent' in answer) return answer;
  return { status: answer.status, body: parsed(answer.body), digest: answer.headers['docker-content-digest'] };
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
  signal: AbortSignal,
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
  const answer = await fetchPage(url.href, signal, {
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
