/** The id of what was built: where the builder tells it, and where --iidfile wants it. */
import type { Message } from '../../../api/request.ts';
import { save } from '../../ask.ts';
import { Stopped } from '../../effects.ts';
import type { Plan } from '../../effects.ts';

export const assumedImage: readonly Message[] = [{ aux: { ID: '<image-id>' } }];

export function idIn(messages: readonly Message[]): string | undefined {
  const id = messages.map(({ aux }) => aux?.['ID']).findLast((each) => typeof each === 'string');
  return typeof id === 'string' ? id : undefined;
}

/** @param file absent: nowhere @throws Stopped where there is no id to keep */
export function* keepId(id: string | undefined, file: string | undefined): Plan<void> {
  if (file === undefined) return;
  if (id === undefined) throw new Stopped(`server did not provide an image ID. Cannot write ${file}`);
  yield* save(file, id);
}
