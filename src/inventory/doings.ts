/**
 * What a line did that no difference between two moments shows: what ran and went, what was done inside a container,
 * sent away, or changed where the inventory does not look. Read from the requests that the engine granted. Pure.
 */
import { endpointOf } from '../api/endpoints/endpoint-of.ts';
import type { KnownEndpoint } from '../api/endpoints/endpoint-of.ts';
import { objectIn, scalar } from '../api/json-parts.ts';
import type { Change, Doing, RequestDone } from '../events/events.ts';
import { briefId } from '../short-id.ts';
import { familiar, withTag } from '../image-name.ts';

type Granted = Pick<RequestDone, 'method' | 'path' | 'query' | 'body' | 'status'>;

interface Line {
  readonly granted: readonly Granted[];
  readonly changes: readonly Change[];
  /** Of the line, which is that of what ran. */
  readonly exitCode: number | undefined;
}

/** @param name what stands for the `{…}` of the path */
type Tell = (asked: Granted, name: string, line: Line) => Doing | undefined;

/** What changes something, and is not among what an inventory lists, or not in a way that it sees. */
export const tellings: Partial<Readonly<Record<KnownEndpoint, Tell>>> = {
  'POST /containers/create': ranAndGone,
  'POST /containers/{id}/exec': (asked, container, { exitCode }) => {
    const detached = objectIn(asked.body)['Detach'] === true || objectIn(asked.body)['AttachStdout'] !== true;
    const command = words(objectIn(asked.body)['Cmd']);
    return { did: 'ran-inside', container, command, ...(!detached && exitCode !== undefined && { exitCode }) };
  },
  'POST /containers/{id}/restart': (_, container, line) => unlessSeen({ did: 'restarted', container }, line),
  'POST /containers/{id}/update': (_, container) => ({ did: 'set', container }),
  'POST /containers/{id}/kill': ({ query }, container, line) =>
    unlessSeen({ did: 'signalled', container, signal: query?.['signal'] ?? 'KILL' }, line),
  'PUT /containers/{id}/archive': (_, container) => ({ did: 'copied-into', container }),
  'POST /images/{name*}/push': ({ query }, name) => ({ did: 'pushed', image: familiar(withTag(name, query?.['tag'])) }),
  'POST /services/create': ({ body }) => ({ did: 'created', kind: 'service', name: scalar(objectIn(body)['Name']) }),
  'POST /services/{id}/update': ({ body }, id) => ({
    did: 'changed',
    kind: 'service',
    name: scalar(objectIn(body)['Name']) || id,
  }),
  'DELETE /services/{id}': (_, name) => ({ did: 'removed', kind: 'service', name }),
  'POST /nodes/{id}/update': (_, name) => ({ did: 'changed', kind: 'node', name }),
  'DELETE /nodes/{id}': (_, name) => ({ did: 'removed', kind: 'node', name }),
  'POST /swarm/init': () => ({ did: 'made-swarm' }),
  'POST /swarm/join': () => ({ did: 'joined-swarm' }),
  'POST /swarm/leave': () => ({ did: 'left-swarm' }),
  'POST /swarm/update': () => ({ did: 'set-swarm' }),
};

export function doingsOf(
  requests: readonly Granted[],
  changes: readonly Change[],
  exitCode: number | undefined,
): readonly Doing[] {
  const line: Line = { granted: requests.filter(({ status }) => status < 400), changes, exitCode };
  return line.granted.flatMap((asked) => {
    const endpoint = endpointOf(asked);
    const tell = endpoint && tellings[endpoint.key];
    return (endpoint && tell?.(asked, briefId(endpoint.name), line)) ?? [];
  });
}

/** The engine removes it as soon as it ends, unless the learner let go of it before. */
function ranAndGone({ body }: Granted, _: string, { granted, changes, exitCode }: Line): Doing | undefined {
  const { HostConfig, Image, Cmd } = objectIn(body);
  const started = granted.some((asked) => endpointOf(asked)?.key === 'POST /containers/{id}/start');
  const stays = changes.some(({ kind, change }) => kind === 'container' && change === 'added');
  if (objectIn(HostConfig)['AutoRemove'] !== true || !started || stays) return undefined;
  const command = words(Cmd);
  return {
    did: 'ran',
    image: familiar(scalar(Image)),
    ...(command.length > 0 && { command }),
    ...(exitCode !== undefined && { exitCode }),
  };
}

/** A container that is another one now, by its state or its address, tells of it itself. */
function unlessSeen(doing: Doing & { readonly container: string }, { changes }: Line): Doing | undefined {
  const seen = changes.some(
    ({ kind, name, id }) => kind === 'container' && (name === doing.container || briefId(id) === doing.container),
  );
  return seen ? undefined : doing;
}

function words(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value]).filter((word): word is string => typeof word === 'string');
}
