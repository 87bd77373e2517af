/** Ports of a new container: what it exposes, and where they are published. */
import { bindingsOf, portsOf } from '../../../command/values/port.ts';
import type { ContainerFlags } from './flags.ts';
import type { JsonObject } from '../../../api/request.ts';

/** `ExposedPorts`: published ports are exposed too. */
export function expose(flags: ContainerFlags): JsonObject | undefined {
  const ports = [
    ...(flags.publish ?? []).flatMap(bindingsOf).map(({ port }) => port),
    ...(flags.expose ?? []).flatMap(portsOf),
  ];
  return ports.length > 0 ? Object.fromEntries(ports.map((port) => [port, {}])) : undefined;
}

/** `HostConfig.PortBindings`: several bindings of one port are kept in the order written. */
export function portBindings(flags: ContainerFlags): JsonObject | undefined {
  const found: Record<string, JsonObject[]> = {};
  for (const { port, hostIp, hostPort } of (flags.publish ?? []).flatMap(bindingsOf))
    (found[port] ??= []).push({
      ...(hostIp !== '' && { HostIp: hostIp }),
      ...(hostPort !== '' && { HostPort: hostPort }),
    });
  return Object.keys(found).length > 0 ? found : undefined;
}
