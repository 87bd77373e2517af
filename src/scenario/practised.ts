/** How a step is practised, where its author does not say. Pure. */
import type { Step } from './schema.ts';

export type Practised = 'do' | 'ask' | 'given';

/** A command is the learner's to find; what only prepares or asks, the lesson does. */
export function practised(step: Step): Practised {
  return step.practise ?? ('do' in step ? 'do' : 'given');
}
