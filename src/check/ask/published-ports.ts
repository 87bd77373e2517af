/** Published ports, as `-p` writes them and as the engine tells them. Pure. */
import type { ContainerSeen, PortMap } from '../facets/container.ts';

export interface Published {
  /** `80/tcp` */
  readonly container: string;
  /** Absent in an expectation that does not mind. */
  readonly host?: string;
  /** Absent: on every address. */
  readonly address?: string;
}

/** Of a running container what is in force, else what it was made with. IPv4 and IPv6 of every address are one. */
export function publishedBy({ NetworkSettings, HostConfig, State }: ContainerSeen): readonly Published[] {
  const map: PortMap = (State?.Status === 'running' ? NetworkSettings?.Ports : HostConfig?.PortBindings) ?? {};
  const all = Object.entries(map).flatMap(([container, bindings]) =>
    (bindings ?? []).map(({ HostIp, HostPort }) => ({
      container,
      ...(HostPort && { host: HostPort }),
      ...(HostIp && HostIp !== '0.0.0.0' && HostIp !== '::' && { address: HostIp }),
    })),
  );
  return [...new Map(all.map((one) => [publishWords(one), one])).values()];
}

/** Whether these are published, and no others. */
export function samePorts(actual: readonly Published[], wanted: readonly (string | number)[]): boolean {
  const rest = [...actual];
  for (const wish of wanted.map(readPublish)) {
    const index = rest.findIndex((one) => isWish(one, wish));
    if (index < 0) return false;
    rest.splice(index, 1);
  }
  return rest.length === 0;
}

export function publishWords({ container, host, address }: Published): string {
  const left = [address, host].filter((part) => part !== undefined);
  return [...left, container.replace('/tcp', '')].join(':');
}

/** `80`, `8080:80`, `127.0.0.1:8080:80/udp`, `[::1]:8080:80` */
function readPublish(text: string | number): Published {
  const [ports = '', protocol = 'tcp'] = String(text).split('/');
  const [, address, host, container] = /^(?:(?:\[?([^\]]*?)\]?:)?(\d*):)?(\d+)$/.exec(ports) ?? [];
  return { container: `${container}/${protocol}`, ...(host && { host }), ...(address && { address }) };
}

function isWish(one: Published, wish: Published): boolean {
  const everywhere = wish.address === '0.0.0.0' || wish.address === '::' ? undefined : wish.address;
  return (
    one.container === wish.container &&
    (wish.host === undefined || one.host === wish.host) &&
    one.address === everywhere
  );
}
