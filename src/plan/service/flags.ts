/** The typed commands of the service family. */
import type { Command } from '../../command/command.ts';
import type { FlagValues } from '../../command/table.ts';
import type { serviceCreate, serviceUpdate } from '../../command/tables/service.ts';
import type { JsonObject } from '../../api/request.ts';

export type CreateServiceCommand = Command<(typeof serviceCreate)['flags']>;
export type CreateServiceFlags = FlagValues<(typeof serviceCreate)['flags']>;
export type UpdateServiceCommand = Command<(typeof serviceUpdate)['flags']>;
export type UpdateServiceFlags = FlagValues<(typeof serviceUpdate)['flags']>;
/** Flags that create and update spell alike. */
export type CommonServiceFlags = Pick<CreateServiceFlags, keyof CreateServiceFlags & keyof UpdateServiceFlags>;

/** What GET /services/{id} says (Engine API, ServiceInspect), as far as plans read it. */
export interface Service {
  readonly ID: string;
  readonly Version: { readonly Index: number | string };
  readonly Spec: ServiceSpec;
  readonly UpdateStatus?: {
    readonly State?: string;
    readonly Message?: string;
    readonly StartedAt?: string;
    readonly CompletedAt?: string;
  };
  readonly JobStatus?: object;
  readonly Endpoint?: { readonly Ports?: readonly PublishedPort[] };
  readonly ServiceStatus?: {
    readonly RunningTasks?: number;
    readonly DesiredTasks?: number;
    readonly CompletedTasks?: number;
  };
}

export interface ServiceSpec {
  readonly Name: string;
  readonly Labels?: Readonly<Record<string, string>> | null;
  readonly TaskTemplate: JsonObject;
  readonly Mode?: ServiceMode;
  readonly UpdateConfig?: JsonObject;
  readonly RollbackConfig?: JsonObject;
  readonly EndpointSpec?: JsonObject;
}

export interface ServiceMode {
  readonly Replicated?: { readonly Replicas?: number };
  readonly Global?: object;
  readonly ReplicatedJob?: { readonly MaxConcurrent?: number; readonly TotalCompletions?: number };
  readonly GlobalJob?: object;
}

export interface PublishedPort {
  readonly Protocol?: string;
  readonly TargetPort: number;
  readonly PublishedPort?: number;
  readonly PublishMode?: string;
}

/** What GET /tasks says of one task. */
export interface Task {
  readonly ID: string;
  readonly ServiceID: string;
  readonly NodeID?: string;
  readonly Slot?: number;
  readonly DesiredState: string;
  readonly Spec?: { readonly ContainerSpec?: { readonly Image?: string } };
  readonly Status: {
    readonly State: string;
    readonly Timestamp?: string;
    readonly Err?: string;
    readonly PortStatus?: { readonly Ports?: readonly PublishedPort[] };
  };
}
