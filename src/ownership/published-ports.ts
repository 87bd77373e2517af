/** What a run has published on the engine's machine: whoever asks there, in whatever way, asks this reader. */
import { isIPv4, isIPv6 } from 'node:net';
import { EngineError } from '../api/request.ts';
import { get, hasNoSwarm } from '../engine/ask.ts';
import type { Ask } from '../engine/ask.ts';
import { isSame } from '../engine/ip-address.ts';
import { madeBy } from './labels.ts';

export interface TcpPort {
  /** An IP address of the engine's machine. */
  readonly address: string;
  readonly port: number;
}

interface Listed {
  /** Seconds since 1970. */
  readonly Created?: number;
  readonly Ports?: readonly { readonly IP?: string; readonly PublicPort?: number; readonly Type?: string }[] | null;
  readonly HostConfig?: { readonly NetworkMode?: string };
}

export interface PublishedBy {
  readonly run: string;
  readonly ask: Ask;
  /** Seconds since 1970: containers that were made after it count too. */
  readonly since?: number | undefined;
  /** Whether what its containers on the machine's own network listen on counts too: nobody can tell what that is. */
  readonly onHostNetwork: boolean;
}

/** The engine is looked at each time: what was published a moment ago may be somebody else's now. */
export async function isPublished(port: TcpPort, { run, ask, since, onHostNetwork }: PublishedBy): Promise<boolean> {
  const filters = madeBy(run);
  const marked = listOf<Listed>(await get(ask, '/containers/json', { filters }));
  const made = since === undefined ? [] : listOf<Listed>(await get(ask, '/containers/json'));
  const containers = [...marked, ...made.filter(({ Created = 0 }) => since !== undefined && Created >= since)];
  const byContainer = containers.some(
    ({ Ports, HostConfig }) =>
      (onHostNetwork && HostConfig?.NetworkMode === 'host') ||
      (Ports ?? []).some(
        ({ IP, PublicPort, Type }) => Type === 'tcp' && PublicPort === port.port && covers(IP, port.address),
      ),
  );
  return byContainer || (await isPublishedByService(port, filters, ask));
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
async function isPublishedByService({ address, port }: TcpPort, filters: string, ask: Ask): Promise<boolean> {
  if (!isIPv4(address)) return false;
  try {
    const services = listOf<ServiceListed>(await get(ask, '/services', { filters }));
    return services.some(({ Endpoint }) =>
      (Endpoint?.Ports ?? []).some(({ PublishedPort, Protocol }) => Protocol === 'tcp' && PublishedPort === port),
    );
  } catch (error) {
    if (error instanceof EngineError && hasNoSwarm(error.status)) return false;
    throw error;
  }
}

function listOf<T>(answer: unknown): readonly T[] {
  return Array.isArray(answer) ? (answer as readonly T[]) : [];
}
