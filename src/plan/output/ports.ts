/** The PORTS column of docker ps. */

export interface PortSummary {
  readonly IP?: string;
  readonly PrivatePort: number;
  readonly PublicPort?: number;
  readonly Type: string;
}

interface Run {
  readonly prefix: string;
  readonly type: string;
  readonly publicFirst: number | undefined;
  readonly first: number;
  last: number;
}

/** `0.0.0.0:8080->80/tcp, [::]:8080->80/tcp, 443/tcp`; neighbouring ports of one address are joined to a range. */
export function portColumn(ports: readonly PortSummary[]): string {
  const runs: Run[] = [];
  for (const port of [...ports].sort(order)) {
    const prefix = port.IP === undefined || port.IP === '' ? '' : `${port.IP.includes(':') ? `[${port.IP}]` : port.IP}:`;
    const open = runs.find((run) => continues(run, port, prefix));
    if (open) open.last = port.PrivatePort;
    else runs.push({ prefix, type: port.Type, publicFirst: port.PublicPort, first: port.PrivatePort, last: port.PrivatePort });
  }
  return runs.map(words).join(', ');
}

function continues(run: Run, port: PortSummary, prefix: string): boolean {
  if (run.prefix !== prefix || run.type !== port.Type || port.PrivatePort !== run.last + 1) return false;
  if (run.publicFirst === undefined) return port.PublicPort === undefined;
  // docker joins published ports only where both sides carry the same number
  return run.publicFirst === run.first && port.PublicPort === port.PrivatePort;
}

function words({ prefix, type, publicFirst, first, last }: Run): string {
  const range = first === last ? String(first) : `${first}-${last}`;
  if (publicFirst === undefined) return `${range}/${type}`;
  const published = first === last ? String(publicFirst) : range;
  return `${prefix}${published}->${range}/${type}`;
}

function order(a: PortSummary, b: PortSummary): number {
  return a.PrivatePort - b.PrivatePort || (a.IP ?? '').localeCompare(b.IP ?? '') || (a.PublicPort ?? 0) - (b.PublicPort ?? 0) || a.Type.localeCompare(b.Type);
}
