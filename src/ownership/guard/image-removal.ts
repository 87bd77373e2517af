/** The rule for removing images: only names that docker-tutor has brought, and only images that it has. */
import type { Request } from '../../api/request.ts';
import { get } from '../../engine/ask.ts';
import { isYes } from '../../engine/answer.ts';
import { keep, whose } from './context.ts';
import type { GuardContext, Ruling, Whose } from './context.ts';
import { isNeeded, isOurImage, releaseGone, runsHolding, whoseImage, whoseName } from '../image-owner.ts';
import { lookAt } from '../image-view.ts';
import type { ImageSeen } from '../image-view.ts';
import { canonical, isIdOf } from '../../image-name.ts';
import { shortId } from '../../short-id.ts';

type NotOurs = Exclude<Whose, 'mine' | 'absent'>;

export async function removeImage(name: string, request: Request, context: GuardContext): Promise<Ruling> {
  const image = await lookAt(name, context.ask);
  if (!image) return { send: request };
  const refs = namesThatGo(name, image);
  const why = await whyKept(refs, image, request, context);
  if (why && !(await context.permit({ kind: 'image', name, why }))) {
    const message = await engineRefuses(name, image, request, context);
    if (message === undefined) return keep('image', name, why, 200, []);
    return { keep: undefined, answer: { status: 409, headers: {}, body: { message } } };
  }
  return { send: request, settle: async (status) => void (isYes(status) && (await releaseGone(context))) };
}

async function whyKept(
  refs: readonly string[],
  image: ImageSeen,
  request: Request,
  context: GuardContext,
): Promise<NotOurs | undefined> {
  const owners = await ownersOf(refs, image, context);
  const other = owners.find((owner) => owner === 'yours') ?? owners.find((owner) => owner !== 'mine');
  if (other) return other;
  const goesWhole = image.tags.every((tag) => refs.includes(tag));
  if (goesWhole && !(await isOurImage(image, context))) return 'yours';
  for (const ref of refs) if ((await runsHolding(ref, image, context)).some(isNeeded)) return 'in-use-by-another-run';
  if (request.query?.['force'] && (await othersUse(image, context))) return 'yours';
  return undefined;
}

async function ownersOf(
  refs: readonly string[],
  image: ImageSeen,
  context: GuardContext,
): Promise<readonly Exclude<Whose, 'absent'>[]> {
  if (refs.length === 0) return [await whoseImage(image, context)];
  return Promise.all(refs.map((ref) => whoseName(ref, image, context)));
}

/** By name, that name goes. By id, all names go. */
function namesThatGo(name: string, image: ImageSeen): readonly string[] {
  return isIdOf(name, image.id) ? image.tags : [canonical(name)];
}

/**
 * In the engine's words (moby, daemon/images/image_delete.go), where it would not have removed an image of one's own
 * either: a container of the run stands on it. One of somebody else's is no reason: without them it would not be there.
 */
async function engineRefuses(
  name: string,
  image: ImageSeen,
  request: Request,
  context: GuardContext,
): Promise<string | undefined> {
  const takesLastName = image.tags.every((tag) => namesThatGo(name, image).includes(tag));
  if (request.query?.['force'] || !takesLastName) return undefined;
  const user = await ownContainerOn(image, context);
  if (!user) return undefined;
  const container = user.Id.slice(0, 12);
  if (!isIdOf(name, image.id))
    return `conflict: unable to remove repository reference "${name}" (must force) - container ${container} is using its referenced image ${shortId(image.id)}`;
  const [forced, state] = user.State === 'running' ? ['cannot be forced', 'running'] : ['must be forced', 'stopped'];
  return `conflict: unable to delete ${shortId(image.id)} (${forced}) - image is being used by ${state} container ${container}`;
}

/** One of an image that was built on it does not count. */
async function ownContainerOn(image: ImageSeen, context: GuardContext): Promise<User | undefined> {
  for (const user of await containersOf(image, context))
    if (user.ImageID === image.id && (await whose(user.Labels, context)) === 'mine') return user;
  return undefined;
}

/** A forced removal would take the image from under stopped containers. */
async function othersUse(image: ImageSeen, context: GuardContext): Promise<boolean> {
  for (const { Labels } of await containersOf(image, context))
    if ((await whose(Labels, context)) !== 'mine') return true;
  return false;
}

interface User {
  readonly Id: string;
  readonly ImageID?: string;
  readonly State?: string;
  readonly Labels?: unknown;
}

async function containersOf({ id }: ImageSeen, { ask }: GuardContext): Promise<readonly User[]> {
  const filters = JSON.stringify({ ancestor: [id] });
  return (await get(ask, '/containers/json', { all: '1', filters })) as readonly User[];
}
