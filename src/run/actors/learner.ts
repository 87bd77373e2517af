/** Whoever sits before the screen: a person at a terminal, or a script that plays one. */
import type { Command } from '../../command/command.ts';
import type { Step } from '../../scenario/schema.ts';
import type { Answerer } from '../actions/quiz.ts';
import type { LearnersStreams } from '../actions/typed-line.ts';
import type { Actor, FailedTurn, Leave, Next } from './actor.ts';

export interface Learner extends Answerer {
  readonly pause: Actor['pause'];
  /** Before something happens: it may be performed as it stands, or something else be typed. */
  before(offer: Offer): Promise<Said>;
  /** At the goal of a step. */
  atGoal(at: AtGoal): Promise<GoalSaid>;
  /** While they work in a terminal of their own. Rejects with the signal's reason, where the goal is reached. */
  meanwhile?(at: Elsewhere): Promise<ElsewhereSaid>;
  /** After a turn that has not brought the step about. */
  afterFailure(turn: FailedTurn): Promise<Next>;
  /** `docker run --help`: what it would do, in words. */
  explain(line: string): Promise<void>;
  /** Asked before what cannot be taken back. */
  confirm(question: string): Promise<boolean>;
  /** The keyboard and the terminal, for a command that the learner has typed. */
  streams?(command: Command): LearnersStreams;
}

/** Where something is asked. */
interface At {
  readonly step: Step;
  /** The folder that commands are performed in. */
  readonly workspace: string;
}

/** What the step is about to do. */
export interface Offer extends At {
  /** A docker command as it is shown; what else happens, in words: `write app.py`. */
  readonly action: { readonly command: string } | { readonly other: string };
}

export type Said =
  { readonly is: 'perform' } | { readonly is: 'line'; readonly line: string } | { readonly is: 'skip' | Leave };

export interface AtGoal extends At {
  /** The line that the prompt begins with: a solution that was asked for. */
  readonly begun: string;
  /** What the last command of this step has printed. */
  readonly printed: string;
  /** What `undo` would remove; empty where there is nothing. */
  readonly undoes: readonly string[];
}

export type GoalSaid =
  | { readonly is: 'line'; readonly line: string }
  | { readonly is: 'answer'; readonly value: string }
  | { readonly is: 'check' | 'hint' | 'solution' | 'undo' | 'skip' | Leave };

export interface Elsewhere extends At {
  /** Aborts where nothing more is asked: the goal is reached, or the run ends. */
  readonly signal: AbortSignal;
}

export type ElsewhereSaid = { readonly is: 'check' | 'hint' | 'solution' | 'skip' | Leave };
