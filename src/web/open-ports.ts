/** The ports that a command has opened, as they are reached from here. Pure. */
import type { Change, OpenPort } from '../events/events.ts';
import { isLoopback } from '../engine/ip-address.ts';
import { bracketed } from './own-address.ts';
import { isThisMachine } from './ports-host.ts';
import type { Inventory, PublishedPort } from '../inventory/inventory.ts';

const anyAddress: ReadonlySet<string> = new Set(['', '0.0.0.0', '::']);

/** @param portsHost where the engine's published ports answer; what is published at a loopback address answers on this machine alone */
export function openPorts(changes: readonly Change[], after: Inventory, portsHost: string): readonly OpenPort[] {
  return changes.filter(publishesAnew).flatMap(({ id, name }) => {
    const { published = [] } = after.containers.find((container) => container.id === id) ?? {};
    const open = published.flatMap((one): readonly OpenPort[] => {
      const host = hostFor(one, portsHost);
      return host === undefined ? [] : [{ container: name, port: one.port, at: `${host}:${String(one.hostPort)}` }];
    });
    return [...new Map(open.map((one) => [`${one.at} ${one.port}`, one])).values()];
  });
}

export function publishesAnew({ change, kind, facts, before = {} }: Change): boolean {
  if (kind !== 'container' || facts['ports'] === undefined) return false;
  return change === 'added' || (change === 'changed' && before['ports'] !== undefined);
}

function hostFor({ hostAddress }: PublishedPort, portsHost: string): string | undefined {
  if (anyAddress.has(hostAddress)) return portsHost;
  if (isLoopback(hostAddress)) return isThisMachine(portsHost) ? portsHost : undefined;
  return bracketed(hostAddress);
}
