/** What a probe can look at: facts behind a small interface, so that they can be recorded. */
import type { Machine } from '../../causes/facts.ts';
import type { EndpointWish } from '../../engine/connect/endpoint.ts';
import type { Files } from '../../engine/config/docker-config.ts';
import type { Endpoint, EngineAbout } from '../../engine/engine.ts';
import type { Failure } from '../../failure.ts';

export interface World {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  /** Where doctor was started. */
  readonly cwd: string;
  readonly hostName: string;
  readonly machine: Machine;
  readonly signal: AbortSignal;
  /** What the command line says of the engine. */
  readonly wish: EndpointWish & { readonly lab?: boolean };
  /** Milliseconds since 1970. */
  now(): number;
  /** Text of a file; undefined where it is not there, or closed to us. */
  text(path: string): string | undefined;
  /** The docker config as it lies there; what is there and cannot be read throws. */
  readonly configFiles: Files;
  exists(path: string): boolean;
  /** Whether it is a file that this user may run. */
  isProgram(path: string): boolean;
  /** Runs a program to its end, for some seconds at most; undefined where it cannot be started, or does not end. */
  run(program: string, args: readonly string[]): Promise<Ran | undefined>;
  /** What is free where this path is; undefined where it cannot be seen. */
  room(path: string): Promise<Room | undefined>;
  /** How the kernel was made; undefined where no file says it. */
  kernelConfig(): { readonly path: string; readonly text: string } | undefined;
  /** The folder for what docker-tutor writes down, and the one for temporary files: what is wrong with them. */
  places(): readonly Failure[];
  readonly engine: EngineSide;
  /** What is only done when it is asked for. */
  readonly deep: DeepSide;
}

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** In bytes and in files. */
export interface Room {
  readonly free: number;
  readonly size: number;
  readonly freeFiles: number;
  /** 0 where the file system does not count them. */
  readonly files: number;
}

/** Each is asked once; what it answered is kept. */
export interface EngineSide {
  /** @throws Failure; nothing is connected to */
  endpoint(): Endpoint;
  /** Connects. @throws Failure */
  about(): Promise<EngineAbout>;
  /** A GET that must succeed. @throws Failure */
  get(path: string, query?: Readonly<Record<string, string>>): Promise<unknown>;
  /** How many runs of docker-tutor have ended and left containers, networks, volumes or services. @throws Failure */
  leftBehind(): Promise<number>;
}

/** What makes something: all of it is labelled, and removed at the end. */
export interface DeepSide {
  /** A name for things that nothing else has. */
  readonly name: string;
  /** A folder of this machine, made for this; a file `token` with the name is in it, and a Dockerfile. @throws Failure */
  folder(): string;
  /** Performs a docker command line, without the word docker. */
  perform(line: string): Promise<Performed>;
  /** Asks a web server; undefined where it does not answer. */
  page(url: string): Promise<{ readonly status: number } | undefined>;
  /** Pulls left for this address, as Docker Hub counts them; undefined where it does not say. */
  pullsLeft(): Promise<{ readonly left: number; readonly of: number } | undefined>;
}

export interface Performed {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Why it was refused, or could not be performed. */
  readonly failure?: Failure;
}
