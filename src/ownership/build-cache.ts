/**
 * BuildKit keeps one cache for all who build on an engine, and no record of it says whose it is. What a build has put
 * there is told by what was there before it, and by the words of its Dockerfile, which the engine keeps with a record.
 */
import type { Ask } from '../engine/ask.ts';
import { get } from '../engine/ask.ts';
import { readDockerfile } from '../dockerfile/read.ts';
import { stageSteps, stepNamed } from '../dockerfile/stage-steps.ts';
import { inItsPlace } from '../secret.ts';

export interface CacheRecord {
  readonly id: string;
  /** `mount / from exec /bin/sh -c make`, `[build 2/4] COPY . .`, `local source for context` */
  readonly description: string;
}

interface Listed {
  readonly ID: string;
  readonly Description?: string;
}

export async function cacheRecords(ask: Ask): Promise<readonly CacheRecord[]> {
  const { BuildCache } = (await get(ask, '/system/df', { type: 'build-cache' })) as {
    readonly BuildCache?: readonly Listed[] | null;
  };
  return (BuildCache ?? []).map(({ ID, Description = '' }) => ({ id: ID, description: Description }));
}

/**
 * What every build brings: the files that were sent for it, and the image it stands on, of which the containerd image
 * store keeps a record without a description. No word of the Dockerfile is in it.
 */
export function isOfAnyBuild({ description }: CacheRecord): boolean {
  return /^(?:$|local source for |http url http:\/\/build-context-|copy \/context \/|\[internal\] |from local |pulled from )/.test(
    description,
  );
}

/**
 * Whether a record can be a step of this Dockerfile.
 * @param run under whose name cache mounts are made: those of other names outlive the build, and are somebody's
 */
export function isStepIn(dockerfile: string, run: string): (record: CacheRecord) => boolean {
  const stages = stageSteps(dockerfile);
  const programs = readDockerfile(dockerfile)
    .instructions.filter(({ word }) => word === 'RUN')
    .map(({ list, rest, documents }) => {
      if (list) return list.join(' ');
      const [document] = documents;
      return document ? document.body : rest;
    });
  return ({ description }) => {
    const [, of, program] = /^(cached mount|mount) \S+ from exec (.*)$/s.exec(description) ?? [];
    if (of === 'cached mount') return description.includes(`with id "${run}/`);
    if (program !== undefined) return programs.some((one) => holds(squeezed(program), squeezed(one)));
    const word = /^\[[^\]]*\] (\w+)/.exec(description)?.[1];
    return word !== undefined && stepNamed(stages, description)?.instruction.word === word;
  };
}

/** Whether the parts of `wanted` are there in order: what stood between them was a secret. */
function holds(text: string, wanted: string): boolean {
  let at = 0;
  return wanted.split(inItsPlace).every((part) => {
    const found = text.indexOf(part, at);
    at = found + part.length;
    return found >= 0;
  });
}

function squeezed(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** How many ids a request names: an address has an end. */
const atOnce = 40;

/**
 * Takes records away, as far as nothing stands on them.
 * @returns ids of those that went, and of those that are still there
 */
export async function dropRecords(
  ids: readonly string[],
  ask: Ask,
): Promise<{ readonly gone: readonly string[]; readonly still: readonly string[] }> {
  const wanted = new Set(ids);
  const there = async (): Promise<readonly string[]> =>
    (await cacheRecords(ask)).map(({ id }) => id).filter((id) => wanted.has(id));
  const first = await there();
  let left = first;
  for (let before = Infinity; left.length > 0 && left.length < before;) {
    before = left.length;
    for (let at = 0; at < left.length; at += atOnce) {
      const some = left.slice(at, at + atOnce);
      // the engine takes one pattern for ids, and no list; `all`: also what an image has a share in, which the image keeps
      const filters = JSON.stringify({ id: [some.join('|')] });
      await ask({ method: 'POST', path: '/build/prune', query: { all: '1', filters } });
    }
    left = await there();
  }
  return { gone: first.filter((id) => !left.includes(id)), still: left };
}
