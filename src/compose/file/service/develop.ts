/** `develop:` of a service: what to do as files change. */
import { absoluteIn } from '../absolute.ts';
import { dotted, wrong } from '../compose-error.ts';
import { bool, droppable, list, oneOf, optional, record, text, wordOrTexts } from '../readers.ts';
import type { Reader } from '../readers.ts';
import { hook } from './hooks.ts';

export function develop(home: string | undefined): Reader {
  const path: Reader<string> = (value, at) => {
    const written = text(value, at) ?? '';
    if (written === '' && at.file.whole) throw wrong(at, `${dotted(at.path)}: value can't be blank`);
    return absoluteIn(at.file, written, home);
  };
  const trigger = record(
    {
      path,
      action: oneOf(['rebuild', 'sync', 'restart', 'sync+restart', 'sync+exec']),
      target: text,
      exec: droppable(hook),
      include: wordOrTexts,
      ignore: wordOrTexts,
      initial_sync: bool,
    },
    { needs: ['path', 'action'] },
  );
  return optional(record({ watch: list(trigger) }));
}
