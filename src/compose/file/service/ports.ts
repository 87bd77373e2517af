/** `ports:` short and long. */
import { isAddress, readPublish } from '../../../command/values/port.ts';
import type { Publish } from '../../../command/values/port.ts';
import type { JsonObject } from '../../../api/request.ts';
import type { FilePlace } from '../compose-error.ts';
import { dotted, inside, wrong } from '../compose-error.ts';
import { goNumber } from '../values/go-number.ts';
import { record, scalar, spread, text, whole, worded } from '../readers.ts';

const longPort = record(
  { name: text, mode: text, host_ip: text, target: whole, published: scalar, protocol: text, app_protocol: text },
  { needs: ['target'] },
);

export const ports = spread<JsonObject>((value, at) => {
  if (value !== null && typeof value === 'object') return [long(value, at)];
  return short(typeof value === 'number' ? goNumber(value) : (text(value, at) ?? ''), at);
});

function long(value: object, at: FilePlace): JsonObject {
  const read = longPort(value, at) ?? {};
  const { host_ip: address } = read as { readonly host_ip?: string };
  if (address !== undefined && !isAddress(address))
    throw wrong(inside(at, 'host_ip'), `${dotted(at.path)}: invalid ip address: ${address}`);
  if (!at.file.whole) return read;
  const { name, mode = 'ingress', ...rest } = read;
  const whole = { protocol: 'tcp', ...rest };
  return { ...(name !== undefined && { name }), mode, ...inOrder(whole) };
}

const order = ['host_ip', 'target', 'published', 'protocol', 'app_protocol'];

function inOrder(port: JsonObject): JsonObject {
  const known = order.flatMap((key): [string, JsonObject[string]][] => {
    const value = port[key];
    return value === undefined ? [] : [[key, value]];
  });
  return { ...Object.fromEntries(known), ...port };
}

/** In the order of their names, as Go sorts text: `10/tcp` before `9/tcp`. */
function short(written: string, at: FilePlace): readonly JsonObject[] {
  if (at.file.unfilled && written.includes('$')) return [unfilled(written)];
  const publish = worded(at, () => readPublish(written));
  const count = publish.container.last - publish.container.first + 1;
  const all = Array.from({ length: count }, (_, index) => ({
    mode: 'ingress',
    ...(publish.address !== undefined && { host_ip: publish.address }),
    target: publish.container.first + index,
    ...(publish.host && { published: hostPort(publish, count, index) }),
    protocol: publish.protocol,
  }));
  return all.sort((a, b) => (String(a.target) < String(b.target) ? -1 : 1));
}

/** `${PORT:-80}:5000`: the parts of a port of which one is a variable. */
function unfilled(written: string): JsonObject {
  const [ports = '', protocol = 'tcp'] = partsBetween('/', written);
  const parts = partsBetween(':', ports);
  const [target = '', published = '', ...address] = parts.reverse();
  return {
    mode: 'ingress',
    ...(address.length > 0 && { host_ip: address.reverse().join(':') }),
    target: /^\d+$/.test(target) ? Number(target) : target,
    ...(published !== '' && { published }),
    protocol,
  };
}

/** What stands between braces is one variable. */
function partsBetween(sign: ':' | '/', written: string): string[] {
  return written.match(new RegExp(`(?:\\$\\{[^}]*\\}|[^${sign}])+`, 'g')) ?? [];
}

/** A range of host ports before one port of the container stays a range: any of them. */
function hostPort({ host }: Publish, count: number, index: number): string {
  if (!host) return '';
  return count === 1 && host.last > host.first
    ? `${String(host.first)}-${String(host.last)}`
    : String(host.first + index);
}
