/** Whose what a request names is, as the engine and the journals tell. Ids, short ids and names are the same thing. */
import type { Thing } from '../../api/references/reference.ts';
import { objectIn, scalar } from '../../api/json-parts.ts';
import { seek } from '../../engine/ask.ts';
import type { Ask } from '../../engine/ask.ts';
import { canonical, isIdOf, isImageId, mayBeginImageId } from '../../image-name.ts';
import { isClaimed, isOurImage } from '../image-owner.ts';
import { lookAt } from '../image-view.ts';
import type { ImageSeen } from '../image-view.ts';
import { otherRuns, whose } from './context.ts';
import type { GuardContext, Whose } from './context.ts';
import type { Holding } from '../journal/entries.ts';
import { isOver } from '../journal/is-over.ts';

/** Networks that the engine has of its own. */
const ownNetworks: ReadonlySet<string> = new Set(['bridge', 'host', 'none', 'nat']);

/** @returns `names`: its name and its id; of what is not there, the name that was asked for */
export async function whoseThing(
  kind: Exclude<Thing, 'image'>,
  name: string,
  context: GuardContext,
): Promise<{ readonly whose: Whose; readonly names: readonly string[] }> {
  const asked = kind === 'container' ? name.replace(/^\//, '') : name;
  if (kind === 'container' && context.madeHere.has(asked)) return { whose: 'mine', names: [asked] };
  const path = kind === 'container' ? `/containers/${asked}/json` : `/${kind}s/${asked}`;
  const sought = await seek(context.ask, path);
  if (sought.is === 'not there') return { whose: 'absent', names: [asked] };
  const { Id, ID, Name, Labels, Config, Spec } = objectIn(sought.thing);
  const called = scalar(Name ?? objectIn(Spec)['Name']).replace(/^\//, '');
  if (kind === 'network' && ownNetworks.has(called)) return { whose: 'mine', names: [called] };
  const labels = kind === 'container' ? objectIn(Config)['Labels'] : (Labels ?? objectIn(Spec)['Labels']);
  return { whose: await whose(labels, context), names: [called, scalar(Id ?? ID)] };
}

/**
 * `mine` too for an image that the lesson requires and that a registry knows, or that a bundle has brought: what was only
 * ever built or loaded here otherwise is somebody's own work, whatever its name.
 */
export async function whoseImageNamed(
  name: string,
  context: GuardContext,
): Promise<{ readonly whose: Whose; readonly names: readonly string[] }> {
  if (!isImageId(name) && !mayBeginImageId(name) && isClaimed(canonical(name), context))
    return { whose: 'mine', names: [name] };
  const image = await lookAt(name, context.ask);
  if (!image) return { whose: 'absent', names: [name] };
  const asked = mayBeginImageId(name) && !image.tags.includes(canonical(name)) ? image.id : name;
  return { whose: (await isLessons(name, image, context)) ? 'mine' : 'yours', names: [asked] };
}

async function isLessons(name: string, image: ImageSeen, context: GuardContext): Promise<boolean> {
  const asked = isIdOf(name, image.id) ? [] : [canonical(name)];
  const names = [...asked, ...image.tags, ...image.digests];
  if (names.some((one) => isClaimed(one, context))) return true;
  if (await isOurImage(image, context)) return true;
  const required = context.lesson?.images ?? context.lessonsImages;
  return names.some((one) => required?.has(one) === true) && isKnownToRegistry(image, context);
}

/**
 * Whether it came from a registry, at first or by a bundle. With containerd's store an image has a digest wherever it came from: there it did
 * where it has platforms that are not here, as pulled ones have, or where its registry knows the digest.
 */
async function isKnownToRegistry(
  { id, digests }: ImageSeen,
  { ask, madeHere, publicImages, bundledImages }: GuardContext,
): Promise<boolean> {
  if (bundledImages?.has(id)) return true;
  if (digests.length === 0) return false;
  if (madeHere.has(id) || publicImages.has(id)) return true;
  const { body } = await ask({ method: 'GET', path: `/images/${id}/json`, query: { manifests: '1' } });
  const { Descriptor, Manifests } = objectIn(body);
  const isPulled =
    Descriptor === undefined ||
    (Array.isArray(Manifests) && Manifests.some((one) => objectIn(one)['Available'] === false));
  if (isPulled) madeHere.add(id);
  else if (await isAtRegistry(digests, ask)) publicImages.add(id);
  else return false;
  return true;
}

/** What cannot be asked is not known. */
async function isAtRegistry(digests: readonly string[], ask: Ask): Promise<boolean> {
  for (const digest of digests)
    if ((await ask({ method: 'GET', path: `/distribution/${digest}/json` })).status === 200) return true;
  return false;
}

/** Of its container. */
export async function whoseExec(id: string, context: GuardContext): Promise<Whose> {
  if (context.madeHere.has(id)) return 'mine';
  const sought = await seek(context.ask, `/exec/${id}/json`);
  if (sought.is === 'not there') return 'absent';
  return (await whoseThing('container', scalar(objectIn(sought.thing)['ContainerID']), context)).whose;
}

/** Of its service. */
export async function whoseTask(id: string, context: GuardContext): Promise<Whose> {
  const sought = await seek(context.ask, `/tasks/${id}`);
  if (sought.is === 'not there') return 'absent';
  return (await whoseThing('service', scalar(objectIn(sought.thing)['ServiceID']), context)).whose;
}

/** Where there is none, the engine says so. `mine` too where a run that is over has started or joined it. */
export async function whoseSwarm(context: GuardContext): Promise<'mine' | 'yours'> {
  if (context.journal.claims().some(isSwarm)) return 'mine';
  const { body } = await context.ask({ method: 'GET', path: '/info' });
  const { LocalNodeState, NodeID } = objectIn(objectIn(body)['Swarm']);
  if (LocalNodeState === 'inactive') return 'mine';
  const left = (await otherRuns(context)).filter(isOver).flatMap(({ claims }) => claims.filter(isSwarm));
  return left.some(({ ids = [] }) => ids.includes(scalar(NodeID))) ? 'mine' : 'yours';
}

function isSwarm({ plan }: Holding): boolean {
  return plan.kind === 'swarm';
}
