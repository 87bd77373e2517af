/**
 * An event as others may see it. What a lesson's author has written for everybody to read stays as it is, and what a
 * container prints is the learner's own. Pure.
 */
import { hideSecretsIn } from '../secret.ts';
import type { Feedback, RunHappening, ScenarioHappening } from './events.ts';

export function withoutSecrets<H extends RunHappening | ScenarioHappening>(happening: H): H {
  if (isToBeReadAsItIs(happening)) return happening;
  const hidden = hiddenIn(happening) as H;
  switch (happening.type) {
    case 'file-written':
      return { ...hidden, removed: hiddenLines(happening.removed), added: hiddenLines(happening.added) };
    case 'turn-failed':
      return { ...hidden, feedback: happening.feedback.map((one) => (isAuthors(one) ? one : hiddenIn(one))) };
    default:
      return hidden;
  }
}

/** What the lesson says of a wrong turn; the rest is of what was typed. */
function isAuthors({ about }: Feedback): boolean {
  return about === 'mistake';
}

function isToBeReadAsItIs({ type }: RunHappening | ScenarioHappening): boolean {
  switch (type) {
    case 'scenario-started':
    case 'step-started':
    case 'step-finished':
    case 'quiz':
    case 'hint':
    case 'scenario-finished':
    case 'output':
      return true;
    // its secrets were taken out where its parts are known
    case 'request':
      return true;
    case 'run-started':
    case 'probe':
    case 'engine-found':
    case 'waiting':
    case 'file-written':
    case 'command-started':
    case 'progress':
    case 'kept':
    case 'command-finished':
    case 'check':
    case 'turn-failed':
    case 'problem':
    case 'cleaned':
    case 'run-finished':
      return false;
  }
}

function hiddenIn(value: unknown): unknown {
  if (typeof value === 'string') return hideSecretsIn(value);
  if (Array.isArray(value)) return value.map(hiddenIn);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, hiddenIn(inner)]));
}

/** A key may have several lines. */
function hiddenLines(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? lines : hideSecretsIn(lines.join('\n')).split('\n');
}
