/**
 * Whom a lesson may ask from this machine: ports that its run has published on the engine's host, and what it has a
 * permission for. The address that is connected to is judged, whatever name has led there.
 */
import { isIP, isIPv4, isIPv6 } from 'node:net';
import { get } from '../../engine/ask.ts';
import type { Ask } from '../../engine/ask.ts';
import { EngineError } from '../../api/request.ts';
import { runLabel } from '../../ownership/labels.ts';
import { permissionFor } from '../../permission-name.ts';
import type { Permission } from '../../permission-name.ts';
import { isLoopback, isSame, isThisMachine } from './ip-address.ts';
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
  readonly permissions: readonly Permission[];
  /** Where published ports answer: `localhost`, or the engine's host. */
  readonly portsHost: string;
}

/** The engine is looked at each time: what was published a moment ago may be somebody else's now. */
export function mayAsk(asking: Asking): MayAsk {
  return async (to) => {
    if (isPermitted(to, asking.permissions)) return 'yes';
    if (!(await isEnginesHost(to.address, asking))) return 'elsewhere';
    return (await isPublished(to, asking)) ? 'yes' : 'unpublished';
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

/** Filters of a list: what this run has made. */
export function ofRun(run: string): string {
  return JSON.stringify({ label: [`${runLabel}=${run}`] });
}

interface Listed {
  readonly Ports?: readonly { readonly IP?: string; readonly PublicPort?: number; readonly Type?: string }[] | null;
  readonly HostConfig?: { readonly NetworkMode?: string };
}

async function isPublished({ address, port }: Destination, { ask, run, permissions }: Asking): Promise<boolean> {
  const filters = ofRun(run);
  const containers = listOf<Listed>(await get(ask, '/containers/json', { filters }));
  const byContainer = containers.some(
    ({ Ports, HostConfig }) =>
      (permissions.includes('host-network') && HostConfig?.NetworkMode === 'host') ||
      (Ports ?? []).some(({ IP, PublicPort, Type }) => Type === 'tcp' && PublicPort === port && covers(IP, address)),
  );
  return byContainer || (await isPublishedByService(port, filters, ask, address));
}

/** A published port answers at the address it was published at, or at every one of its family. */
function covers(published: string | undefined, address: string): boolean {
  if (published === undefined || published === '') return true;
  if (published === '0.0.0.0') return isIPv4(address);
  return published === '::' ? isIPv6(address) : isSame(published, address);
}

interface ServiceListed {
  readonly Endpoint?: {
    readonly Ports?: readonly { readonly PublishedPort?: number; readonly Protocol?: string }[] | null;
  };
}

/** A service's port answers on every node, at each IPv4 address. What it publishes in host mode, its containers tell. */
async function isPublishedByService(port: number, filters: string, ask: Ask, address: string): Promise<boolean> {
  if (!isIPv4(address)) return false;
  try {
    const services = listOf<ServiceListed>(await get(ask, '/services', { filters }));
    return services.some(({ Endpoint }) =>
      (Endpoint?.Ports ?? []).some(({ PublishedPort, Protocol }) => Protocol === 'tcp' && PublishedPort === port),
    );
  } catch (error) {
    // this engine is no swarm manager, or knows no services
    if (error instanceof EngineError && (error.status === 503 || error.status === 404 || error.status === 406))
      return false;
    throw error;
  }
}

function listOf<T>(answer: unknown): readonly T[] {
  return Array.isArray(answer) ? (answer as readonly T[]) : [];
}
