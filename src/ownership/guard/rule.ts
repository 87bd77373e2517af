/**
 * The rule of a lesson: it acts on what its run has made, and on images that it names. All else that a request names, to
 * read it too, needs a permission. What a learner has typed may read everything; before it uses or sends away what
 * docker-tutor has not made, the learner is asked.
 */
import type { FoundEndpoint } from '../../api/endpoints/endpoint-of.ts';
import { fetchedImage } from '../../api/references/images.ts';
import { named, referencesAt } from '../../api/references/references-of.ts';
import type { Reference, Thing } from '../../api/references/reference.ts';
import type { Request } from '../../api/request.ts';
import { Failure } from '../../failure.ts';
import { canonical, cutImageName, repositoryOf } from '../../image-name.ts';
import { permissionFor } from '../../permission-name.ts';
import type { NamedKind, Permission } from '../../permission-name.ts';
import { isClaimed } from '../image-owner.ts';
import { listImages } from '../image-view.ts';
import type { GuardContext, Whose } from './context.ts';
import { isOurRegistry } from './registries.ts';
import { whoseExec, whoseImageNamed, whoseSwarm, whoseTask, whoseThing } from './whose.ts';

/** What a lesson may use beside what its run has made. */
export interface Lesson {
  /** Canonical names of the images that it requires. */
  readonly images: ReadonlySet<string>;
  readonly permissions: ReadonlySet<Permission>;
}

export function lessonWith({
  images,
  pulls = [],
  permissions,
}: {
  readonly images: readonly string[];
  readonly pulls?: readonly string[] | undefined;
  readonly permissions: readonly Permission[];
}): Lesson {
  return { images: new Set([...images, ...pulls].map(canonical)), permissions: new Set(permissions) };
}

/** @throws Failure (exit code 4) where the request uses what is the user's; the learner may have been asked */
export async function assertAllowed(request: Request, endpoint: FoundEndpoint, context: GuardContext): Promise<void> {
  await assertMayName(endpoint, context);
  for (const reference of await namedIn(request, endpoint, context)) {
    // whose the container is that joins a network, the rule for that looks up: it may be left alone
    const isMember = endpoint.guard === 'join-network' && reference.name === request.body?.['Container'];
    if (!isMember && !isFree(reference, endpoint, context)) await assertMayBring(reference, context);
  }
}

/** A push without a tag sends all that the repository has here. */
async function namedIn(
  request: Request,
  endpoint: FoundEndpoint,
  { ask }: GuardContext,
): Promise<readonly Reference[]> {
  const { query = {} } = request;
  if (endpoint.refers !== 'registry-of-image' || (query['tag'] ?? '') !== '') return referencesAt(request, endpoint);
  const repository = repositoryOf(endpoint.name);
  const tags = (await listImages(ask, false)).flatMap(({ tags: names }) => names);
  const sent = tags.filter((tag) => repositoryOf(tag) === repository).map((tag) => cutImageName(tag).tag ?? '');
  return sent.flatMap((tag) => referencesAt({ ...request, query: { ...query, tag } }, endpoint));
}

/** Of a look that is no part of a command: a check's. @throws Failure where it is at what a lesson may not see */
export async function assertMayLook(endpoint: FoundEndpoint, context: GuardContext): Promise<void> {
  const reference = named(endpoint);
  if (reference) await assertMayUse(reference, context);
  // what a check starts in a container, it has started by the container's name
  else if (endpoint.names !== 'exec') await assertPartIsOurs(endpoint, context);
}

/** What the path names. Where the guard has a rule for changing it, that looks: it may be left alone. */
async function assertMayName(endpoint: FoundEndpoint, context: GuardContext): Promise<void> {
  const reference = named(endpoint);
  if (!reference) return assertPartIsOurs(endpoint, context);
  const hasRule = endpoint.use === 'changes' && endpoint.guard !== 'join-network';
  if (!hasRule && !isFree(reference, endpoint, context)) await assertMayUse(reference, context);
}

/** What belongs to something else that is somebody's, or to the engine. */
async function assertPartIsOurs({ names, name, use }: FoundEndpoint, context: GuardContext): Promise<void> {
  if (!context.lesson) return;
  switch (names) {
    case 'exec':
      return assertMine(await whoseExec(name, context), inContainer(name), context);
    case 'task':
      return assertMine(await whoseTask(name, context), ofService(name), context);
    case 'plugin':
      return assertNoPlugin(name, context);
    case 'swarm':
      if (use === 'looks' && (await whoseSwarm(context)) !== 'mine') throw swarmRefused();
      return;
    case 'nothing':
    case 'container':
    case 'image':
    case 'registry-image':
    case 'network':
    case 'volume':
    case 'service':
    case 'node':
    case 'secret':
    case 'config':
      return;
  }
}

function inContainer(name: string): ThingNamed {
  return { of: 'container', name, how: `goes on with the command ${name} in a container` };
}

function ofService(name: string): ThingNamed {
  return { of: 'service', name, how: `reads the task ${name} of a service` };
}

/** A learner may look at everything, and use every image that is here; not send it away unasked. */
function isFree({ of }: Reference, { use, refers }: FoundEndpoint, { lesson }: GuardContext): boolean {
  if (lesson) return false;
  return of === 'image' ? use !== 'takes' && refers !== 'images-saved' : use === 'looks';
}

/** @throws Failure where it is not ours, and neither granted nor permitted */
export async function assertMayUse(reference: Reference, context: GuardContext): Promise<void> {
  const { of, name, how } = reference;
  switch (of) {
    case 'container':
    case 'volume':
    case 'network':
    case 'service':
    case 'secret':
    case 'config': {
      const { whose, names } = await whoseThing(of, name, context);
      if (!isGranted(of, names, context)) await assertMine(whose, { of, name, how }, context);
      return;
    }
    case 'image': {
      const { whose, names } = await whoseImageNamed(name, context);
      if (!isGranted(of, names, context)) await assertMine(whose, { of, name, how }, context);
      return;
    }
    case 'registry':
      if (!context.lesson || isGranted(of, [name], context)) return;
      if (reference.image !== undefined && isNamedImage(reference.image, context)) return;
      if (!(await isOurRegistry(name, context))) throw refused(reference);
      return;
    case 'right':
    case 'host-path':
    case 'address':
    case 'capability':
    case 'log-driver':
    case 'runtime':
    case 'driver':
      // nothing that the engine could tell more of: looked at before each effect (permission/)
      return;
  }
}

/** Of what a body or a file names: an image that is not here is fetched for it. What a path names is here, or nothing comes of it. */
async function assertMayBring(reference: Reference, context: GuardContext): Promise<void> {
  await assertMayUse(reference, context);
  const { of, name } = reference;
  if (of !== 'image') return;
  const { whose, names } = await whoseImageNamed(name, context);
  if (whose !== 'absent' || isGranted(of, names, context)) return;
  for (const from of fetchedImage(name)) await assertMayUse(from, context);
}

/** What only the guard sees of a lesson, for it stands in a file that is sent. @throws Failure without the permission */
export async function assertInFile(reference: Reference, context: GuardContext): Promise<void> {
  if (!context.lesson) return;
  switch (reference.of) {
    case 'right':
      if (!context.lesson.permissions.has(reference.name)) throw missing(reference.name, reference.how, '');
      return;
    case 'address':
      if (!isGranted('address', [reference.name], context)) throw refused(reference);
      return;
    case 'container':
    case 'volume':
    case 'network':
    case 'image':
    case 'service':
    case 'secret':
    case 'config':
    case 'registry':
    case 'host-path':
    case 'capability':
    case 'log-driver':
    case 'runtime':
    case 'driver':
      return assertMayBring(reference, context);
  }
}

/** A removal is never granted: what is the user's stays. */
export function withoutGrants(context: GuardContext): GuardContext {
  return context.lesson ? { ...context, lesson: { ...context.lesson, permissions: new Set() } } : context;
}

function isNamedImage(image: string, context: GuardContext): boolean {
  const ref = canonical(image);
  return context.lesson?.images.has(ref) === true || isClaimed(ref, context);
}

/** Under any of its names. */
export function isGranted(kind: NamedKind, names: readonly string[], { lesson }: GuardContext): boolean {
  return names.some((name) => lesson?.permissions.has(permissionFor(kind, name)) === true);
}

type ThingNamed = Reference & { readonly of: Thing };

async function assertMine(whose: Whose, reference: ThingNamed, context: GuardContext): Promise<void> {
  if (whose === 'mine' || whose === 'absent') return;
  if (!(await context.permit({ kind: reference.of, name: reference.name, why: whose, how: reference.how })))
    throw refused(reference, whose);
}

/** A plugin is part of the engine, and its settings may hold anything. */
async function assertNoPlugin(name: string, context: GuardContext): Promise<void> {
  if (isGranted('driver', [name], context)) return;
  const { status } = await context.ask({ method: 'GET', path: `/plugins/${name}/json` });
  if (status === 200) throw refused({ of: 'driver', name, how: `reads the plugin ${name}` });
}

function refused({ of, name, how }: Reference & { readonly of: NamedKind }, whose: Whose = 'yours'): Failure {
  const owner =
    whose === 'in-use-by-another-run' ? ', which another run of docker-tutor uses' : ', which its run has not made';
  const hints = of === 'registry' && name.startsWith('localhost:') ? [otherThanLocalhost(name)] : [];
  return missing(permissionFor(of, name), how, of === 'address' || of === 'registry' ? '' : owner, hints);
}

function otherThanLocalhost(name: string): string {
  const named = name.replace('localhost', '127.0.0.1');
  return `Where the lesson has published its registry on 127.0.0.1 only, name it ${named}: localhost stands for [::1] too, where another program may answer.`;
}

function missing(permission: Permission, how: string, owner: string, hints: readonly string[] = []): Failure {
  return new Failure(`This needs the permission ${permission}: it ${how}${owner}.`, {
    code: 'E-NOT-YOURS-TO-CHANGE',
    exitCode: 4,
    hints: [
      `A lesson that may do so says it: requires: { permissions: ['${permission}'] }. Then you are asked before it starts, or say it with --allow ${permission}.`,
      ...hints,
    ],
    args: { permission },
  });
}

function swarmRefused(): Failure {
  return new Failure('The lesson reads the tokens of a swarm that its run has not started.', {
    code: 'E-NOT-YOURS-TO-CHANGE',
    exitCode: 4,
    hints: ['Use an engine without a swarm, or the lab: --lab'],
  });
}
