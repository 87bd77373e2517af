/** Addresses as a lesson writes them. Pure. */
import { Failure } from '../failure.ts';

/** @param host where published ports answer */
export function portAddress(host: string, port: number, path = '/'): string {
  return `http://${bracketed(withoutBrackets(host))}:${String(port)}${slashed(path)}`;
}

/** Without it the path would be taken for more of the host. */
export function slashed(path = '/'): string {
  return path.startsWith('/') ? path : `/${path}`;
}

/** As a URL has an IPv6 address. */
export function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

export function withoutBrackets(host: string): string {
  return host.replace(/^\[(.*)\]$/, '$1');
}

export interface HostAndPort {
  /** Lower-case; of IPv6 without brackets; every spelling of an IPv4 address (`127.1`, `0x7f000001`) as four numbers. */
  readonly host: string;
  readonly port: number;
  /** By https. */
  readonly secure: boolean;
}

/** @throws Failure (exit code 2) for a text that is no address of a web server */
export function readAddress(url: string): HostAndPort {
  const read = readableAddress(url);
  if (read) return read;
  throw new Failure(`${url} is no address that starts with http:// or https://.`, {
    code: 'not-an-address',
    exitCode: 2,
    hints: ['A lesson asks ports that it publishes: port: "{{web}}", or url: "http://{{host}}:{{web}}/"'],
  });
}

export function readableAddress(url: string): HostAndPort | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol, hostname, port } = new URL(url);
  if (protocol !== 'http:' && protocol !== 'https:') return undefined;
  const secure = protocol === 'https:';
  return { host: withoutBrackets(hostname), port: Number(port || (secure ? 443 : 80)), secure };
}
