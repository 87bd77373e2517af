/** Building an image, and removing one. */
import { ask, request } from '../../plan/ask.ts';
import type { Plan } from '../../plan/effects.ts';
import { imageOf } from '../container/names.ts';
import { buildService } from '../image/build-service.ts';
import { isHere } from '../image/pull-service.ts';
import { tell } from '../output/progress.ts';
import type { Operation } from '../reconcile/operation.ts';
import type { Work } from './work.ts';

type Build = Extract<Operation, { do: 'build-image' }>;

export function* buildImage({ service, unlessHere, quiet }: Build, { project, context }: Work): Plan<void> {
  if (unlessHere && (yield* isHere(imageOf(project, service)))) return;
  yield* buildService(project, service, { quiet }, context);
}

export function* removeImage(image: string): Plan<void> {
  const thing = `Image ${image}`;
  yield* tell(thing, 'Removing');
  const { status } = yield* ask(request('DELETE', `/images/${image}`), undefined, [404, 409]);
  yield* tell(thing, status === 409 ? 'Resource is still in use' : 'Removed');
}
