/** docker diff. */
import { ask, print, request } from '../../ask.ts';
import { Stopped } from '../../effects.ts';
import type { Plan } from '../../effects.ts';

interface Change {
  readonly Path: string;
  /** 0 changed, 1 added, 2 deleted (Engine API, ContainerChanges). */
  readonly Kind: number;
}

export function* listChanges({ operands: [name = ''] }: { readonly operands: readonly string[] }): Plan {
  if (name === '') throw new Stopped('Container name cannot be empty');
  const { body } = yield* ask<readonly Change[] | null>(request('GET', `/containers/${name}/changes`), []);
  yield* print((body ?? []).map(({ Path, Kind }) => `${['C', 'A', 'D'][Kind] ?? ''} ${Path}\n`).join(''));
  return 0;
}
