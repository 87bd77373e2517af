/** What doctor looks at: a probe is one question, its finding what was seen, its result what is told of that. */
import type { Failure } from '../failure.ts';
import type { FailureCode } from '../failure-codes.ts';
import type { World } from './world/world.ts';

export type ProbeState = 'pass' | 'warn' | 'fail' | 'blocked' | 'unknown';

/** What a look has seen. `unknown`: it could not be seen from here, which is no pass. */
export interface Finding {
  readonly state: Exclude<ProbeState, 'blocked'>;
  /** What was seen, short. Absent where the failure's sentence says it. */
  readonly observed?: string;
  /** Its cause, by its name in the catalogue. */
  readonly failure?: Failure;
  /** Why it matters, where no cause of the catalogue says it. */
  readonly explanation?: string;
  /** What to do, before what the catalogue advises. */
  readonly hints?: readonly string[];
  /** What it was seen by. */
  readonly evidence?: readonly string[];
}

export interface Probe {
  /** Its group, a dot, its name: `engine.answers`. */
  readonly id: string;
  /** A few words that begin a line: `engine answers`. */
  readonly title: string;
  /** Ids of the probes without whose pass there is nothing to look at. */
  readonly needs: readonly string[];
  /** Throws a Failure for a cause that it runs into. */
  look(world: World): Promise<Finding>;
}

export interface ProbeResult {
  /** Id of the probe. */
  readonly probe: string;
  readonly title: string;
  readonly state: ProbeState;
  /** Of a fail or a warning that the catalogue knows. */
  readonly code?: FailureCode;
  /** Id of the probe that failed, and has the cause. */
  readonly blockedBy?: string;
  readonly observed?: string;
  readonly explanation?: string;
  /** What to do on this machine, best first; each can be copied. */
  readonly hints: readonly string[];
  readonly evidence: readonly string[];
  /** How long the look took, whole milliseconds. */
  readonly ms: number;
}
