/** docker build: sends the context, and follows the engine's classic builder step by step. */
import type { Command } from '../../../command/command.ts';
import type { imageBuild } from '../../../command/tables/image.ts';
import { complain, follow, note, print, request, save } from '../../ask.ts';
import { buildSource } from './context.ts';
import type { BuildSource } from './context.ts';
import { buildQuery } from './query.ts';
import { needsOf } from '../../../dockerfile/needs.ts';
import { wordsOf } from '../../daemon-errors.ts';
import { EngineError } from '../../../api/request.ts';
import { Stopped } from '../../effects.ts';
import type { Message, Request } from '../../../api/request.ts';
import type { Plan, PlanContext } from '../../effects.ts';

type BuildCommand = Command<(typeof imageBuild)['flags']>;

/** @param inline the Dockerfile itself, in place of a file */
export function* buildImage(
  { flags, operands: [where = '.'] }: BuildCommand,
  context: PlanContext,
  inline?: string,
): Plan {
  const source = yield* buildSource(where, flags.file, context, inline);
  const buildkit = yield* needsBuildkit(source.text);
  const query = { ...buildQuery(flags, context), ...source.query, ...(buildkit && { version: '2', q: undefined }) };
  const upload = source.upload && uploadOf(source.upload, flags, buildkit);
  // asked to be quiet, the classic builder tells the id and nothing else; BuildKit would not even tell that
  const silent = buildkit && flags.quiet === true;
  try {
    const messages = yield* follow(
      request('POST', '/build', { query, login: 'all', ...(upload && { upload }) }),
      silent ? 'nowhere' : 'stdout',
      assumed,
    );
    if (silent) yield* print(`${idOf(messages) ?? ''}\n`);
    if (flags.iidfile !== undefined) yield* keepId(idOf(messages), flags.iidfile);
    return 0;
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    yield* complain(`${wordsOf(error)}\n`);
    // docker ends with the code of the step that failed
    return error.code === undefined || error.code === 0 ? 1 : error.code;
  }
}

const assumed: readonly Message[] = [{ aux: { ID: '<image-id>' } }];

function uploadOf(
  upload: NonNullable<BuildSource['upload']>,
  flags: BuildCommand['flags'],
  buildkit: boolean,
): NonNullable<Request['upload']> {
  return {
    ...upload,
    ...(flags.quiet && { quiet: true }),
    ...(flags.compress && { gzip: true }),
    ...(buildkit && { plainSyntax: true }),
  };
}

/** @throws Stopped where the Dockerfile asks for what only a BuildKit session can give */
function* needsBuildkit(text: string | undefined): Plan<boolean> {
  const { syntax, buildkit, session } = needsOf(text ?? '');
  if (session.length > 0) {
    throw new Stopped(
      `docker-tutor cannot build this Dockerfile: ${session.join(' and ')} ${session.length === 1 ? 'takes' : 'take'} a secret from your machine during the build, for which BuildKit needs a session that docker-tutor does not open. docker build can.`,
    );
  }
  if (buildkit.length > 0) {
    yield* note(
      `${buildkit.join(', ')}: only BuildKit knows ${buildkit.length === 1 ? 'this' : 'these'}, so BuildKit builds the image (version=2)`,
    );
    if (syntax !== undefined)
      yield* note(`# syntax=${syntax} is left out: the engine reads the Dockerfile with its own BuildKit`);
  } else if (syntax !== undefined)
    yield* note(
      `# syntax=${syntax} is for BuildKit; nothing in this Dockerfile needs it, and the classic builder reads it as a comment`,
    );
  return buildkit.length > 0;
}

function idOf(messages: readonly Message[]): string | undefined {
  const id = messages.map(({ aux }) => aux?.['ID']).findLast((each) => typeof each === 'string');
  return typeof id === 'string' ? id : undefined;
}

function* keepId(id: string | undefined, file: string): Plan<void> {
  if (id === undefined) throw new Stopped(`server did not provide an image ID. Cannot write ${file}`);
  yield* save(file, id);
}
