/** What doctor looks at: a probe is one question, its finding what was seen, its result what is told of that. */
import type { Failure } from '../failure.ts';
import type { ProbeDone } from '../events/events.ts';
import type { World } from './world/world.ts';

export type ProbeState = ProbeDone['state'];

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

/** As the event of it has it. */
export type ProbeResult = Omit<ProbeDone, 'type'>;
