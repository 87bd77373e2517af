/** docker service create: POST /services/create, then docker waits until the tasks run. */
import { ask, complain, print, request } from '../ask.ts';
import { capabilities } from '../capabilities.ts';
import { Stopped } from '../effects.ts';
import type { JsonObject } from '../../api/request.ts';
import type { Plan, PlanContext } from '../effects.ts';
import { converge } from './rollout/converge.ts';
import type { CreateServiceCommand, CreateServiceFlags } from './flags.ts';
import { registryOf, serviceImage } from './image.ts';
import type { ServiceImage } from './image.ts';
import {
  environment,
  genericResources,
  hostLine,
  mounts,
  networkTargets,
  pairMap,
  portConfigs,
  preferences,
  shellWords,
  ulimits,
} from './pieces.ts';
import { defined, healthcheck, resources, restartPolicy, rollout } from './rollout/rollout.ts';

export function* createService(
  { flags, operands: [image = '', ...args] }: CreateServiceCommand,
  context: PlanContext,
): Plan {
  const env = yield* environment(flags['env-file'] ?? [], flags.env ?? [], context);
  // docker looks at the mode before it asks for anything
  const mode = modeOf(flags);
  // and at what else is wrong with the flags
  serviceSpec(flags, { image: { name: image, platforms: [] }, args, env, networks: [], mode });
  const networks = yield* networkTargets(flags.network ?? []);
  const login = flags['with-registry-auth'] === true;
  const found = yield* serviceImage(image, flags['no-resolve-image'] !== true, login);
  const body = serviceSpec(flags, { image: found, args, env, mode, networks });
  const create = request('POST', '/services/create', { body, ...(login && { login: registryOf(image) }) });
  const answer = yield* ask<{ readonly ID: string; readonly Warnings?: readonly string[] | null }>(create, {
    ID: '<id>',
  });
  for (const warning of [found.warning, ...(answer.body.Warnings ?? [])]) if (warning) yield* complain(`${warning}\n`);
  yield* print(`${answer.body.ID}\n`);
  return flags.detach ? 0 : yield* converge(answer.body.ID, flags.quiet === true);
}

interface Known {
  readonly image: ServiceImage;
  readonly args: readonly string[];
  readonly env: readonly string[];
  readonly mode: JsonObject;
  readonly networks: readonly JsonObject[];
}

/** The whole specification, with the empty objects that the docker CLI sends. */
function serviceSpec(flags: CreateServiceFlags, known: Known): JsonObject {
  return defined({
    Name: flags.name,
    Labels: pairMap(flags.label ?? []),
    TaskTemplate: taskTemplate(flags, known),
    Mode: known.mode,
    UpdateConfig: rollout('update', flags),
    RollbackConfig: rollout('rollback', flags),
    EndpointSpec: endpointSpec(flags),
  });
}

function taskTemplate(flags: CreateServiceFlags, { image, args, env, networks }: Known): JsonObject {
  const generic = genericResources(flags['generic-resource'] ?? []);
  const { Limits, Reservations } = resources(flags);
  return defined({
    ContainerSpec: containerSpec(flags, image.name, args, env),
    Resources: {
      Limits,
      Reservations: { ...(Reservations as JsonObject), ...(generic.length > 0 && { GenericResources: generic }) },
    },
    RestartPolicy: restartPolicy(flags),
    Placement: defined({
      Constraints: filled(flags.constraint),
      Preferences: filled(preferences(flags['placement-pref'] ?? [])),
      MaxReplicas: flags['replicas-max-per-node'],
      Platforms: filled(image.platforms),
    }),
    Networks: filled(networks),
    LogDriver: logDriver(flags),
    ForceUpdate: 0,
  });
}

function containerSpec(
  flags: CreateServiceFlags,
  image: string,
  args: readonly string[],
  env: readonly string[],
): JsonObject {
  const { add, drop } = capabilities(flags['cap-add'] ?? [], flags['cap-drop'] ?? []);
  return defined({
    Image: image,
    Labels: flags['container-label'] && pairMap(flags['container-label']),
    Command: flags.entrypoint === undefined ? undefined : shellWords(flags.entrypoint),
    Args: filled(args),
    Hostname: flags.hostname,
    Env: filled(env),
    Dir: flags.workdir,
    User: flags.user,
    Groups: filled(flags.group),
    StopSignal: flags['stop-signal'],
    TTY: flags.tty,
    ReadOnly: flags['read-only'],
    Mounts: filled(mounts(flags.mount ?? [])),
    StopGracePeriod: flags['stop-grace-period'],
    Healthcheck: healthcheck(flags),
    Hosts: filled(flags.host?.map(hostLine)),
    DNSConfig: defined({
      Nameservers: filled(flags.dns),
      Search: filled(flags['dns-search']),
      Options: filled(flags['dns-option']),
    }),
    Isolation: flags.isolation,
    Init: flags.init ?? false,
    Sysctls: flags.sysctl && pairMap(flags.sysctl),
    CapabilityAdd: filled(add),
    CapabilityDrop: filled(drop),
    Ulimits: filled(ulimits(flags.ulimit ?? [])),
    OomScoreAdj: flags['oom-score-adj'],
  });
}

/** `--replicas` of a job is how often it is to complete; docker takes neither flag for a mode that has no use for it. */
function modeOf(flags: CreateServiceFlags): JsonObject {
  const { mode = 'replicated', replicas, 'max-concurrent': concurrent } = flags;
  if (mode.startsWith('global')) {
    if (replicas !== undefined) throw new Stopped('replicas can only be used with replicated or replicated-job mode');
    if (flags['replicas-max-per-node'] !== undefined)
      throw new Stopped('replicas-max-per-node can only be used with replicated or replicated-job mode');
  }
  if (concurrent !== undefined && mode !== 'replicated-job')
    throw new Stopped('max-concurrent can only be used with replicated-job mode');
  if (mode.endsWith('-job') && (rollout('update', flags) ?? rollout('rollback', flags)))
    throw new Stopped('update and rollback configuration is not supported for jobs');
  switch (mode) {
    case 'global':
      return { Global: {} };
    case 'global-job':
      return { GlobalJob: {} };
    case 'replicated-job':
      // without a number of its own, as many run at once as are to complete
      return { ReplicatedJob: defined({ MaxConcurrent: concurrent ?? replicas, TotalCompletions: replicas }) };
    default:
      return { Replicated: defined({ Replicas: replicas }) };
  }
}

function endpointSpec({ publish = [], 'endpoint-mode': mode = 'vip' }: CreateServiceFlags): JsonObject {
  return defined({ Mode: mode, Ports: filled(portConfigs(publish)) });
}

function logDriver({ 'log-driver': name, 'log-opt': options }: CreateServiceFlags): JsonObject | undefined {
  return name === undefined ? undefined : defined({ Name: name, Options: options && pairMap(options) });
}

function filled<T>(list: readonly T[] | undefined): readonly T[] | undefined {
  return list && list.length > 0 ? list : undefined;
}
