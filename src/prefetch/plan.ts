/** What a fetch of images would bring and cost, asked before anything is fetched. */
import { askThrough, get } from '../engine/ask.ts';
import type { Engine } from '../engine/engine.ts';
import type { CredentialStore } from '../engine/login/logins.ts';
import { hubServer } from '../engine/login/logins.ts';
import { canonical, cutImageName, isHub } from '../image-name.ts';
import type { ImageName } from '../image-name.ts';
import { hubPlaces, pullsLeft, sizeAt, sizeAtHome } from './registry.ts';
import type { PullsLeft } from './registry-answers.ts';

export interface PlannedImage {
  readonly name: ImageName;
  readonly here: boolean;
  /** As it is sent, bytes. Absent: it is here, or nobody tells. */
  readonly bytes?: number;
  /** That Docker Hub counts. */
  readonly pulls: 0 | 1;
}

export interface FetchPlan {
  readonly images: readonly PlannedImage[];
  /** Of Docker Hub. Absent: none are needed, or it does not say. */
  readonly left?: PullsLeft;
}

export interface FetchWish {
  /** As lessons write them. */
  readonly images: readonly string[];
  readonly engine: Engine;
  readonly logins: Pick<CredentialStore, 'find'>;
  readonly signal: AbortSignal;
}

export async function planFetch({ images, engine, logins, signal }: FetchWish, hub = hubPlaces): Promise<FetchPlan> {
  const names = [...new Map(images.map((image) => [canonical(image), cutImageName(image)])).values()];
  const ask = askThrough(engine, signal);
  const [listed, info] = await Promise.all([get(ask, '/images/json'), get(ask, '/info')]);
  const here = namesIn(listed);
  const { mirrors, platform } = factsIn(info);
  const planned = await Promise.all(
    names.map(async (name): Promise<PlannedImage> => {
      if (here.has(name.canonical)) return { name, here: true, pulls: 0 };
      const question = { name, platform, signal };
      for (const mirror of isHub(name.domain) ? mirrors : []) {
        const bytes = await sizeAt(mirror, question);
        // what a mirror has, Docker Hub is not asked for
        if (bytes !== undefined) return { name, here: false, bytes, pulls: 0 };
      }
      const bytes = await sizeAtHome(question, hub);
      return { name, here: false, ...(bytes !== undefined && { bytes }), pulls: isHub(name.domain) ? 1 : 0 };
    }),
  );
  const first = planned.find(({ pulls }) => pulls > 0);
  const login = first && (await logins.find(hubServer).catch(() => undefined));
  const left = first && (await pullsLeft(first.name, login, signal, hub));
  return { images: planned, ...(left && { left }) };
}

export function pullsNeeded({ images }: FetchPlan): number {
  return images.reduce((sum, { pulls }) => sum + pulls, 0);
}

/** Canonical, with tags and with digests. */
function namesIn(listed: unknown): ReadonlySet<string> {
  const images = listed as readonly {
    readonly RepoTags?: readonly string[] | null;
    readonly RepoDigests?: readonly string[] | null;
  }[];
  return new Set(
    images.flatMap(({ RepoTags, RepoDigests }) => [...(RepoTags ?? []), ...(RepoDigests ?? [])]).map(canonical),
  );
}

interface InfoFacts {
  /** Roots of the API of those that are asked before Docker Hub: `http://10.0.0.1:5000/v2/`. */
  readonly mirrors: readonly string[];
  readonly platform: string;
}

/** Engines name the processor as the kernel does. */
const architectures: Readonly<Record<string, string | undefined>> = {
  x86_64: 'amd64',
  aarch64: 'arm64',
  armv7l: 'arm',
};

function factsIn(info: unknown): InfoFacts {
  const { OSType, Architecture, RegistryConfig } = info as {
    readonly OSType?: string;
    readonly Architecture?: string;
    readonly RegistryConfig?: { readonly Mirrors?: readonly string[] | null } | null;
  };
  const named = Architecture ?? '';
  return {
    mirrors: (RegistryConfig?.Mirrors ?? []).map((mirror) => `${mirror.replace(/\/$/, '')}/v2/`),
    platform: `${OSType ?? 'linux'}/${architectures[named] ?? named}`,
  };
}
