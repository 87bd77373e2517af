/** Rules for pulling, tagging and removing images: no label can mark these, so they are journalled. */
import type { Request } from '../plan/effects.ts';
import type { Plan } from './journal-entries.ts';
import { shortId } from './journal-entries.ts';
import { isGood, keep, nameTaken, otherRuns, refusal } from './guard-context.ts';
import type { GuardContext, Ruling, Settle } from './guard-context.ts';
import { listImages, lookAt, shortIds } from './image-view.ts';
import type { ImageSeen } from './image-view.ts';
import { locked } from './lock.ts';
import { lifeOf } from './process-identity.ts';
import { canonical, familiar, isImageId } from './reference.ts';

type Via = Extract<Plan, { kind: 'image' }>['via'];

/** A pull may move a name, so it is sent only for names that are free or ours. */
export async function pullImage(request: Request, context: GuardContext): Promise<Ruling> {
  const ref = pulledReference(request.query ?? {});
  const found = await lookAt(familiar(ref), context.ask);
  if (!found || isClaimed(ref, context)) {
    const settle = await intendImage(ref, 'pull', context, found);
    return { send: request, ...(settle && { settle }) };
  }
  const shared = await claimShared(ref, context);
  if (shared === 'dead') return { send: request };
  if (shared === undefined && (await context.permit({ kind: 'image', name: familiar(ref), why: 'yours' }))) return { send: request };
  return keep('image', familiar(ref), shared === 'alive' ? 'in-use-by-another-run' : 'yours', 200, '', upToDate(ref, found));
}

/** @throws Failure E-NAME-TAKEN where the name is the user's and points elsewhere */
export async function tagImage(source: string, request: Request, context: GuardContext): Promise<Ruling> {
  const ref = canonical(`${request.query?.['repo'] ?? ''}:${request.query?.['tag'] || 'latest'}`);
  const [image, found] = await Promise.all([lookAt(source, context.ask), lookAt(familiar(ref), context.ask)]);
  if (!image) return { send: request };
  if (found && !isClaimed(ref, context)) {
    if (found.id === image.id) return keep('tag', familiar(ref), 'yours', 201);
    await assertFree(ref, found, context);
  }
  const foreign = !(await isOurImage(image, context));
  const [n] = await context.journal.intend([{ kind: 'image', via: 'tag', ref, id: image.id, foreign }]);
  return { send: request, settle: async (status) => void (isGood(status) || (await release(n, context))) };
}

/** Writes down a name that is about to come about by another way than a tag. @returns undefined where nothing new can come */
export async function intendImage(name: string, via: Via, context: GuardContext, known?: ImageSeen): Promise<Settle | undefined> {
  const ref = canonical(name);
  const found = known ?? (await lookAt(familiar(ref), context.ask));
  if (found && !isClaimed(ref, context)) {
    await claimShared(ref, context);
    return undefined;
  }
  const before = found ? [] : await shortIds(context.ask, via === 'build');
  const [n] = await context.journal.intend([{ kind: 'image', via, ref, before }]);
  return async () => settleImage(n ?? 0, ref, before, context);
}

/** Whatever the answer was, the engine shows what came of it. A service's image comes later: that stays open. */
export async function settleImage(n: number, ref: string, before: readonly string[], context: GuardContext): Promise<void> {
  const image = await lookAt(familiar(ref), context.ask);
  if (image) return context.journal.outcome(n, [image.id], before.includes(shortId(image.id)) && !ownsId(image.id, context));
  const claim = context.journal.claims().find((one) => one.n === n);
  if (claim?.plan.kind !== 'image' || claim.plan.via !== 'service') await release(n, context);
}

/**
 * Takes an image into use that another run of docker-tutor has brought: the last of them removes it.
 * @returns whether one of those lives, or undefined where no run has brought it
 */
export async function claimShared(name: string, context: GuardContext): Promise<'alive' | 'dead' | undefined> {
  if (isImageId(name)) return undefined;
  const ref = canonical(name);
  if (isClaimed(ref, context) || (await runsWith(ref, context)).length === 0) return undefined;
  return locked(context.folder, context.signal, async () => {
    const runs = await runsWith(ref, context);
    const image = runs.length > 0 ? await lookAt(familiar(ref), context.ask) : undefined;
    if (!image) return undefined;
    await context.journal.intend([{ kind: 'image', via: 'shared', ref, id: image.id, foreign: false }]);
    const lives = await Promise.all(runs.map(({ header }) => lifeOf(header.process)));
    return lives.every((life) => life === 'dead') ? 'dead' : 'alive';
  });
}

/** Other runs on this engine that brought this name. One whose image was the user's has brought a name only, not this image. */
async function runsWith(ref: string, context: GuardContext): ReturnType<typeof otherRuns> {
  const runs = await otherRuns(context);
  return runs.filter(({ claims }) => claims.some(({ plan }) => plan.kind === 'image' && plan.ref === ref));
}

export async function removeImage(name: string, request: Request, context: GuardContext): Promise<Ruling> {
  const image = await lookAt(name, context.ask);
  if (!image) return { send: request };
  const refs = namesThatGo(name, image);
  const why = await whyKept(refs, image, request, context);
  if (why && !(await context.permit({ kind: 'image', name, why }))) return keep('image', name, why, 200, []);
  return { send: request, settle: async (status) => void (isGood(status) && (await releaseGone(context))) };
}

async function whyKept(refs: readonly string[], image: ImageSeen, request: Request, context: GuardContext): Promise<'yours' | 'in-use-by-another-run' | undefined> {
  if (refs.length === 0) return ownsId(image.id, context) ? undefined : 'yours';
  if (!refs.every((ref) => isClaimed(ref, context))) return 'yours';
  const goesWhole = image.tags.every((tag) => refs.includes(tag));
  if (goesWhole && !(await isOurImage(image, context))) return 'yours';
  for (const ref of refs) if ((await runsWith(ref, context)).length > 0) return 'in-use-by-another-run';
  if (request.query?.['force'] && (await othersUse(image, context))) return 'yours';
  return undefined;
}

/** By name, that name goes. By id, all names go. */
function namesThatGo(name: string, image: ImageSeen): readonly string[] {
  const isId = isImageId(name) && image.id.replace('sha256:', '').startsWith(name.replace('sha256:', ''));
  return isId ? image.tags : [canonical(name)];
}

/** A forced removal would take the image from under stopped containers. */
async function othersUse(image: ImageSeen, context: GuardContext): Promise<boolean> {
  const filters = JSON.stringify({ ancestor: [image.id] });
  const { body } = await context.ask({ method: 'GET', path: '/containers/json', query: { all: '1', filters } });
  const { run } = context.mark();
  return !Array.isArray(body) || body.some((one: { Labels?: Record<string, string> }) => one.Labels?.['docker-tutor.run'] !== run);
}

/** Names of ours that a removal took along. */
export async function releaseGone(context: GuardContext): Promise<void> {
  const there = await listImages(context.ask, true);
  const names = new Set(there.flatMap(({ tags, digests }) => [...tags, ...digests]));
  const ids = new Set(there.map(({ id }) => id));
  const gone = context.journal.claims().filter(({ plan, ids: made }) => {
    if (plan.kind === 'image') return !names.has(plan.ref);
    return plan.kind === 'layers' && made?.every((id) => !ids.has(id));
  });
  await context.journal.release(gone.map(({ n }) => n));
}

/** Whether docker-tutor brought the image itself, not only a name for it. */
export async function isOurImage(image: ImageSeen, context: GuardContext): Promise<boolean> {
  if (ownsId(image.id, context)) return true;
  const others = await otherRuns(context);
  return others.some(({ claims }) => claims.some(({ ids, foreign }) => !foreign && ids?.includes(image.id)));
}

export function ownsId(id: string, context: GuardContext): boolean {
  return context.journal.claims().some(({ plan, ids, foreign }) => plan.kind !== 'volume' && !foreign && ids?.includes(id));
}

export function isClaimed(ref: string, context: GuardContext): boolean {
  return context.journal.claims().some(({ plan }) => plan.kind === 'image' && plan.ref === ref);
}

export async function assertFree(ref: string, found: ImageSeen | undefined, context: GuardContext): Promise<void> {
  if (!found || isClaimed(ref, context)) return;
  if (await context.permit({ kind: 'tag', name: familiar(ref), why: 'yours' })) return;
  throw nameTaken('an image', familiar(ref));
}

async function release(n: number | undefined, context: GuardContext): Promise<void> {
  if (n !== undefined) await context.journal.release([n]);
}

/** `fromImage` and `tag`, as POST /images/create takes them; a digest comes as the tag. */
function pulledReference(query: Readonly<Record<string, string>>): string {
  const from = query['fromImage'] ?? '';
  const tag = query['tag'] ?? '';
  const named = from.includes('@') || from.lastIndexOf(':') > from.lastIndexOf('/');
  if (tag === '' && !named) {
    throw refusal('docker-tutor does not pull every tag of a repository: it could not remove them all again.', `Pull one tag: docker pull ${familiar(from)}:latest`);
  }
  return canonical(tag === '' ? from : `${from}${tag.includes(':') ? '@' : ':'}${tag}`);
}

/** What the engine says of an image that is here and current. */
function upToDate(ref: string, image: ImageSeen): readonly { status: string; id?: string }[] {
  const name = familiar(ref);
  const digest = image.digests[0]?.split('@')[1];
  return [...(digest === undefined ? [] : [{ status: `Digest: ${digest}` }]), { status: `Status: Image is up to date for ${name}` }];
}
