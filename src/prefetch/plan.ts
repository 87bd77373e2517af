/** What a fetch of images would bring and cost, asked before anything is fetched. */
import { askThrough, get } from '../engine/ask.ts';
import { EngineError } from '../api/request.ts';
import type { Engine } from '../engine/engine.ts';
import type { CredentialStore } from '../engine/login/logins.ts';
import { hubServer } from '../engine/login/logins.ts';
import { canonical, cutImageName, isHub } from '../image-name.ts';
import type { ImageName } from '../image-name.ts';
import { bytesToFetch, chainsOf } from './layers.ts';
import type { Weight } from './layers.ts';
import { hubPlaces, pullsLeft, weightAt, weightAtHome } from './registry.ts';
import { field, unpackedLayers } from './registry-answers.ts';
import type { PullsLeft } from './registry-answers.ts';

export interface PlannedImage {
  readonly name: ImageName;
  readonly here: boolean;
  /** Absent: it is here, or nobody tells. */
  readonly weight?: Weight;
  /** Bytes: without what the engine has, or what comes with an image before it. Absent: nobody tells. */
  readonly toFetch?: number;
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
  const weighed = await Promise.all(
    names.map(async (name): Promise<Omit<PlannedImage, 'toFetch'>> => {
      if (here.has(name.canonical)) return { name, here: true, pulls: 0 };
      const question = { name, platform, signal };
      for (const mirror of isHub(name.domain) ? mirrors : []) {
        const weight = await weightAt(mirror, question);
        // what a mirror has, Docker Hub is not asked for
        if (weight) return { name, here: false, weight, pulls: 0 };
      }
      const weight = await weightAtHome(question, hub);
      return { name, here: false, ...(weight && { weight }), pulls: isHub(name.domain) ? 1 : 0 };
    }),
  );
  const isTold = weighed.some(({ weight }) => weight?.layers !== undefined);
  const toFetch = bytesToFetch(
    weighed.map(({ weight }) => weight),
    isTold ? await chainsHeld(ask, listed) : [],
  );
  const planned = weighed.map((image, at): PlannedImage => {
    const bytes = toFetch[at];
    return { ...image, ...(bytes !== undefined && { toFetch: bytes }) };
  });
  const first = planned.find(({ pulls }) => pulls > 0);
  const login = first && (await logins.find(hubServer).catch(() => undefined));
  const left = first && (await pullsLeft(first.name, login, signal, hub));
  return { images: planned, ...(left && { left }) };
}

/** Of the layers that the engine has. */
async function chainsHeld(ask: ReturnType<typeof askThrough>, listed: unknown): Promise<readonly string[]> {
  const ids = new Set((listed as readonly { readonly Id: string }[]).map(({ Id }) => Id));
  const chains = await Promise.all(
    [...ids].map(async (id) => {
      // one that has been removed meanwhile has no layers
      const told = await get(ask, `/images/${id}/json`).catch((error: unknown) => {
        if (error instanceof EngineError) return undefined;
        throw error;
      });
      return chainsOf(unpackedLayers(field(told, 'RootFS')) ?? []);
    }),
  );
  return chains.flat();
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
