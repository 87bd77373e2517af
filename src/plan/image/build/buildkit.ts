/** A build by BuildKit. Files, secrets and logins are asked for in a session, which is opened for this build alone. */
import { complain, follow, print, request } from '../../ask.ts';
import { wordsOf } from '../../daemon-errors.ts';
import { EngineError } from '../../../api/request.ts';
import type { Upload } from '../../../api/request.ts';
import { faultText } from '../../../dockerfile/fault.ts';
import { Stopped } from '../../effects.ts';
import type { Plan, PlanContext } from '../../effects.ts';
import { baseName } from '../../relative-path.ts';
import { callFor } from './calls.ts';
import { printAnswer } from './answer.ts';
import { buildkitQuery, directQuery } from './buildkit-query.ts';
import type { BuildSource } from './context.ts';
import { assumedImage, idIn, keepId } from './image-id.ts';
import type { BuildFlags } from './query.ts';
import { progressMode } from './progress-mode.ts';
import { assertPushable, pushBuilt } from './push-built.ts';
import { sessionFor } from './session.ts';

/** How docker's plugins, which share a builder, tell of it. */
export interface BuildManner {
  readonly progressTo: 'stdout' | 'stderr';
  /** What stands before the words of a failure. */
  readonly failure: string;
}

export const asBuildx: BuildManner = { progressTo: 'stderr', failure: 'ERROR: failed to build: ' };
export const asCompose: BuildManner = { progressTo: 'stdout', failure: '' };

export function* buildWithBuildkit(
  source: BuildSource,
  flags: BuildFlags,
  { plainSyntax, manner }: { readonly plainSyntax: boolean; readonly manner: BuildManner },
  context: PlanContext,
): Plan {
  const progress = progressMode(flags.progress ?? context.env['BUILDKIT_PROGRESS']);
  const quiet = flags.quiet === true || progress === 'quiet';
  const told = quiet || progress === 'none' ? 'nowhere' : manner.progressTo;
  const session = yield* sessionFor(flags, context);
  const { upload, dockerfile } = asSent(source, plainSyntax);
  const direct = directQuery(flags);
  const query = {
    ...buildkitQuery(flags, context),
    ...direct,
    ...source.query,
    ...(dockerfile !== undefined && { dockerfile }),
    ...(upload?.synced && { remote: 'client-session' }),
    // a folder is filled from a tar, whose names are looked at on this side
    ...(session.output && { outputs: JSON.stringify([{ Type: 'tar', Attrs: {} }]) }),
  };
  try {
    assertPushable(flags);
    assertNetwork(flags.network);
    const path = yield* callFor(direct, source, flags['no-cache'] === true);
    const messages = yield* follow(
      request('POST', path, { query, session, ...(upload && { upload }) }),
      told,
      assumedImage,
      progress === 'plain',
    );
    if (direct['requestid'] !== undefined) return yield* printAnswer(direct['requestid'], messages);
    yield* pushBuilt(flags, told);
    const id = idIn(messages);
    // files that were written have no id, and buildx prints the line all the same
    if (quiet) yield* print(`${id ?? ''}\n`);
    yield* keepId(id, flags.iidfile);
    return 0;
  } catch (error) {
    if (error instanceof Stopped) throw inManner(manner, error);
    if (!(error instanceof EngineError)) throw error;
    const words = wordsOf(error);
    const fault = faultText(source.text ?? '', dockerfile ?? 'Dockerfile', { words, step: error.failedStep });
    if (fault !== '') yield* complain(fault);
    throw new Stopped(`${manner.failure}${solving(words)}`);
  }
}

/** What stops a build before it is sent. */
function inManner({ failure }: BuildManner, { message, exitCode, named }: Stopped): Stopped {
  return new Stopped(`${failure}${message}`, exitCode, named);
}

/** @throws Stopped for one that BuildKit's steps cannot have (buildx, build/opt.go) */
function assertNetwork(network = 'default'): void {
  if (['', 'default', 'host', 'none'].includes(network)) return;
  throw new Stopped(
    `network mode ${JSON.stringify(network)} not supported by buildkit - you can define a custom network for your builder using the network driver-opt in buildx create`,
  );
}

/** An old engine says so itself. */
function solving(words: string): string {
  return words.startsWith('failed to solve') ? words : `failed to solve: ${words}`;
}

type ContextUpload = Extract<Upload, { of: 'context' }>;

/** A folder is handed over file by file; what comes from stdin goes as it is. */
function asSent(
  { upload, query }: BuildSource,
  plainSyntax: boolean,
): { readonly upload?: ContextUpload; readonly dockerfile: string | undefined } {
  if (!upload) return { dockerfile: query.dockerfile };
  const sent: ContextUpload = { ...upload, quiet: true, ...(plainSyntax && { plainSyntax: true }) };
  if (upload.folder === '-') return { upload: sent, dockerfile: query.dockerfile };
  const name = upload.dockerfile === '-' ? 'Dockerfile' : baseName(upload.dockerfile);
  return { upload: { ...sent, synced: true, sentAs: name }, dockerfile: name };
}
