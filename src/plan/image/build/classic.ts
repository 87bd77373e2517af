/** A build by the engine's classic builder, step by step. */
import { complain, follow, request } from '../../ask.ts';
import { wordsOf } from '../../daemon-errors.ts';
import { EngineError } from '../../../api/request.ts';
import type { Plan, PlanContext } from '../../effects.ts';
import type { BuildSource } from './context.ts';
import { assumedImage, idIn, keepId } from './image-id.ts';
import { buildQuery } from './query.ts';
import type { BuildFlags } from './query.ts';

export function* buildClassic(source: BuildSource, flags: BuildFlags, context: PlanContext): Plan {
  const query = { ...buildQuery(flags, context), ...source.query };
  const upload = source.upload && {
    ...source.upload,
    ...((flags.quiet === true || flags.progress === 'none') && { quiet: true }),
    ...(flags.compress && { gzip: true }),
  };
  try {
    const messages = yield* follow(
      request('POST', '/build', { query, login: 'all', ...(upload && { upload }) }),
      flags.progress === 'none' ? 'nowhere' : 'stdout',
      assumedImage,
    );
    yield* keepId(idIn(messages), flags.iidfile);
    return 0;
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    yield* complain(`${wordsOf(error)}\n`);
    // docker ends with the code of the step that failed
    return error.code === undefined || error.code === 0 ? 1 : error.code;
  }
}
