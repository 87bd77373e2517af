/**
 * The containers of a lesson with their networks, ports and storage, read from the requests that its commands become. What
 * cannot be read from them is not guessed: after it, nothing is claimed of what was there before. Pure.
 */
import type { Json, JsonObject } from '../api/request.ts';
import type { ExplainedRequest, Explanation } from '../explain/explanation.ts';

export interface Things {
  readonly containers: readonly Container[];
  /** Those that the lesson has made, in the order in which it did. */
  readonly networks: readonly string[];
}

export interface Container {
  /** '' where nobody gave it one. */
  readonly name: string;
  readonly image: string;
  readonly networks: readonly string[];
  /** `8080 → 80` */
  readonly ports: readonly string[];
  readonly mounts: readonly Mount[];
}

export interface Mount {
  readonly of: 'volume' | 'folder' | 'memory';
  /** '' of memory. */
  readonly source: string;
  readonly path: string;
  readonly readOnly: boolean;
}

interface Known extends Container {
  readonly removesItself: boolean;
}

interface State {
  containers: readonly Known[];
  networks: readonly string[];
}

export interface ThingsSoFar {
  /** @param exitCode what the command is expected to end with @param explanation absent: nobody knows what it does */
  take(explanation: Explanation | undefined, exitCode: number): void;
  /** What there is now, where it is another than when this was asked last, and worth a picture. */
  changed(): Things | undefined;
}

/** What these do is not in the requests that a command line tells. */
const beyond = /^(?:compose|stack|swarm|service|node|buildx|container prune|system prune|network prune|volume prune)\b/;

export function thingsSoFar(): ThingsSoFar {
  let state: State = { containers: [], networks: [] };
  let drawn = '';
  return {
    take(explanation, exitCode) {
      const command = explanation?.parts.find(({ kind }) => kind === 'command')?.name ?? '';
      if (explanation === undefined || beyond.test(command)) state = { containers: [], networks: [] };
      else if (hasHappened(command, exitCode)) state = after(explanation.requests, state);
    },
    changed() {
      const { containers, networks } = state;
      const text = JSON.stringify(state);
      if (text === drawn) return undefined;
      drawn = text;
      const shown = containers.map(shownOf);
      const tells = shown.some(
        (one) => one.mounts.length > 0 || one.ports.length > 0 || one.networks.some((name) => name !== 'bridge'),
      );
      return tells && shown.length <= most ? { containers: shown, networks } : undefined;
    },
  };
}

function shownOf({ name, image, networks, ports, mounts }: Known): Container {
  return { name, image, networks, ports, mounts };
}

/** A larger picture shows nothing any more. */
const most = 5;

/** A command that fails changes nothing, but a container is there whatever its program ends with. */
function hasHappened(command: string, exitCode: number): boolean {
  return exitCode === 0 || (/^(?:container )?run$/.test(command) && exitCode !== 125);
}

function after(requests: readonly ExplainedRequest[], before: State): State {
  let state = before;
  for (const request of requests) state = afterOne(request, state);
  return endedIn(requests, state);
}

/** A container that removes itself is gone where the command waits for its end. */
function endedIn(requests: readonly ExplainedRequest[], state: State): State {
  const last = state.containers.at(-1);
  const waits = requests.some(({ path }) => path.endsWith('/attach'));
  const made = requests.some(({ path }) => path === '/containers/create');
  return made && waits && last?.removesItself === true
    ? { ...state, containers: state.containers.slice(0, -1) }
    : state;
}

function afterOne({ method, path, query, body }: ExplainedRequest, state: State): State {
  const [, kind = '', name = '', act = ''] = path.split('/').map(decoded);
  const asked = `${method} ${kind} ${act}`.trim();
  if (path === '/containers/create') return { ...state, containers: [...state.containers, created(query, body)] };
  if (path === '/networks/create') return { ...state, networks: [...state.networks, text(body?.['Name'])] };
  switch (asked) {
    case 'DELETE containers':
      return removed(name, state);
    case 'POST containers stop':
    case 'POST containers kill':
      return state.containers.some((one) => one.name === name && one.removesItself) ? removed(name, state) : state;
    case 'POST containers rename':
      return withContainer(name, state, (one) => ({ ...one, name: query['name'] ?? '' }));
    case 'DELETE networks':
      return { ...state, networks: state.networks.filter((one) => one !== name) };
    case 'POST networks connect':
      return withContainer(text(body?.['Container']), state, (one) => ({ ...one, networks: [...one.networks, name] }));
    case 'POST networks disconnect':
      return withContainer(text(body?.['Container']), state, (one) => ({
        ...one,
        networks: one.networks.filter((network) => network !== name),
      }));
    default:
      return state;
  }
}

/** Which one `<id>` is, the line does not say. */
function removed(name: string, state: State): State {
  if (/[<$]/.test(name)) return { ...state, containers: [] };
  return { ...state, containers: state.containers.filter((one) => one.name !== name) };
}

function withContainer(name: string, state: State, change: (one: Known) => Known): State {
  return { ...state, containers: state.containers.map((one) => (one.name === name ? change(one) : one)) };
}

function created(query: ExplainedRequest['query'], body: JsonObject | null): Known {
  const host = object(body?.['HostConfig']);
  const mode = text(host['NetworkMode']);
  const further = Object.keys(object(object(body?.['NetworkingConfig'])['EndpointsConfig']));
  const first = mode === '' || mode === 'default' ? 'bridge' : mode;
  return {
    name: query['name'] ?? '',
    image: text(body?.['Image']),
    networks: [...new Set([first, ...further])],
    ports: portsOf(object(host['PortBindings'])),
    mounts: [
      ...list(host['Binds']).map(text).map(bind),
      ...list(host['Mounts']).map(object).map(mount),
      ...memory(host),
    ],
    removesItself: host['AutoRemove'] === true,
  };
}

function portsOf(bindings: JsonObject): readonly string[] {
  return Object.entries(bindings).flatMap(([inside, outside]) =>
    list(outside)
      .map(object)
      .map((one) => {
        const port = inside.replace(/\/tcp$/, '');
        const host = text(one['HostPort']);
        return host === '' || host === '0' ? `? → ${port}` : `${host} → ${port}`;
      }),
  );
}

/** `data:/data:ro` */
function bind(written: string): Mount {
  const [source = '', path = '', mode = ''] = written.split(':');
  const readOnly = mode.split(',').includes('ro');
  return { of: source.startsWith('/') ? 'folder' : 'volume', source, path, readOnly };
}

function mount(one: JsonObject): Mount {
  const type = text(one['Type']);
  const of = type === 'bind' ? 'folder' : type === 'tmpfs' ? 'memory' : 'volume';
  return { of, source: text(one['Source']), path: text(one['Target']), readOnly: one['ReadOnly'] === true };
}

function memory(host: JsonObject): readonly Mount[] {
  return Object.keys(object(host['Tmpfs'])).map((path) => ({ of: 'memory', source: '', path, readOnly: false }));
}

function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

function object(value: Json | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
