/** Which addresses a lesson asks: published ports, on this machine or the engine's. A stranger's lesson must not reach further from here. Pure. */
import { Failure } from '../../failure.ts';

/** @param host where published ports answer */
export function portAddress(host: string, port: number, path = '/'): string {
  const bracketed = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
  return `http://${bracketed}:${String(port)}${slashed(path)}`;
}

/** Without it the path would be taken for more of the host. */
export function slashed(path = '/'): string {
  return path.startsWith('/') ? path : `/${path}`;
}

/** @param host where published ports answer @throws Failure (exit code 2) */
export function assertOwnAddress(url: string, host: string): void {
  if (isOwnAddress(url, host)) return;
  throw new Failure(`${url} is not on this machine, nor on the engine's.`, {
    code: 'address-elsewhere',
    exitCode: 2,
    hints: ['A lesson asks ports that it publishes: port: "{{web}}", or url: "http://{{host}}:{{web}}/"'],
  });
}

export function isOwnAddress(url: string, host: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  if (protocol !== 'http:' && protocol !== 'https:') return false;
  return (
    hostname === 'localhost' ||
    hostname === '[::1]' ||
    /^127(\.\d+){3}$/.test(hostname) ||
    hostname === new URL(portAddress(host, 80)).hostname
  );
}
