/**
 * Brings the images of a verified bundle onto an engine, without a network: one after the other, so that a load that was
 * interrupted goes on with the first that is not there. What is sent is an archive that every engine since 20.10 takes:
 * a docker-archive, whose paths are those of the OCI layout beside it.
 */
import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Message, Request } from '../api/request.ts';
import { EngineError } from '../api/request.ts';
import { assertLine, readOpening } from '../engine/answer.ts';
import type { Engine } from '../engine/engine.ts';
import { problemOf } from '../engine/problems.ts';
import { messages } from '../engine/streams.ts';
import { Failure } from '../failure.ts';
import { familiar } from '../image-name.ts';
import { listed } from '../terminal/amounts.ts';
import { documents } from './document.ts';
import { imageOn } from './engine-images.ts';
import { damaged } from './failures.ts';
import { blobName, dockerManifestText, indexText, layoutText } from './layout.ts';
import type { ImageParts } from './layout.ts';
import { encodeHeader, ending, paddingOf } from './tar/header.ts';
import { piecesOf } from './tar/survey.ts';
import type { Verified } from './verify.ts';

export interface LoadWish {
  readonly bundle: Verified;
  readonly engine: Engine;
  /** Names that are another image's now may be taken from it. */
  readonly replace: boolean;
  /** Where it is written down that a bundle has brought an image: then lessons may use it, though no registry knows it. */
  readonly brought: (ids: readonly string[]) => Promise<void>;
  readonly signal: AbortSignal;
  /** `bytes` of the image have been sent. */
  readonly tell: (image: string, bytes: number) => void;
}

export interface Loaded {
  /** As docker shows them. */
  readonly loaded: readonly string[];
  /** They were there. */
  readonly here: readonly string[];
  /** Of those loaded, which had been another image. */
  readonly replaced: readonly string[];
}

type Verdict = 'here' | 'missing' | 'another';

/** @throws Failure, or the signal's reason; what was loaded by then stays */
export async function loadBundle({ bundle, engine, replace, brought, signal, tell }: LoadWish): Promise<Loaded> {
  const judged: { readonly image: Verified['images'][number]; readonly verdict: Verdict }[] = [];
  for (const image of bundle.images) judged.push({ image, verdict: await verdictOn(image, engine, signal) });
  const names = (verdict: Verdict): readonly string[] =>
    judged.filter((one) => one.verdict === verdict).map(({ image }) => familiar(image.image.name));
  if (names('another').length > 0 && !replace) throw namesTaken(names('another'));
  for (const { image, verdict } of judged) if (verdict === 'here') await brought(idsOf(image.parts));
  const wanted = judged.filter(({ verdict }) => verdict !== 'here').map(({ image }) => image);
  for (const parts of distinct(wanted)) {
    const same = wanted.filter((one) => one.parts.root === parts.root).map(({ image }) => image.name);
    await send(parts, same, { bundle, engine, signal, tell: (bytes) => tell(familiar(same[0] ?? ''), bytes) });
    for (const one of wanted)
      if (one.parts.root === parts.root && (await verdictOn(one, engine, signal)) !== 'here')
        throw notTaken(one.image.name);
    await brought(idsOf(parts));
  }
  return {
    loaded: wanted.map(({ image }) => familiar(image.name)),
    here: names('here'),
    replaced: names('another'),
  };
}

/** An engine calls an image by its configuration, by its manifest or by its index: whichever its store has. */
async function verdictOn(
  { image, parts }: Verified['images'][number],
  engine: Engine,
  signal: AbortSignal,
): Promise<Verdict> {
  const seen = await imageOn(image.name, engine, signal);
  if (seen === undefined) return 'missing';
  return [parts.root, parts.manifest, parts.config].includes(seen.id) ? 'here' : 'another';
}

/** Each that an engine may give it. */
function idsOf({ root, manifest, config }: ImageParts): readonly string[] {
  return [...new Set([root, manifest, config])];
}

function distinct(images: Verified['images']): readonly ImageParts[] {
  return [...new Map(images.map(({ parts }) => [parts.root, parts])).values()];
}

interface Sending extends Pick<LoadWish, 'bundle' | 'engine' | 'signal'> {
  readonly tell: (bytes: number) => void;
}

async function send(parts: ImageParts, names: readonly string[], sending: Sending): Promise<void> {
  const { engine, signal } = sending;
  const request: Request = { method: 'POST', path: '/images/load', query: { quiet: '1' } };
  const body = Readable.from(archiveOf(parts, names, sending), { objectMode: false });
  // a body that breaks leaves the engine waiting for the rest of it
  const broken = new AbortController();
  body.once('error', (error) => broken.abort(error));
  const until = AbortSignal.any([signal, broken.signal]);
  const reply = await engine.send(request, { signal: until, body });
  const no = await readOpening({ request, engine }, reply, until);
  if (no) throw said(new EngineError(no.words, no.status, request), engine);
  for await (const value of messages(reply.stream, until)) {
    assertLine({ request, engine }, value);
    const { errorDetail, error } = value as Message;
    if (errorDetail || error !== undefined)
      throw said(new EngineError(errorDetail?.message ?? error ?? '', 200, request), engine);
  }
}

function said(error: EngineError, engine: Engine): unknown {
  return problemOf(error, engine) ?? error;
}

/** The documents come last: an engine has all of the image before it is told what it is. */
async function* archiveOf(
  parts: ImageParts,
  names: readonly string[],
  { bundle, signal, tell }: Sending,
): AsyncGenerator<Buffer> {
  const { entries, file } = bundle;
  for (const digest of parts.blobs) {
    const entry = entries.get(blobName(digest));
    if (!entry) throw damaged(blobName(digest), 'is missing');
    yield encodeHeader({ name: entry.name, size: entry.size });
    const hash = createHash('sha256');
    for await (const piece of piecesOf(file, entry)) {
      signal.throwIfAborted();
      hash.update(piece);
      tell(piece.length);
      yield piece;
    }
    if (`sha256:${hash.digest('hex')}` !== digest) throw damaged(entry.name, 'has changed since it was verified');
    yield Buffer.alloc(paddingOf(entry.size));
  }
  const sizeOf = (digest: string): number => entries.get(blobName(digest))?.size ?? 0;
  const images = bundle.document.images.filter(({ name }) => names.includes(name));
  yield* textEntry(documents.layout, layoutText);
  yield* textEntry(documents.index, indexText(images, sizeOf));
  yield* textEntry('manifest.json', dockerManifestText(names, parts));
  yield ending;
}

function* textEntry(name: string, text: string): Generator<Buffer> {
  const content = Buffer.from(text);
  yield encodeHeader({ name, size: content.length });
  yield content;
  yield Buffer.alloc(paddingOf(content.length));
}

function namesTaken(names: readonly string[]): Failure {
  const one = names.length === 1;
  return new Failure(
    `${listed(names)} ${one ? 'is another image' : 'are other images'} on this engine than in the bundle, so nothing was loaded.`,
    {
      code: 'bundle-names-taken',
      exitCode: 4,
      hints: [
        `--replace gives ${one ? 'the name' : 'the names'} to the bundle’s; ${one ? 'the image that is there stays' : 'the images that are there stay'}, without a name`,
        `or give ${one ? 'it' : 'them'} other names first: docker tag, then docker rmi`,
      ],
    },
  );
}

function notTaken(name: string): Failure {
  return new Failure(`The engine took the image ${familiar(name)}, and has another under its name.`, {
    code: 'bundle-not-loaded',
    exitCode: 4,
    hints: ['Try again. If it stays so, its log says why: docker-tutor bundle verify says whether the file is whole.'],
  });
}
