/** The engine's images as the guard and clean look at them. */
import type { Ask } from '../engine/ask.ts';
import { get, seek } from '../engine/ask.ts';
import { canonical } from '../image-name.ts';
import { keptId } from '../short-id.ts';

export interface ImageSeen {
  readonly id: string;
  /** Canonical names with a tag, and with a digest. */
  readonly tags: readonly string[];
  readonly digests: readonly string[];
}

/** What the list says besides. */
export interface ImageListed extends ImageSeen {
  readonly labels: Readonly<Record<string, string>>;
  /** Seconds since 1970. */
  readonly created: number;
  /** Id of the image that a classic build made this one from; empty where there is none. */
  readonly parent: string;
}

interface Named {
  readonly Id: string;
  readonly RepoTags?: readonly string[] | null;
  readonly RepoDigests?: readonly string[] | null;
}

interface Listed extends Named {
  readonly Labels?: Readonly<Record<string, string>> | null;
  readonly Created?: number;
  readonly ParentId?: string;
}

/** The image behind a name or id; undefined where there is none. @throws EngineError where the engine does not say */
export async function lookAt(name: string, ask: Ask): Promise<ImageSeen | undefined> {
  const sought = await seek(ask, `/images/${name}/json`);
  return sought.is === 'there' ? seen(sought.thing as Named) : undefined;
}

/** @param all also those that a classic build left on its way */
export async function listImages(ask: Ask, all: boolean): Promise<readonly ImageListed[]> {
  const listed = (await get(ask, '/images/json', all ? { all: '1' } : undefined)) as readonly Listed[];
  return listed.map((one) => ({
    ...seen(one),
    labels: one.Labels ?? {},
    created: one.Created ?? 0,
    parent: one.ParentId ?? '',
  }));
}

export async function keptIds(ask: Ask, all: boolean): Promise<readonly string[]> {
  return (await listImages(ask, all)).map(({ id }) => keptId(id));
}

function seen({ Id, RepoTags, RepoDigests }: Named): ImageSeen {
  const named = (names: readonly string[] | null | undefined): readonly string[] =>
    (names ?? []).filter((name) => !name.startsWith('<none>')).map(canonical);
  return { id: Id, tags: named(RepoTags), digests: named(RepoDigests) };
}
