/**
 * Images that a registry was seen to have, in the state folder. An id says what the image is, so one answer holds for
 * ever; an engine without a network takes ten seconds to give it.
 */
import { appendFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { once } from '../once.ts';
import { stateFolder } from './home.ts';
import { makeFolder } from './places.ts';
import { readSmallFile } from './small-file.ts';

export interface PublicImages {
  has(id: string): boolean;
  add(id: string): void;
}

/** Read when it is asked first. What cannot be read or written costs the time of asking again, and nothing else. */
export function publicImages(env: Readonly<Record<string, string | undefined>>): PublicImages {
  const file = join(stateFolder(env), 'public-images');
  const known = once(() => new Set(idsIn(file)));
  return {
    has: (id) => known().has(id),
    add(id) {
      known().add(id);
      try {
        makeFolder(dirname(file));
        appendFileSync(file, `${id}\n`, { mode: 0o600 });
      } catch {
        // it is known as long as this process lives
      }
    },
  };
}

function idsIn(file: string): readonly string[] {
  try {
    return (readSmallFile(file) ?? '').split('\n').filter((line) => /^sha256:[0-9a-f]{64}$/.test(line));
  } catch {
    return [];
  }
}
