/** A compose project: what all its files say together, resolved. Names are those of the compose specification. */
import type { JsonObject } from '../../api/request.ts';

export interface Project {
  readonly name: string;
  /** Between the parts of a name of a container or an image; `_` as compose v1 had it, with --compatibility. */
  readonly separator: '-' | '_';
  /** Absolute. */
  readonly folder: string;
  /** Absolute, in the order merged. */
  readonly files: readonly string[];
  /** By name, sorted; those whose profile is not wanted are not here. */
  readonly services: Readonly<Record<string, Service>>;
  readonly disabled: Readonly<Record<string, Service>>;
  readonly networks: Readonly<Record<string, Resource>>;
  readonly volumes: Readonly<Record<string, Resource>>;
  readonly secrets: Readonly<Record<string, FileObject>>;
  readonly configs: Readonly<Record<string, FileObject>>;
  readonly models: Readonly<Record<string, JsonObject>>;
  /** Of each service the keys that one file alone says, as it says them. */
  readonly written?: Readonly<Record<string, JsonObject>>;
  /** `x-` keys of the top level. */
  readonly extensions: JsonObject;
  /** The variables the files were filled in with. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** One sentence each, for stderr. */
  readonly warnings: readonly string[];
}

export interface Service {
  readonly [key: string]: JsonObject[string];
  readonly image?: string;
  readonly container_name?: string;
  readonly command?: readonly string[];
  readonly entrypoint?: readonly string[];
  readonly environment?: Readonly<Record<string, string | null>>;
  readonly depends_on?: Readonly<Record<string, Dependency>>;
  readonly networks?: Readonly<Record<string, ServiceNetwork | null>>;
  readonly profiles?: readonly string[];
  readonly ports?: readonly Port[];
  readonly volumes?: readonly Volume[];
  readonly secrets?: readonly FileReference[];
  readonly configs?: readonly FileReference[];
  readonly build?: Build;
  readonly deploy?: Deploy;
  readonly healthcheck?: Health;
  readonly labels?: Readonly<Record<string, string>>;
  readonly scale?: number;
  readonly network_mode?: string;
  readonly links?: readonly string[];
  readonly pull_policy?: string;
  readonly tty?: boolean;
  readonly stdin_open?: boolean;
  readonly stop_grace_period?: string;
  readonly platform?: string;
  readonly attach?: boolean;
}

export interface Dependency extends JsonObject {
  readonly condition: 'service_started' | 'service_healthy' | 'service_completed_successfully';
  readonly restart?: boolean;
  readonly required: boolean;
}

export interface ServiceNetwork extends JsonObject {
  readonly aliases?: readonly string[];
  readonly driver_opts?: Readonly<Record<string, string>>;
  readonly gw_priority?: number;
  readonly ipv4_address?: string;
  readonly ipv6_address?: string;
  readonly link_local_ips?: readonly string[];
  readonly mac_address?: string;
  readonly priority?: number;
}

export interface Port extends JsonObject {
  readonly host_ip?: string;
  readonly target: number;
  /** Absent where the engine picks a free one. */
  readonly published?: string;
  readonly protocol: string;
}

export interface Volume extends JsonObject {
  readonly type: 'bind' | 'volume' | 'tmpfs' | 'image' | 'npipe' | 'cluster';
  readonly source?: string;
  readonly target: string;
  readonly read_only?: boolean;
  readonly bind?: { readonly selinux?: string; readonly propagation?: string; readonly create_host_path?: boolean };
  readonly volume?: {
    readonly nocopy?: boolean;
    readonly subpath?: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
  readonly tmpfs?: { readonly size?: string; readonly mode?: string };
}

export interface FileReference extends JsonObject {
  readonly source: string;
  readonly target?: string;
  readonly uid?: string;
  readonly gid?: string;
  readonly mode?: string;
}

export interface Build extends JsonObject {
  /** An absolute folder, or a URL. */
  readonly context: string;
  readonly dockerfile?: string;
  readonly dockerfile_inline?: string;
  readonly args?: Readonly<Record<string, string | null>>;
  readonly additional_contexts?: Readonly<Record<string, string>>;
  readonly ssh?: readonly string[];
  readonly secrets?: readonly FileReference[];
  readonly labels?: Readonly<Record<string, string>>;
  readonly target?: string;
  readonly tags?: readonly string[];
  readonly cache_from?: readonly string[];
  readonly extra_hosts?: readonly string[];
  readonly network?: string;
  readonly no_cache?: boolean;
  readonly pull?: boolean;
  readonly shm_size?: string;
  readonly platforms?: readonly string[];
  readonly ulimits?: Readonly<Record<string, Limit>>;
}

/** Of `ulimits:`: soft and hard at once, or each. */
export type Limit = number | { readonly soft: number; readonly hard: number };

export interface Deploy extends JsonObject {
  readonly mode?: string;
  readonly replicas?: number;
  readonly resources?: { readonly limits?: Limits; readonly reservations?: Limits };
  readonly restart_policy?: { readonly condition?: string; readonly max_attempts?: number };
}

interface Limits extends JsonObject {
  readonly cpus?: number;
  readonly memory?: string;
  readonly pids?: number;
}

export interface Health extends JsonObject {
  readonly test?: readonly string[];
  readonly interval?: string;
  readonly timeout?: string;
  readonly start_period?: string;
  readonly start_interval?: string;
  readonly retries?: number;
  readonly disable?: boolean;
}

/** A network or a volume. */
export interface Resource extends JsonObject {
  /** As the engine knows it. */
  readonly name: string;
  readonly driver?: string;
  readonly driver_opts?: Readonly<Record<string, string>>;
  readonly external?: boolean;
  readonly labels?: Readonly<Record<string, string>>;
  readonly internal?: boolean;
  readonly attachable?: boolean;
  readonly enable_ipv4?: boolean;
  readonly enable_ipv6?: boolean;
  readonly ipam?: {
    readonly driver?: string;
    readonly config?: readonly Pool[];
    readonly options?: Readonly<Record<string, string>>;
  };
}

interface Pool extends JsonObject {
  readonly subnet?: string;
  readonly gateway?: string;
  readonly ip_range?: string;
  readonly aux_addresses?: Readonly<Record<string, string>>;
}

/** A secret or a config. */
export interface FileObject extends JsonObject {
  readonly name: string;
  readonly file?: string;
  readonly environment?: string;
  readonly content?: string;
  readonly external?: boolean;
}
