/** docker compose up and create. */
import type { Command } from '../command/command.ts';
import type { composeCreate, composeUp } from '../command/tables/compose.ts';
import { ask, complain, request } from '../plan/ask.ts';
import { Stopped } from '../plan/effects.ts';
import type { Plan, PlanContext } from '../plan/effects.ts';
import { warn } from './output/warn.ts';
import { converge } from './converge/converge.ts';
import type { Converging, Ready } from './converge/converge.ts';
import { inForeground } from './foreground.ts';
import { readyImages } from './converge/images.ts';
import { loadProject } from './file/load-project.ts';
import type { ComposeFlags } from './file/load-project.ts';
import { observe, orphansOf } from './observe/observed.ts';
import { tell, telling } from './output/progress.ts';
import type { Project } from './file/project.ts';
import { makeResources } from './converge/resources.ts';
import { chosen } from './which/services.ts';
import { removeContainer, stopContainer } from './converge/stop-remove.ts';
import { waitFor } from './converge/wait-for.ts';

type Up = Command<(typeof composeUp)['flags']>;
type Create = Command<(typeof composeCreate)['flags']>;

export function* up(command: Up, group: ComposeFlags, context: PlanContext): Plan {
  const { flags, operands } = command;
  const { project, work, services } = yield* made(command, operands, group, context, flags['no-deps'] !== true);
  if (flags['no-start']) return 0;
  const background = flags.detach === true || flags.wait === true;
  if (!background) return yield* inForeground({ project, work, services, flags, asked: operands, context });
  yield* startAll(project, work, services);
  if (flags.wait) {
    const most = flags['wait-timeout'] ? flags['wait-timeout'] * 1000 : undefined;
    for (const name of services) yield* waitFor(work.containers.get(name) ?? [], 'running_or_healthy', most);
  }
  return 0;
}

export function* create(command: Create, group: ComposeFlags, context: PlanContext): Plan {
  yield* made(command, command.operands, group, context, true);
  return 0;
}

export interface Made {
  readonly project: Project;
  readonly work: Converging;
  /** In the order to be started. */
  readonly services: readonly string[];
}

/** Images, networks, volumes, containers: all but the start. */
function* made(
  { flags }: Create | Up,
  asked: readonly string[],
  group: ComposeFlags,
  context: PlanContext,
  withDependencies: boolean,
): Plan<Made> {
  const scale = scaleOf(flags.scale ?? []);
  const project = yield* loadProject(group, context, { asked });
  yield* warn(project);
  const services = chosen(project, [...asked], withDependencies);
  for (const name of Object.keys(scale)) chosen(project, [name]);
  const wish = {
    build: flags.build,
    noBuild: flags['no-build'],
    pull: flags.pull === 'policy' ? undefined : flags.pull,
  };
  const images = yield* readyImages(project, services, wish, context);
  yield* makeResources(project, services);
  const found = (yield* observe(project.name)).filter(({ oneOff }) => !oneOff);
  yield* leftOver(project, found, flags['remove-orphans'] === true);
  const up = flags as Up['flags'];
  const work: Converging = {
    project,
    context,
    images,
    scale,
    recreate: flags['force-recreate'] ? 'always' : flags['no-recreate'] ? 'never' : 'changed',
    renewVolumes: up['renew-anon-volumes'] === true,
    timeout: up.timeout,
    replaced: new Set(),
    containers: new Map(
      Object.keys(project.services).map((name) => [
        name,
        found
          .filter(({ service }) => service === name)
          .map((one): Ready => ({
            id: one.id,
            name: one.name,
            number: one.number,
            running: one.state === 'running',
            fresh: false,
          })),
      ]),
    ),
  };
  const dependenciesToo = up['always-recreate-deps'] === true;
  for (const name of services) {
    const own = asked.length === 0 || asked.includes(name) || dependenciesToo;
    // what is only needed by others is not replaced without a reason of its own
    yield* converge(
      name,
      found.filter(({ service }) => service === name),
      own ? work : { ...work, recreate: work.recreate === 'always' ? 'changed' : work.recreate },
    );
  }
  return { project, work, services };
}

function scaleOf(written: readonly string[]): Readonly<Record<string, number>> {
  return Object.fromEntries(
    written.map((one) => {
      const [, name = '', number = ''] = /^([^=]+)=(\d+)$/.exec(one) ?? [];
      if (name === '') throw new Stopped(`invalid --scale option "${one}". Should be SERVICE=NUM`);
      return [name, Number(number)] as const;
    }),
  );
}

function* leftOver(project: Project, found: Parameters<typeof orphansOf>[1], remove: boolean): Plan<void> {
  const orphans = orphansOf(project, found);
  if (orphans.length === 0) return;
  if (!remove) {
    const names = orphans.map(({ name }) => name).join(', ');
    return yield* complain(
      `WARN[0000] Containers of services that are not in the file: ${names}. --remove-orphans removes ${orphans.length === 1 ? 'it' : 'them'}.\n`,
    );
  }
  for (const orphan of orphans) {
    yield* stopContainer(orphan);
    yield* removeContainer(orphan);
  }
}

/** Each service once those of them that it depends on are as it needs them; with --no-deps, others are not waited for. */
export function* startAll(project: Project, work: Converging, services: readonly string[]): Plan<void> {
  const meant = new Map(services.map((name) => [name, work.containers.get(name) ?? []]));
  for (const name of services) {
    yield* waitForDependencies(project, { containers: meant }, name);
    for (const container of meant.get(name) ?? []) yield* startOne(container);
  }
}

export function* waitForDependencies(
  project: Project,
  { containers }: Pick<Converging, 'containers'>,
  name: string,
): Plan<void> {
  for (const [other, { condition, required }] of Object.entries(project.services[name]?.depends_on ?? {})) {
    try {
      yield* waitFor(containers.get(other) ?? [], condition);
    } catch (error) {
      if (!(error instanceof Stopped)) throw error;
      if (required) throw new Stopped(`dependency failed to start: ${error.message}`);
      yield* complain(`WARN[0000] optional dependency ${other} failed to start: ${error.message}\n`);
    }
  }
}

function* startOne({ id, name, running }: Ready): Plan<void> {
  if (running) return yield* tell(`Container ${name}`, 'Running');
  yield* telling(
    `Container ${name}`,
    ['Starting', 'Started'],
    ask(request('POST', `/containers/${id}/start`), undefined),
  );
}
