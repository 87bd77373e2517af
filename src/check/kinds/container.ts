/** `container`: a container is there, or not, and is as it should be. */
import { setTimeout as wait } from 'node:timers/promises';
import type { ContainerFields } from '../../scenario/expectation.ts';
import { engineWords } from '../../engine/ask.ts';
import { containerFacets, stateWords } from '../facets/container.ts';
import type { ContainerSeen } from '../facets/container.ts';
import { claimOf, expectedOf, facetsOf, lookOf } from '../facets/facets.ts';
import { missingIn } from '../ask/mounted.ts';
import type { Missing } from '../ask/mounted.ts';
import { logTail } from '../ask/log-text.ts';
import type { KindOfCheck, Look, LookContext, Why } from '../look.ts';
import { propertyOf } from '../property.ts';
import { quoted } from '../facets/text-match.ts';
import { shortId } from '../../short-id.ts';

/** In milliseconds. A program that ends at once is seen running for a moment, too. */
const moment = 300;

export const container: KindOfCheck<ContainerFields> = {
  judges: 'engine',
  acts: false,
  names: ({ name }) => [{ field: 'name', kind: 'container', name, made: true }],
  asks: () => [],
  claim: (fields) => {
    if (fields.exists === false) return `there is no container ${fields.name}`;
    if (fields.state === 'exited' && fields.exitCode !== undefined) return endedClaim(fields);
    return claimOf(fields.name, facetsOf(fields, containerFacets), 'is there');
  },
  expected: (fields) =>
    fields.exists === false ? 'no such container' : expectedOf(facetsOf(fields, containerFacets), 'it is there'),
  property: (fields) => propertyOf(fields, ['name']),
  async look(fields, context) {
    const request = { method: 'GET', path: `/containers/${encodeURIComponent(fields.name)}/json` } as const;
    let { status, body } = await context.ask(request);
    const early = fields.state === 'running' && status === 200 ? tooEarly(body as ContainerSeen) : 0;
    if (early > 0) {
      await wait(early, undefined, { signal: context.signal });
      ({ status, body } = await context.ask(request));
    }
    if (status === 404) return { holds: fields.exists === false, observed: `no container ${fields.name}` };
    if (status !== 200) return { holds: false, undecided: true, observed: engineWords(body, status) };
    const seen = body as ContainerSeen;
    if (fields.exists === false) return { holds: false, observed: `it is there, ${stateWords(seen.State)}` };
    const look = lookOf(seen, facetsOf(fields, containerFacets), stateWords(seen.State));
    const missing = look.holds
      ? await missingIn(
          seen,
          (fields.mounts ?? []).map(({ target }) => target),
          context,
        )
      : undefined;
    if (missing) return emptyMount(missing, look);
    return { ...look, why: () => whyNot(fields, seen, look, context) };
  },
};

/** Milliseconds until it has run for a moment. Where this machine's clock is ahead of the engine's, none are waited. */
function tooEarly({ State }: ContainerSeen): number {
  if (State?.Status !== 'running' || State.StartedAt === undefined) return 0;
  const age = Date.now() - Date.parse(State.StartedAt);
  return Math.min(moment, moment - age);
}

/** A mount that is there, of a folder that is not the one of this machine. */
function emptyMount({ target, name }: Missing, { observed }: Look): Look {
  return {
    holds: false,
    observed: `${observed}, without ${name}, which is in the folder here`,
    why: () =>
      Promise.resolve({
        likely: `The engine has mounted a folder of its own machine at ${target}: it does not see yours.`,
        next: 'A volume, docker cp or an image takes files to an engine that is elsewhere.',
      }),
  };
}

/** `hello has exited with code 0` reads better than two facets. */
function endedClaim({ name, exitCode, ...rest }: ContainerFields): string {
  const more = facetsOf({ ...rest, name, state: undefined }, containerFacets);
  const ended = `${name} has exited with code ${exitCode}`;
  return more.length === 0 ? ended : `${ended} and ${claimOf('', more, '').trim()}`;
}

async function whyNot(fields: ContainerFields, seen: ContainerSeen, look: Look, context: LookContext): Promise<Why> {
  if (look.holds) return {};
  const { State } = seen;
  if (State?.Error) return { likely: State.Error };
  const ended = State?.Status === 'exited' || State?.Status === 'restarting' || State?.Status === 'dead';
  const wantsLife =
    fields.state === 'running' ||
    fields.health === 'healthy' ||
    (fields.exitCode ?? State?.ExitCode) !== State?.ExitCode;
  if (ended && wantsLife) return endedWhy(seen, context);
  if (State?.Status === 'created' && fields.state !== undefined)
    return { likely: 'It was created, and never started.', next: `docker start ${fields.name}` };
  const probe = State?.Health?.Log?.at(-1)?.Output;
  if (fields.health === 'healthy' && probe) return { likely: `Its last health check said ${quoted(probe)}` };
  return {};
}

async function endedWhy(seen: ContainerSeen, context: LookContext): Promise<Why> {
  const code = seen.State?.ExitCode ?? 0;
  const tail = await logTail(seen.Id, seen.Config?.Tty === true, context, 3);
  const ending = seen.State?.OOMKilled
    ? 'was ended by the kernel, because it used more memory than its limit'
    : `ended with code ${code}${meaningOf(code)}`;
  const words = tail.trim() === '' ? 'Its log is empty.' : `The end of its log: ${quoted(tail)}`;
  return {
    likely: `Its main process ${ending}. ${words}`,
    next: `docker logs ${seen.Name?.replace(/^\//, '') ?? shortId(seen.Id)}`,
  };
}

/** What docker and the kernel mean by some codes. */
function meaningOf(code: number): string {
  const meanings: Readonly<Record<number, string>> = {
    125: ' (docker could not run it)',
    126: ' (the command cannot be executed)',
    127: ' (the command was not found)',
    137: ' (SIGKILL)',
    139: ' (SIGSEGV)',
    143: ' (SIGTERM)',
  };
  return meanings[code] ?? '';
}
