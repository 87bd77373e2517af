/**
 * The guard of a run: every request that changes something passes here. What can carry labels gets them; what cannot
 * is on disk before it is made; what the run did not make stays. What is no known endpoint is not sent.
 */
import { endpointOf, unknownRequest } from '../../api/endpoints/endpoint-of.ts';
import type { FoundEndpoint } from '../../api/endpoints/endpoint-of.ts';
import type { Request } from '../../api/request.ts';
import type { Guard } from '../../api/guard.ts';
import type { GuardContext, Ruling, Settle } from './context.ts';
import { buildImage, checkBuild, commitContainer, importImage, loadImages } from './build.ts';
import { createContainer, createNetwork, createService, createVolume, updateService } from './create.ts';
import { dropRecords } from '../build-cache.ts';
import { exactNames } from '../exact-names.ts';
import { foresee } from './foresee.ts';
import { objectIn } from '../../api/json-parts.ts';
import { assertAllowed, assertMayLook, withoutGrants } from './rule.ts';
import { removeImage } from './image-removal.ts';
import { pullImage, tagImage } from './images.ts';
import { pruneBuildCache, pruneImages } from './prune.ts';
import { sees, seesWorkspace } from './seen-folder.ts';
import type { Seen } from './seen-folder.ts';
import { changeSwarm, enterSwarm, leaveSwarm } from './swarm.ts';
import { connectNetwork, onlyOurs, onlyOursOrStop, pruneLabelled, removeContainer } from './objects.ts';

export interface OwnGuard extends Guard {
  /**
   * For a look that is no part of a command: a check's. @returns what to send for it
   * @throws Failure where it is at what a lesson may not see
   */
  mayLook(request: Request): Promise<Request>;
  /**
   * Writes down what came of the changes so far: it is looked for on the engine while others look too, and the next
   * change waits for it. @throws what went wrong there, once
   */
  settled(): Promise<void>;
  /** Whether the engine sees this folder of this machine. @param image that is on the engine */
  sees(folder: string, image: string): Promise<Seen>;
  /** Takes what the builds since then have put into BuildKit's cache out of it: a step that is done anew builds anew. */
  forgetBuilds(since: Moment): Promise<void>;
  now(): Moment;
  /** Whether a change was sent whose answer never came: the engine may still be at it. */
  unsettled(): boolean;
}

/** Of a run: what it had written down by then. */
interface Moment {
  readonly claims: number;
}

export function createGuard(context: GuardContext): OwnGuard {
  const sent = new Map<Request, Settle | undefined>();
  let settling = nothing;
  let workspaceSeen = context.workspaceSeen;
  async function settled(): Promise<void> {
    const waitedFor = settling;
    try {
      await waitedFor;
    } finally {
      // what went wrong is told once
      if (settling === waitedFor) settling = nothing;
    }
  }
  return {
    async foresee(things) {
      await settled();
      await foresee(things, context);
    },
    async before(request) {
      const endpoint = endpointOf(request);
      if (!endpoint) throw unknownRequest(request);
      context.pins?.assertUnmoved();
      if (endpoint.reads) return { send: await readExactly(request, endpoint, context) };
      await settled();
      const { ask, exact } = await exactNames(request, endpoint, context.ask, context.lesson !== undefined);
      const judging = { ...context, ask };
      await assertAllowed(request, endpoint, judging);
      const pinned = context.pins?.pin(request) ?? request;
      if (endpoint.guard === 'create-container') workspaceSeen ||= await seesWorkspace(pinned, judging);
      const ruling = await rulingFor(pinned, endpoint, judging);
      if (!('send' in ruling)) return ruling;
      const send = exact(ruling.send);
      sent.set(send, ruling.settle);
      return { send };
    },
    async after(request, status, body) {
      rememberExec(request, body, context);
      const settle = sent.get(request);
      sent.delete(request);
      if (!settle) return;
      settling = both(settling, settle(status, body));
      // settled() tells it
      settling.catch(() => undefined);
    },
    async mayLook(request) {
      const endpoint = endpointOf(request);
      if (!endpoint) throw unknownRequest(request);
      // a learner may look at everything
      if (!context.lesson) return request;
      const { ask, exact } = await exactNames(request, endpoint, context.ask, false);
      await assertMayLook(endpoint, { ...context, ask });
      return exact(request);
    },
    settled,
    sees: (folder, image) => sees(folder, image, context),
    now: () => ({ claims: lastClaim(context) }),
    async forgetBuilds({ claims }) {
      await settled();
      const made = context.journal.claims().filter(({ n, plan }) => n > claims && plan.kind === 'build-cache');
      await dropRecords(
        made.flatMap(({ ids = [] }) => ids),
        context.ask,
      );
    },
    unsettled: () => sent.size > 0,
  };
}

function lastClaim({ journal }: GuardContext): number {
  return Math.max(0, ...journal.claims().map(({ n }) => n));
}

/** A learner may read everything, and is asked by name. */
async function readExactly(request: Request, endpoint: FoundEndpoint, context: GuardContext): Promise<Request> {
  if (!context.lesson) {
    await assertAllowed(request, endpoint, context);
    return request;
  }
  const { ask, exact } = await exactNames(request, endpoint, context.ask, true);
  await assertAllowed(request, endpoint, { ...context, ask });
  return exact(request);
}

/** What is started in a container of ours is ours. */
function rememberExec(request: Request, body: unknown, { madeHere }: GuardContext): void {
  if (endpointOf(request)?.refers !== 'exec') return;
  const id = objectIn(body)['Id'];
  if (typeof id === 'string') madeHere.add(id);
}

const nothing: Promise<void> = Promise.resolve();

async function both(...work: readonly Promise<void>[]): Promise<void> {
  await Promise.all(work);
}

async function rulingFor(request: Request, { guard, name }: FoundEndpoint, context: GuardContext): Promise<Ruling> {
  switch (guard) {
    case 'send':
      return { send: request };
    case 'refuse':
      throw unknownRequest(request);
    case 'change-container':
      return onlyOurs('container', name, request, 204, context);
    case 'enter-container':
      return onlyOursOrStop('container', name, request, context);
    case 'remove-network':
      return onlyOurs('network', name, request, 204, withoutGrants(context));
    case 'remove-volume':
      return onlyOurs('volume', name, request, 204, withoutGrants(context));
    case 'remove-service':
      return onlyOursOrStop('service', name, request, withoutGrants(context));
    case 'create-container':
      return createContainer(request, context);
    case 'create-network':
      return createNetwork(request, context);
    case 'create-volume':
      return createVolume(request, context);
    case 'create-service':
      return createService(request, context);
    case 'update-container':
      return onlyOurs('container', name, request, 200, context, { Warnings: [] });
    case 'update-service':
      return updateService(request, name, context);
    case 'put-archive':
      return onlyOurs('container', name, request, 200, context);
    case 'join-network':
      return connectNetwork(name, request, context);
    case 'remove-container':
      return removeContainer(name, request, context);
    case 'remove-image':
      return removeImage(name, request, context);
    case 'pull-or-import':
      return request.query?.['fromSrc'] === undefined ? pullImage(request, context) : importImage(request, context);
    case 'load-images':
      return loadImages(request, context);
    case 'tag-image':
      return tagImage(name, request, context);
    case 'build-image':
      return buildImage(request, context);
    case 'check-build':
      return checkBuild(request, context);
    case 'commit-container':
      return commitContainer(request, context);
    case 'prune-labelled':
      return pruneLabelled(request, context);
    case 'prune-images':
      return pruneImages(request, context);
    case 'prune-build-cache':
      return pruneBuildCache();
    case 'enter-swarm':
      return enterSwarm(request, context);
    case 'leave-swarm':
      return leaveSwarm(request, context);
    case 'change-swarm':
      return changeSwarm(request, context);
  }
}
