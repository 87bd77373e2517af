/**
 * `reachable`: whether one container reaches a name and port. It is asked from inside, because only there the
 * container's own name server, routes and rules count: with whatever the image brings (a shell and its tools, python,
 * node); where it brings nothing, from a helper that joins the container's network, made from an image that is here.
 */
import type { ReachableFields } from '../../scenario/expectation.ts';
import { seek } from '../../engine/ask.ts';
import { runOf } from '../../ownership/labels.ts';
import { askInside } from '../ask/ask-inside.ts';
import { containerFacets, stateWords } from '../facets/container.ts';
import type { ContainerSeen } from '../facets/container.ts';
import { listWords } from '../facets/lists.ts';
import type { KindOfCheck, Look, LookContext, Why } from '../look.ts';
import { whyUnanswered } from '../ask/why-silent.ts';

export const reachable: KindOfCheck<ReachableFields> = {
  judges: 'engine',
  acts: true,
  names: ({ from, to, by }) => [
    { field: 'from', kind: 'container', name: from, made: true },
    // a name may be an alias on the network
    { field: 'to', kind: 'container', name: to, made: by === 'address' },
  ],
  asks: () => [],
  claim: ({ from, to, port, by }) =>
    port === undefined ? `${from} finds ${to}` : `${from} reaches ${to}, port ${port}${by ? `, by its ${by}` : ''}`,
  expected: ({ to, port }) => (port === undefined ? `${to} has an address` : `port ${port} of ${to} accepts`),
  property: ({ port }) => (port === undefined ? 'name' : 'port'),
  async look(fields, context) {
    const { from } = fields;
    const sought = await seek(context.ask, `/containers/${encodeURIComponent(from)}/json`);
    // from nowhere nothing is reached, and that proves nothing
    if (sought.is === 'not there') return { holds: false, undecided: true, observed: `no container ${from}` };
    const seen = sought.thing as ContainerSeen;
    const mayExec =
      context.mayExec ?? ((labels): boolean => context.since !== undefined || runOf(labels) !== undefined);
    if (!mayExec(seen.Config?.Labels ?? {}))
      return {
        holds: false,
        undecided: true,
        final: true,
        observed: `${from} is not of this lesson: nothing is run in it`,
      };
    if (seen.State?.Status !== 'running')
      return { holds: false, undecided: true, observed: `${from} does not run, state: ${seen.State?.Status}` };
    const to = fields.by === 'address' ? await addressOf(fields.to, seen, context) : fields.to;
    if (to === undefined)
      return { holds: false, undecided: true, observed: `no container ${fields.to} that has an address` };
    return lookOf(await askInside(seen, to, fields.port, context), fields, () => otherEnd(seen, fields, context));
  },
};

/** Of a container: on a network that both are on, else on any. */
async function addressOf(name: string, from: ContainerSeen, { ask }: LookContext): Promise<string | undefined> {
  const sought = await seek(ask, `/containers/${encodeURIComponent(name)}/json`);
  if (sought.is === 'not there') return undefined;
  const on = Object.entries((sought.thing as ContainerSeen).NetworkSettings?.Networks ?? {});
  const shared = on.filter(([network]) => from.NetworkSettings?.Networks?.[network]);
  return [...shared, ...on].map(([, place]) => place?.IPAddress).find(Boolean);
}

function lookOf(
  answer: Awaited<ReturnType<typeof askInside>>,
  { from, to, port }: ReachableFields,
  why: () => Promise<Why>,
): Look {
  const at = `${answer.address ?? to}:${port}`;
  switch (answer.answer) {
    case 'resolves':
      return { holds: true, observed: `${to} is ${answer.address}` };
    case 'accepts':
      return { holds: true, observed: `${at} accepts` };
    case 'unresolved':
      return { holds: false, observed: `${from} finds no address for ${to}`, why };
    case 'refused':
      return { holds: false, observed: `${at} refuses: nothing listens there`, why };
    case 'silent':
      return { holds: false, observed: `${at} does not answer`, why };
    case 'untold':
      return {
        holds: false,
        undecided: true,
        observed: `it cannot be asked from ${from}: its image has no tool for it, and no image here has one`,
      };
  }
}

/** What is wrong at the other end, by its state, the networks of both, and where its programs listen. */
async function otherEnd(seen: ContainerSeen, { from, to, port }: ReachableFields, context: LookContext): Promise<Why> {
  const sought = await seek(context.ask, `/containers/${encodeURIComponent(to)}/json`);
  if (sought.is === 'not there')
    return {
      likely: `There is no container ${to}. A name stands for a container, or for an alias that one has on a network.`,
      next: 'docker ps -a shows the names there are.',
    };
  const other = sought.thing as ContainerSeen;
  if (!containerFacets.state?.holds(other, 'running'))
    return { likely: `${to} does not run: ${stateWords(other.State)}.`, next: `docker logs ${to}` };
  const [mine, its] = [networksOf(seen), networksOf(other)];
  const shared = mine.filter((network) => its.includes(network));
  if (shared.every((network) => network === 'bridge'))
    return {
      likely:
        shared.length === 0
          ? `${from} and ${to} share no network: ${from} is on ${listWords(mine)}, ${to} on ${listWords(its)}.`
          : `${from} and ${to} share the default bridge only, and names resolve on networks of your own.`,
      next: 'docker network create NET, then docker network connect NET CONTAINER for both.',
    };
  if (port === undefined) return { next: `docker network inspect ${shared[0] ?? ''} shows the names on it.` };
  return whyUnanswered(other, port, context, 'refused');
}

function networksOf({ NetworkSettings }: ContainerSeen): readonly string[] {
  return Object.keys(NetworkSettings?.Networks ?? {});
}
