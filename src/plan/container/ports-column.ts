/** The PORTS column of docker ps. */

export interface PortSummary {
  readonly IP?: string;
  readonly PrivatePort: number;
  readonly PublicPort?: number;
  readonly Type: string;
}

/** Neighbouring ports of one address and protocol, printed as a range. */
interface Group {
  readonly address: string;
  readonly type: string;
  readonly first: number;
  last: number;
}

/**
 * `443/tcp, 0.0.0.0:80-81->80-81/tcp, 0.0.0.0:8080->80/tcp`: groups first, then the ports published under another number.
 */
export function portColumn(ports: readonly PortSummary[]): string {
  const done: string[] = [];
  const mapped: string[] = [];
  const open = new Map<string, Group>();
  for (const port of [...ports].sort(order)) {
    const address = port.IP ? hostOf(port.IP) : '';
    if (address && port.PublicPort !== port.PrivatePort) {
      mapped.push(`${address}:${port.PublicPort ?? 0}->${port.PrivatePort}/${port.Type}`);
      continue;
    }
    const key = `${address}/${port.Type}`;
    const group = open.get(key);
    if (group && port.PrivatePort === group.last + 1) {
      group.last = port.PrivatePort;
      continue;
    }
    if (group) done.push(words(group));
    open.set(key, { address, type: port.Type, first: port.PrivatePort, last: port.PrivatePort });
  }
  return [...done, ...[...open.values()].map(words), ...mapped].join(', ');
}

function words({ address, type, first, last }: Group): string {
  const range = first === last ? String(first) : `${first}-${last}`;
  return `${address ? `${address}:${range}->` : ''}${range}/${type}`;
}

function hostOf(ip: string): string {
  return ip.includes(':') ? `[${ip}]` : ip;
}

function order(a: PortSummary, b: PortSummary): number {
  return (
    a.PrivatePort - b.PrivatePort ||
    compare(a.IP ?? '', b.IP ?? '') ||
    (a.PublicPort ?? 0) - (b.PublicPort ?? 0) ||
    compare(a.Type, b.Type)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
