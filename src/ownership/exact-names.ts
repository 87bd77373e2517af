/**
 * What was judged is what the request reaches. A text stands for what is called so, and where nothing is, for whatever has
 * an id that begins so: `docker rm a` is for a container that is called a, or for one of the user's once that one has gone.
 * So each such text is looked up once. What the engine finds is judged, and is what the request is then sent for, by its
 * whole id; where the text begins several ids, the engine's no is the answer.
 */
import { endpointOf } from '../api/endpoints/endpoint-of.ts';
import type { FoundEndpoint } from '../api/endpoints/endpoint-of.ts';
import { objectIn, scalar } from '../api/json-parts.ts';
import { namedInPath, withNames } from '../api/named-things.ts';
import type { NamedThing } from '../api/named-things.ts';
import { unknownPart } from '../api/references/reference.ts';
import { referencesAt } from '../api/references/references-of.ts';
import { EngineError } from '../api/request.ts';
import type { Request } from '../api/request.ts';
import { isYes } from '../engine/answer.ts';
import { engineWords, isNone } from '../engine/ask.ts';
import type { Ask } from '../engine/ask.ts';
import { canonical, cutImageName, mayBeginImageId } from '../image-name.ts';

export interface ExactNames {
  /** The engine, which answers for what was looked up as it did then. For as long as the request is judged. */
  readonly ask: Ask;
  /** The request, or one in its place, with ids where it had texts that might come to mean something else. */
  exact(request: Request): Request;
}

/**
 * @param mustBeThere whether a container that a body names must exist: else the engine would look for it when it starts
 * @throws EngineError where the engine says neither what it is nor that there is none
 */
export async function exactNames(
  request: Request,
  endpoint: FoundEndpoint,
  ask: Ask,
  mustBeThere: boolean,
): Promise<ExactNames> {
  const answers = new Map<string, Awaited<ReturnType<Ask>>>();
  const ids = new Map<string, string>();
  const inPath = namedInPath(endpoint);
  const inBody = named(request, endpoint);
  await Promise.all(
    [...(inPath ? [inPath] : []), ...inBody].map(async ({ of, name }) => {
      const isNeeded = mustBeThere && of === 'container' && name !== inPath?.name;
      if (ids.has(keyOf(of, name)) || !(isNeeded || mayBeginId(of, name))) return;
      const path = pathOf(of, name);
      const answer = await ask({ method: 'GET', path });
      const { status, body } = answer;
      const isThere = isYes(status);
      if (!isThere && (isNeeded || !isNone(path, status)))
        throw new EngineError(engineWords(body, status), status, { method: 'GET', path });
      answers.set(path, answer);
      if (isThere && mayBeginId(of, name)) ids.set(keyOf(of, name), exactly(of, name, body));
    }),
  );
  return {
    ask: async (asked) => (asked.method === 'GET' && !asked.query ? answers.get(asked.path) : undefined) ?? ask(asked),
    exact(sent) {
      // what comes of it is looked at anew
      answers.clear();
      const found = ids.size > 0 ? endpointOf(sent) : undefined;
      return found ? replaced(sent, found, ids) : sent;
    },
  };
}

interface Name {
  readonly of: NamedThing;
  readonly name: string;
}

/** In query and body. */
function named(request: Request, endpoint: FoundEndpoint): readonly Name[] {
  return referencesAt(request, endpoint).flatMap(({ of, name }) => (isNamedThing(of) ? [{ of, name }] : []));
}

const kinds = ['container', 'image', 'network', 'service', 'task', 'secret', 'config'] as const;

function isNamedThing(of: string): of is NamedThing {
  return (kinds as readonly string[]).includes(of);
}

function keyOf(of: NamedThing, name: string): string {
  return `${of} ${name}`;
}

/** @throws Failure where the tables of references know of a name that was not replaced */
function replaced(request: Request, endpoint: FoundEndpoint, ids: ReadonlyMap<string, string>): Request {
  const exact = withNames(request, endpoint, (of, name) => ids.get(keyOf(of, name)) ?? name);
  const after = endpointOf(exact);
  const left = after && [...[namedInPath(after) ?? []].flat(), ...named(exact, after)];
  const missed = left?.find(({ of, name }) => (ids.get(keyOf(of, name)) ?? name) !== name);
  if (missed || !left) throw unknownPart(`the ${missed?.of ?? 'thing'} ${missed?.name ?? ''}`);
  return exact;
}

/**
 * The beginning of an id. Ids of the engine are 64 hexadecimal digits, those of a swarm, whose networks are looked for
 * beside the engine's own, 25 digits and letters (moby, pkg/stringid; swarmkit, identity). A whole id is nothing else.
 */
function mayBeginId(of: NamedThing, name: string): boolean {
  switch (of) {
    case 'container':
      return /^\/?[0-9a-f]{1,63}$/.test(name);
    case 'image':
      return mayBeginImageId(name);
    case 'network':
      return isHexadecimal(name) || isOfSwarm(name);
    case 'service':
    case 'task':
    case 'secret':
    case 'config':
      return isOfSwarm(name);
  }
}

function isHexadecimal(name: string): boolean {
  return /^[0-9a-f]{1,63}$/.test(name);
}

function isOfSwarm(name: string): boolean {
  return /^[0-9a-z]{1,24}$/.test(name);
}

function pathOf(of: NamedThing, name: string): string {
  if (of === 'container') return `/containers/${name.replace(/^\//, '')}/json`;
  return of === 'image' ? `/images/${name}/json` : `/${of}s/${name}`;
}

/** An image by its name, with the tag that no id has; what a swarm keeps by its name: it does not go by itself. */
function exactly(of: NamedThing, name: string, body: unknown): string {
  const { Id, ID, Name, Spec, RepoTags } = objectIn(body);
  const id = scalar(Id ?? ID);
  if (of === 'image') {
    const isName = Array.isArray(RepoTags) && RepoTags.some((tag) => canonical(scalar(tag)) === canonical(name));
    const { familiarFull, full } = cutImageName(name);
    return isName ? (name.startsWith('sha256:') ? full : familiarFull) : id;
  }
  const isKeptName = !isHexadecimal(name) && of !== 'container' && scalar(Name ?? objectIn(Spec)['Name']) === name;
  return isKeptName || id === '' ? name : id;
}
