/** docker compose run: one command in a container of its own, made like those of the service. */
import type { Command } from '../command/command.ts';
import { ValueError } from '../command/kinds.ts';
import type { composeRun } from '../command/tables/compose.ts';
import { readPublish } from '../command/values/port.ts';
import { ask, complain, drain, loadNeeded, print, request } from '../plan/ask.ts';
import { attachTo, exitCodeOf, waitFor as waitForEnd } from '../plan/container/streams/session.ts';
import { readEnvFile } from '../plan/env-file.ts';
import { Stopped } from '../plan/effects.ts';
import type { JsonObject } from '../api/request.ts';
import type { Plan, PlanContext } from '../plan/effects.ts';
import { warn } from './output/warn.ts';
import { containerBody } from './container/body.ts';
import { converge } from './converge.ts';
import { born, wishOf } from './execute/containers.ts';
import { execute } from './execute/execute.ts';
import type { Work } from './execute/work.ts';
import { dependencySteps, startSteps } from './reconcile/start.ts';
import { containerLabels, slugLabel } from './container/labels.ts';
import { runName } from './container/names.ts';
import { loadProject } from './file/load-project.ts';
import type { ComposeFlags } from './file/load-project.ts';
import { ports as readPorts } from './file/service/ports.ts';
import type { Port, Project, Service } from './file/project.ts';
import { assertService, chosen, withoutDependencies } from './which/services.ts';
import { sha256 } from '../sha256.ts';
import { volumes as readVolumes } from './file/service/volumes.ts';
import { without } from './container/without.ts';

type Run = Command<(typeof composeRun)['flags']>;

export function* run({ flags, operands: [name = '', ...words] }: Run, group: ComposeFlags, context: PlanContext): Plan {
  assertRun(flags, context);
  const whole = yield* loadProject(group, context, { asked: [name] });
  yield* warn(whole);
  const project = flags['no-deps'] ? withoutDependencies(whole) : whole;
  assertService(project, name);
  const dependencies = chosen(project, [name]).filter((other) => other !== name);
  const work = yield* ready(project, dependencies, name, flags, context);
  yield* execute(dependencySteps(project, name, work.containers), work);
  const service = yield* changed(project.services[name] ?? {}, words, flags, context);
  // unique enough: the engine refuses a name that is taken
  const slug = sha256(`${project.name} ${name} ${String(context.now)}`);
  const called = flags.name ?? runName(project, name, slug);
  const labels = {
    ...containerLabels(project, name, service, work.images[name] ?? ''),
    [slugLabel]: slug,
    ...labelsOf(flags.label ?? []),
  };
  const wish = {
    ...wishOf(name, service, called, work),
    labels,
    autoRemove: flags.rm === true,
    useAliases: flags['use-aliases'] === true,
  };
  const id = yield* born(wish, bodyFor(containerBody(wish), flags, context));
  return yield* started(id, flags, context);
}

/** @throws Stopped for options that exclude each other, and for a terminal that is not there */
function assertRun(flags: Run['flags'], { terminal }: PlanContext): void {
  for (const label of flags.label ?? []) if (!label.includes('=')) throw new Stopped('label must be set as KEY=VALUE');
  if (flags.publish && flags['service-ports']) throw new Stopped('--service-ports and --publish are incompatible');
  if (flags.tty !== undefined && flags['no-tty'] !== undefined)
    throw new Stopped("--tty and --no-TTY can't be used together");
  if (flags.tty && !terminal && !flags.detach && flags.interactive !== false)
    throw new Stopped('the input device is not a TTY');
}

/** What it depends on, up; its own image, networks and volumes. */
function* ready(
  project: Project,
  dependencies: readonly string[],
  name: string,
  flags: Run['flags'],
  context: PlanContext,
): Plan<Work> {
  const work = yield* converge(
    {
      project,
      services: dependencies,
      prepared: [...dependencies, name],
      scale: {},
      asked: [name],
      image: {
        build: flags.build,
        pull: flags.pull === 'policy' ? undefined : flags.pull,
        quietBuild: flags['quiet-build'],
      },
      yes: false,
      orphans: flags['remove-orphans'] ? 'remove' : 'ignore',
      recreate: 'never',
      recreateDependencies: 'never',
      renewVolumes: false,
      timeout: undefined,
      then: 'start',
    },
    context,
  );
  yield* execute(startSteps(project, dependencies, work.containers), work);
  return work;
}

/** The service as this one run wants it: without its name, its restarts and, unless -P, its ports. Its limits and its health check stay. */
function* changed(
  service: Service,
  words: readonly string[],
  flags: Run['flags'],
  context: PlanContext,
): Plan<Service> {
  const { ports, deploy } = service;
  const rest = without(service, 'container_name', 'restart', 'deploy', 'ports');
  const variables: Record<string, string | null> = { ...service.environment };
  for (const path of flags['env-from-file'] ?? [])
    for (const line of readEnvFile(yield* loadNeeded(path), context.env, path))
      variables[before(line)] = after(line) ?? null;
  for (const line of flags.env ?? []) variables[before(line)] = after(line) ?? context.env[line] ?? null;
  const at = { file: { name: '--volume', folder: context.cwd, text: '', locate: () => 0 }, path: ['volume'] };
  const mounted = flags.volume ? (readVolumes(context.env['HOME'])(flags.volume, at) as Service['volumes']) : undefined;
  const published = flags.publish ? portsOf(flags.publish) : [];
  return {
    ...rest,
    ...(deploy && { deploy: without(deploy, 'restart_policy', 'replicas') }),
    environment: variables,
    ports: [...(flags['service-ports'] ? (ports ?? []) : []), ...published],
    ...(words.length > 0 && { command: words }),
    ...(flags.entrypoint !== undefined && {
      entrypoint: flags.entrypoint === '' ? [] : flags.entrypoint.split(' '),
      ...(words.length === 0 && { command: [] }),
    }),
    ...(flags.user !== undefined && { user: flags.user }),
    ...(flags.workdir !== undefined && { working_dir: flags.workdir }),
    ...(flags['cap-add'] && { cap_add: [...((service['cap_add'] ?? []) as readonly string[]), ...flags['cap-add']] }),
    ...(flags['cap-drop'] && {
      cap_drop: [...((service['cap_drop'] ?? []) as readonly string[]), ...flags['cap-drop']],
    }),
    ...(mounted && { volumes: [...(service.volumes ?? []), ...mounted] }),
  };
}

function portsOf(written: readonly string[]): readonly Port[] {
  try {
    for (const one of written) readPublish(one);
  } catch (error) {
    throw error instanceof ValueError ? new Stopped(error.message) : error;
  }
  return readPorts(written, {
    file: { name: '--publish', folder: '/', text: '', locate: () => 0 },
    path: ['publish'],
  }) as unknown as readonly Port[];
}

function before(line: string): string {
  return line.split('=')[0] ?? '';
}

function after(line: string): string | undefined {
  const sign = line.indexOf('=');
  return sign === -1 ? undefined : line.slice(sign + 1);
}

function labelsOf(written: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(written.map((line) => [before(line), after(line) ?? '']));
}

function hasTty(flags: Run['flags'], { terminal }: PlanContext): boolean {
  return !flags['no-tty'] && flags.tty !== false && !flags.detach && terminal;
}

function bodyFor(body: JsonObject, flags: Run['flags'], context: PlanContext): JsonObject {
  const stdin = flags.interactive !== false;
  return { ...body, Tty: hasTty(flags, context), OpenStdin: stdin, StdinOnce: stdin, AttachStdin: stdin };
}

function* started(id: string, flags: Run['flags'], context: PlanContext): Plan {
  const start = request('POST', `/containers/${id}/start`);
  if (flags.detach) {
    yield* ask(start, undefined);
    yield* print(`${id}\n`);
    return 0;
  }
  const session = yield* attachTo(id, { tty: hasTty(flags, context), stdin: flags.interactive !== false });
  const waiting = yield* waitForEnd(id, flags.rm ? 'removed' : 'next-exit');
  yield* ask(start, undefined);
  if ((yield* drain(session)) === 'detached') return 0;
  const exitCode = yield* exitCodeOf(waiting);
  // compose ends with an error that has no words
  if (exitCode !== 0) yield* complain('\n');
  return exitCode;
}
