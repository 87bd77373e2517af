/** What is known of one endpoint of the Engine API. A row has every field: what is not said here is not known to anybody. */
import type { Request } from '../request.ts';

/** Method and path as the API's reference writes them: `{id}` is one segment, `{name*}` one or more (`localhost:5000/app`). */
export type EndpointKey = `${Request['method']} /${string}`;

export interface Endpoint {
  /** What the `{…}` of the path names. */
  readonly names: Named;
  /** What is done with that. */
  readonly use: Use;
  /** It leaves everything as it was. */
  readonly reads: boolean;
  /** What it may add, change or remove, at once or by what it sets off. */
  readonly changes: readonly Kind[];
  /** Whether it ends what it names, or is answered only when that has ended. */
  readonly ends: boolean;
  readonly labels: Labels;
  readonly refers: Refers;
  readonly secrets: Secrets;
  readonly guard: GuardRule;
}

export type Endpoints = Readonly<Record<EndpointKey, Endpoint>>;

export type Named =
  | 'nothing'
  | 'container'
  | 'exec'
  | 'image'
  /** A repository, or an image as its registry has it, whatever is here. */
  | 'registry-image'
  | 'network'
  | 'volume'
  | 'service'
  | 'task'
  | 'node'
  | 'secret'
  | 'config'
  | 'plugin'
  /** The one that the engine is part of. */
  | 'swarm';

/**
 * `looks`: reads it, for whoever asked to see. `takes`: hands it out, sends it away, or makes another thing of it.
 * `changes`: changes, enters or removes it.
 */
export type Use = 'nothing' | 'looks' | 'takes' | 'changes';

export type Kind =
  | 'containers'
  | 'images'
  | 'networks'
  | 'volumes'
  | 'services'
  | 'nodes'
  | 'secrets'
  | 'configs'
  | 'swarm'
  | 'plugins'
  | 'build-cache'
  /** What a registry holds. */
  | 'registry';

/**
 * Where labels go. `body`: in Labels. `body-and-mounts`: also in the volumes that HostConfig.Mounts make. `service`: in
 * the service, its containers, and the volumes that their mounts make.
 */
export type Labels = 'none' | 'body' | 'body-and-mounts' | 'service';

/** Where query and body name what the request reaches for; references/ has a rule for each. */
export type Refers =
  | 'nothing'
  | 'container'
  | 'resources'
  | 'start'
  | 'exec'
  | 'service'
  | 'volume'
  | 'network'
  | 'network-member'
  | 'build'
  | 'commit'
  | 'images-saved'
  | 'pull-or-import'
  | 'registry-of-image'
  | 'image-at-registry'
  | 'registry-searched'
  | 'login'
  | 'plugin-source'
  | 'swarm-init'
  | 'swarm-join';

/**
 * What is secret of it by its place, and so must be named. What its name or its form gives away (`DB_PASSWORD=x`,
 * `https://me:password@host`) is found wherever it stands (secret.ts).
 */
export interface Secrets {
  readonly query: readonly string[];
  /** Paths in the body, `Spec.Data`. */
  readonly body: readonly string[];
  readonly headers: readonly ('X-Registry-Auth' | 'X-Registry-Config')[];
}

/** What stands between the request and the engine; ownership/guard has a rule for each. `refuse`: never sent. */
export type GuardRule =
  | 'send'
  | 'refuse'
  | 'create-container'
  | 'create-network'
  | 'create-volume'
  | 'create-service'
  | 'change-container'
  | 'update-container'
  | 'enter-container'
  | 'update-service'
  | 'put-archive'
  | 'join-network'
  | 'remove-container'
  | 'remove-image'
  | 'remove-network'
  | 'remove-volume'
  | 'remove-service'
  | 'pull-or-import'
  | 'load-images'
  | 'tag-image'
  | 'build-image'
  | 'check-build'
  | 'commit-container'
  | 'prune-labelled'
  | 'prune-images'
  | 'prune-build-cache'
  | 'enter-swarm'
  | 'leave-swarm'
  | 'change-swarm';

export const noSecrets: Secrets = { query: [], body: [], headers: [] };

/** The login for one registry goes with it. */
export const registryLogin: Secrets = { ...noSecrets, headers: ['X-Registry-Auth'] };

/** What runs containers may pull images, and make networks and volumes. */
export const everythingListed: readonly Kind[] = ['containers', 'images', 'networks', 'volumes'];

/** An endpoint that only reads. */
export function reading(names: Named = 'nothing', secrets: Secrets = noSecrets): Endpoint {
  return {
    names,
    use: names === 'nothing' ? 'nothing' : 'looks',
    reads: true,
    changes: [],
    ends: false,
    labels: 'none',
    refers: 'nothing',
    secrets,
    guard: 'send',
  };
}
