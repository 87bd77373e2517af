/**
 * The images that a build starts from are here before it is sent, and looked at. Were the engine left to pull them, it would
 * do at once what ONBUILD has left in them, which nobody has seen; and a pull moves a name, perhaps one of the user's.
 */
import { nameTaken, refusal } from './context.ts';
import type { GuardContext } from './context.ts';
import { assertInFile } from './rule.ts';
import { isClaimed } from '../image-owner.ts';
import { objectIn, scalar } from '../../api/json-parts.ts';
import type { JsonObject, Request } from '../../api/request.ts';
import type { Stage, UsedImage } from '../../dockerfile/outline.ts';
import { seek } from '../../engine/ask.ts';
import { cutImageName, familiar } from '../../image-name.ts';
import { dockerfileReferences } from '../../plan/image/build/dockerfile-references.ts';
import { pullRequest } from '../../plan/image/pull-request.ts';

/** @returns what must be pulled before, one after the other; undefined once all is here @throws Failure where the build may not be sent */
export async function pullBefore(
  request: Request,
  stages: readonly Stage[],
  context: GuardContext,
): Promise<Request | undefined> {
  const pulled = context.pulledFor.get(request) ?? new Set<string>();
  context.pulledFor.set(request, pulled);
  for (const used of stages.flatMap(({ images }) => images)) {
    const platform = platformOf(used, request);
    const key = `${used.name} ${platform ?? ''}`;
    const image = await lookedAt(used, context);
    if (pulled.has(key)) assertIsHere(used, image, platform, context);
    else if (isPulledNow(used, image, platform, request, context)) {
      pulled.add(key);
      return pullRequest(cutImageName(used.written), { platform });
    }
    if (image && used.by === 'FROM') await assertTriggers(image, context);
  }
  return undefined;
}

/** What it would pull anew is pulled by then. */
export function withoutPull(request: Request): Request {
  const query = Object.fromEntries(Object.entries(request.query ?? {}).filter(([name]) => name !== 'pull'));
  return { ...request, query };
}

function platformOf({ by, platform }: UsedImage, { query }: Request): string | undefined {
  return by === 'FROM' ? (platform ?? query?.['platform']) : undefined;
}

async function lookedAt({ written }: UsedImage, { ask }: GuardContext): Promise<JsonObject | undefined> {
  const sought = await seek(ask, `/images/${written}/json`);
  return sought.is === 'there' ? objectIn(sought.thing) : undefined;
}

/** What a learner builds on is the learner's to choose: only names are kept from moving. */
function isPulledNow(
  { by }: UsedImage,
  image: JsonObject | undefined,
  platform: string | undefined,
  { query }: Request,
  { lesson }: GuardContext,
): boolean {
  const isAnew = ['1', 'true'].includes(query?.['pull'] ?? '');
  if (image) return isAnew || !isFor(image, platform);
  return by === 'FROM' && lesson !== undefined;
}

/** After its pull. A name of the user's was left as it was, and the engine would pull it all the same. */
function assertIsHere(
  { name, written }: UsedImage,
  image: JsonObject | undefined,
  platform: string | undefined,
  context: GuardContext,
): void {
  if (!image)
    throw refusal(
      `The image ${written} was pulled, and is not here under this name.`,
      'Name it as its registry has it.',
    );
  if (!isFor(image, platform) && !isClaimed(name, context)) throw nameTaken('image', familiar(name));
}

const otherNames: Readonly<Record<string, string>> = { x86_64: 'amd64', 'x86-64': 'amd64', aarch64: 'arm64' };

/** `linux/arm64/v8`, `arm64`, `linux` */
function isFor({ Os, Architecture, Variant }: JsonObject, platform: string | undefined): boolean {
  if (platform === undefined) return true;
  const parts = platform.toLowerCase().split('/');
  const [os = '', architecture, variant] =
    parts.length === 1 && parts[0] !== scalar(Os) ? [scalar(Os), ...parts] : parts;
  return (
    os === scalar(Os) &&
    (architecture === undefined || (otherNames[architecture] ?? architecture) === scalar(Architecture)) &&
    (variant === undefined || variant === scalar(Variant))
  );
}

/** What ONBUILD has left in an image is done when one builds on it. */
async function assertTriggers(image: JsonObject, context: GuardContext): Promise<void> {
  const triggers = objectIn(image['Config'])['OnBuild'];
  if (!Array.isArray(triggers) || triggers.length === 0) return;
  const text = ['FROM scratch', ...(triggers as readonly string[])].join('\n');
  for (const reference of dockerfileReferences(text)) await assertInFile(reference, context);
}
