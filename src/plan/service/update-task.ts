/** The parts of a service's specification that --…-add and --…-rm change. Lists keep their order; what is added comes last. */
import { capabilities } from '../capabilities.ts';
import { Stopped } from '../effects.ts';
import type { Json, JsonObject } from '../../api/request.ts';
import type { PlanContext } from '../effects.ts';
import type { UpdateServiceFlags } from './flags.ts';
import type { ServiceImage } from './image.ts';
import {
  genericResources,
  hostLine,
  mounts,
  pairMap,
  portConfigs,
  preferences,
  shellWords,
  ulimits,
  variableText,
} from './pieces.ts';
import { defined, healthcheck, resources, restartPolicy } from './rollout/rollout.ts';
import type { Pair } from '../../command/values/pairs.ts';
import { scalar } from '../../api/json-parts.ts';

interface Known {
  readonly found: ServiceImage | undefined;
  readonly networks: readonly JsonObject[] | undefined;
  readonly context: PlanContext;
}

export function updatedTask(task: JsonObject, flags: UpdateServiceFlags, known: Known): JsonObject {
  const before = object(task['ContainerSpec']);
  return {
    ...task,
    ...defined({
      ContainerSpec: { ...before, ...updatedContainer(before, flags, known) },
      Resources: updatedResources(task['Resources'], flags),
      RestartPolicy: restartPolicy(flags, task['RestartPolicy'] as JsonObject | undefined),
      Placement: updatedPlacement(object(task['Placement']), flags, known.found),
      Networks: known.networks,
      LogDriver: updatedLogDriver(task['LogDriver'], flags),
      ForceUpdate: flags.force ? Number(task['ForceUpdate'] ?? 0) + 1 : undefined,
    }),
  };
}

function updatedContainer(before: JsonObject, flags: UpdateServiceFlags, { found, context }: Known): JsonObject {
  const changed = (
    key: string,
    added: readonly string[] | undefined,
    removed: readonly string[] | undefined,
    keyOf = (text: string) => text,
  ): readonly string[] | undefined =>
    added || removed ? changedList(texts(before[key]), added ?? [], removed ?? [], keyOf) : undefined;
  return defined({
    Image: found?.name,
    Labels: merged(before['Labels'] as Labels, flags['container-label-add'], flags['container-label-rm']),
    Command: flags.entrypoint === undefined ? undefined : shellWords(flags.entrypoint),
    Args: flags.args === undefined ? undefined : shellWords(flags.args),
    Hostname: flags.hostname,
    Env: changed(
      'Env',
      flags['env-add']?.map((variable) => variableText(variable, context.env)),
      flags['env-rm'],
      nameOf,
    ),
    Dir: flags.workdir,
    User: flags.user,
    Groups: changed('Groups', flags['group-add'], flags['group-rm']),
    StopSignal: flags['stop-signal'],
    TTY: flags.tty,
    ReadOnly: flags['read-only'],
    Mounts: updatedMounts(before, flags),
    StopGracePeriod: flags['stop-grace-period'],
    Healthcheck: healthcheck(flags, before['Healthcheck'] as JsonObject | undefined),
    Hosts: changed(
      'Hosts',
      flags['host-add']?.map(hostLine),
      flags['host-rm']?.map((written) => written.split(':')[0] ?? ''),
      (line) => line.split(' ')[1] ?? line,
    ),
    DNSConfig: updatedDns(object(before['DNSConfig']), flags),
    Isolation: flags.isolation,
    Init: flags.init,
    Sysctls: merged(before['Sysctls'] as Labels, flags['sysctl-add'], flags['sysctl-rm']),
    ...updatedCapabilities(before, flags),
    Ulimits: updatedUlimits(before, flags),
    OomScoreAdj: flags['oom-score-adj'],
  });
}

type Labels = Readonly<Record<string, string>> | null | undefined;

/** Labels and sysctls; undefined where neither is written. */
export function merged(
  before: Labels,
  added: readonly Pair[] | undefined,
  removed: readonly string[] | undefined,
): JsonObject | undefined {
  if (!added && !removed) return undefined;
  const kept = Object.entries(before ?? {}).filter(([key]) => !removed?.includes(key));
  return { ...Object.fromEntries(kept), ...pairMap(added ?? []) };
}

function nameOf(text: string): string {
  return text.split('=')[0] ?? '';
}

function changedList(
  before: readonly string[],
  added: readonly string[],
  removed: readonly string[],
  keyOf: (text: string) => string,
): readonly string[] {
  const replaced = new Set([...removed, ...added.map(keyOf)]);
  return [...before.filter((text) => !replaced.has(keyOf(text))), ...added];
}

function updatedMounts(
  before: JsonObject,
  { 'mount-add': added, 'mount-rm': removed }: UpdateServiceFlags,
): readonly JsonObject[] | undefined {
  if (!added && !removed) return undefined;
  const gone = new Set([...(removed ?? []), ...(added ?? []).map(({ Target = '' }) => Target)]);
  const kept = objects(before['Mounts']).filter(({ Target }) => !gone.has(scalar(Target)));
  return [...kept, ...mounts(added ?? [])].sort((a, b) => (scalar(a['Target']) < scalar(b['Target']) ? -1 : 1));
}

function updatedDns(before: JsonObject, flags: UpdateServiceFlags): JsonObject | undefined {
  const next = (
    key: string,
    add: readonly string[] | undefined,
    rm: readonly string[] | undefined,
  ): readonly string[] | undefined =>
    add || rm ? changedList(texts(before[key]), add ?? [], rm ?? [], (text) => text) : undefined;
  const written = defined({
    Nameservers: next('Nameservers', flags['dns-add'], flags['dns-rm']),
    Search: next('Search', flags['dns-search-add'], flags['dns-search-rm']),
    Options: next('Options', flags['dns-option-add'], flags['dns-option-rm']),
  });
  return Object.keys(written).length === 0 ? undefined : { ...before, ...written };
}

function updatedCapabilities(
  before: JsonObject,
  { 'cap-add': added, 'cap-drop': dropped }: UpdateServiceFlags,
): JsonObject {
  if (!added && !dropped) return {};
  const wanted = capabilities(added ?? [], dropped ?? []);
  const start = (key: string, names: readonly string[]): readonly string[] =>
    names.includes('RESET') ? [] : texts(before[key]);
  const plain = (names: readonly string[]): readonly string[] => names.filter((name) => name !== 'RESET');
  const add = [
    ...start('CapabilityAdd', wanted.add).filter((name) => !wanted.drop.includes(name)),
    ...plain(wanted.add),
  ];
  const drop = [...start('CapabilityDrop', wanted.drop), ...plain(wanted.drop)].filter(
    (name) => !wanted.add.includes(name),
  );
  return { CapabilityAdd: [...new Set(add)].sort(), CapabilityDrop: [...new Set(drop)].sort() };
}

function updatedUlimits(
  before: JsonObject,
  { 'ulimit-add': added, 'ulimit-rm': removed }: UpdateServiceFlags,
): readonly JsonObject[] | undefined {
  if (!added && !removed) return undefined;
  const gone = new Set([...(removed ?? []), ...(added ?? []).map(({ name }) => name)]);
  return [...objects(before['Ulimits']).filter(({ Name }) => !gone.has(scalar(Name))), ...ulimits(added ?? [])];
}

function updatedResources(before: Json | undefined, flags: UpdateServiceFlags): JsonObject | undefined {
  const { 'generic-resource-add': added, 'generic-resource-rm': removed } = flags;
  const plain = ['limit-cpu', 'limit-memory', 'limit-pids', 'reserve-cpu', 'reserve-memory'] as const;
  if (plain.every((name) => flags[name] === undefined) && !added && !removed) return undefined;
  const { Limits, Reservations } = resources(flags, object(before));
  const kept = objects(object(Reservations)['GenericResources']).filter(
    (one) => !removed?.includes(scalar(object(one['DiscreteResourceSpec'] ?? one['NamedResourceSpec'])['Kind'])),
  );
  const generic = added || removed ? { GenericResources: [...kept, ...genericResources(added ?? [])] } : {};
  return { Limits, Reservations: { ...object(Reservations), ...generic } };
}

function updatedPlacement(
  before: JsonObject,
  flags: UpdateServiceFlags,
  found: ServiceImage | undefined,
): JsonObject | undefined {
  const {
    'constraint-add': add,
    'constraint-rm': remove,
    'placement-pref-add': prefer,
    'placement-pref-rm': unprefer,
  } = flags;
  const gone = preferences(unprefer ?? []).map((one) => JSON.stringify(one));
  const written = defined({
    Constraints:
      add || remove ? changedList(texts(before['Constraints']), add ?? [], remove ?? [], (text) => text) : undefined,
    Preferences:
      prefer || unprefer
        ? [
            ...objects(before['Preferences']).filter((one) => !gone.includes(JSON.stringify(one))),
            ...preferences(prefer ?? []),
          ]
        : undefined,
    MaxReplicas: flags['replicas-max-per-node'],
    Platforms: found && found.platforms.length > 0 ? found.platforms : undefined,
  });
  return Object.keys(written).length === 0 ? undefined : { ...before, ...written };
}

function updatedLogDriver(
  before: Json | undefined,
  { 'log-driver': name, 'log-opt': options }: UpdateServiceFlags,
): JsonObject | undefined {
  if (name === undefined) return before as JsonObject | undefined;
  return defined({ Name: name, Options: options && pairMap(options) });
}

/** Undefined where neither the mode nor a port is written. */
export function endpointSpec(before: JsonObject | undefined, flags: UpdateServiceFlags): JsonObject | undefined {
  const { 'publish-add': added, 'publish-rm': removed, 'endpoint-mode': mode } = flags;
  if (!added && !removed) return mode === undefined ? before : { ...before, Mode: mode };
  const gone = portConfigs(removed ?? []);
  const come = portConfigs(added ?? []);
  const same = (a: JsonObject, b: JsonObject): boolean =>
    a['TargetPort'] === b['TargetPort'] && (a['Protocol'] ?? 'tcp') === (b['Protocol'] ?? 'tcp');
  const kept = objects(before?.['Ports']).filter((port) => !gone.some((other) => same(port, other)));
  const clash = come.find((port) =>
    kept.some(
      (other) =>
        other['PublishedPort'] !== undefined && other['PublishedPort'] === port['PublishedPort'] && !same(port, other),
    ),
  );
  if (clash) throw new Stopped(`conflicting port mapping: port ${scalar(clash['PublishedPort'])} is published already`);
  const rest = kept.filter(
    (port) => !come.some((other) => same(port, other) && port['PublishedPort'] === other['PublishedPort']),
  );
  const Ports = [...rest, ...come].sort((a, b) => Number(a['PublishedPort'] ?? 0) - Number(b['PublishedPort'] ?? 0));
  return defined({ ...before, Mode: mode ?? before?.['Mode'], Ports });
}

function object(value: Json | undefined): JsonObject {
  return value !== undefined && value !== null && typeof value === 'object' && !Array.isArray(value)
    ? (value as JsonObject)
    : {};
}

function objects(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? (value as readonly JsonObject[]) : [];
}

function texts(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
