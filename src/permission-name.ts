/**
 * What a scenario needs leave for, as `requires.permissions` and `--allow` write it: a word, or `KIND:NAME`. Each has one
 * spelling (`image:web` is read as `image:web:latest`), so that two that mean the same are the same text. Pure.
 */
import { cutImageName, isImageId } from './image-name.ts';

/** Rights that name nothing. */
export const rights = ['host-network', 'bind-outside-workspace', 'privileged', 'engine-socket', 'swarm-init'] as const;

/** What is named: a thing of the user's, a place to send to or ask, a part of the engine. */
export const namedKinds = [
  'container',
  'volume',
  'network',
  'image',
  'service',
  'secret',
  'config',
  'registry',
  'address',
  'capability',
  'log-driver',
  'runtime',
  'driver',
] as const;

export type Right = (typeof rights)[number];
export type NamedKind = (typeof namedKinds)[number];
export type Permission = Right | `${NamedKind}:${string}`;

/** @returns undefined where it is none, or names nothing */
export function readPermission(text: string): Permission | undefined {
  const right = rights.find((one) => one === text);
  if (right !== undefined) return right;
  const kind = namedKinds.find((one) => text.startsWith(`${one}:`));
  const name = kind === undefined ? '' : text.slice(kind.length + 1);
  return kind === undefined || !/^[!-~]+$/.test(name) ? undefined : permissionFor(kind, name);
}

/** In the one spelling. */
export function permissionFor(kind: NamedKind, name: string): Permission {
  return `${kind}:${spelled(kind, name)}`;
}

function spelled(kind: NamedKind, name: string): string {
  switch (kind) {
    case 'image':
      return isImageId(name) ? name.replace(/^sha256:/, '') : cutImageName(name).familiarFull;
    case 'capability':
      return capabilityName(name);
    case 'registry':
    case 'address':
      return name.toLowerCase();
    case 'container':
    case 'volume':
    case 'network':
    case 'service':
    case 'secret':
    case 'config':
    case 'log-driver':
    case 'runtime':
    case 'driver':
      return name;
  }
}

/** The engine takes `cap_net_admin`, `CAP_NET_ADMIN` and `NET_ADMIN` for one. */
export function capabilityName(written: string): string {
  return written.toUpperCase().replace(/^CAP_/, '');
}
