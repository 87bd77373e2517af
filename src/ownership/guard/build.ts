/** Rules for what makes images without pulling them: build, commit, import, load. */
import type { Message, Request } from '../../api/request.ts';
import { privileged } from '../../api/references/reference.ts';
import { buildArgsOf, dockerfileReferences, valuesIn } from '../../plan/image/build/dockerfile-references.ts';
import { toldStep } from '../../plan/image/build/told-step.ts';
import { unreadable } from '../../archive/saved-images.ts';
import { outlineOf } from '../../dockerfile/outline.ts';
import { readDockerfile } from '../../dockerfile/read.ts';
import { isYes } from '../../engine/answer.ts';
import { pullBefore, withoutPull } from './bases.ts';
import { isSureNo, refusal } from './context.ts';
import type { GuardContext, Ruling, Settle } from './context.ts';
import { intendImage, settleImage } from './images.ts';
import { assertFree, releaseGone } from '../image-owner.ts';
import { assertInFile } from './rule.ts';
import { cacheRecords, isOfAnyBuild, isStepIn } from '../build-cache.ts';
import type { CacheRecord } from '../build-cache.ts';
import { leftBehind } from '../build-steps.ts';
import { lookAt, keptIds } from '../image-view.ts';
import type { Intended } from '../journal/entries.ts';
import { runLabel, scenarioLabel, tried } from '../labels.ts';
import { canonical, familiar, withTag } from '../../image-name.ts';
import { hideSecretsIn } from '../../secret.ts';
import { keptId } from '../../short-id.ts';
import { isBefore } from '../../version-order.ts';

/** What the image itself says: a container made from it must not pass for ours. */
const unlabel = `LABEL ${runLabel}="" ${scenarioLabel}=""`;

/**
 * Several `t` come one a line. The build pulls the images that its Dockerfile uses and leaves steps without a name: both are written down.
 * A step that fails would leave its container, which carries no label: forcerm has the engine remove it.
 */
export async function buildImage(request: Request, context: GuardContext): Promise<Ruling> {
  const giveBack = await context.buildTurns.take();
  try {
    const ruling = await ownBuild(request, context);
    if (!('send' in ruling)) {
      giveBack();
      return ruling;
    }
    const { send, settle } = ruling;
    return { send, settle: (status, body) => settle(status, body).finally(giveBack) };
  } catch (error) {
    giveBack();
    throw error;
  }
}

async function ownBuild(
  request: Request,
  context: GuardContext,
): Promise<{ readonly send: Request; readonly settle: Settle } | { readonly first: Request }> {
  const refs = (request.query?.['t'] ?? '').split('\n').filter(Boolean).map(canonical);
  for (const ref of refs) await assertFree(ref, await lookAt(familiar(ref), context.ask), context);
  const dockerfile = dockerfileOf(request);
  await assertMayBuild(dockerfile, request, context);
  const stages = outlineOf(dockerfile ?? '', buildArgsOf(request));
  const first = await pullBefore(request, stages, context);
  if (first) return { first };
  const before = await keptIds(context.ask, true);
  const used = new Set(stages.flatMap(({ images }) => images.map(({ name }) => name)));
  const settleUsed: (Settle | undefined)[] = [];
  for (const name of used) if (!refs.includes(name)) settleUsed.push(await intendImage(name, 'base', context));
  const plans: Intended[] = refs.map((ref) => ({ kind: 'image', via: 'build', ref, before }));
  const whole = dockerfile === undefined ? undefined : withLabels(dockerfile, request);
  plans.push({ kind: 'layers', before, ...(whole !== undefined && { dockerfile: hideSecretsIn(whole) }) });
  const cached =
    request.query?.['version'] === '2' && whole !== undefined ? await cacheRecords(context.ask) : undefined;
  if (cached && whole !== undefined)
    plans.push({ kind: 'build-cache', before: cached.map(({ id }) => id), dockerfile: hideSecretsIn(whole) });
  const numbers = await context.journal.intend(plans);
  return {
    send: withOwnCaches(withoutPull({ ...request, query: { ...request.query, forcerm: '1' } }), context),
    settle: async (status, body) => {
      for (const settle of settleUsed) await settle?.(status, body);
      for (const [index, ref] of refs.entries()) await settleImage(numbers[index] ?? 0, ref, before, context);
      const made = [
        ...(await leftBehind(context.ask, before, outlineOf(whole ?? ''), stepsIn(body))),
        ...idsIn(body).filter((id) => !before.includes(keptId(id))),
      ];
      await context.journal.outcome(numbers[refs.length] ?? 0, made);
      if (cached) await settleCache(numbers.at(-1) ?? 0, cached, hideSecretsIn(whole ?? ''), context);
    },
  };
}

/** What somebody else has built in the same moment is theirs: but the files they sent for it are told from ours by nothing. */
async function settleCache(
  n: number,
  before: readonly CacheRecord[],
  dockerfile: string,
  { ask, journal, mark }: GuardContext,
): Promise<void> {
  const known = new Set(before.map(({ id }) => id));
  const isStep = isStepIn(dockerfile, mark().run);
  const made = (await cacheRecords(ask)).filter(
    (record) => !known.has(record.id) && (isStep(record) || isOfAnyBuild(record)),
  );
  await journal.outcome(
    n,
    made.map(({ id }) => id),
  );
}

/** A Dockerfile that is read and not built: it makes nothing, but may name who is to read it. */
export async function checkBuild(request: Request, context: GuardContext): Promise<Ruling> {
  await assertMayBuild(dockerfileOf(request), request, context);
  return { send: request };
}

/** What the classic builder makes steps of: each label of the request is one, after those of the stage that is asked for. */
function withLabels(dockerfile: string, { query }: Request): string {
  const labels = Object.keys(valuesIn(query?.['labels'])).map(() => 'LABEL of=request');
  const { target = '' } = query ?? {};
  if (labels.length === 0) return dockerfile;
  return [dockerfile, ...(target === '' ? [] : [`FROM ${target}`]), ...labels].join('\n');
}

/** `RUN --mount=type=cache` in a lesson, typed there or not, gets none of the caches that the user's builds have filled, and will use. */
function withOwnCaches(request: Request, { mark }: GuardContext): Request {
  if (mark().scenario === tried || request.query?.['version'] !== '2') return request;
  const buildargs = JSON.stringify({ ...buildArgsOf(request), BUILDKIT_CACHE_MOUNT_NS: mark().run });
  return { ...request, query: { ...request.query, buildargs } };
}

/** Engine 23 has the first BuildKit that knows them (Dockerfile syntax 1.4); for the classic builder they never are sent. */
const firstWithHereDocuments = '1.42';

function hasHereDocuments(dockerfile: string): boolean {
  return readDockerfile(dockerfile).instructions.some(({ documents }) => documents.length > 0);
}

/** BuildKit takes `{"syntax": "image"}` for a Dockerfile of another kind (dockerfile/parser: ParseDirective). */
function isJson(dockerfile: string): boolean {
  return /^\uFEFF?(?:#![^\n]*\n)?\s*\{/.test(dockerfile);
}

/** @throws Failure where a lesson builds with what it may not use, or what it builds cannot be seen from here */
async function assertMayBuild(dockerfile: string | undefined, request: Request, context: GuardContext): Promise<void> {
  if (!context.lesson) return;
  if (dockerfile === undefined)
    return assertInFile(privileged('builds what cannot be seen before it is built'), context);
  if (request.query?.['version'] === '2' && isJson(dockerfile))
    return assertInFile(privileged('is built by what another image makes of its Dockerfile'), context);
  if (isBefore(context.apiVersion, firstWithHereDocuments) && hasHereDocuments(dockerfile))
    throw refusal(
      'This engine reads the lines of a here-document (<<) as instructions: what is built cannot be seen before.',
      'Join the lines of the Dockerfile with && and backslashes, or use an engine of version 23 or later.',
    );
  for (const reference of dockerfileReferences(dockerfile, buildArgsOf(request)))
    await assertInFile(reference, context);
}

/** A commit pauses its container: the rule has seen that it is ours. */
export async function commitContainer(request: Request, context: GuardContext): Promise<Ruling> {
  return makeImage(request, 'commit', context);
}

export async function importImage(request: Request, context: GuardContext): Promise<Ruling> {
  return makeImage(request, 'import', context);
}

/** One image, with a name or without. */
async function makeImage(request: Request, via: 'commit' | 'import', context: GuardContext): Promise<Ruling> {
  const { repo, tag, changes } = request.query ?? {};
  // import has the tag in the name, commit beside it
  const ref = repo ? canonical(withTag(repo, tag)) : undefined;
  if (ref !== undefined) await assertFree(ref, await lookAt(familiar(ref), context.ask), context);
  const before = await keptIds(context.ask, true);
  const plan: Intended = ref === undefined ? { kind: 'layers', before } : { kind: 'image', via, ref, before };
  const [n = 0] = await context.journal.intend([plan]);
  const query = { ...request.query, changes: changes ? `${changes}\n${unlabel}` : unlabel };
  return {
    send: { ...request, query },
    settle: async (status, body) => {
      if (ref !== undefined) return settleImage(n, ref, before, context);
      if (isYes(status)) await context.journal.outcome(n, idsIn(body));
      else if (isSureNo(status)) await context.journal.release([n]);
    },
  };
}

/** An archive brings its own names, so it is read before it is sent. @throws Failure where a name is taken, or it cannot be read */
export async function loadImages(request: Request, context: GuardContext): Promise<Ruling> {
  const { upload } = request;
  if (upload?.of !== 'saved' || !upload.holds)
    throw unreadable('docker load reads its archive from standard input here', 'Name the archive: docker load -i FILE');
  const { names, ids } = upload.holds;
  const refs = names.map(canonical);
  for (const ref of refs) await assertFree(ref, await lookAt(familiar(ref), context.ask), context);
  const before = await keptIds(context.ask, true);
  const unseen = ids.filter((id) => !before.includes(keptId(id)));
  const plans: Intended[] = refs.map((ref) => ({ kind: 'image', via: 'load', ref, before }));
  const numbers = await context.journal.intend([...plans, { kind: 'layers', before }]);
  await context.journal.outcome(numbers.at(-1) ?? 0, unseen);
  return {
    send: request,
    settle: async () => {
      for (const [index, ref] of refs.entries()) await settleImage(numbers[index] ?? 0, ref, before, context);
      await releaseGone(context);
    },
  };
}

function dockerfileOf({ upload }: Request): string | undefined {
  return upload?.of === 'context' ? upload.text : undefined;
}

function stepsIn(body: unknown): readonly string[] {
  return Array.isArray(body) ? body.flatMap((message: Message) => toldStep(message) ?? []) : [];
}

/** Ids in a commit's answer, in an import's status, and in a build's aux messages. */
function idsIn(body: unknown): readonly string[] {
  const found: string[] = [];
  for (const message of Array.isArray(body) ? body : [body]) {
    const { Id, status, aux } = (message ?? {}) as { Id?: unknown; status?: unknown; aux?: { ID?: unknown } };
    for (const text of [Id, status, aux?.ID])
      if (typeof text === 'string' && /^sha256:[0-9a-f]{64}$/.test(text)) found.push(text);
  }
  return [...new Set(found)];
}
