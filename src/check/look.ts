/** One look at an expectation: whether it holds now, and what was seen. */
import type { Engine } from '../engine/engine.ts';
import type { Ask } from '../engine/ask.ts';
import type { KeptThing } from '../api/guard.ts';
import type { Login } from '../api/request.ts';
import type { Permission } from '../permission-name.ts';

/** What the commands of a step came to. */
export interface StepOutcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Of the step's last build, where it had one and the builder told. */
  readonly build?: readonly BuildStep[];
  /** Id of the image that came out of that build. */
  readonly built?: string;
}

/** One instruction of a build. */
export interface BuildStep {
  /** As the builder repeats it: `RUN pip install -r requirements.txt`. */
  readonly instruction: string;
  /** It came from the cache; of FROM: its image was here. */
  readonly cached: boolean;
}

export interface CheckContext {
  readonly engine: Engine;
  readonly signal: AbortSignal;
  /** The folder that `file` looks into. */
  readonly workspace: string;
  /** Where published ports answer: `localhost`, or the engine's host. */
  readonly portsHost: string;
  /** What the things of this run are labelled with. */
  readonly run: string;
  /** What it may do beyond its own objects and workspace. */
  readonly permissions: readonly Permission[];
  /** What of the user's was left as it is, so far in this scenario. */
  readonly kept: readonly KeptThing[];
  /** Of the step's last command; absent where the step had none, or it has not run yet. */
  readonly outcome?: StepOutcome;
  /** Where a learner works in a terminal of their own: what came after this moment (seconds since 1970, by the engine's clock) is theirs in this lesson. */
  readonly since?: number | undefined;
  /** Whether commands may be run inside a container with these labels. Default: where a run of docker-tutor has made it. */
  mayExec?(labels: Readonly<Record<string, string>>): boolean;
  /** The login that this run has for a registry, `localhost:5000` or `docker.io`. Absent: there are none. */
  login?(registry: string): Promise<Login | undefined>;
  /** Where the claim names no exit code any will do, not 0 alone: wrong turns often end with an error. */
  readonly anyExitCode?: boolean;
  /** How long to wait where the expectation does not say, in ms. Default 10 000. */
  readonly within?: number;
}

export interface LookContext extends CheckContext {
  readonly ask: Ask;
}

export interface Look {
  readonly holds: boolean;
  /** The actual value, in words: `state: running`. */
  readonly observed: string;
  /** The same for `not`, where it says more: `in none of 3 lines`. */
  readonly absent?: string;
  /** Another look would see the same. */
  readonly final?: boolean;
  /** It cannot be told: it fails, under `not` too. */
  readonly undecided?: boolean;
  /** Asked once, when the time is up: what may be the cause, and what to try. */
  why?(): Promise<Why>;
}

export interface Why {
  readonly likely?: string;
  readonly next?: string;
}

export interface NamedThing {
  /** The field that names it. */
  readonly field: string;
  readonly kind: 'container' | 'network' | 'volume' | 'service' | 'image';
  readonly name: string;
  /** It must have been made under this name; else it may be an alias, a digest, or another name of an image. */
  readonly made: boolean;
}

/** Whom a step or a check asks, as it is written. */
export type AskedPlace =
  /** A published port. */
  { readonly port: number } | { readonly url: string } | { readonly registry: string };

/** How one kind of expectation is put into words and looked at, and what others must know of it. */
export interface KindOfCheck<Fields> {
  /** A short sentence that a learner reads: `hello has exited with code 0`. */
  claim(fields: Fields): string;
  /** The value that is wanted, as `observed` would put it: `state: exited, exit code: 0`. */
  expected(fields: Fields): string;
  look(fields: Fields, context: LookContext): Promise<Look>;
  /** The fields of the thing that are looked at, dotted, several with a comma between: `state, ports`. */
  property(fields: Fields): string;
  /** Whose answer it is: the engine's; the machine's, which no step changes; or the step's own doing, which no waiting changes. */
  readonly judges: 'engine' | 'machine' | 'step';
  /** Looking runs something or asks a server, and may so change what is looked at after it. */
  readonly acts: boolean;
  /** The things it is about: lint finds out whether they are made, and one of the user's that was kept can be the reason that it fails. */
  names(fields: Fields): readonly NamedThing[];
  /** Whom it asks from this machine. */
  asks(fields: Fields): readonly { readonly field: string; readonly place: AskedPlace }[];
}
