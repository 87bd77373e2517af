/**
 * What a line has done to the engine, as its own requests, their answers and the engine's messages name it. Pure. A
 * request that is not known leaves no trace: the guard never sends it.
 */
import { endpointOf } from '../api/endpoints/endpoint-of.ts';
import { objectIn } from '../api/json-parts.ts';
import type { JsonObject, Message, Request } from '../api/request.ts';
import { canonical, withTag } from '../image-name.ts';

export type Trace =
  /** Was to be made: under this id (a volume: its name), or, where no answer has told one, what has come with the run's label. */
  | { readonly trace: 'made'; readonly kind: Labelled; readonly id?: string }
  /** Was acted on, by name, id, or the beginning of an id. */
  | { readonly trace: 'acted-on'; readonly kind: Labelled; readonly name: string }
  /** A name, canonical, was given, moved or taken away. */
  | { readonly trace: 'image-name'; readonly name: string }
  | { readonly trace: 'image'; readonly id: string }
  /** What runs for it has come, changed or gone. */
  | { readonly trace: 'service'; readonly name: string }
  /** All of a swarm: what runs in it, and the networks that an engine makes and removes with it. */
  | { readonly trace: 'swarm' };

/** Kinds that carry the run's label. */
export type Labelled = 'container' | 'network' | 'volume';

/** A request of the line, as it was sent. */
export interface Asked {
  readonly request: Request;
  /** Body of the answer, or messages of a stream; undefined where none came. */
  readonly answer?: unknown;
}

export function tracesOf({ request, answer }: Asked): readonly Trace[] {
  const endpoint = endpointOf(request);
  if (!endpoint || endpoint.reads) return [];
  const { guard, name } = endpoint;
  const { query = {}, body = {} } = request;
  switch (guard) {
    case 'create-container':
      // it brings its volumes
      return [made('container', objectIn(answer)['Id']), made('volume')];
    case 'create-network':
      return [made('network', objectIn(answer)['Id'])];
    case 'create-volume':
      return [made('volume', objectIn(answer)['Name'] ?? body['Name'])];
    case 'change-container':
    case 'update-container':
    case 'enter-container':
    case 'put-archive':
    case 'remove-container':
      return [actedOn('container', name)];
    case 'join-network':
      return textsIn([body['Container']]).map((container) => actedOn('container', container));
    case 'remove-network':
      return [actedOn('network', name)];
    case 'remove-volume':
      return [actedOn('volume', name)];
    case 'prune-labelled':
      return pruned(objectIn(answer));
    case 'pull-or-import':
      return named([query['fromSrc'] === undefined ? withTag(query['fromImage'] ?? '', query['tag']) : query['repo']]);
    case 'tag-image':
    case 'commit-container':
      return [...named([withTag(query['repo'] ?? '', query['tag'])]), ...images([objectIn(answer)['Id']])];
    case 'build-image':
      return named((query['t'] ?? '').split('\n'));
    case 'remove-image':
      return [...named([name]), ...removed(answer)];
    case 'prune-images':
      return removed(objectIn(answer)['ImagesDeleted']);
    case 'create-service':
    case 'update-service':
      return [...named([imageOf(body)]), ...serviced(name === '' ? body['Name'] : name)];
    case 'remove-service':
      return serviced(name);
    case 'enter-swarm':
    case 'leave-swarm':
    case 'change-swarm':
      return [{ trace: 'swarm' }, made('container'), made('network'), made('volume')];
    case 'load-images':
      // its messages tell, and what the guard has written down
      return [];
    case 'prune-build-cache':
    case 'check-build':
    case 'send':
    case 'refuse':
      return [];
  }
}

/** What a message of a pull, build, import or load tells of images. */
export function tracesIn({ status = '', stream = '', aux }: Message): readonly Trace[] {
  const text = (status || stream).trim();
  const [, name] =
    /^(?:Loaded image: |Status: (?:Downloaded newer image|Image is up to date) for )(\S+)$/.exec(text) ?? [];
  const [, id] = /^(?:Loaded image ID: )?(sha256:[0-9a-f]{64})$/.exec(text) ?? [];
  return [...named([name]), ...images([id, aux?.['ID']])];
}

function made(kind: Labelled, id?: unknown): Trace {
  return { trace: 'made', kind, ...(typeof id === 'string' && id !== '' && { id }) };
}

function actedOn(kind: Labelled, name: string): Trace {
  return { trace: 'acted-on', kind, name };
}

function named(names: readonly unknown[]): readonly Trace[] {
  return textsIn(names).map((name) => ({ trace: 'image-name', name: canonical(name) }));
}

function images(ids: readonly unknown[]): readonly Trace[] {
  return textsIn(ids).map((id) => ({ trace: 'image', id }));
}

function serviced(name: unknown): readonly Trace[] {
  return [
    ...textsIn([name]).map((service): Trace => ({ trace: 'service', name: service })),
    made('container'),
    made('volume'),
  ];
}

/** Each prune has a list of its own. */
function pruned(answer: JsonObject): readonly Trace[] {
  const lists = { container: 'ContainersDeleted', network: 'NetworksDeleted', volume: 'VolumesDeleted' } as const;
  return (Object.keys(lists) as Labelled[]).flatMap((kind) =>
    textsIn(answer[lists[kind]]).map((name) => actedOn(kind, name)),
  );
}

/** `[{Untagged: name}, {Deleted: id}]` */
function removed(list: unknown): readonly Trace[] {
  const gone = Array.isArray(list) ? list.map(objectIn) : [];
  return [...named(gone.map(({ Untagged }) => Untagged)), ...images(gone.map(({ Deleted }) => Deleted))];
}

function imageOf(body: JsonObject): unknown {
  return objectIn(objectIn(body['TaskTemplate'])['ContainerSpec'])['Image'];
}

function textsIn(values: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(values) ? values : [];
  return list.flatMap((value) => (typeof value === 'string' && value !== '' ? [value] : []));
}
