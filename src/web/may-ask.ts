/**
 * Whom a lesson may ask from this machine: ports that its run has published on the engine's host, and what it has a
 * permission for. The address that is connected to is judged, whatever name has led there.
 */
import { isIP } from 'node:net';
import type { Ask } from '../engine/ask.ts';
import { isLoopback, isSame, isThisMachine } from '../engine/ip-address.ts';
import { isPublished } from '../ownership/published-ports.ts';
import { permissionFor } from '../permission-name.ts';
import type { Permission } from '../permission-name.ts';
import { addressesOf } from './name-lookup.ts';
import { bracketed } from './own-address.ts';
import type { HostAndPort } from './own-address.ts';

export interface Destination extends HostAndPort {
  /** The IP address to connect to. */
  readonly address: string;
}

/** `unpublished`: on the engine's host, where the run has no such port. */
export type Verdict = 'yes' | 'unpublished' | 'elsewhere';
export type MayAsk = (to: Destination) => Promise<Verdict>;

/** What decides. */
export interface Asking {
  readonly ask: Ask;
  readonly signal: AbortSignal;
  /** What the things of this run are labelled with. */
  readonly run: string;
  /** Seconds since 1970: containers that were made after it count as the run's. */
  readonly since?: number | undefined;
  readonly permissions: readonly Permission[];
  /** Where published ports answer: `localhost`, or the engine's host. */
  readonly portsHost: string;
}

export function mayAsk(asking: Asking): MayAsk {
  return async (to) => {
    if (isPermitted(to, asking.permissions)) return 'yes';
    if (!(await isEnginesHost(to.address, asking))) return 'elsewhere';
    const { run, ask, permissions, since } = asking;
    const onHostNetwork = permissions.includes('host-network');
    return (await isPublished(to, { run, ask, since, onHostNetwork })) ? 'yes' : 'unpublished';
  };
}

/** `address:HOST:PORT`, by the address itself or by the name that led to it. */
function isPermitted({ host, address, port }: Destination, permissions: readonly Permission[]): boolean {
  const named = (by: string): boolean =>
    permissions.includes(permissionFor('address', `${bracketed(by)}:${String(port)}`));
  return named(address) || (isTrueName(host, address) && named(host));
}

/** Who owns a name decides what it stands for: it must not come to stand for this machine. */
export function isTrueName(host: string, address: string): boolean {
  return isIP(host) !== 0 || host === 'localhost' || !isThisMachine(address);
}

async function isEnginesHost(address: string, { portsHost, signal }: Asking): Promise<boolean> {
  const addresses = await addressesOf(portsHost, signal).catch(() => []);
  return addresses.some((one) => (isLoopback(one) ? isLoopback(address) : isSame(one, address)));
}
