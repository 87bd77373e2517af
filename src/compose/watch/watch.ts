/** docker compose watch: services follow their files, until Ctrl-C. The containers go on running. */
import type { Command } from '../../command/command.ts';
import type { composeWatch } from '../../command/tables/compose.ts';
import { ask, print, request, untilInterrupted, watchFiles } from '../../plan/ask.ts';
import type { Plan, PlanContext, SeenFile } from '../../plan/effects.ts';
import { imageOf } from '../container/names.ts';
import { created } from '../create.ts';
import { execute } from '../execute/execute.ts';
import { loadProject } from '../file/load-project.ts';
import type { ComposeFlags } from '../file/load-project.ts';
import type { Project } from '../file/project.ts';
import { warn } from '../output/warn.ts';
import { startSteps } from '../reconcile/start.ts';
import { assertService } from '../which/services.ts';
import { actOn, sync } from './act.ts';
import type { Watching } from './act.ts';
import { syncs, watchRules } from './rules.ts';

/** @returns 130 after Ctrl-C, as compose does */
export function* watch(
  { flags, operands }: Command<(typeof composeWatch)['flags']>,
  group: ComposeFlags,
  context: PlanContext,
): Plan {
  const project = yield* loadProject(group, context, { asked: operands });
  for (const name of operands) assertService(project, name);
  const watching = yield* watchingOf(project, operands, {
    group,
    context,
    prune: flags.prune !== false,
    quiet: flags.quiet === true,
    advice: "consider setting a 'develop' section",
  });
  if (flags['no-up']) yield* warn(project);
  else {
    const made = yield* created(
      { build: true, 'quiet-build': flags.quiet === true },
      operands,
      group,
      context,
      'start',
    );
    yield* execute(startSteps(made.project, made.services, made.work.containers), made.work);
  }
  return (yield* untilInterrupted(followFiles(watching))) ? 130 : 0;
}

/** @param services none: all @param advice where none of them follows its files @throws Stopped there */
export function* watchingOf(
  project: Project,
  services: readonly string[],
  { advice, ...rest }: Pick<Watching, 'group' | 'context' | 'prune' | 'quiet'> & { readonly advice: string },
): Plan<Watching> {
  const rules = yield* watchRules(project, services.length > 0 ? services : Object.keys(project.services), advice);
  return { project, rules, ...rest, changing: new Set() };
}

/** Until somebody ends it. */
export function* followFiles(watching: Watching): Plan<void> {
  const places = watching.rules.map(({ place }) => place);
  let changed = yield* watchFiles(places, undefined);
  if (changed) yield* syncFirst(changed.there, watching);
  yield* print('Watch enabled\n');
  while (changed) {
    changed = yield* watchFiles(places, changed.seen);
    if (changed) yield* actOn(changed, watching);
  }
}

/** Of rules with initial_sync: what was written after the image was made is not in it. */
function* syncFirst(files: readonly SeenFile[], watching: Watching): Plan<void> {
  const { rules, project } = watching;
  const first = rules.filter((rule) => rule.initialSync && syncs(rule));
  for (const service of new Set(first.map((rule) => rule.service))) {
    const { body } = yield* ask<{ readonly Created?: string }>(
      request('GET', `/images/${imageOf(project, service)}/json`),
      {},
    );
    const made = Date.parse(body.Created ?? '');
    const newer = files.filter(({ place, written }) => rules[place]?.initialSync === true && written > made);
    yield* sync(service, { there: newer, gone: [] }, watching);
  }
}
