/** Where the ports answer that containers publish, asked from here. */
import { askThrough, seek } from '../engine/ask.ts';
import type { Ask } from '../engine/ask.ts';
import { hostOf, isAddress, parseAddress } from '../engine/connect/address.ts';
import type { SshAddress } from '../engine/connect/address.ts';
import { isInContainer, ownContainer } from '../engine/connect/in-container.ts';
import { sshHost } from '../engine/connect/ssh-host.ts';
import type { Endpoint, Engine } from '../engine/engine.ts';
import { isLoopback } from '../engine/ip-address.ts';
import { bracketed } from './own-address.ts';

const thisMachine = 'localhost';

/** Whether published ports answer on this machine itself, at 127.0.0.1 too. */
export function isThisMachine(portsHost: string): boolean {
  return portsHost === thisMachine || isLoopback(portsHost);
}

export function portsHostFrom(engine: Engine, signal: AbortSignal): Promise<string> {
  return portsHostOf(engine.endpoint, askThrough(engine, signal), (address) => sshHost(address, signal));
}

/**
 * A published port is on the engine's machine: for a socket this one, for tcp and ssh the endpoint's host. Where this
 * process itself runs in a container of that engine, localhost is the container, and the machine is its gateway.
 * @param sshHost what ssh calls a host
 */
export async function portsHostOf(
  { address }: Pick<Endpoint, 'address'>,
  ask: Ask,
  sshHost: (address: SshAddress) => Promise<string>,
  container: string | undefined = isInContainer() ? ownContainer() : undefined,
): Promise<string> {
  const parsed = parseAddress(address);
  if (isAddress(parsed) && (parsed.kind === 'tcp' || parsed.kind === 'ssh')) {
    const host = parsed.kind === 'ssh' ? await sshHost(parsed) : hostOf(parsed);
    return bracketed(host);
  }
  if (container === undefined) return thisMachine;
  const own = await seek(ask, `/containers/${container}/json`);
  if (own.is === 'not there') return thisMachine;
  const { HostConfig, NetworkSettings } = own.thing as OwnContainer;
  if (HostConfig?.NetworkMode === 'host') return thisMachine;
  const gateways = Object.values(NetworkSettings?.Networks ?? {}).map((network) => network?.Gateway);
  return gateways.find((gateway) => gateway) ?? thisMachine;
}

interface OwnContainer {
  readonly HostConfig?: { readonly NetworkMode?: string };
  readonly NetworkSettings?: {
    readonly Networks?: Readonly<Record<string, { readonly Gateway?: string } | null>> | null;
  };
}
