/** Performs steps: each when those before it are done, and those that wait for nothing at once. */
import { foresee, together } from '../../plan/ask.ts';
import { isRefusal } from '../../plan/daemon-errors.ts';
import type { Plan } from '../../plan/effects.ts';
import { ComposeError } from '../file/compose-error.ts';
import { pullService } from '../image/pull-service.ts';
import { foreseenOf } from '../reconcile/foreseen.ts';
import type { Operation, Step } from '../reconcile/operation.ts';
import {
  createContainer,
  killContainer,
  pauseContainer,
  recreateContainer,
  removeContainer,
  restartContainer,
  startContainer,
  stopContainer,
  unpauseContainer,
} from './containers.ts';
import { buildImage, removeImage } from './images.ts';
import {
  createNetwork,
  createVolume,
  removeNetwork,
  removeVolume,
  replaceNetwork,
  replaceVolume,
} from './resources.ts';
import { waitFor } from './wait-for.ts';
import type { Work } from './work.ts';

/**
 * What is not to be changed is said before the first of them. What fails keeps only what comes after it from being
 * done. @throws the first failure, when all else is done
 */
export function* execute(steps: readonly Step[], work: Work): Plan<void> {
  yield* foresee(foreseenOf(steps, work.project));
  const begun = new Set<Step>();
  const done = new Set<Step>();
  const failures: unknown[] = [];
  const next = function* (): Plan<void> {
    const ready = steps.filter((step) => !begun.has(step) && step.after.every((one) => done.has(one)));
    for (const step of ready) begun.add(step);
    const [only, ...others] = ready;
    if (only && others.length === 0) yield* run(only);
    else if (only) yield* together(ready.map(run));
  };
  const run = function* (step: Step): Plan<void> {
    try {
      yield* perform(step.operation, work);
    } catch (error) {
      if (!isRefusal(error) && !(error instanceof ComposeError)) throw error;
      failures.push(error);
      return;
    }
    done.add(step);
    yield* next();
  };
  yield* next();
  if (failures.length > 0) throw failures[0];
}

function* perform(operation: Operation, work: Work): Plan<void> {
  switch (operation.do) {
    case 'pull-image':
      return yield* pullService(work.project, operation.service, { buildable: operation.buildable });
    case 'build-image':
      return yield* buildImage(operation, work);
    case 'remove-image':
      return yield* removeImage(operation.image);
    case 'create-network':
      return yield* createNetwork(operation, work.project);
    case 'replace-network':
      return yield* replaceNetwork(operation, work.project);
    case 'replace-volume':
      return yield* replaceVolume(operation, work.project);
    case 'remove-network':
      return yield* removeNetwork(operation.network);
    case 'create-volume':
      return yield* createVolume(operation, work.project);
    case 'remove-volume':
      return yield* removeVolume(operation.name);
    case 'create-container':
      return yield* createContainer(operation, work);
    case 'recreate-container':
      return yield* recreateContainer(operation, work);
    case 'start-container':
      return yield* startContainer(operation, work);
    case 'stop-container':
      return yield* stopContainer(operation, work);
    case 'kill-container':
      return yield* killContainer(operation);
    case 'restart-container':
      return yield* restartContainer(operation);
    case 'remove-container':
      return yield* removeContainer(operation, work);
    case 'pause-container':
      return yield* pauseContainer(operation.container);
    case 'unpause-container':
      return yield* unpauseContainer(operation.container);
    case 'wait':
      return yield* waitFor(operation, work);
  }
}
