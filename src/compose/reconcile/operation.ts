/**
 * What is to be done to a project's things on the engine, as data: decided by looking (the files beside this one),
 * performed by execute/. Each step says why, and which steps have to be done before it.
 */
import type { Dependency, Resource } from '../file/project.ts';
import type { ObservedContainer } from '../observe/containers.ts';
import type { ObservedNetwork } from '../observe/resources.ts';

export interface Step {
  readonly operation: Operation;
  readonly because: Reason;
  /** Done before this one; one that fails keeps this one from being done. */
  readonly after: readonly Step[];
}

export type Operation =
  /** Of the service's image; services of one image share it. `buildable`: one that cannot be pulled is told of, and no failure. */
  | { readonly do: 'pull-image'; readonly service: string; readonly buildable: boolean }
  /** `unlessHere`: a pull before it may have brought the image. */
  | { readonly do: 'build-image'; readonly service: string; readonly unlessHere: boolean; readonly quiet: boolean }
  | { readonly do: 'remove-image'; readonly image: string }
  | { readonly do: 'create-network'; readonly key: string; readonly network: Resource }
  | { readonly do: 'remove-network'; readonly network: ObservedNetwork }
  /** Made with other settings before. These containers, which stand still, are taken off it first. */
  | {
      readonly do: 'replace-network';
      readonly key: string;
      readonly network: Resource;
      readonly old: ObservedNetwork;
      readonly containers: readonly Contained[];
    }
  | { readonly do: 'create-volume'; readonly key: string; readonly volume: Resource }
  /** Made with other settings before: what is in it is lost. */
  | { readonly do: 'replace-volume'; readonly key: string; readonly volume: Resource }
  | { readonly do: 'remove-volume'; readonly name: string }
  | { readonly do: 'create-container'; readonly service: string; readonly number: number }
  /** The new one is made under a name of its own before the old one goes, and takes its name and its anonymous volumes. */
  | {
      readonly do: 'recreate-container';
      readonly service: string;
      readonly old: ObservedContainer;
      readonly renewVolumes: boolean;
      readonly timeout: number | undefined;
    }
  /** `again`: it was up before, and stands still. */
  | { readonly do: 'start-container'; readonly container: Contained; readonly again: boolean }
  /** `timeout`: seconds before it is killed; undefined: what the container says, else 10. */
  | { readonly do: 'stop-container'; readonly container: Contained; readonly timeout: number | undefined }
  | { readonly do: 'kill-container'; readonly container: Contained; readonly signal: string }
  | { readonly do: 'restart-container'; readonly container: Contained; readonly timeout: number | undefined }
  /** `volumes`: its anonymous ones go with it. */
  | { readonly do: 'remove-container'; readonly container: Contained; readonly volumes: boolean }
  | { readonly do: 'pause-container'; readonly container: Contained }
  | { readonly do: 'unpause-container'; readonly container: Contained }
  /** Until all containers of a service are as others need them. */
  | {
      readonly do: 'wait';
      readonly containers: readonly Contained[];
      readonly until: Condition;
      /** Longest wait for each, in milliseconds. */
      readonly most: number | undefined;
      /** Whose dependency it is; without one it is the command itself that waits. */
      readonly dependency: { readonly service: string; readonly required: boolean } | undefined;
    };

export type Condition = Dependency['condition'] | 'running_or_healthy';

/** A container that is there, as much of it as it takes to name it. */
export type Contained = Pick<ObservedContainer, 'id' | 'name' | 'service'>;

export type Reason =
  | 'missing'
  | 'asked'
  | 'policy'
  | 'config changed'
  | 'settings changed'
  | 'image changed'
  | 'network changed'
  | 'volume changed'
  | 'shares a replaced container'
  | 'dependency replaced'
  | 'scaled down'
  | 'orphan'
  | 'not running'
  | 'dependency';
