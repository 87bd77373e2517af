/** How a step is practised, where its author does not say. Pure. */
import { english } from '../words/english.ts';
import type { Step } from './schema.ts';

export type Practised = 'do' | 'ask' | 'given';

/** A command is the learner's to find; what only prepares or asks, the lesson does. */
export function practised(step: Step): Practised {
  return step.practise ?? (step.ask ? 'ask' : 'do' in step && !step.meanwhile ? 'do' : 'given');
}

/** What practice asks for. */
export function goalOf(step: Step, { practice } = english): string {
  if (step.ask && practised(step) === 'ask') return practice.findOut(step.ask.question);
  return step.goal ?? step.title ?? '';
}
