/** What is known of one endpoint of the Engine API. A row has every field: what is not said here is not known to anybody. */
import type { Request } from '../request.ts';

/** Method and path as the API's reference writes them: `{id}` is one segment, `{name*}` one or more (`localhost:5000/app`). */
export type EndpointKey = `${Request['method']} /${string}`;

export interface Endpoint {
  /** What the `{…}` of the path names. */
  readonly names: Named;
  /** Whose that must be for the request to be sent. */
  readonly whose: Whose;
  /** It leaves everything as it was. */
  readonly reads: boolean;
  /** What it may add, change or remove, at once or by what it sets off. */
  readonly changes: readonly Kind[];
  /** Whether it ends what it names, or is answered only when that has ended. */
  readonly ends: boolean;
  readonly labels: Labels;
  readonly needs: Needs;
  readonly secrets: Secrets;
  readonly guard: GuardRule;
}

export type Endpoints = Readonly<Record<EndpointKey, Endpoint>>;

export type Named =
  | 'nothing'
  | 'container'
  | 'exec'
  | 'image'
  | 'network'
  | 'volume'
  | 'service'
  | 'task'
  | 'node'
  | 'secret'
  | 'config'
  | 'plugin';

/** `ours`: made by docker-tutor. `our-swarm`: part of a swarm that this run has made. `anybody`: also the user's. */
export type Whose = 'nobody' | 'ours' | 'our-swarm' | 'anybody';

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

/** What decides which permissions it needs; permission/request-needs.ts has a rule for each. */
export type Needs =
  | 'none'
  | 'container'
  | 'exec'
  | 'service'
  | 'volume'
  | 'network'
  | 'network-member'
  | 'build'
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
    whose: names === 'nothing' ? 'nobody' : 'anybody',
    reads: true,
    changes: [],
    ends: false,
    labels: 'none',
    needs: 'none',
    secrets,
    guard: 'send',
  };
}
