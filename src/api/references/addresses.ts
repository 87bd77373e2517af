/** Places that the engine asks or sends to. */
import { isHub } from '../../image-name.ts';
import type { Reference } from './reference.ts';
import { unknownPart } from './reference.ts';

const ports: Readonly<Record<string, string>> = { http: '80', https: '443', git: '9418', ssh: '22', ftp: '21' };

/** The engine fetches it itself, from its own machine's place in the network. @param url of a file or of a git repository */
export function fetched(url: string): Reference {
  const name = addressIn(url);
  return { of: 'address', name, how: `has the engine fetch from ${name}` };
}

export const remoteStarts: readonly string[] = ['http://', 'https://', 'git://', 'ssh://', 'git@', 'github.com/'];

/** Whether the engine, given this in place of a file or folder, fetches it. Source: moby, builder/remotecontext/urlutil. */
export function isRemote(where: string): boolean {
  const text = where.toLowerCase();
  return remoteStarts.some((start) => text.startsWith(start));
}

/** `host:port` @throws Failure for what is no address */
function addressIn(url: string): string {
  const [, user, path] = /^(git@)?([^/:@\s]+)[:/]/.exec(url) ?? [];
  if (user !== undefined || path === 'github.com')
    return `${path ?? ''}:${user === undefined ? '443' : '22'}`.toLowerCase();
  const [, scheme = '', host = '', port] =
    /^([a-z]+):\/\/(?:[^/?#@]*@)?(\[[0-9a-f:.]+\]|[^/?#:@\s]+)(?::(\d+))?(?:[/?#]|$)/i.exec(url) ?? [];
  const found = port ?? ports[scheme.toLowerCase()];
  if (host === '' || found === undefined) throw unknownPart(url);
  return `${host}:${found}`.toLowerCase();
}

/**
 * A registry that may be somebody's own: by a port, an address, or a name that only this network knows. Its images are
 * not public, and whoever has one fetched asks that place.
 */
export function isPrivateRegistry(domain: string): boolean {
  return /:\d+$|^\[|^\d+(?:\.\d+){3}$/.test(domain) || !domain.includes('.') || /\.local(?:host)?$/i.test(domain);
}

/** `https://index.docker.io/v1/`, `localhost:5000`; '' is Docker Hub. */
export function registryAt(server: string): string {
  const host = server
    .replace(/^https?:\/\//i, '')
    .replace(/\/.*$/, '')
    .toLowerCase();
  return host === '' || isHub(host) || host === 'registry-1.docker.io' ? 'docker.io' : host;
}
