/** Why a published port may not answer: what publishes it, whether that runs, and where its log says that it listens. */
import { containerFacets, stateWords } from '../facets/container.ts';
import type { ContainerSeen } from '../facets/container.ts';
import type { Silence } from './fetch-page.ts';
import { ofRun } from './may-ask.ts';
import { logTail } from './log-text.ts';
import type { LookContext, Why } from '../look.ts';
import { publishedBy } from './published-ports.ts';
import { quoted } from '../facets/text-match.ts';
import { shortId } from '../../short-id.ts';

interface Listed {
  readonly Id: string;
  readonly Ports?: readonly { readonly PublicPort?: number }[] | null;
}

export async function whySilent(port: number, { code }: Silence, context: LookContext): Promise<Why> {
  const found = await publisherOf(port, context);
  if (!found)
    return {
      likely: `No container of this lesson publishes port ${port}.`,
      next: `docker ps shows what is published; -p ${port}:… publishes a port.`,
    };
  const name = found.Name?.replace(/^\//, '') ?? shortId(found.Id);
  const tail = await logTail(found.Id, found.Config?.Tty === true, context, 20);
  if (!containerFacets.state?.holds(found, 'running')) {
    return {
      likely:
        `${name}, which publishes it, does not run: ${stateWords(found.State)}. ${tail.trim() === '' ? '' : `The end of its log: ${quoted(tail)}`}`.trim(),
      next: `docker logs ${name}`,
    };
  }
  const local = tail.split('\n').find((line) => /(127\.0\.0\.1|localhost|\[::1\]):\d+/.test(line));
  if (local !== undefined) {
    return {
      likely: `${name} listens on 127.0.0.1 only, inside itself; the published port arrives at its other address. The log says: ${quoted(local)}`,
      next: 'Let it listen on 0.0.0.0 inside the container.',
    };
  }
  const [inside] = publishedBy(found).filter(({ host }) => host === String(port));
  if (code === 'ETIMEDOUT')
    return { likely: `${name} accepts the connection and does not answer.`, next: `docker logs ${name}` };
  return {
    likely: `Nothing listens on port ${inside?.container.replace('/tcp', '') ?? port} inside ${name}, or not yet.`,
    next: `docker logs ${name}; the number after the colon of -p is the port inside the container.`,
  };
}

/** Of this run alone: what others run is not looked into. */
async function publisherOf(port: number, { ask, run }: LookContext): Promise<ContainerSeen | undefined> {
  const query = { all: '1', filters: ofRun(run) };
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
