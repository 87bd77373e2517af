/** `ports:` short and long. */
import { readPublish } from '../../../command/values/port.ts';
import type { Publish } from '../../../command/values/port.ts';
import type { JsonObject } from '../../../api/request.ts';
import type { Port } from '../project.ts';
import type { FilePlace } from '../compose-error.ts';
import { inside, wrong } from '../compose-error.ts';
import { mapping, record, spread, text, whole, worded } from '../readers.ts';

const longPort = record({
  name: text,
  mode: text,
  host_ip: text,
  target: whole,
  published: text,
  protocol: text,
  app_protocol: text,
});

export const ports = spread<JsonObject>((value, at) =>
  value !== null && typeof value === 'object' ? [long(value, at)] : short(text(value, at) ?? '', at),
);

function long(value: object, at: FilePlace): JsonObject {
  if (mapping(value, at)['target'] === undefined)
    throw wrong(at, 'a port in the long form needs a target: the port of the container');
  const read = longPort({ mode: 'ingress', protocol: 'tcp', ...value }, at) ?? {};
  const { target, published, protocol } = read as unknown as Port;
  worded(inside(at, 'target'), () =>
    readPublish(`${published === undefined || published === '' ? '' : `${published}:`}${String(target)}/${protocol}`),
  );
  return read;
}

function short(written: string, at: FilePlace): readonly JsonObject[] {
  const publish = worded(at, () => readPublish(written));
  const count = publish.container.last - publish.container.first + 1;
  return Array.from({ length: count }, (_, index) => ({
    mode: 'ingress',
    ...(publish.address !== undefined && { host_ip: publish.address }),
    target: publish.container.first + index,
    ...(publish.host && { published: hostPort(publish, count, index) }),
    protocol: publish.protocol,
  }));
}

/** A range of host ports before one port of the container stays a range: any of them. */
function hostPort({ host }: Publish, count: number, index: number): string {
  if (!host) return '';
  return count === 1 && host.last > host.first
    ? `${String(host.first)}-${String(host.last)}`
    : String(host.first + index);
}
