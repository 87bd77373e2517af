/** What registries and Docker Hub answer, read. Whatever else they say is no answer. Pure. */

export interface PullsLeft {
  readonly left: number;
  /** In a window of so many seconds, where it says so. */
  readonly of?: number;
  readonly seconds?: number;
}

export interface SentLayer {
  /** Of the layer as it is sent. */
  readonly digest: string;
  readonly bytes: number;
}

/** The layers of a manifest, the lowest first. */
export function layersIn(manifest: unknown): readonly SentLayer[] | undefined {
  const layers = listIn(manifest, 'layers')?.map((layer) => ({
    digest: digestIn(layer),
    bytes: field(layer, 'size'),
  }));
  const isLayer = (layer: Partial<Record<keyof SentLayer, unknown>>): layer is SentLayer =>
    layer.digest !== undefined && isSize(layer.bytes);
  return layers?.every(isLayer) ? layers : undefined;
}

/** Where a manifest's image is described. */
export function configDigest(manifest: unknown): string | undefined {
  return digestIn(field(manifest, 'config'));
}

/** What the layers of an image are called once they are unpacked, as its config and an engine's own account tell it. */
export function unpackedLayers(rootfs: unknown): readonly string[] | undefined {
  const names = listIn(rootfs, 'diff_ids') ?? listIn(rootfs, 'Layers');
  return names?.every((name) => typeof name === 'string') ? names : undefined;
}

/** Of an index, the manifest for `linux/amd64`; undefined for what is no index, or has none. */
export function platformDigest(index: unknown, platform: string): string | undefined {
  const [os, architecture] = platform.split('/');
  const found = listIn(index, 'manifests')?.find((one) => {
    const said = field(one, 'platform');
    return field(said, 'os') === os && field(said, 'architecture') === architecture;
  });
  return digestIn(found);
}

/** Docker Hub's page about a tag has a row for each platform. */
export function sizeOnHub(page: unknown, platform: string): number | undefined {
  const [os, architecture] = platform.split('/');
  const row = listIn(page, 'images')?.find(
    (one) => field(one, 'os') === os && field(one, 'architecture') === architecture,
  );
  const size = field(row, 'size');
  return isSize(size) ? size : undefined;
}

/** `ratelimit-remaining: 76;w=21600`. A refusal for want of pulls has none left. */
export function limitIn(headers: Readonly<Record<string, unknown>>, status: number): PullsLeft | undefined {
  const [left, of] = ['ratelimit-remaining', 'ratelimit-limit'].map((name) => numberIn(headers[name]));
  if (left === undefined) return status === 429 ? { left: 0 } : undefined;
  const seconds = /;w=(\d{1,9})\b/.exec(String(headers['ratelimit-remaining']))?.[1];
  return { left, ...(of !== undefined && { of }), ...(seconds !== undefined && { seconds: Number(seconds) }) };
}

/** Of what is pointed to; only of the form that may stand in an address. */
function digestIn(pointer: unknown): string | undefined {
  const digest = field(pointer, 'digest');
  return typeof digest === 'string' && /^sha256:[0-9a-f]{64}$/.test(digest) ? digest : undefined;
}

function numberIn(header: unknown): number | undefined {
  const digits = typeof header === 'string' ? /^\s*(\d{1,9})(?:;|\s*$)/.exec(header)?.[1] : undefined;
  return digits === undefined ? undefined : Number(digits);
}

function isSize(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function listIn(value: unknown, key: string): readonly unknown[] | undefined {
  const found = field(value, key);
  return Array.isArray(found) ? (found as readonly unknown[]) : undefined;
}

export function field(value: unknown, key: string): unknown {
  return value !== null && typeof value === 'object' ? (value as Readonly<Record<string, unknown>>)[key] : undefined;
}
