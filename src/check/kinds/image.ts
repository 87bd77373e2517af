/** `image`: an image is here, or not, and is as it should be. */
import type { ImageFields } from '../../scenario/expectation.ts';
import { engineWords, seek } from '../../engine/ask.ts';
import { canonical } from '../../image-name.ts';
import { amountWords, imageBytes, matchesAmount } from '../facets/amount.ts';
import { claimOf, expectedOf, facetsOf, lookOf } from '../facets/facets.ts';
import type { Facets } from '../facets/facets.ts';
import { imageConfigFacets } from '../facets/image-config.ts';
import type { ImageConfigSeen } from '../facets/image-config.ts';
import type { KindOfCheck, LookContext } from '../look.ts';
import { shortId } from '../../short-id.ts';
import { platformJson } from '../../api/platform-json.ts';
import { propertyOf } from '../property.ts';

interface Answered {
  readonly Id: string;
  readonly RepoTags?: readonly string[] | null;
  readonly RootFS?: { readonly Layers?: readonly string[] | null };
  readonly Size?: number;
  readonly Os?: string;
  readonly Architecture?: string;
  readonly Variant?: string;
  readonly Config?: ImageConfigSeen | null;
}

interface ImageFound extends Answered {
  /** Layers of `sharesLayersWith`; undefined where that image is not here. */
  readonly otherLayers?: readonly string[] | undefined;
}

const table: Facets<ImageFields, ImageFound> = {
  tag: {
    says: (tag) => `is called ${tag} too`,
    expects: (tag) => `names: ${tag}`,
    sees: ({ RepoTags }) => `names: ${(RepoTags ?? []).join(', ') || 'none'}`,
    holds: ({ RepoTags }, tag) => (RepoTags ?? []).map(canonical).includes(canonical(tag)),
  },
  layers: {
    says: (amount) => `has ${amountWords(amount)} ${amount === 1 ? 'layer' : 'layers'}`,
    expects: (amount) => `layers: ${amountWords(amount)}`,
    sees: (seen) => `layers: ${layersOf(seen).length}`,
    holds: (seen, amount) => matchesAmount(layersOf(seen).length, amount),
  },
  sharesLayersWith: {
    says: (other) => `shares layers with ${other}`,
    expects: (other) => `a layer that ${other} has too`,
    sees: (seen, other) => (seen.otherLayers ? `layers in common: ${inCommon(seen)}` : `no image ${other}`),
    holds: (seen) => inCommon(seen) > 0,
  },
  platform: {
    says: (platform) => `is for ${platform}`,
    expects: (platform) => `platform: ${platform}`,
    sees: (seen) => `platform: ${platformsOf(seen)[0] ?? ''}`,
    holds: (seen, platform) => platformsOf(seen).includes(platform),
  },
  sizeBelow: {
    says: (size) => `is smaller than ${size}`,
    expects: (size) => `size: under ${size}`,
    sees: ({ Size }) => `size: ${sizeWords(Size ?? 0)}`,
    holds: ({ Size }, size) => (Size ?? 0) < imageBytes(size),
  },
};

export const image: KindOfCheck<ImageFields> = {
  judges: 'step',
  acts: false,
  names: ({ name, tag }) => [
    { field: 'name', kind: 'image', name, made: !name.includes('@') },
    ...(tag === undefined ? [] : [{ field: 'tag', kind: 'image', name: tag, made: false } as const]),
  ],
  asks: () => [],
  claim: (fields) =>
    fields.exists === false
      ? `there is no image ${fields.name}`
      : claimOf(`image ${fields.name}`, boundOf(fields), 'is here'),
  expected: (fields) => (fields.exists === false ? 'no such image' : expectedOf(boundOf(fields), 'it is here')),
  property: (fields) => propertyOf(fields, ['name']),
  async look(fields, context) {
    const platform = platformJson(fields.platform);
    const path = `/images/${fields.name}/json`;
    // the containerd store may have it for several platforms; older engines, which have one, pass over the question
    const { status, body } = await context.ask({ method: 'GET', path, ...(platform && { query: { platform } }) });
    if (status === 404) {
      const observed = `no image ${fields.name}${platform === undefined ? '' : ` for ${String(fields.platform)}`}`;
      return { holds: fields.exists === false, observed };
    }
    if (status !== 200) return { holds: false, undecided: true, observed: engineWords(body, status) };
    const answered = body as Answered;
    const id = `id: ${shortId(answered.Id)}`;
    if (fields.exists === false) return { holds: false, observed: `it is here, ${id}` };
    const seen: ImageFound = { ...answered, otherLayers: await otherLayers(fields.sharesLayersWith, context) };
    return lookOf(seen, boundOf(fields), id);
  },
};

/** The facets of the image, then those of its config. */
function boundOf(fields: ImageFields): ReturnType<typeof facetsOf<ImageFields, ImageFound>> {
  const config = facetsOf(fields.config ?? {}, imageConfigFacets).map(({ facet, wanted }) => ({
    wanted,
    facet: {
      ...facet,
      sees: ({ Config }: ImageFound) => facet.sees(Config ?? {}, wanted),
      holds: ({ Config }: ImageFound) => facet.holds(Config ?? {}, wanted),
    },
  }));
  return [...facetsOf(fields, table), ...config];
}

async function otherLayers(name: string | undefined, { ask }: LookContext): Promise<readonly string[] | undefined> {
  if (name === undefined) return undefined;
  const sought = await seek(ask, `/images/${name}/json`);
  return sought.is === 'there' ? layersOf(sought.thing as Answered) : undefined;
}

/** `linux/arm64/v8`, and without what need not be said. */
function platformsOf({ Os = '', Architecture = '', Variant = '' }: Answered): readonly string[] {
  const short = `${Os}/${Architecture}`;
  return Variant === '' ? [short] : [`${short}/${Variant}`, short];
}

function layersOf({ RootFS }: Answered): readonly string[] {
  return RootFS?.Layers ?? [];
}

function inCommon(seen: ImageFound): number {
  return layersOf(seen).filter((layer) => seen.otherLayers?.includes(layer)).length;
}

function sizeWords(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1_000_000).toPrecision(3)} MB`;
}
