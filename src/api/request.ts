/** The words of the Engine API: what is asked, what comes back, and the no. Shapes only; nothing is sent here. */

import type { BuildStatus } from './answers/build-status.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };
export type JsonObject = { readonly [key: string]: Json | undefined };

/** One request to the Engine API. `path` has no version; an id not known yet reads `<id>`. */
export interface Request {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  /** Values as the strings sent. A parameter that the API repeats (`t`, `changes`, `names`, `extrahosts`, `securityopt`, `platforms`) holds one value a line. */
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: JsonObject;
  /** What docker sends along though nothing was asked for: it comes back in inspect, `{}` for `null`. Sent below the body, never told. */
  readonly zeros?: JsonObject;
  /** Registry whose login goes into X-Registry-Auth (`docker.io`, `localhost:5000`), or `all` for X-Registry-Config. Never the login itself. */
  readonly login?: string;
  /** A body that is streamed, described: the edge opens it. */
  readonly upload?: Upload;
  /** Opened beside the request, and closed with its answer. Never shown. */
  readonly session?: BuildSession;
}

/** What BuildKit may ask of this machine while it builds: this, the logins of registries, and a context that is `synced`. */
export interface BuildSession {
  readonly secrets: readonly BuildSecret[];
  /** Sockets of ssh agents. */
  readonly ssh: readonly { readonly id: string; readonly socket: string }[];
  /** Contexts beside the first, by their names. */
  readonly folders?: readonly { readonly name: string; readonly folder: string }[];
  /** Where what was built goes, in place of the engine's images. */
  readonly output?: { readonly to: 'folder' | 'file'; readonly path: string } | { readonly to: 'stdout' };
}

export type BuildSecret =
  { readonly id: string; readonly file: string } | { readonly id: string; readonly value: string };

export type Upload =
  /** A build context: folder (or `-` for stdin; a URL is in the query instead), .dockerignore applied. */
  | {
      readonly of: 'context';
      readonly folder: string;
      /** Relative to the folder; `-` for stdin. */
      readonly dockerfile: string;
      /** The Dockerfile itself, where no file holds it; `dockerfile` is `-` then. */
      readonly inline?: string;
      /** The name that a Dockerfile outside the folder, from stdin or inline, gets in the context. */
      readonly sentAs?: string;
      /** Without the line that tells how much was sent. */
      readonly quiet?: boolean;
      readonly gzip?: boolean;
      /** Without the Dockerfile's `# syntax=` line. */
      readonly plainSyntax?: boolean;
      /** It is no body: the session hands over, file by file, what is asked for. */
      readonly synced?: true;
      /** The Dockerfile as it is sent; whoever opens the context fills it in. Absent where the context comes from stdin. */
      readonly text?: string;
    }
  | { readonly of: 'file'; readonly path: string }
  /** An archive that docker save wrote. `holds`: names and ids in it, as it will be sent; whoever opens it fills that in. */
  | {
      readonly of: 'saved';
      readonly path: string;
      readonly holds?: { readonly names: readonly string[]; readonly ids: readonly string[] };
    }
  | { readonly of: 'stdin' }
  /** A tar of files whose text is at hand: secrets and configs of compose. `mode` in octal digits. Never shown. */
  | {
      readonly of: 'texts';
      readonly files: readonly {
        readonly path: string;
        readonly text: string;
        readonly mode: string;
        readonly uid: number;
        readonly gid: number;
      }[];
    }
  /** For cp: a tar of the local path, its top entry named `as`; `.` where its contents are meant. */
  | { readonly of: 'tar'; readonly path: string; readonly as: string };

/** Who signs in to a registry. `server` is the registry's host, or Docker Hub's address. Never printed. */
export interface Login {
  readonly server: string;
  readonly username: string;
  readonly password?: string;
  /** Instead of the password, where the registry has given one. */
  readonly identityToken?: string;
}

/** What came back. `status` is the HTTP status; a plan looks at it where docker does (404 → pull). */
export interface Answer<T = unknown> {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: T;
  /** The body as the engine wrote it: inspect prints its numbers and keys unchanged. Absent where the answer was made up. */
  readonly text?: string;
  /** Bytes of a tar of the learner's own files that went with the request. */
  readonly uploaded?: number;
}

/** One line of a pull, push, build or load. */
export interface Message {
  readonly status?: string;
  readonly id?: string;
  readonly progress?: string;
  readonly progressDetail?: { readonly current?: number; readonly total?: number };
  readonly stream?: string;
  /** What BuildKit tells of its steps. */
  readonly buildkit?: BuildStatus;
  readonly aux?: JsonObject;
  readonly error?: string;
  readonly errorDetail?: { readonly code?: number; readonly message?: string };
}

/**
 * The engine said no, in its own words. The driver throws it into the plan for a status that is neither 2xx, 304
 * nor in `accept`; a plan catches it where the docker CLI goes on (`docker rm a b`).
 */
export class EngineError extends Error {
  override readonly name = 'EngineError';
  /** HTTP status; 200 for an `errorDetail` inside a stream. */
  readonly status: number;
  readonly request: Request;
  /** The code of an `errorDetail`: what docker build ends with. */
  readonly code: number | undefined;
  /** Of a build by BuildKit, the step that failed: `[2/4] RUN make`. */
  failedStep?: string;
  constructor(message: string, status: number, request: Request, code?: number) {
    super(message);
    this.status = status;
    this.request = request;
    this.code = code;
  }
}
