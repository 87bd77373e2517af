/** docker port: where the ports of a container are published. */
import { ask, print, request } from '../ask.ts';
import { Stopped } from '../effects.ts';
import type { Plan } from '../effects.ts';

interface Binding {
  readonly HostIp: string;
  readonly HostPort: string;
}

interface Published {
  readonly NetworkSettings: { readonly Ports?: Readonly<Record<string, readonly Binding[] | null>> | null };
}

export function* listPorts({ operands: [name = '', wanted] }: { readonly operands: readonly string[] }): Plan {
  const { body } = yield* ask<Published>(request('GET', `/containers/${name}/json`), { NetworkSettings: {} });
  const ports = body.NetworkSettings.Ports ?? {};
  const lines = wanted === undefined ? allLines(ports) : linesOf(wanted, ports, name);
  yield* print(
    [...lines]
      .sort(byNumbers)
      .map((line) => `${line}\n`)
      .join(''),
  );
  return 0;
}

type Ports = NonNullable<Published['NetworkSettings']['Ports']>;

function allLines(ports: Ports): readonly string[] {
  return Object.entries(ports).flatMap(([port, bindings]) =>
    (bindings ?? []).map((binding) => `${port} -> ${address(binding)}`),
  );
}

function linesOf(wanted: string, ports: Ports, name: string): readonly string[] {
  const [number = '', protocol = 'tcp'] = wanted.split('/');
  if (!/^\d+$/.test(number))
    throw new Stopped(`Error: invalid port (${number}): strconv.ParseUint: parsing "${number}": invalid syntax`);
  const bindings = ports[`${String(Number(number))}/${protocol}`];
  if (!bindings || bindings.length === 0) throw new Stopped(`Error: No public port '${wanted}' published for ${name}`);
  return bindings.map(address);
}

function address({ HostIp, HostPort }: Binding): string {
  return `${HostIp.includes(':') ? `[${HostIp}]` : HostIp}:${HostPort}`;
}

/** 80 before 443: runs of digits count as numbers, everything else by its code. */
function byNumbers(a: string, b: string): number {
  const [left, right] = [a, b].map((text) => text.match(/\d+|\D/g) ?? []);
  for (const [at, part] of (left ?? []).entries()) {
    const other = right?.[at];
    if (other === undefined) return 1;
    if (part === other) continue;
    const difference = /^\d/.test(part) && /^\d/.test(other) ? Number(part) - Number(other) : 0;
    return difference || (part < other ? -1 : 1);
  }
  return -1;
}
