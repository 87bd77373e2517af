/** Publishing ports, as docker/go-connections nat.ParsePortSpec reads them. */
import { ValueError, type Kind } from '../kinds.ts';

export type Protocol = 'tcp' | 'udp' | 'sctp';

export interface PortRange {
  readonly first: number;
  readonly last: number;
}

export interface Publish {
  /** Without brackets; absent where every address is meant. */
  readonly address?: string;
  /** Absent where docker picks a free port. */
  readonly host?: PortRange;
  readonly container: PortRange;
  readonly protocol: Protocol;
}

/** One port of the container and where it is published, in the API's words. */
export interface Binding {
  /** `80/tcp` */
  readonly port: string;
  readonly hostIp: string;
  /** Empty: any free one. `8000-8010`: any free one of these. */
  readonly hostPort: string;
}

const form = 'write it like 8080:80, host port first';

export const publish: Kind<Publish, 'many'> = { id: 'list', arity: 'many', parse: readPublish };

export function readPublish(written: string): Publish {
  const raw = written.includes('=') ? shortOf(written) : written;
  const [ports, protocol] = cutProtocol(raw);
  const { address, host, container } = cutAddress(ports, raw);
  if (container === '')
    throw new ValueError(`"${raw}" names no port of the container`, form, `no port specified: ${raw}<empty>`);
  const inside = readRange(container, raw, () => `invalid containerPort: ${container}`);
  const outside = host === '' ? undefined : readRange(host, raw, () => `invalid hostPort: ${host}`);
  if (outside && size(outside) !== size(inside) && size(inside) > 1)
    throw new ValueError(
      `the ranges ${host} and ${container} are not of the same length`,
      'publish as many host ports as container ports',
      `invalid ranges specified for container and host Ports: ${container} and ${host}`,
    );
  return { ...(address !== '' && { address }), ...(outside && { host: outside }), container: inside, protocol };
}

/** `published=8080,target=80` of a service is taken for a container too: then it is short for 8080:80/tcp. */
function shortOf(written: string): string {
  const keys: Record<string, string> = { published: '', target: '', protocol: 'tcp' };
  for (const field of written.split(',')) {
    const [, key, value] = /^([^=]+)=(.+)$/.exec(field) ?? [];
    if (key === undefined || value === undefined)
      throw new ValueError(`"${field}" is not key=value`, 'the keys are published, target and protocol');
    keys[key] = value;
  }
  return `${keys['published'] ?? ''}:${keys['target'] ?? ''}/${keys['protocol'] ?? ''}`;
}

export function bindingsOf(value: Publish): readonly Binding[] {
  const { host, container } = value;
  const any = host && size(container) === 1 && size(host) > 1;
  return Array.from({ length: size(container) }, (_, index) => ({
    port: `${String(container.first + index)}/${value.protocol}`,
    hostIp: value.address ?? '',
    hostPort: !host ? '' : any ? `${String(host.first)}-${String(host.last)}` : String(host.first + index),
  }));
}

export interface ExposedPorts {
  readonly ports: PortRange;
  /** As written: docker takes any word here. */
  readonly protocol: string;
}

/** `--expose 80`, `80/udp`, `8000-8010`. */
export const expose: Kind<ExposedPorts, 'many'> = {
  id: 'list',
  arity: 'many',
  parse(raw) {
    if (raw.includes(':'))
      throw new ValueError(
        `"${raw}" is not a port of the container`,
        'expose takes no host port; to publish one use -p',
        `invalid port format for --expose: ${raw}`,
      );
    const [ports = '', protocol = ''] = raw.split('/');
    const docker = (says: string): string => `invalid range format for --expose: ${raw}, error: ${says}`;
    return { ports: readRange(ports, raw, (text) => docker(portFault(text, ports))), protocol: protocol || 'tcp' };
  },
};

export function portsOf(value: ExposedPorts): readonly string[] {
  return Array.from(
    { length: size(value.ports) },
    (_, index) => `${String(value.ports.first + index)}/${value.protocol}`,
  );
}

function size(range: PortRange): number {
  return range.last - range.first + 1;
}

function cutProtocol(raw: string): [string, Protocol] {
  // what comes after a second slash docker leaves aside
  const [ports = '', written = ''] = raw.split('/');
  const protocol = written === '' ? 'tcp' : written.toLowerCase();
  if (protocol === 'tcp' || protocol === 'udp' || protocol === 'sctp') return [ports, protocol];
  throw new ValueError(
    `"${written}" is not a protocol`,
    'write /tcp, /udp or /sctp after the port',
    `invalid proto: ${written}`,
  );
}

/** `ip:host:container`; an IPv6 address may stand in brackets. */
function cutAddress(ports: string, raw: string): { address: string; host: string; container: string } {
  const parts = ports.split(':');
  const container = parts.pop() ?? '';
  const host = parts.pop() ?? '';
  let address = parts.join(':');
  if (address.startsWith('[') && address.endsWith(']')) address = address.slice(1, -1);
  else if (address.startsWith('['))
    throw new ValueError(
      `the bracket of ${address} is never closed`,
      'write an IPv6 address like [::1]:8080:80',
      `invalid IP address ${address}: address ${address}:: missing ']' in address`,
    );
  else if (address.includes(':') && !isAddress(address))
    throw new ValueError(
      `"${raw}" has too many colons`,
      'write an IPv6 address like [::1]:8080:80',
      `invalid IP address: ${address}`,
    );
  if (address !== '' && !isAddress(address))
    throw new ValueError(
      `"${address}" is not an IP address`,
      'write it like 127.0.0.1:8080:80',
      `invalid IP address: ${address}`,
    );
  return { address, host, container };
}

/** @param docker what docker says of the part that is wrong */
function readRange(text: string, raw: string, docker: (part: string) => string): PortRange {
  const [from = '', to, ...more] = text.split('-');
  const range = { first: readPort(from, raw, docker(from)), last: readPort(to ?? from, raw, docker(to ?? from)) };
  if (more.length > 0)
    throw new ValueError(`"${text}" is not a range of ports`, 'write it like 8000-8010', docker(text));
  if (range.last < range.first)
    throw new ValueError(`the range ${text} ends before it starts`, 'write the smaller port first', docker(text));
  return range;
}

/** What go-connections says of a port, or of the whole range. */
function portFault(part: string, ports: string): string {
  if (ports === '') return 'empty string specified for ports';
  if (part === ports && part.includes('-')) return `invalid range specified for port: ${ports}`;
  const fault = /^\d+$/.test(part) ? 'value out of range' : 'invalid syntax';
  return `strconv.ParseUint: parsing ${JSON.stringify(part)}: ${fault}`;
}

function readPort(text: string, raw: string, docker: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text))
    throw new ValueError(text === '' ? `a port is missing in "${raw}"` : `"${text}" is not a port`, form, docker);
  if (port > 65535) throw new ValueError(`${text} is too large for a port`, 'ports go from 1 to 65535', docker);
  return port;
}

export function isIpv4(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256);
}

export function isIpv6(text: string): boolean {
  const halves = text.split('%')[0]?.split('::') ?? [];
  if (halves.length > 2 || text.length > 60) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const tail = groups.at(-1);
  const mapped = tail?.includes('.') === true;
  if (mapped && !isIpv4(groups.pop() ?? '')) return false;
  const count = groups.length + (mapped ? 2 : 0);
  return groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group)) && (halves.length === 2 ? count < 8 : count === 8);
}

export function isAddress(text: string): boolean {
  return isIpv4(text) || isIpv6(text);
}
