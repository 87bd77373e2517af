/** docker compose create: images, networks, volumes, containers: all that up does, but for the start. */
import type { Command } from '../command/command.ts';
import type { composeCreate, composeUp } from '../command/tables/compose.ts';
import { Stopped } from '../plan/effects.ts';
import type { Plan, PlanContext } from '../plan/effects.ts';
import { converge } from './converge.ts';
import type { ConvergeWish } from './converge.ts';
import type { Work } from './execute/work.ts';
import { loadProject } from './file/load-project.ts';
import type { ComposeFlags } from './file/load-project.ts';
import type { Project } from './file/project.ts';
import { warn } from './output/warn.ts';
import type { Recreate } from './reconcile/up.ts';
import { assertTogether } from './refused-together.ts';
import { orphansWish } from './which/orphans-wish.ts';
import { assertService, chosen, withoutDependencies } from './which/services.ts';

type Up = Command<(typeof composeUp)['flags']>;
type Create = Command<(typeof composeCreate)['flags']>;

export function* create({ flags, operands }: Create, group: ComposeFlags, context: PlanContext): Plan {
  yield* created(flags, operands, group, context, 'stay');
  return 0;
}

export interface Created {
  readonly project: Project;
  readonly work: Work;
  /** In the order to be started. */
  readonly services: readonly string[];
}

/** @throws Stopped for options that exclude each other */
export function* created(
  flags: Create['flags'] & Partial<Up['flags']>,
  asked: readonly string[],
  group: ComposeFlags,
  context: PlanContext,
  then: ConvergeWish['then'],
): Plan<Created> {
  assertTogether(flags);
  const scale = scaleOf(flags.scale ?? []);
  const whole = yield* loadProject(group, context, { asked });
  yield* warn(whole);
  if (Object.keys(whole.services).length === 0) throw new Stopped('no service selected');
  const project = flags['no-deps'] ? withoutDependencies(whole) : whole;
  const services = chosen(project, asked, flags['no-deps'] !== true);
  for (const name of flags['exit-code-from'] === undefined ? [] : [flags['exit-code-from']])
    assertService(project, name);
  for (const name of Object.keys(scale)) assertService(project, name, ': not found');
  const renewVolumes = flags['renew-anon-volumes'] === true;
  const work = yield* converge(
    {
      project,
      services,
      prepared: services,
      asked,
      scale,
      image: {
        build: flags.build,
        noBuild: flags['no-build'],
        pull: flags.pull === 'policy' ? undefined : flags.pull,
        quietBuild: flags['quiet-build'],
      },
      yes: flags.yes === true,
      orphans: orphansWish(flags['remove-orphans'], project),
      recreate: recreateOf(flags, flags['force-recreate'] === true || renewVolumes),
      recreateDependencies: recreateOf(flags, flags['always-recreate-deps'] === true),
      renewVolumes,
      timeout: flags.timeout,
      then,
    },
    context,
  );
  return { project, work, services };
}

function recreateOf(flags: Create['flags'], always: boolean): Recreate {
  if (flags['no-recreate']) return 'never';
  return always ? 'always' : 'changed';
}

function scaleOf(written: readonly string[]): Readonly<Record<string, number>> {
  return Object.fromEntries(
    written.map((one) => {
      const [, name, number = ''] = /^([^=]*)=(.*)$/.exec(one) ?? [];
      if (name === undefined || number.includes('=') || number.startsWith('-'))
        throw new Stopped(`invalid --scale option "${one}". Should be SERVICE=NUM`);
      if (!/^\+?\d+$/.test(number)) throw new Stopped(`strconv.Atoi: parsing "${number}": invalid syntax`);
      return [name, Number(number)] as const;
    }),
  );
}
