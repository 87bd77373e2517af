/** Removing an image. */
import { ask, request } from '../../plan/ask.ts';
import type { Plan } from '../../plan/effects.ts';
import { tell } from '../output/progress.ts';

export function* removeImage(image: string): Plan<void> {
  const thing = `Image ${image}`;
  yield* tell(thing, 'Removing');
  const { status } = yield* ask(request('DELETE', `/images/${image}`), undefined, [404, 409]);
  yield* tell(thing, status === 409 ? 'Resource is still in use' : 'Removed');
}
