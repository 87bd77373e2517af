/**
 * Images that anybody may have, in the state folder: those that a registry was seen to have, and those that a bundle has
 * brought. An id says what the image is, so one answer holds for ever; an engine without a network takes ten seconds to
 * give it.
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

type Env = Readonly<Record<string, string | undefined>>;

/** Seen at a registry. Read when it is asked first. What cannot be read or written costs the time of asking again, and nothing else. */
export function publicImages(env: Env): PublicImages {
  const images = imagesIn(join(stateFolder(env), 'public-images'));
  return {
    has: images.has,
    add(id) {
      try {
        images.add(id);
      } catch {
        // it is known as long as this process lives
      }
    },
  };
}

/**
 * Loaded from a bundle, which was loaded so that lessons may use what is in it. Whoever made the bundle has these images:
 * none of them is the user's alone, as one that was only ever built here may be. What cannot be written is thrown.
 */
export function bundledImages(env: Env): PublicImages {
  return imagesIn(join(stateFolder(env), 'bundled-images'));
}

function imagesIn(file: string): PublicImages {
  const known = once(() => new Set(idsIn(file)));
  return {
    has: (id) => known().has(id),
    add(id) {
      known().add(id);
      makeFolder(dirname(file));
      appendFileSync(file, `${id}\n`, { mode: 0o600 });
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
