/**
 * What a plan asks of the world. A plan is a generator: it yields one Effect at a time and is given the answer.
 * It is pure, so the same function is explained (answers assumed, assume.ts), tested by table, and performed
 * (answers from a real engine, perform/). What we show is what we do.
 */
import type { CauseId } from '../causes/catalogue.ts';
import type { Args } from '../causes/cause.ts';
import type { Answer, Json, Login, Message, Request } from '../api/request.ts';
import type { Foreseen } from '../api/guard.ts';
import type { Zone } from '../time-zone.ts';

/** A request in flight whose answer is a stream. */
export interface Handle {
  readonly handle: number;
  /** Of the answer, lower-case names; absent where it was made up. */
  readonly headers?: Readonly<Record<string, string>>;
}

export type Effect =
  /** Ask and read the whole answer (JSON where it is JSON, else text). A status that is not 2xx, 304 or in `accept` is thrown into the plan as an EngineError. */
  | { readonly do: 'ask'; readonly request: Request; readonly accept: readonly number[]; readonly assume: Answer }
  /** Ask and read NDJSON to its end; each message is reported as progress and written as the docker CLI writes it. An error message in it is thrown into the plan. */
  | {
      readonly do: 'follow';
      readonly request: Request;
      readonly to: 'stdout' | 'stderr' | 'nowhere';
      /** Line by line, also where a picture could be drawn. */
      readonly plain?: boolean;
      readonly assume: readonly Message[];
    }
  /** Send, return as soon as the headers are there. `as`: how its stream is read later. */
  | { readonly do: 'open'; readonly request: Request; readonly as: StreamKind }
  /** Several at once, as many as docker asks at once (stop a b c). Answers in the order asked; a refusal takes its answer's place. */
  | { readonly do: 'ask-all'; readonly requests: readonly Request[]; readonly assume: Answer }
  /** Copy an opened stream to stdout/stderr until it ends; answers with how it ended (Ending). */
  | { readonly do: 'drain'; readonly handle: Handle }
  /** The same with several at once: what comes first is written first (stats of several containers). */
  | { readonly do: 'drain-all'; readonly handles: readonly Handle[] }
  /** The JSON body of an opened request, when it arrives; undefined where it has not `within` this many milliseconds. */
  | { readonly do: 'read'; readonly handle: Handle; readonly assume: Json; readonly within?: number }
  | { readonly do: 'write'; readonly text: string; readonly to: 'stdout' | 'stderr' }
  /** A local file the docker CLI would read. Where it does not exist: undefined, or with `needed` a Stopped thrown into the plan. */
  | { readonly do: 'load'; readonly path: string; readonly needed: boolean }
  /** What a local path leads to. `follow`: a link is what it points to. Undefined where there is nothing. */
  | { readonly do: 'look'; readonly path: string; readonly follow: boolean; readonly assume: LocalThing | undefined }
  | { readonly do: 'save'; readonly path: string; readonly content: string }
  /** Copy an opened stream into a file, stdout or an unpacked folder. Answers with the bytes of what was unpacked. */
  | { readonly do: 'store'; readonly handle: Handle; readonly to: Download }
  /** A question the docker CLI asks (`[y/N]`, user name, password). `secret` is never echoed, logged or put into an event. */
  | { readonly do: 'question'; readonly text: string; readonly secret?: boolean; readonly assume: string }
  /** All of stdin, as text; explain assumes nothing on it. */
  | { readonly do: 'read-stdin' }
  /** The login that is kept for a registry, or undefined. */
  | { readonly do: 'find-login'; readonly server: string }
  /** Keeps a login. The answer is the file where it lies unencrypted, or undefined. */
  | { readonly do: 'keep-login'; readonly login: Login }
  | { readonly do: 'forget-login'; readonly server: string }
  /** What a registry has under a name, asked without the engine. Answers with RegistryTold. */
  | {
      readonly do: 'ask-registry';
      /** `docker.io`, `localhost:5000` */
      readonly registry: string;
      /** `library/alpine/manifests/latest` */
      readonly path: string;
      readonly scheme: 'http' | 'https';
      readonly assume: RegistryTold;
    }
  /** Wait, at most this many milliseconds, before asking again (service convergence, compose health). */
  | { readonly do: 'pause'; readonly ms: number }
  /**
   * Waits until files have changed since they were `seen`, and are at rest again. Without it, answers at once with all that
   * are there. Explain watches nothing: its answer is undefined.
   */
  | { readonly do: 'watch-files'; readonly places: readonly WatchedPlace[]; readonly seen: FilesSeen | undefined }
  /** The contexts of the docker client, `default` among them. */
  | { readonly do: 'contexts' }
  /** Several plans at once, each on its own way (compose). Answers what each returned, in order; where one fails, the others are ended. */
  | { readonly do: 'together'; readonly plans: readonly Plan<unknown>[] }
  /** A plan that Ctrl-C ends without ending this one. Answers whether it did. */
  | { readonly do: 'until-interrupted'; readonly plan: Plan<unknown> }
  /** All that is about to change of what may be there already: before the first change, so that a no leaves all as it was. */
  | { readonly do: 'foresee'; readonly things: readonly Foreseen[] }
  /** Something worth a line for the learner that docker does not print; explain shows it as a warning. */
  | { readonly do: 'note'; readonly text: string }
  /** Why the docker CLI ends here without the engine's doing, by its name in the catalogue. */
  | { readonly do: 'name-cause'; readonly cause: NamedCause };

/** Its answer, or why there was none. */
export type RegistryTold =
  | {
      readonly status: number;
      /** As it came. */
      readonly text: string;
      /** Of a manifest. */
      readonly digest?: string | undefined;
      readonly mediaType?: string | undefined;
    }
  | {
      /** `nothing listens on this port` */
      readonly silent: string;
      /** ECONNREFUSED, ENOTFOUND … */
      readonly code: string;
    };

/** How a session ended: by itself, or by the learner's detach keys. */
export type Ending = 'ended' | 'detached';

/** One context of the docker client: a name for an engine's address. */
export interface KnownContext {
  readonly name: string;
  readonly description: string;
  /** The engine's address. */
  readonly host: string;
  readonly skipTlsVerify: boolean;
  readonly current: boolean;
  /** Names of its TLS files. */
  readonly tlsFiles: readonly string[];
  /** Folders it is kept in; absent for `default`. */
  readonly storage?: { readonly metadata: string; readonly tls: string };
  readonly error?: string;
}

export type StreamKind =
  /**
   * attach, exec start: a hijacked two-way stream. `tty`: no frame headers. `stdin`: the keyboard or the typed input goes there.
   * `resize`: where the size of the learner's terminal is sent. `detachKeys`: as --detach-keys has them; default ctrl-p,ctrl-q.
   * `kill`: where Ctrl-C and SIGTERM are passed on to while it lasts; without it they end the command.
   */
  | {
      readonly kind: 'session';
      readonly tty: boolean;
      readonly stdin: boolean;
      readonly resize?: string;
      readonly detachKeys?: string;
      readonly kill?: string;
    }
  /** logs: framed unless tty. `line` rewrites each line (service logs). */
  | { readonly kind: 'output'; readonly tty: boolean; line?(line: string): string }
  /** wait: the headers arrive at once, the body later. */
  | { readonly kind: 'json' }
  /** events, stats: one JSON value a line; each is handed to `line`, whose result is written. */
  | {
      readonly kind: 'lines';
      /** Hands over each line as it came, a text: numbers longer than JavaScript's are kept. */
      readonly text?: true;
      line(value: Json): string;
    }
  /** export, save, cp: bytes. */
  | { readonly kind: 'bytes' };

/** Something on the learner's disk. */
export interface LocalThing {
  readonly kind: 'file' | 'folder' | 'link' | 'other';
  /** Absolute. */
  readonly path: string;
}

/** Files that are watched, and what is left out of them. */
export interface WatchedPlace {
  /** A folder, or a file. Absolute. */
  readonly path: string;
  readonly ignored: readonly FilePatterns[];
  /** Only what these fit. */
  readonly included?: FilePatterns;
}

/** Patterns as .dockerignore has them, for what is below a folder. */
export interface FilePatterns {
  readonly below: string;
  readonly patterns: readonly string[];
}

/** What there was at one moment, to be compared with another: by place and path. */
export type FilesSeen = ReadonlyMap<string, SeenFile>;

export interface SeenFile {
  readonly path: string;
  /** Index of its place. */
  readonly place: number;
  /** When it was last written, in milliseconds since 1970. */
  readonly written: number;
  /** Another text where the file is another. */
  readonly mark: string;
}

export interface FilesChanged {
  readonly seen: FilesSeen;
  /** New or another. */
  readonly there: readonly SeenFile[];
  readonly gone: readonly SeenFile[];
}

export type Download =
  | { readonly to: 'stdout' }
  | { readonly to: 'file'; readonly path: string }
  /** Unpacks a tar into a folder that exists; `rename` is the new name of its top entry. */
  | { readonly to: 'folder'; readonly path: string; readonly rename?: string };

/** A cause of the catalogue, and what its sentences are filled with. */
export interface NamedCause {
  readonly id: CauseId;
  readonly args: Args;
}

/** The command ends here without the engine's doing, as the docker CLI would end it: its words and exit code. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
  /** Where the command has no exit code of its own for it. */
  readonly exitCode: number;
  /** Where the catalogue knows it. */
  readonly named: NamedCause | undefined;
  constructor(message: string, exitCode = 1, named?: NamedCause) {
    super(message);
    this.exitCode = exitCode;
    this.named = named;
  }
}

/** When and where it is. */
export interface Clock {
  /** Milliseconds since 1970, for "2 minutes ago". */
  readonly now: number;
  /** The learner's. */
  readonly zone: Zone;
}

/** What the docker client's own configuration says of every command that does not say it itself. */
export interface ClientSettings {
  /** Variables for containers and builds, `HTTP_PROXY` and `http_proxy`: the way out of the learner's network. */
  readonly proxies?: Readonly<Record<string, string>>;
  /** Templates of lists by their names in config.json, without `Format`: `ps`, `images`. */
  readonly formats?: Readonly<Record<string, string>>;
  readonly detachKeys?: string;
  /** What `--platform` is where nothing is written (DOCKER_DEFAULT_PLATFORM). */
  readonly platform?: string;
  /** `label=keep`, as --filter of prune takes them. */
  readonly pruneFilters?: readonly string[];
}

/** What a plan may know without asking. The clock and the folder are given, never read. */
export interface PlanContext extends Clock {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** API version in use, `1.51`. */
  readonly apiVersion: string;
  /** Whether stdout is a terminal: docker prints progress and truncates accordingly. */
  readonly terminal: boolean;
  /** The engine would rather build with BuildKit. */
  readonly prefersBuildkit?: boolean;
  /** This program, as `docker version` names its client. `os` and `arch` in Node's words. */
  readonly settings?: ClientSettings;
  /** Stdin is no terminal. Absent: it is one, or somebody types as if it were. */
  readonly noKeyboard?: boolean;
  readonly client: { readonly version: string; readonly node: string; readonly os: string; readonly arch: string };
}

/** A plan: yields effects, returns the exit code the docker CLI would end with. */
export type Plan<R = number> = Generator<Effect, R, unknown>;
