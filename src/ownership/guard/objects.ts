/** Rules for containers, networks, volumes, services: changes and removals only of what docker-tutor made. */
import { isWholeId } from '../../short-id.ts';
import type { Json, JsonObject, Request } from '../../api/request.ts';
import { cutBind } from '../../api/binds.ts';
import type { KeptThing } from '../../api/guard.ts';
import { get, seek } from '../../engine/ask.ts';
import { isYes } from '../../engine/answer.ts';
import { objectIn } from '../../api/json-parts.ts';
import { runLabel, runOf, scenarioLabel, tried } from '../labels.ts';
import { keep, whose } from './context.ts';
import type { GuardContext, Ruling, Whose } from './context.ts';
import { assertMayUse, isGranted } from './rule.ts';
import { filtersOf } from './prune-filters.ts';

type Kind = 'container' | 'network' | 'volume' | 'service';

interface Inspected {
  readonly Config?: { readonly Labels?: unknown };
  readonly Labels?: unknown;
  readonly Spec?: { readonly Labels?: unknown };
  readonly Id?: string;
  readonly Name?: string;
  readonly Mounts?: readonly { readonly Type?: string; readonly Name?: string; readonly RW?: boolean }[] | null;
  readonly HostConfig?: {
    readonly Binds?: readonly string[] | null;
    readonly Mounts?: readonly { readonly Source?: string }[] | null;
  };
}

/** The thing as the engine has it, whose it is, and its name and id. @throws EngineError where the engine does not say whether there is one */
export async function ownerOf(
  kind: Kind,
  name: string,
  context: GuardContext,
): Promise<{ whose: Whose; thing: Inspected; names: readonly string[] }> {
  const path = kind === 'container' ? `/containers/${name}/json` : `/${kind}s/${name}`;
  const sought = await seek(context.ask, path);
  if (sought.is === 'not there') return { whose: 'absent', thing: {}, names: [] };
  const thing = sought.thing as Inspected;
  const labels = kind === 'container' ? thing.Config?.Labels : kind === 'service' ? thing.Spec?.Labels : thing.Labels;
  const names = [thing.Name?.replace(/^\//, '') ?? '', thing.Id ?? ''];
  return { whose: await whose(labels, context), thing, names };
}

/** Sends where the thing is ours, absent (the engine says so itself) or the learner permits; else keeps. */
export async function onlyOurs(
  kind: 'container' | 'network' | 'volume',
  name: string,
  request: Request,
  status: number,
  context: GuardContext,
  body: unknown = '',
): Promise<Ruling> {
  if (context.madeHere.has(name)) return { send: request };
  const { whose: owner, names } = await ownerOf(kind, name, context);
  return isGranted(kind, names, context) || (await mayTouch(kind, name, owner, context))
    ? { send: request }
    : keep(kind, name, whyOf(owner), status, body);
}

export async function mayTouch(
  kind: KeptThing['kind'],
  name: string,
  owner: Whose,
  context: GuardContext,
): Promise<boolean> {
  return owner === 'mine' || owner === 'absent' || context.permit({ kind, name, why: owner });
}

/** For requests whose answer cannot be made up: exec, attach. @throws Failure where it is not ours */
export async function onlyOursOrStop(
  kind: 'container' | 'service',
  name: string,
  request: Request,
  context: GuardContext,
): Promise<Ruling> {
  await assertMayUse({ of: kind, name, how: `changes the ${kind} ${name}` }, context);
  return { send: request };
}

/** A container that goes without `v` leaves its anonymous volumes behind, and those carry no label of ours. */
export async function removeContainer(name: string, request: Request, context: GuardContext): Promise<Ruling> {
  const { whose: owner, thing } = await ownerOf('container', name, context);
  if (!(await mayTouch('container', name, owner, context))) return keep('container', name, whyOf(owner), 204);
  const withVolumes = ['1', 'true'].includes(request.query?.['v'] ?? '');
  if (owner !== 'mine' || withVolumes) return { send: request };
  await keepVolumesOf([thing], context);
  return { send: request };
}

/** Writes down the volumes that the engine has made for these containers and that stay when they go. */
async function keepVolumesOf(containers: readonly Inspected[], context: GuardContext): Promise<void> {
  const volumes = new Set(containers.flatMap(anonymousVolumes));
  await context.journal.intend([...volumes].map((name) => ({ kind: 'volume', name })));
}

/** One that was named when the container was made is whoever's made it. */
function anonymousVolumes({ Mounts, HostConfig }: Inspected): readonly string[] {
  const named = new Set([
    ...(HostConfig?.Binds ?? []).map((bind) => cutBind(bind).source),
    ...(HostConfig?.Mounts ?? []).map(({ Source }) => Source),
  ]);
  return (Mounts ?? []).flatMap(({ Type, Name }) =>
    Type === 'volume' && Name !== undefined && isWholeId(Name) && !named.has(Name) ? [Name] : [],
  );
}

/**
 * Containers, networks, volumes of this run: the engine itself limits the prune by label. Of what is tried, each line may
 * be a run of its own: those that are over come first, each by itself, for the engine knows no "or" between labels.
 * Anonymous volumes outlive their containers.
 */
export async function pruneLabelled(request: Request, context: GuardContext): Promise<Ruling> {
  const { run, scenario } = context.mark();
  const earlier = scenario === tried ? await runsLeft(request.path, context) : [];
  const gone: JsonObject[] = [];
  for (const other of earlier) {
    const { status, body } = await context.ask(await prunedOf(other, request, context));
    // what is wrong with the request, the engine says of the last one
    if (isYes(status)) gone.push(objectIn(body));
  }
  const last = await prunedOf(run, request, context);
  if (gone.length === 0) return { send: last };
  const { status, body } = await context.ask(last);
  const answer = { status, headers: {}, body: isYes(status) ? together([...gone, objectIn(body)]) : body };
  return { keep: undefined, answer };
}

/** The prune, of what one run has made. */
async function prunedOf(run: string, request: Request, context: GuardContext): Promise<Request> {
  const filters = filtersOf(request);
  const label = `${runLabel}=${run}`;
  const limited = { ...filters, label: [...(filters['label'] ?? []), label] };
  if (request.path === '/containers/prune') await keepVolumesOf(await standingStill(label, context), context);
  return { ...request, query: { ...request.query, filters: JSON.stringify(limited) } };
}

/** Runs of `try` that are over and have left things of the kind that is pruned. */
async function runsLeft(path: string, context: GuardContext): Promise<readonly string[]> {
  const kind = path.split('/')[1] ?? '';
  const query = { filters: JSON.stringify({ label: [`${scenarioLabel}=${tried}`] }) };
  const listed = await get(context.ask, kind === 'containers' ? '/containers/json' : `/${kind}`, {
    ...query,
    all: '1',
  });
  const things = kind === 'volumes' ? objectIn(listed)['Volumes'] : listed;
  const runs = new Set<string>();
  for (const { Labels } of (things ?? []) as readonly Inspected[]) {
    const run = runOf(Labels);
    if (run !== undefined && run !== context.mark().run && (await whose(Labels, context)) === 'mine') runs.add(run);
  }
  return [...runs];
}

/** Answers of several prunes as one: lists after each other, sums. */
function together(answers: readonly JsonObject[]): JsonObject {
  const whole: Record<string, Json> = {};
  for (const [key, value] of answers.flatMap((answer) => Object.entries(answer))) {
    const known = whole[key];
    if (typeof value === 'number') whole[key] = value + (typeof known === 'number' ? known : 0);
    else if (Array.isArray(value))
      whole[key] = [...(Array.isArray(known) ? (known as Json[]) : []), ...(value as Json[])];
    else whole[key] = known ?? value ?? null;
  }
  return whole;
}

/** The containers that a prune may take. One that stays for another filter takes its volumes along when it goes. */
async function standingStill(label: string, context: GuardContext): Promise<readonly Inspected[]> {
  const filters = JSON.stringify({ label: [label], status: ['created', 'exited', 'dead'] });
  const listed = (await get(context.ask, '/containers/json', { all: '1', filters })) as readonly {
    readonly Id: string;
  }[];
  return Promise.all(listed.map(async ({ Id }) => (await ownerOf('container', Id, context)).thing));
}

/** Who joins or leaves decides: our container may be put on a network of the user's, theirs on none of ours. */
export async function connectNetwork(network: string, request: Request, context: GuardContext): Promise<Ruling> {
  const container = request.body?.['Container'];
  const name = typeof container === 'string' ? container : '';
  const ruling = await onlyOurs('container', name, request, 200, context);
  if (!('keep' in ruling) || !ruling.keep) return ruling;
  return { ...ruling, keep: { ...ruling.keep, name: `${name} (${network})` } };
}

function whyOf(owner: Whose): KeptThing['why'] {
  return owner === 'mine' || owner === 'absent' ? 'not-made-here' : owner;
}
