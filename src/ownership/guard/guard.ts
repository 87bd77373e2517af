/**
 * The guard of a run: every request that changes something passes here. What can carry labels gets them; what cannot
 * is on disk before it is made; what the run did not make stays. A change that no rule knows is not sent.
 */
import type { Request } from '../../api/request.ts';
import type { Guard } from '../../api/guard.ts';
import { refusal } from './context.ts';
import type { GuardContext, Ruling, Settle } from './context.ts';
import { buildImage, commitContainer, importImage, loadImages } from './build.ts';
import { createContainer, createService, createVolume, updateService } from './create.ts';
import { removeImage } from './image-removal.ts';
import { pullImage, tagImage } from './images.ts';
import { pruneBuildCache, pruneImages, pruneLabelled } from './prune.ts';
import { changeSwarm, enterSwarm, leaveSwarm } from './swarm.ts';
import { connectNetwork, onlyOurs, onlyOursOrStop, removeContainer } from './objects.ts';
import { labelled } from '../labels.ts';

export interface OwnGuard extends Guard {
  /**
   * Writes down what came of the changes so far: it is looked for on the engine while others look too, and the next
   * change waits for it. @throws what went wrong there, once
   */
  settled(): Promise<void>;
  /** Whether a change was sent whose answer never came: the engine may still be at it. */
  unsettled(): boolean;
}

type Rule = (request: Request, name: string, context: GuardContext) => Ruling | Promise<Ruling>;

const send: Rule = (request) => ({ send: request });

const sendLabelled: Rule = async (request, _, context) => {
  await context.journal.begin();
  return { send: labelled(request, context.mark()) };
};

/** The first that matches speaks; `name` is the pattern's group. */
const rules: readonly (readonly [Request['method'], RegExp, Rule])[] = [
  ['POST', /^\/auth$/, send],
  ['POST', /^\/containers\/create$/, (request, _, context) => createContainer(request, context)],
  ['POST', /^\/(?:containers|networks|volumes)\/prune$/, (request, _, context) => pruneLabelled(request, context)],
  ['POST', /^\/containers\/([^/]+)\/(?:wait|resize)$/, send],
  [
    'POST',
    /^\/containers\/([^/]+)\/(?:exec|attach)$/,
    (request, name, context) => onlyOursOrStop('container', name, request, context),
  ],
  [
    'POST',
    /^\/containers\/([^/]+)\/update$/,
    (request, name, context) => onlyOurs('container', name, request, 200, context, { Warnings: [] }),
  ],
  [
    'POST',
    /^\/containers\/([^/]+)\/(?:start|stop|restart|kill|rename|pause|unpause)$/,
    (request, name, context) => onlyOurs('container', name, request, 204, context),
  ],
  [
    'PUT',
    /^\/containers\/([^/]+)\/archive$/,
    (request, name, context) => onlyOurs('container', name, request, 200, context),
  ],
  ['DELETE', /^\/containers\/([^/]+)$/, (request, name, context) => removeContainer(name, request, context)],
  // an exec is made through its container, above
  ['POST', /^\/exec\/([^/]+)\/(?:start|resize)$/, send],
  ['POST', /^\/networks\/create$/, sendLabelled],
  [
    'POST',
    /^\/networks\/([^/]+)\/(?:connect|disconnect)$/,
    (request, name, context) => connectNetwork(name, request, context),
  ],
  ['DELETE', /^\/networks\/([^/]+)$/, (request, name, context) => onlyOurs('network', name, request, 204, context)],
  ['POST', /^\/volumes\/create$/, (request, _, context) => createVolume(request, context)],
  ['DELETE', /^\/volumes\/([^/]+)$/, (request, name, context) => onlyOurs('volume', name, request, 204, context)],
  [
    'POST',
    /^\/images\/create$/,
    (request, _, context) =>
      request.query?.['fromSrc'] === undefined ? pullImage(request, context) : importImage(request, context),
  ],
  ['POST', /^\/images\/load$/, (request, _, context) => loadImages(request, context)],
  ['POST', /^\/images\/prune$/, (request, _, context) => pruneImages(request, context)],
  ['POST', /^\/images\/(.+)\/tag$/, (request, name, context) => tagImage(name, request, context)],
  ['POST', /^\/images\/(.+)\/push$/, send],
  ['DELETE', /^\/images\/(.+)$/, (request, name, context) => removeImage(name, request, context)],
  ['POST', /^\/build$/, (request, _, context) => buildImage(request, context)],
  ['POST', /^\/build\/prune$/, () => pruneBuildCache()],
  ['POST', /^\/commit$/, (request, _, context) => commitContainer(request, context)],
  ['POST', /^\/services\/create$/, (request, _, context) => createService(request, context)],
  ['POST', /^\/services\/([^/]+)\/update$/, updateService],
  ['DELETE', /^\/services\/([^/]+)$/, (request, name, context) => onlyOursOrStop('service', name, request, context)],
  ['POST', /^\/swarm\/(?:init|join)$/, (request, _, context) => enterSwarm(request, context)],
  ['POST', /^\/swarm\/leave$/, (request, _, context) => leaveSwarm(request, context)],
  ['POST', /^\/(?:swarm\/update|nodes\/[^/]+\/update)$/, (request, _, context) => changeSwarm(request, context)],
  ['DELETE', /^\/nodes\/([^/]+)$/, (request, _, context) => changeSwarm(request, context)],
];

export function createGuard(context: GuardContext): OwnGuard {
  const sent = new Map<Request, Settle | undefined>();
  let settling = nothing;
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
    async before(request) {
      if (request.method === 'GET' || request.method === 'HEAD') return { send: request };
      await settled();
      const ruling = await rulingFor(request, context);
      if (!('send' in ruling)) return ruling;
      sent.set(ruling.send, ruling.settle);
      return { send: ruling.send };
    },
    async after(request, status, body) {
      const settle = sent.get(request);
      sent.delete(request);
      if (!settle) return;
      settling = both(settling, settle(status, body));
      // settled() tells it
      settling.catch(() => undefined);
    },
    settled,
    unsettled: () => sent.size > 0,
  };
}

const nothing: Promise<void> = Promise.resolve();

async function both(...work: readonly Promise<void>[]): Promise<void> {
  await Promise.all(work);
}

async function rulingFor(request: Request, context: GuardContext): Promise<Ruling> {
  for (const [method, pattern, rule] of rules) {
    if (method !== request.method) continue;
    const match = pattern.exec(request.path);
    if (match) return rule(request, decodeURIComponent(match[1] ?? ''), context);
  }
  throw refusal(
    `docker-tutor does not send ${request.method} ${request.path}: it would not know how to undo it.`,
    'docker-tutor explain tells what the command does.',
  );
}
