/** Ports of a service: the short form of `-p`, or `published=8080,target=80,protocol=tcp,mode=host`. */
import { ValueError, type Kind } from '../kinds.ts';
import { readCsv } from './basic.ts';
import { readPublish, type PortRange, type Protocol } from './port.ts';

export interface ServicePort {
  /** Absent where the swarm picks one. */
  readonly published?: PortRange;
  readonly target: PortRange;
  readonly protocol: Protocol;
  /** `ingress`: on every node · `host`: on the node the task runs on. */
  readonly mode: 'ingress' | 'host';
}

export const servicePort: Kind<ServicePort, 'many'> = { id: 'port', arity: 'many', parse: readServicePort };

function readServicePort(raw: string): ServicePort {
  if (!raw.includes('=')) return shortForm(raw);
  const found: Record<string, string> = {};
  for (const field of readCsv(raw)) {
    const at = field.indexOf('=');
    const key = field.slice(0, at).toLowerCase();
    if (at === -1 || !['published', 'target', 'protocol', 'mode'].includes(key))
      throw new ValueError(
        `"${at === -1 ? field : key}" is not a key of --publish`,
        'the keys are published, target, protocol and mode',
      );
    found[key] = field.slice(at + 1).toLowerCase();
  }
  const ports = [found['published'], found['target']].find((text) => text !== undefined && !/^\d*$/.test(text));
  if (ports !== undefined)
    throw new ValueError(
      `"${ports}" is not one port`,
      'name each port in a flag of its own, or write 80-82:80-82',
      `invalid ${ports === found['published'] ? 'published' : 'target'} port (${ports}): value must be an integer: invalid syntax`,
    );
  const { published = '', target = '', protocol = 'tcp', mode = 'ingress' } = found;
  if (target === '')
    throw new ValueError(
      'the target is missing',
      'add target=PORT, the port of the container',
      "missing mandatory field 'target'",
    );
  if (mode !== 'ingress' && mode !== 'host')
    throw new ValueError(`"${mode}" is not a mode`, 'write mode=ingress or mode=host');
  return { ...shortForm(`${published}:${target}/${protocol}`), mode };
}

function shortForm(raw: string): ServicePort {
  const { address, host, container, protocol } = readPublish(raw);
  if (address !== undefined)
    throw new ValueError(
      `"${raw}" names an address`,
      'a service publishes on the addresses of its nodes: leave it out',
      'hostip is not supported',
    );
  return { ...(host && { published: host }), target: container, protocol, mode: 'ingress' };
}
