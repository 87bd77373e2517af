/** What happens while a command of a step is performed, as events. */
import { engineFailure } from '../engine/problems.ts';
import type { Failure } from '../failure.ts';
import type { Observation } from '../perform/world.ts';
import type { Message, Request } from '../api/request.ts';
import { progressOf } from './progress-told.ts';
import { redacted } from '../api/redact-body.ts';
import type { Scene } from './scene.ts';

export interface Told {
  refused(failure: Failure): void;
  sent(request: Request): void;
  message(message: Message): void;
}

export function observer(step: string, scene: Scene, told: Told): (seen: Observation) => void {
  const progress = progressOf(step, () => performance.now());
  return (seen) => {
    if (seen.saw === 'request') {
      const { method, path, query, body } = seen.request;
      told.sent(seen.request);
      scene.emit({
        type: 'request',
        step,
        method,
        path,
        ...(query && { query }),
        ...(body && { body: redacted(body) }),
        status: seen.status,
        ms: seen.ms,
      });
    } else if (seen.saw === 'message') {
      told.message(seen.message);
      const event = progress(seen.message);
      if (event) scene.emit(event);
    } else if (seen.saw === 'kept') {
      scene.kept.push(seen.kept);
      scene.emit({ type: 'kept', step, ...seen.kept });
    } else if (seen.saw === 'refusal') {
      told.refused(engineFailure(seen.error));
    }
  };
}
