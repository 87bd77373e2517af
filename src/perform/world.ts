/** What a plan is performed in: the engine, the guard before it, the learner's streams and files. */
import type { Readable } from 'node:stream';
import type { Bounds } from '../disk/held.ts';
import type { CredentialStore } from '../engine/login/logins.ts';
import type { Engine } from '../engine/engine.ts';
import type { NamedCause } from '../plan/effects.ts';
import type { EngineError, Message, Request } from '../api/request.ts';
import type { Guard, KeptThing } from '../api/guard.ts';

export interface Io {
  stdout(chunk: Uint8Array | string): void;
  stderr(chunk: Uint8Array | string): void;
  /** Where a session's keyboard comes from; absent: the session's input is closed at once. */
  readonly stdin?: Readable;
  /** Size of the terminal a session is drawn on; absent: not a terminal. */
  readonly terminal?: {
    size(): { columns: number; rows: number };
    /** @returns what takes the listener off again */
    onResize(listener: () => void): () => void;
    /** Hands on each key as it is typed, unseen and unchanged; false gives line editing and echo back. Absent: it cannot. */
    raw?(on: boolean): void;
  };
  /** A terminal's screen, on which the same lines are drawn over those before. Absent: text comes one line after the other. */
  readonly canvas?: {
    size(): { columns: number; rows: number };
    draw(lines: readonly string[]): void;
  };
  /** Ctrl-C for the command alone: compose up in the foreground stops its services then. Absent: it ends all there is. */
  readonly interrupt?: TakeSignals;
  /** Ctrl-C for the container that is attached. Absent: it ends all there is. */
  readonly proxy?: TakeSignals;
  /** Answers what the docker CLI would ask. Rejects where nobody can answer. */
  question(text: string, secret: boolean): Promise<string>;
}

/** A signal that reaches the docker CLI, and what it does with it. */
export type Signal = 'SIGINT' | 'SIGTERM';

/** From now on signals are for `take`, and end nothing by themselves. @returns gives them back */
export type TakeSignals = (take: (signal: Signal) => void) => () => void;

/** What happened underway, for reports. */
export type Observation =
  | { readonly saw: 'request'; readonly request: Request; readonly status: number; readonly ms: number }
  /** `printed`: docker prints it too, and it does next. */
  | { readonly saw: 'message'; readonly message: Message; readonly printed: boolean }
  | { readonly saw: 'kept'; readonly kept: KeptThing }
  /** The engine said no. The plan may still handle it as the docker CLI does. */
  | { readonly saw: 'refusal'; readonly error: EngineError }
  /** What the docker CLI refuses by itself. */
  | { readonly saw: 'cause'; readonly cause: NamedCause }
  | { readonly saw: 'note'; readonly text: string };

export interface World {
  readonly engine: Engine;
  readonly guard?: Guard;
  readonly io: Io;
  /** Logins for registries; absent: there are none, and none can be kept. */
  readonly credentials?: CredentialStore;
  /** Folder that relative paths are taken from. */
  readonly cwd: string;
  /** What files may be read and written; absent: any, as docker does. */
  readonly bounds?: Bounds;
  readonly signal: AbortSignal;
  observe(observation: Observation): void;
}
