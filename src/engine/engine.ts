/** The engine as the rest of the program sees it. Only connect/connect.ts and dockerode-engine.ts know dockerode. */
import type { Duplex, Readable } from 'node:stream';
import type { Request } from '../api/request.ts';

/** Where an engine is asked for, and why there. */
export interface Endpoint {
  /** As docker writes it: `unix:///var/run/docker.sock`, `tcp://host:2375`, `ssh://user@host`, `npipe:////./pipe/docker_engine`. */
  readonly address: string;
  /** What chose it. `detail` is the context's or variable's name. */
  readonly from:
    'context-option' | 'host-option' | 'DOCKER_HOST' | 'DOCKER_CONTEXT' | 'current-context' | 'default' | 'lab';
  readonly detail?: string;
  readonly tls?: TlsMaterial;
  /** The version of the API to speak, whatever the engine knows (DOCKER_API_VERSION). */
  readonly apiVersion?: string;
  /** Sent with every request (HttpHeaders of config.json); never printed, since a password may be among them. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** PEM texts, never printed. */
export interface TlsMaterial {
  /** Where it was read. */
  readonly folder?: string;
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly verify: boolean;
}

export interface EngineAbout {
  /** Engine's own version, `28.5.2`. */
  readonly version: string;
  /** Version in use on the wire: the smaller of ours and theirs, `1.51`. */
  readonly apiVersion: string;
  /** Fields of its answer to GET /version that are known already. They do not change while the engine runs. */
  readonly told: Readonly<Record<string, unknown>>;
  /** Podman answers with a Libpod-API-Version header. */
  readonly flavour: 'docker' | 'podman';
  /** It would rather build with BuildKit (Builder-Version 2 in its answer to a ping). */
  readonly prefersBuildkit?: true;
}

export interface SendOptions {
  readonly signal: AbortSignal;
  /** The opened upload of the request. */
  readonly body?: Readable | Buffer;
  /** Ask for an upgrade to a two-way stream. */
  readonly hijack?: boolean;
  /** X-Registry-Auth or X-Registry-Config, ready to send; those of a session, of which one comes several times. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
}

/**
 * The answer as soon as its headers are here; any status. Reading `stream` to its end, or destroying it, is the caller's.
 * It fails with a Failure where the engine does not go on (patience.ts).
 */
export interface Reply {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** A Duplex after a hijack. */
  readonly stream: Readable | Duplex;
}

export interface Engine {
  readonly endpoint: Endpoint;
  readonly about: EngineAbout;
  /** Rejects with a Failure whose code is a cause id when the engine cannot be reached; with the signal's reason when aborted. */
  send(request: Request, options: SendOptions): Promise<Reply>;
  /** Destroys what is still open. */
  close(): void;
}
