/** docker service update: what is written changes, all else goes back as it was. */
import { complain, print } from '../ask.ts';
import { Stopped } from '../effects.ts';
import type { JsonObject } from '../../api/request.ts';
import type { Plan, PlanContext } from '../effects.ts';
import { converge } from './rollout/converge.ts';
import type { ServiceSpec, UpdateServiceCommand, UpdateServiceFlags } from './flags.ts';
import { registryOf, serviceImage } from './image.ts';
import type { ServiceImage } from './image.ts';
import { change, lookAt } from './look.ts';
import { networkTargets } from './pieces.ts';
import { defined, rollout } from './rollout/rollout.ts';
import { endpointSpec, merged, updatedTask } from './update-task.ts';

export function* updateService({ flags, operands: [name = ''] }: UpdateServiceCommand, context: PlanContext): Plan {
  const service = yield* lookAt(name, flags.replicas === undefined ? {} : { Replicated: {} });
  const login = flags['with-registry-auth'] === true;
  const found = yield* newImage(flags, login);
  const networks = yield* changedNetworks(flags, service.Spec);
  if (flags.rollback) refuseOthers(flags);
  const spec = flags.rollback ? service.Spec : updatedSpec(service.Spec, flags, { found, networks, context });
  const query = { registryAuthFrom: login ? undefined : 'spec', rollback: flags.rollback ? 'previous' : undefined };
  yield* change(service, spec, { query, ...(login && { login: registryOf(imageOf(spec)) }) });
  if (found?.warning !== undefined) yield* complain(`${found.warning}\n`);
  yield* print(`${name}\n`);
  return flags.detach ? 0 : yield* converge(name, flags.quiet === true);
}

function refuseOthers(flags: UpdateServiceFlags): void {
  const allowed = new Set(['rollback', 'detach', 'quiet', 'with-registry-auth', 'no-resolve-image']);
  const other = Object.keys(flags).find((name) => !allowed.has(name));
  if (other !== undefined) throw new Stopped('other flags may not be combined with --rollback');
}

function* newImage(flags: UpdateServiceFlags, login: boolean): Plan<ServiceImage | undefined> {
  if (flags.image === undefined) return undefined;
  return yield* serviceImage(flags.image.familiar, flags['no-resolve-image'] !== true, login);
}

function imageOf(spec: ServiceSpec): string {
  const image = (spec.TaskTemplate['ContainerSpec'] as { readonly Image?: string } | undefined)?.Image ?? '';
  return image.replace(/@.*$/, '');
}

/** Ids go and come; undefined where no network flag is written. */
function* changedNetworks(
  flags: UpdateServiceFlags,
  { TaskTemplate }: ServiceSpec,
): Plan<readonly JsonObject[] | undefined> {
  const { 'network-add': added = [], 'network-rm': removed = [] } = flags;
  if (added.length === 0 && removed.length === 0) return undefined;
  const before = (TaskTemplate['Networks'] ?? []) as readonly JsonObject[];
  const gone = yield* networkTargets(
    removed.map((target) => ({ target, aliases: [], driverOpts: {}, linkLocalIps: [] })),
  );
  const come = yield* networkTargets(added);
  const kept = before.filter(({ Target }) => !gone.some((other) => other['Target'] === Target));
  const twice = come.findIndex(({ Target }) => kept.some((other) => other['Target'] === Target));
  if (twice !== -1) throw new Stopped(`service is already attached to network ${added[twice]?.target ?? ''}`);
  return [...kept, ...come];
}

interface Known {
  readonly found: ServiceImage | undefined;
  readonly networks: readonly JsonObject[] | undefined;
  readonly context: PlanContext;
}

function updatedSpec(spec: ServiceSpec, flags: UpdateServiceFlags, known: Known): ServiceSpec {
  return {
    ...spec,
    ...defined({
      Labels: merged(spec.Labels, flags['label-add'], flags['label-rm']),
      TaskTemplate: updatedTask(spec.TaskTemplate, flags, known),
      Mode: replicas(spec, flags) as JsonObject | undefined,
      UpdateConfig: rollout('update', flags, spec.UpdateConfig),
      RollbackConfig: rollout('rollback', flags, spec.RollbackConfig),
      EndpointSpec: endpointSpec(spec.EndpointSpec, flags),
    }),
  };
}

function replicas(
  { Mode }: ServiceSpec,
  { replicas: wanted, 'max-concurrent': concurrent }: UpdateServiceFlags,
): ServiceSpec['Mode'] {
  if (wanted !== undefined && !Mode?.Replicated) throw new Stopped('replicas can only be used with replicated mode');
  if (concurrent !== undefined) {
    if (!Mode?.ReplicatedJob) throw new Stopped('max-concurrent can only be used with replicated-job mode');
    return { ...Mode, ReplicatedJob: { ...Mode.ReplicatedJob, MaxConcurrent: concurrent } };
  }
  return wanted === undefined ? Mode : { ...Mode, Replicated: { Replicas: wanted } };
}
