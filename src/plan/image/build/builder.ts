/** Which of an engine's two builders a build is for. */
import { note } from '../../ask.ts';
import { needsOf } from '../../../dockerfile/needs.ts';
import type { Plan, PlanContext } from '../../effects.ts';
import type { BuildFlags } from './query.ts';

export interface Builder {
  readonly is: 'buildkit' | 'classic';
  /** The `# syntax=` line is left out. */
  readonly plainSyntax: boolean;
}

/** What only BuildKit has, by the names of the flags. */
const buildkitFlags = [
  'secret',
  'ssh',
  'output',
  'cache-to',
  'build-context',
  'no-cache-filter',
  'check',
  'call',
  'push',
  'provenance',
  'sbom',
] as const;

/** Whether `DOCKER_BUILDKIT=0` asks for the classic builder. */
export function isRefused({ env }: PlanContext): boolean {
  return /^(?:0|f|false)$/i.test(env['DOCKER_BUILDKIT'] ?? '');
}

/**
 * BuildKit where DOCKER_BUILDKIT asks for it, or nothing is asked and the engine would rather have it; and where the
 * classic builder could not do it, whatever is asked: docker would only fail.
 */
export function* chooseBuilder(text: string | undefined, flags: BuildFlags, context: PlanContext): Plan<Builder> {
  const asked = context.env['DOCKER_BUILDKIT'] ?? '';
  const { syntax, buildkit } = needsOf(text ?? '');
  const needed = [
    ...buildkitFlags.filter((name) => flags[name] !== undefined && flags[name] !== false).map((name) => `--${name}`),
    ...buildkit,
  ];
  const isWished = asked === '' ? context.prefersBuildkit === true : !isRefused(context);
  const isBuildkit = isWished || needed.length > 0;
  if (isBuildkit && !isWished)
    yield* note(
      `${needed.join(', ')}: only BuildKit knows ${needed.length === 1 ? 'this' : 'these'}, so BuildKit builds the image (version=2)`,
    );
  if (syntax === undefined) return { is: isBuildkit ? 'buildkit' : 'classic', plainSyntax: false };
  if (isBuildkit) {
    yield* note(`# syntax=${syntax} is left out: the engine reads the Dockerfile with its own BuildKit`);
    return { is: 'buildkit', plainSyntax: true };
  }
  yield* note(
    `# syntax=${syntax} is for BuildKit; ${buildkit.length === 0 ? 'nothing in this Dockerfile needs it, and ' : ''}the classic builder reads it as a comment`,
  );
  return { is: 'classic', plainSyntax: false };
}
