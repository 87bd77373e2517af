/** Rules for pulling, tagging and removing images: no label can mark these, so they are journalled. */
import type { Request } from '../../api/request.ts';
import type { Intended } from '../journal/entries.ts';
import { isSureNo, keep, refusal } from './context.ts';
import type { GuardContext, Ruling, Settle } from './context.ts';
import {
  assertFree,
  idsOfOtherRuns,
  isClaimed,
  isKnownToOthers,
  isNeeded,
  isOurImage,
  runsHolding,
  whoseName,
} from '../image-owner.ts';
import { lookAt, keptIds } from '../image-view.ts';
import type { ImageSeen } from '../image-view.ts';
import { locked } from '../../state/lock.ts';
import { canonical, cutImageName, familiar, isImageId, withTag } from '../../image-name.ts';
import { keptId } from '../../short-id.ts';

type Via = Extract<Intended, { kind: 'image' }>['via'];

/** A pull may move a name, so it is sent only for names that are free or ours. */
export async function pullImage(request: Request, context: GuardContext): Promise<Ruling> {
  const ref = pulledReference(request.query ?? {});
  const foreign = foreignIds(false, context);
  // needed only where nothing bears the name. What the user pulls from here on is taken for ours, as it is while we pull
  foreign.catch(() => undefined);
  const found = await lookAt(familiar(ref), context.ask);
  const written = async (): Promise<Ruling> => {
    const settle = await intendImage(ref, 'pull', context, { found, foreign });
    return { send: request, ...(settle && { settle }) };
  };
  if (!found || isClaimed(ref, context)) return written();
  const shared = await claimShared(ref, context);
  // whoever brought it has taken it away meanwhile
  if (shared === undefined && !(await lookAt(familiar(ref), context.ask))) return pullImage(request, context);
  if (shared === 'over') return written();
  if (shared === undefined && (await context.permit({ kind: 'image', name: familiar(ref), why: 'yours' })))
    return { send: request };
  const kept = keep(
    'image',
    familiar(ref),
    shared === 'in-use' ? 'in-use-by-another-run' : 'yours',
    200,
    '',
    upToDate(ref, found),
  );
  return context.bundledImages?.has(found.id) && 'keep' in kept && kept.keep
    ? { ...kept, keep: { ...kept.keep, bundled: true } }
    : kept;
}

/** @throws Failure E-NAME-TAKEN where the name is the user's and points elsewhere */
export async function tagImage(source: string, request: Request, context: GuardContext): Promise<Ruling> {
  const ref = canonical(withTag(request.query?.['repo'] ?? '', request.query?.['tag']));
  const [image, found] = await Promise.all([lookAt(source, context.ask), lookAt(familiar(ref), context.ask)]);
  if (!image) return { send: request };
  await settleServices(context);
  const owner = found && (await whoseName(ref, found, context));
  if (found && owner !== 'mine') {
    if (found.id === image.id) return keep('tag', familiar(ref), owner ?? 'yours', 201);
    await assertFree(ref, found, context);
  }
  const foreign = !(await isOurImage(image, context));
  const [n] = await context.journal.intend([{ kind: 'image', via: 'tag', ref, id: image.id, foreign }]);
  return {
    send: request,
    settle: async (status) => {
      // where nobody knows how far the engine came, the name stays written down
      if (isSureNo(status)) await release(n, context);
    },
  };
}

/** Writes down a name that is about to come about by another way than a tag. @param seen where the caller has looked already @returns undefined where nothing new can come */
export async function intendImage(
  name: string,
  via: Via,
  context: GuardContext,
  seen?: { readonly found: ImageSeen | undefined; readonly foreign: Promise<readonly string[]> },
): Promise<Settle | undefined> {
  const ref = canonical(name);
  const { found } = seen ?? { found: await lookAt(familiar(ref), context.ask) };
  if (found && !isClaimed(ref, context)) {
    await claimShared(ref, context);
    return undefined;
  }
  await settleServices(context);
  const before = found ? [] : await (seen?.foreign ?? foreignIds(via === 'build', context));
  const [n] = await context.journal.intend([{ kind: 'image', via, ref, before }]);
  return async () => settleImage(n ?? 0, ref, before, context);
}

/**
 * The images that are here and are no run's. The journals are read first: a run gives up an image when the engine has
 * removed it, so the list may still have one that nobody claims any more.
 */
async function foreignIds(withLayers: boolean, context: GuardContext): Promise<readonly string[]> {
  const brought = await idsOfOtherRuns(context);
  const here = await keptIds(context.ask, withLayers);
  return here.filter((id) => !brought.has(id));
}

/** Whatever the answer was, the engine shows what came of it. A service's image comes later: that stays open. */
export async function settleImage(
  n: number,
  ref: string,
  before: readonly string[],
  context: GuardContext,
): Promise<void> {
  const image = await lookAt(familiar(ref), context.ask);
  if (image) {
    // another run may have brought the same image under another name meanwhile
    const foreign = before.includes(keptId(image.id)) && !(await isOurImage(image, context));
    return context.journal.outcome(n, [image.id], foreign);
  }
  const claim = context.journal.claims().find((one) => one.n === n);
  if (claim?.plan.kind !== 'image' || claim.plan.via !== 'service') await release(n, context);
}

/** An image that a service has brought meanwhile, without a name, is ours: what gives it a name now must know. */
async function settleServices(context: GuardContext): Promise<void> {
  for (const { n, plan, ids } of context.journal.claims())
    if (plan.kind === 'image' && plan.via === 'service' && ids === undefined)
      await settleImage(n, plan.ref, plan.before ?? [], context);
}

/**
 * Takes an image into use that another run of docker-tutor has brought: the last of them removes it.
 * @returns whether one of those still needs it, or undefined where no run has brought it
 */
export async function claimShared(name: string, context: GuardContext): Promise<'in-use' | 'over' | undefined> {
  if (isImageId(name)) return undefined;
  const ref = canonical(name);
  if (isClaimed(ref, context) || !(await isKnownToOthers(ref, context))) return undefined;
  return locked(context.folder, context.signal, async () => {
    const image = await lookAt(familiar(ref), context.ask);
    const runs = image ? await runsHolding(ref, image, context) : [];
    if (!image || runs.length === 0) return undefined;
    const foreign = !(await isOurImage(image, context));
    await context.journal.intend([{ kind: 'image', via: 'shared', ref, id: image.id, foreign }]);
    return runs.some(isNeeded) ? 'in-use' : 'over';
  });
}

async function release(n: number | undefined, context: GuardContext): Promise<void> {
  if (n !== undefined) await context.journal.release([n]);
}

/** `fromImage` and `tag`, as POST /images/create takes them; a digest comes as the tag. */
function pulledReference(query: Readonly<Record<string, string>>): string {
  const from = query['fromImage'] ?? '';
  const tag = query['tag'] ?? '';
  const named = cutImageName(from);
  if (tag === '' && named.tag === undefined && named.digest === undefined) {
    throw refusal(
      'docker-tutor does not pull every tag of a repository: it could not remove them all again.',
      `Pull one tag: docker pull ${named.familiarFull}`,
    );
  }
  return canonical(withTag(from, tag));
}

/** What the engine says of an image that is here and current. */
function upToDate(ref: string, image: ImageSeen): readonly { status: string; id?: string }[] {
  const name = familiar(ref);
  const digest = cutImageName(image.digests[0] ?? '').digest;
  const { tag = 'latest', path } = cutImageName(ref);
  return [
    { status: `Pulling from ${path}`, id: tag },
    ...(digest === undefined ? [] : [{ status: `Digest: ${digest}` }]),
    { status: `Status: Image is up to date for ${name}` },
  ];
}
