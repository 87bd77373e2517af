/**
 * All that reports see of a run. `--format json` prints these as they are, one a line; the shapes are a contract,
 * `formatVersion` changes when a field changes its meaning or goes away. Text in events is as it came: a report
 * must clean what it prints. Times are whole milliseconds.
 */
import type { JsonObject } from '../api/request.ts';
import type { FailureCode } from '../failure-codes.ts';
import type { Kind } from '../scenario/expectation.ts';
import type { Permission } from '../permission-name.ts';

export const formatVersion = 2;

/** Where an event belongs. Whoever emits does not say it: emitter.ts adds it. */
export interface Address {
  /** Id of the run: one for the whole command. */
  readonly run: string;
  /** Absent where the event is of the run as a whole. */
  readonly scenario?: string;
  /** The machine, where a run has several. */
  readonly host?: string;
}

export interface ScenarioAddress extends Address {
  readonly scenario: string;
}

/** What happens before, after or beside the scenarios. */
export type RunHappening = RunStarted | ProbeDone | EngineFound | Waiting | Problem | RunFinished;

/** What happens in a scenario. */
export type ScenarioHappening =
  | ScenarioStarted
  | StepStarted
  | FileWritten
  | CommandStarted
  | RequestDone
  | Progress
  | Output
  | Kept
  | CommandFinished
  | CheckDone
  | QuizAsked
  | TurnFailed
  | HintGiven
  | StepFinished
  | Problem
  | Cleaned
  | ScenarioFinished;

/** A `problem` of a scenario has its address, any other ends the run. */
export type Event = (RunHappening & Address) | (ScenarioHappening & ScenarioAddress);

/** Where events go. */
export type Emit = (event: Event) => void;

/** The first of all, whatever comes of the run. */
export interface RunStarted {
  readonly type: 'run-started';
  readonly formatVersion: typeof formatVersion;
  readonly tool: string;
  /** ISO 8601. */
  readonly at: string;
}

/** The machine itself was looked at, in one respect. */
export interface ProbeDone {
  readonly type: 'probe';
  /** Stable id: `disk-space`. */
  readonly probe: string;
  readonly title: string;
  /** `blocked`: what it needs was not there. `unknown`: there was no answer. */
  readonly state: 'pass' | 'warn' | 'fail' | 'blocked' | 'unknown';
  readonly code?: FailureCode;
  /** Id of the probe that stands in its way. */
  readonly blockedBy?: string;
  readonly observed?: string;
  readonly explanation?: string;
  /** How to mend it, best first. */
  readonly hints: readonly string[];
  readonly evidence: readonly string[];
  readonly ms: number;
}

/** An engine has answered: the scenarios follow. */
export interface EngineFound {
  readonly type: 'engine-found';
  readonly engine: {
    readonly address: string;
    readonly version: string;
    readonly apiVersion: string;
    readonly flavour: string;
    readonly lab: boolean;
  };
  /** Their ids, in order. */
  readonly scenarios: readonly string[];
  /** What is to be known of an engine of this kind. It stops nothing. */
  readonly caution?: Caution;
}

export type Caution = Pick<Problem, 'code' | 'message' | 'explanation' | 'hints'>;

/** The engine takes longer than a moment. Told once for each thing that is waited for. */
export interface Waiting {
  readonly type: 'waiting';
  /** `the answer to GET /info` */
  readonly for: string;
  /** Longest that it is waited for; absent where there is no limit. */
  readonly limitMs?: number;
}

export interface ScenarioStarted {
  readonly type: 'scenario-started';
  /** What the things it makes carry as their label `docker-tutor.run`, and `clean --run` takes. */
  readonly label: string;
  readonly title: string;
  readonly summary: string;
  readonly intro: string;
  readonly steps: number;
  readonly minutes: number;
  /** From 1, where it may be tried again; absent: the only one. */
  readonly attempt?: number;
  /** The step it goes on with, from 1; those before it are made again without a word. Absent: the first. */
  readonly from?: number;
  /** Wished names and ports that were taken, and what is used instead. */
  readonly replaced: readonly {
    readonly what: 'name' | 'port' | 'subnet';
    readonly wished: string;
    readonly used: string;
  }[];
  /** Images that come from the lab's offline registry and are not the real ones. */
  readonly standIns: readonly string[];
  /** Images it uses that the engine does not have yet: its commands pull them. Absent where there are none. */
  readonly notHere?: readonly string[];
  /** What it may do beyond its own objects and workspace; absent where that is nothing. */
  readonly permissions?: readonly Permission[];
}

export interface StepStarted {
  readonly type: 'step-started';
  readonly step: string;
  /** From 1 to `of`. */
  readonly index: number;
  readonly of: number;
  readonly title: string;
  /** Why, before it happens; empty in practice. */
  readonly text: string;
  /** What is to be reached, where the learner finds the way: in practice. */
  readonly goal?: string;
  readonly action: 'do' | 'write' | 'request' | 'machine' | 'quiz' | 'read';
  /** How many checks follow. */
  readonly checks: number;
}

/** A step has written a file of the workspace. */
export interface FileWritten {
  readonly type: 'file-written';
  readonly step: string;
  /** In the workspace: `app/app.py`. */
  readonly path: string;
  readonly how: 'whole' | 'appended' | 'replaced';
  /** Lines that were there before; empty but where a text was replaced. */
  readonly removed: readonly string[];
  /** Lines that have come; of a whole file, all. */
  readonly added: readonly string[];
}

export interface CommandStarted {
  readonly type: 'command-started';
  readonly step: string;
  /** The line as the learner may paste it. */
  readonly command: string;
  /** What it is about to do, one sentence. */
  readonly means: string;
  /** The learner has typed it. */
  readonly typed?: true;
  /** It has the terminal to itself until it ends. */
  readonly session?: true;
}

export interface RequestDone {
  readonly type: 'request';
  readonly step: string;
  readonly method: string;
  /** Without version. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Secrets redacted. */
  readonly body?: JsonObject;
  readonly status: number;
  readonly ms: number;
}

/** A layer, a build step, a wait. `total` in bytes where known. */
export interface Progress {
  readonly type: 'progress';
  readonly step: string;
  readonly what: string;
  readonly id?: string;
  readonly current?: number;
  readonly total?: number;
  /** The output of the command, which follows, says the same. */
  readonly printed?: true;
}

export interface Output {
  readonly type: 'output';
  readonly step: string;
  readonly stream: 'stdout' | 'stderr';
  readonly text: string;
}

/** Something of the user's that the command would have changed, left as it is. */
export interface Kept {
  readonly type: 'kept';
  readonly step: string;
  readonly kind: 'image' | 'container' | 'network' | 'volume' | 'tag' | 'login';
  readonly name: string;
  readonly why: 'yours' | 'in-use-by-another-run' | 'not-made-here';
  /** Of an image that was to be pulled: a bundle has brought it, and the registry was not asked. */
  readonly bundled?: true;
}

export interface CommandFinished {
  readonly type: 'command-finished';
  readonly step: string;
  readonly exitCode: number;
  readonly ms: number;
  /** What came and went on the engine. */
  readonly changes: readonly Change[];
  /** What it did that no difference shows. */
  readonly doings: readonly Doing[];
  /** Of containers that publish what they did not before; absent where there are none. */
  readonly openPorts?: readonly OpenPort[];
  /** Of `docker build`, where the builder told its steps. */
  readonly build?: Build;
}

/** A published port, as it is reached from here. */
export interface OpenPort {
  readonly container: string;
  /** Of the container: `80/tcp`. */
  readonly port: string;
  /** `localhost:8080` */
  readonly at: string;
}

export interface Build {
  /** The first name it was given; absent where it has none. */
  readonly image?: string;
  readonly layers: readonly {
    /** `COPY . .` */
    readonly instruction: string;
    /** `here`, `pulled`: the image of a FROM. */
    readonly state: 'here' | 'pulled' | 'cached' | 'built';
    readonly ms: number;
  }[];
}

export interface Change {
  readonly change: 'added' | 'removed' | 'changed';
  readonly kind: 'container' | 'image' | 'network' | 'volume';
  readonly name: string;
  readonly id: string;
  /** As it is now, what is known of it: `state`, `exitCode`, `image`, `address`, `driver`, `subnet`, `size` (bytes), `networks`, `ports`, `volumes` (`notes:/data`); `names` of an image that lost one and stays: what else it is called. */
  readonly facts: Readonly<Record<string, string>>;
  /** Of what has changed: the facts that were otherwise before; `names` of an image that was there already and gained one: what else it was called. */
  readonly before?: Readonly<Record<string, string>>;
}

/** What a command did that leaves no difference among containers, images, networks and volumes. */
export type Doing =
  /** A container came, ran and was removed by the engine (`--rm`). No command: the image's own. */
  | { readonly did: 'ran'; readonly image: string; readonly command?: readonly string[]; readonly exitCode?: number }
  /** No exit code: it was left running. */
  | {
      readonly did: 'ran-inside';
      readonly container: string;
      readonly command: readonly string[];
      readonly exitCode?: number;
    }
  | { readonly did: 'restarted' | 'set' | 'copied-into'; readonly container: string }
  | { readonly did: 'signalled'; readonly container: string; readonly signal: string }
  | { readonly did: 'pushed'; readonly image: string }
  | { readonly did: 'created' | 'changed' | 'removed'; readonly kind: 'service' | 'node'; readonly name: string }
  | { readonly did: 'made-swarm' | 'joined-swarm' | 'left-swarm' | 'set-swarm' };

export interface CheckDone {
  readonly type: 'check';
  readonly step: string;
  /** What is looked at. */
  readonly kind: Kind | 'all' | 'any' | 'not';
  /** The fields of it that are looked at, dotted, several with a comma between: `state, ports`. Of `all`, `any` and `not` with their kinds: `container.state`. */
  readonly property: string;
  /** What must hold, one short sentence: `server is running`. */
  readonly claim: string;
  /** The claim in the language that the lesson is told in, where that has it. */
  readonly told?: string;
  /** `kept`: could not hold because something of the user's was left as it is. */
  readonly status: 'passed' | 'failed' | 'kept';
  readonly expected: string;
  readonly observed: string;
  readonly likely?: string;
  readonly next?: string;
  readonly ms: number;
  readonly tries: number;
}

export interface QuizAsked {
  readonly type: 'quiz';
  readonly step: string;
  readonly ask: string;
  readonly options: readonly string[];
  /** Indexes into options: one, or all that are right. */
  readonly answer: readonly number[];
  readonly because: string;
  /** Absent where nobody was asked, or would rather see the answer. */
  readonly given?: readonly number[];
  /** How often it was answered; absent where nobody was asked. */
  readonly tries?: number;
  /** Asked before the step happened, and told after it; no score. */
  readonly prediction?: true;
}

/** Where somebody is at the step: what they did has not brought it about. They may try again. */
export interface TurnFailed {
  readonly type: 'turn-failed';
  readonly step: string;
  /** From 1. */
  readonly turn: number;
  /** What of it is told, what helps most first. */
  readonly feedback: readonly Feedback[];
}

export interface Feedback {
  /** `mistake`: the author's words for a wrong turn. `command`: where the line differs from one that does it. `answer`: a value that is not the one asked for. */
  readonly about: 'mistake' | 'command' | 'answer';
  readonly text: string;
}

/** A hint that was asked for. */
export interface HintGiven {
  readonly type: 'hint';
  readonly step: string;
  /** From 1 to `of`. */
  readonly number: number;
  readonly of: number;
  readonly text: string;
}

export interface StepFinished {
  readonly type: 'step-finished';
  readonly step: string;
  readonly status: 'passed' | 'failed' | 'skipped';
  readonly after: string;
  /** What the learner needed; absent where nobody was at the step. */
  readonly needed?: Needed;
  /** A way that is not the lesson's own, and led to the same: what the learner did. */
  readonly otherWay?: readonly string[];
  /** Of a failed step: what the scenario's author says of the wrong turn that was taken, where it is a known one. */
  readonly mistake?: string;
  readonly ms: number;
}

export interface Needed {
  /** How often it was tried; 1 at the first. */
  readonly turns: number;
  readonly hints: number;
  /** The solution was looked at. */
  readonly solution: boolean;
}

export interface ScenarioFinished {
  readonly type: 'scenario-finished';
  readonly status: 'passed' | 'failed' | 'interrupted' | 'blocked';
  readonly finish: string;
  readonly steps: Counts<StepFinished['status']>;
  readonly checks: Counts<CheckDone['status']>;
  /** From 1, where it may be tried again; absent: the only one. */
  readonly attempt?: number;
  /** It took longer than it may, and was ended: the limit, and the step it was at. */
  readonly timedOut?: { readonly limitMs: number; readonly step?: string };
  readonly ms: number;
}

/** A named cause: causes/ and failure-codes.ts have its words. */
export interface Problem {
  readonly type: 'problem';
  readonly step?: string;
  readonly code: FailureCode;
  readonly message: string;
  /** Why it is so. */
  readonly explanation?: string;
  /** What chose the engine's address. */
  readonly askedBecause?: string;
  /** How to mend it, best first. */
  readonly hints: readonly string[];
  /** Ways to go on without mending it. */
  readonly alternatives?: readonly string[];
  readonly evidence: readonly string[];
  /** What a run comes to that it ends: 2 wrong use, 3 as a failed check, 4 the environment. Absent: 4. */
  readonly exitCode?: number;
}

export interface Cleaned {
  readonly type: 'cleaned';
  /** The learner wished to keep what the lesson made: the command that removes it later, and the folder of its files. */
  readonly kept?: { readonly command: string; readonly folder: string };
  readonly removed: readonly { readonly kind: string; readonly name: string; readonly id: string }[];
  /** What could not be removed, and why. */
  readonly left: readonly { readonly kind: string; readonly name: string; readonly id: string; readonly why: string }[];
}

/** The last of all, whatever has come of the run. */
export interface RunFinished {
  readonly type: 'run-finished';
  readonly exitCode: number;
  readonly totals: Totals;
  readonly ms: number;
}

export type Counts<Status extends string> = { readonly [S in Status]: number };

/** How many of each ended how. A scenario that was tried again is counted each time. */
export interface Totals {
  readonly scenarios: Counts<ScenarioFinished['status']>;
  readonly steps: ScenarioFinished['steps'];
  readonly checks: ScenarioFinished['checks'];
}
