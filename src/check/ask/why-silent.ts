/**
 * Why a port does not answer: what publishes it, whether that runs, and where its programs listen. Derived from what was
 * looked at; where nothing is known, nothing is said.
 */
import { containerFacets, stateWords } from '../facets/container.ts';
import type { ContainerSeen } from '../facets/container.ts';
import type { Silence } from '../../web/fetch-page.ts';
import { madeBy } from '../../ownership/labels.ts';
import { logTail } from './log-text.ts';
import type { LookContext, Why } from '../look.ts';
import { publishedBy } from './published-ports.ts';
import { quoted } from '../facets/text-match.ts';
import { shortId } from '../../short-id.ts';
import { listWords } from '../facets/lists.ts';
import { socketsIn } from './sockets.ts';
import type { Socket } from './sockets.ts';

interface Listed {
  readonly Id: string;
  readonly Ports?: readonly { readonly PublicPort?: number }[] | null;
}

/** Of a port of the engine's machine. */
export async function whySilent(port: number, { code }: Silence, context: LookContext): Promise<Why> {
  const found = await publisherOf(port, context);
  if (!found)
    return {
      likely: `No container of this lesson publishes port ${port}.`,
      next: `docker ps shows what is published; -p ${port}:… publishes a port.`,
    };
  const published = publishedBy(found).find(({ host }) => host === String(port));
  const inside = Number.parseInt(published?.container ?? '', 10);
  const { portsHost } = context;
  if (published?.address?.startsWith('127.') && portsHost !== 'localhost' && !portsHost.startsWith('127.'))
    return {
      likely: `${nameOf(found)} is published at ${published.address} of the engine’s machine, which is not this one.`,
      next: `-p ${port}:${inside} publishes it at every address of that machine.`,
    };
  return whyUnanswered(found, inside, context, code === 'ETIMEDOUT' ? 'silent' : 'refused');
}

/** Of a port in a container. `silent`: the connection is taken, and nothing comes. */
export async function whyUnanswered(
  container: ContainerSeen,
  port: number,
  context: LookContext,
  seen: 'silent' | 'refused',
): Promise<Why> {
  const name = nameOf(container);
  const next = `docker logs ${name}`;
  if (!containerFacets.state?.holds(container, 'running')) {
    const tail = await logTail(container.Id, container.Config?.Tty === true, context, 20);
    const end = tail.trim() === '' ? '' : ` The end of its log: ${quoted(tail)}`;
    return { likely: `${name} does not run: ${stateWords(container.State)}.${end}`, next };
  }
  const sockets = await socketsIn(container, context);
  return sockets === undefined ? { next } : { next, ...bySockets(name, port, sockets, seen) };
}

function bySockets(name: string, port: number, sockets: readonly Socket[], seen: 'silent' | 'refused'): Why {
  const here = sockets.filter((one) => one.port === port);
  if (here.some(({ loopback }) => !loopback))
    return seen === 'silent'
      ? { likely: `${name} listens on port ${port}, and does not answer what it is asked.` }
      : { likely: `${name} listens on port ${port} now: it had not begun to, or the way to it is cut.` };
  if (here.length > 0)
    return {
      likely: `${name} listens on 127.0.0.1:${port} only: inside itself. What comes from elsewhere arrives at its other address.`,
      next: 'Let its program listen on 0.0.0.0, which is every address of the container.',
    };
  const others = [...new Set(sockets.map((one) => one.port))].sort((a, b) => a - b);
  if (others.length === 0) return { likely: `Nothing listens in ${name}, or not yet.` };
  return {
    likely: `Nothing listens on port ${port} in ${name}; its ${others.length === 1 ? 'program listens on port' : 'programs listen on ports'} ${listWords(others.map(String))}.`,
    next: `The number after the colon of -p is the port inside the container: -p …:${String(others[0])}`,
  };
}

function nameOf({ Name, Id }: ContainerSeen): string {
  return Name?.replace(/^\//, '') ?? shortId(Id);
}

/** Of this run alone: what others run is not looked into. */
async function publisherOf(port: number, { ask, run }: LookContext): Promise<ContainerSeen | undefined> {
  const query = { all: '1', filters: madeBy(run) };
  const { body } = await ask({ method: 'GET', path: '/containers/json', query });
  const listed = Array.isArray(body) ? (body as Listed[]) : [];
  const running = listed.find(({ Ports }) => (Ports ?? []).some(({ PublicPort }) => PublicPort === port));
  // a container that has ended publishes nothing any more; what it was made with still says so
  for (const { Id } of running ? [running] : listed.slice(0, 20)) {
    const { status, body: seen } = await ask({ method: 'GET', path: `/containers/${Id}/json` });
    if (status === 200 && publishedBy(seen as ContainerSeen).some(({ host }) => host === String(port)))
      return seen as ContainerSeen;
  }
  return undefined;
}
