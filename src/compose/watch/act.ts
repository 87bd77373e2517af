/** What is done as files change: their services are built anew, or get them, or are started again. */
import { parseCommand } from '../../command/parse.ts';
import { isCommand } from '../../command/rows.ts';
import { containerExec } from '../../command/tables/container.ts';
import { ask, complain, print, request } from '../../plan/ask.ts';
import { isRefusal } from '../../plan/daemon-errors.ts';
import { execInContainer } from '../../plan/container/streams/exec.ts';
import { Stopped } from '../../plan/effects.ts';
import type { FilesChanged, Plan, PlanContext, SeenFile } from '../../plan/effects.ts';
import { filtersQuery } from '../../plan/filters.ts';
import { projectLabel } from '../container/labels.ts';
import { created } from '../create.ts';
import { execute } from '../execute/execute.ts';
import { workOn } from '../execute/work.ts';
import { ComposeError } from '../file/compose-error.ts';
import type { ComposeFlags } from '../file/load-project.ts';
import type { Project } from '../file/project.ts';
import { buildService } from '../image/build-service.ts';
import { observeContainers } from '../observe/containers.ts';
import type { ObservedContainer } from '../observe/containers.ts';
import { restartSteps } from '../reconcile/lifecycle.ts';
import { startSteps } from '../reconcile/start.ts';
import { syncs } from './rules.ts';
import type { Hook, WatchRule } from './rules.ts';

export interface Watching {
  readonly project: Project;
  readonly rules: readonly WatchRule[];
  readonly group: ComposeFlags;
  readonly context: PlanContext;
  /** Whether images that have lost their name to a new one are removed. */
  readonly prune: boolean;
  /** Whether builds say nothing on their way. */
  readonly quiet: boolean;
  /** Services whose containers are replaced or started again in this moment. */
  readonly changing: Set<string>;
}

type Changed = Pick<FilesChanged, 'there' | 'gone'>;

/** What cannot be done is told, and watching goes on: the next change may mend it. */
export function* actOn({ there, gone }: Changed, watching: Watching): Plan<void> {
  const changed = new Set([...there, ...gone].map(({ place }) => place));
  const rules = watching.rules.filter((_, index) => changed.has(index));
  const of = (wanted: (rule: WatchRule) => boolean): readonly string[] => [
    ...new Set(rules.filter(wanted).map(({ service }) => service)),
  ];
  for (const { service } of rules) watching.changing.add(service);
  try {
    const rebuilt = of(({ action }) => action === 'rebuild');
    if (rebuilt.length > 0) yield* rebuild(rebuilt, watching);
    for (const service of of(syncs)) yield* sync(service, { there, gone }, watching);
    const restarted = of(({ action }) => action === 'restart' || action === 'sync+restart');
    if (restarted.length > 0) yield* restart(restarted, watching);
    for (const { service, action, exec } of rules)
      if (action === 'sync+exec' && exec)
        for (const { id } of yield* running([service], watching.project)) yield* run(exec, id, watching.context);
  } catch (error) {
    if (!isRefusal(error) && !(error instanceof ComposeError) && !(error instanceof Stopped)) throw error;
    yield* complain(`WARN[0000] Error handling changed files: ${error.message}\n`);
  } finally {
    watching.changing.clear();
  }
}

/** As Go's %q writes a list. */
function quoted(services: readonly string[]): string {
  return `[${services.map((name) => JSON.stringify(name)).join(' ')}]`;
}

function* rebuild(services: readonly string[], { project, group, context, prune, quiet }: Watching): Plan<void> {
  yield* print(`Rebuilding service(s) ${quoted(services)} after changes were detected...\n`);
  for (const name of services) yield* buildService(project, name, { quiet }, context);
  yield* print(`service(s) ${quoted(services)} successfully built\n`);
  const flags = { 'no-deps': true, 'force-recreate': true };
  const made = yield* created(flags, services, group, context, 'start');
  yield* execute(startSteps(made.project, made.services, made.work.containers), made.work);
  if (prune) yield* removeNameless(project);
}

function* removeNameless({ name }: Project): Plan<void> {
  const filters = filtersQuery([
    { key: 'dangling', value: 'true' },
    { key: 'label', value: `${projectLabel}=${name}` },
  ]);
  const { body } = yield* ask<readonly { readonly Id: string }[]>(
    request('GET', '/images/json', { query: { filters } }),
    [],
  );
  for (const { Id } of body) yield* ask(request('DELETE', `/images/${Id}`), undefined, [404, 409]);
}

/** A file, and where it is in the container. */
interface Mapped {
  readonly path: string;
  readonly target: string;
}

export function* sync(service: string, { there, gone }: Changed, { project, rules, context }: Watching): Plan<void> {
  const mapped = (files: readonly SeenFile[]): readonly Mapped[] =>
    files.flatMap(({ path, place }) => {
      const rule = rules[place];
      return rule?.service === service && syncs(rule) ? [{ path, target: targetOf(path, rule) }] : [];
    });
  const [sent, removed] = [mapped(there), mapped(gone)];
  const count = sent.length + removed.length;
  if (count === 0) return;
  yield* print(`Syncing service "${service}" after ${String(count)} changes were detected\n`);
  for (const { id } of yield* running([service], project)) {
    for (const { path, target } of sent) {
      const query = { path: '/', copyUIDGID: 'true' };
      const upload = { of: 'tar', path, as: target.replace(/^\/+/, '') } as const;
      yield* ask(request('PUT', `/containers/${id}/archive`, { query, upload }), undefined);
    }
    if (removed.length > 0) yield* run({ command: ['rm', '-rf', ...removed.map(({ target }) => target)] }, id, context);
  }
}

function targetOf(path: string, { place, target = '' }: WatchRule): string {
  const below = path === place.path ? '' : path.slice(place.path.length + 1);
  return below === '' ? target : `${target.replace(/\/+$/, '')}/${below.replaceAll('\\', '/')}`;
}

function* restart(services: readonly string[], { project, context }: Watching): Plan<void> {
  const containers = yield* running(services, project);
  yield* execute(restartSteps(project, containers, undefined), workOn(project, context, containers));
  yield* print(`service(s) ${quoted(services)} restarted\n`);
}

function* run({ command = [], ...hook }: Hook, id: string, context: PlanContext): Plan<void> {
  const options = [
    ...(hook.user === undefined ? [] : [`--user=${hook.user}`]),
    ...(hook.working_dir === undefined ? [] : [`--workdir=${hook.working_dir}`]),
    ...(hook.privileged ? ['--privileged'] : []),
    ...Object.entries(hook.environment ?? {}).map(([name, value]) => `--env=${name}=${value ?? ''}`),
  ];
  const exec = parseCommand(['docker', 'exec', ...options, '--', id, ...command]);
  if (!isCommand(exec, containerExec)) throw new Error('docker exec is no longer docker exec');
  const exitCode = yield* execInContainer(exec, context);
  if (exitCode !== 0) throw new Stopped(`${command[0] ?? ''} ended with exit code ${String(exitCode)}`);
}

function* running(services: readonly string[], { name }: Project): Plan<readonly ObservedContainer[]> {
  const all = yield* observeContainers(name, false);
  return all.filter(({ service, state, oneOff }) => !oneOff && state === 'running' && services.includes(service));
}
