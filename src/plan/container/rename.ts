/** docker rename. */
import { ask, complain, request } from '../ask.ts';
import { wordsOf } from '../daemon-errors.ts';
import { EngineError } from '../../api/request.ts';
import { Stopped } from '../effects.ts';
import type { Plan } from '../effects.ts';

export function* renameContainer({ operands: [from = '', to = ''] }: { readonly operands: readonly string[] }): Plan {
  const [oldName, newName] = [from.trim(), to.trim()];
  if (oldName === '' || newName === '') throw new Stopped('Error: Neither old nor new names may be empty');
  try {
    yield* ask(request('POST', `/containers/${oldName}/rename`, { query: { name: newName } }), undefined);
    return 0;
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    yield* complain(`${wordsOf(error)}\n`);
    throw new Stopped(`Error: failed to rename container named ${oldName}`);
  }
}
