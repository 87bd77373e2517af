/** docker build: by BuildKit, or by the engine's classic builder. */
import type { Command } from '../../../command/command.ts';
import type { imageBuild } from '../../../command/tables/image.ts';
import { complain } from '../../ask.ts';
import type { Plan, PlanContext } from '../../effects.ts';
import { chooseBuilder, isRefused } from './builder.ts';
import { asBuildx, buildWithBuildkit } from './buildkit.ts';
import type { BuildManner } from './buildkit.ts';
import { buildClassic } from './classic.ts';
import { buildSource } from './context.ts';

/** As the docker CLI says it of `DOCKER_BUILDKIT=0` (docker/cli, cmd/docker/builder.go). */
const legacyBuilder = `DEPRECATED: The legacy builder is deprecated and will be removed in a future release.
            BuildKit is currently disabled; enable it by removing the DOCKER_BUILDKIT=0
            environment-variable.`;

type BuildCommand = Command<(typeof imageBuild)['flags']>;

/** What no flag says: compose builds with it. */
export interface BuildFor {
  /** The Dockerfile itself, in place of a file. */
  readonly inline?: string | undefined;
  readonly manner?: BuildManner;
}

export function* buildImage(
  { flags, operands: [where = '.'] }: BuildCommand,
  context: PlanContext,
  { inline, manner = asBuildx }: BuildFor = {},
): Plan {
  if (isRefused(context)) yield* complain(`${legacyBuilder}\n\n`);
  const source = yield* buildSource(where, flags.file, context, inline);
  const builder = yield* chooseBuilder(source.text, flags, context);
  return yield* builder.is === 'classic'
    ? buildClassic(source, flags, context)
    : buildWithBuildkit(source, flags, { plainSyntax: builder.plainSyntax, manner }, context);
}
