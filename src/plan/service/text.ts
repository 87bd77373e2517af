/** A service in lines, as docker service inspect --pretty prints it (docker/cli, service/formatter). Pure. */
import type { JsonObject } from '../../api/request.ts';
import { ago } from '../output/human.ts';
import type { PublishedPort, Service } from './flags.ts';
import { scalar } from '../../api/json-parts.ts';
import { binarySize } from '../../size.ts';
import { formatDuration } from '../../duration.ts';

/** @param now milliseconds since 1970 */
export function serviceText(service: Service, networks: readonly string[], now: number): string {
  const { Spec, Endpoint } = service;
  const task = Spec.TaskTemplate;
  return [
    '\n',
    `ID:\t\t${service.ID}\n`,
    `Name:\t\t${Spec.Name}\n`,
    ...labels(Spec.Labels ?? {}),
    ...mode(service),
    ...updateStatus(service, now),
    ...placement(task['Placement'] as JsonObject | undefined),
    ...rollout('UpdateConfig', 'Update order:      ', Spec.UpdateConfig),
    ...rollout('RollbackConfig', 'Rollback order:    ', Spec.RollbackConfig),
    ...container((task['ContainerSpec'] ?? {}) as JsonObject),
    ...resources(task['Resources'] as JsonObject | undefined),
    ...(networks.length > 0 ? [`Networks:${networks.map((name) => ` ${name}`).join('')} \n`] : []),
    `Endpoint Mode:\t${scalar(Spec.EndpointSpec?.['Mode'] ?? '')}\n`,
    ...ports(Endpoint?.Ports ?? []),
    ...health((task['ContainerSpec'] as JsonObject | undefined)?.['Healthcheck'] as JsonObject | undefined),
    '\n',
  ].join('');
}

function labels(found: Readonly<Record<string, string>>): readonly string[] {
  const lines = Object.keys(found)
    .sort()
    .map((key) => ` ${key}=${found[key] ?? ''}\n`);
  return lines.length > 0 ? ['Labels:\n', ...lines] : [];
}

function mode({ Spec: { Mode = {} } }: Service): readonly string[] {
  if (Mode.Global) return ['Service Mode:\tGlobal\n'];
  if (Mode.Replicated)
    return [
      'Service Mode:\tReplicated\n',
      ...(Mode.Replicated.Replicas === undefined ? [] : [` Replicas:\t${String(Mode.Replicated.Replicas)}\n`]),
    ];
  return ['Service Mode:\n'];
}

function updateStatus({ UpdateStatus }: Service, now: number): readonly string[] {
  if (!UpdateStatus?.State) return [];
  const { State, StartedAt, CompletedAt, Message = '' } = UpdateStatus;
  const past = (time: string): string => ago(Date.parse(time) / 1000, now);
  return [
    'UpdateStatus:\n',
    ` State:\t\t${State}\n`,
    ...(StartedAt === undefined ? [] : [` Started:\t${past(StartedAt)}\n`]),
    ...(State === 'completed' && CompletedAt !== undefined ? [` Completed:\t${past(CompletedAt)}\n`] : []),
    ` Message:\t${Message}\n`,
  ];
}

function placement(found: JsonObject = {}): readonly string[] {
  const constraints = (found['Constraints'] ?? []) as readonly string[];
  const preferences = (found['Preferences'] ?? []) as readonly {
    readonly Spread?: { readonly SpreadDescriptor?: string };
  }[];
  const most = Number(found['MaxReplicas'] ?? 0);
  return [
    'Placement:\n',
    ...(constraints.length > 0 ? [` Constraints:\t[${constraints.join(' ')}]\n`] : []),
    ...(preferences.length > 0
      ? [` Preferences:\t[${preferences.map(({ Spread }) => `spread=${Spread?.SpreadDescriptor ?? ''}`).join(' ')}]\n`]
      : []),
    ...(most > 0 ? [` Max Replicas Per Node:\t${String(most)}\n`] : []),
  ];
}

function rollout(name: string, order: string, found: JsonObject | undefined): readonly string[] {
  if (!found) return [];
  const [delay, monitor] = [Number(found['Delay'] ?? 0), Number(found['Monitor'] ?? 0)];
  return [
    `${name}:\n`,
    ` Parallelism:\t${scalar(found['Parallelism'] ?? 0)}\n`,
    ...(delay > 0 ? [` Delay:\t\t${formatDuration(delay)}\n`] : []),
    ` On failure:\t${scalar(found['FailureAction'] ?? '')}\n`,
    ...(monitor > 0 ? [` Monitoring Period: ${formatDuration(monitor)}\n`] : []),
    ` Max failure ratio: ${scalar(found['MaxFailureRatio'] ?? 0)}\n`,
    ` ${order}${scalar(found['Order'] ?? '')}\n`,
  ];
}

function container(spec: JsonObject): readonly string[] {
  const list = (key: string): string => ((spec[key] ?? []) as readonly string[]).map((word) => `${word} `).join('');
  const line = (label: string, key: string): readonly string[] => (list(key) === '' ? [] : [` ${label}${list(key)}\n`]);
  const text = (label: string, key: string): readonly string[] =>
    spec[key] ? [` ${label}${scalar(spec[key])}\n`] : [];
  return [
    'ContainerSpec:\n',
    ` Image:\t\t${scalar(spec['Image'] ?? '')}\n`,
    ...line('Command:\t', 'Command'),
    ...line('Args:\t\t', 'Args'),
    ...line('Env:\t\t', 'Env'),
    ...text('Dir:\t\t', 'Dir'),
    ...(spec['Init'] === undefined || spec['Init'] === null ? [] : [` Init:\t\t${scalar(spec['Init'])}\n`]),
    ...text('User: ', 'User'),
    ...line('Capabilities:\n  Add: ', 'CapabilityAdd'),
    ...mounts((spec['Mounts'] ?? []) as readonly JsonObject[]),
  ];
}

function mounts(found: readonly JsonObject[]): readonly string[] {
  if (found.length === 0) return [];
  return [
    'Mounts:\n',
    ...found.map(
      ({ Target, Source, ReadOnly, Type }) =>
        ` Target:\t${scalar(Target)}\n  Source:\t${scalar(Source ?? '')}\n  ReadOnly:\t${scalar(ReadOnly ?? false)}\n  Type:\t\t${scalar(Type)}\n`,
    ),
  ];
}

function resources(found: JsonObject | undefined): readonly string[] {
  if (!found) return [];
  const part = (label: string, { NanoCPUs = 0, MemoryBytes = 0, Pids = 0 }: JsonObject): readonly string[] => {
    const lines = [
      ...(Number(NanoCPUs) > 0 ? [`  CPU:\t\t${String(Number(NanoCPUs) / 1e9)}\n`] : []),
      ...(Number(MemoryBytes) > 0 ? [`  Memory:\t${binarySize(Number(MemoryBytes))}\n`] : []),
      ...(Number(Pids) > 0 ? [`  PIDs:\t\t${scalar(Pids)}\n`] : []),
    ];
    return lines.length > 0 ? [` ${label}:\n`, ...lines] : [];
  };
  return [
    'Resources:\n',
    ...part('Reservations', (found['Reservations'] ?? {}) as JsonObject),
    ...part('Limits', (found['Limits'] ?? {}) as JsonObject),
  ];
}

function ports(found: readonly PublishedPort[]): readonly string[] {
  if (found.length === 0) return [];
  const one = ({ PublishedPort: published = 0, Protocol = '', TargetPort, PublishMode = '' }: PublishedPort): string =>
    ` PublishedPort = ${String(published)}\n  Protocol = ${Protocol}\n  TargetPort = ${String(TargetPort)}\n  PublishMode = ${PublishMode}`;
  return ['Ports:\n', found.map(one).join('\n'), ' \n'];
}

function health(found: JsonObject | undefined): readonly string[] {
  if (!found) return [];
  const time = (key: string): string => formatDuration(Number(found[key] ?? 0));
  const tests = ((found['Test'] ?? []) as readonly string[]).map((word) => `\t Test = ${word}`).join('\n');
  return [
    ' Healthcheck:\n',
    `  Interval = ${time('Interval')}\n  Retries = ${scalar(found['Retries'] ?? 0)}\n  StartPeriod =\t${time('StartPeriod')}\n  Timeout =\t${time('Timeout')}\n`,
    ...(tests === '' ? [] : [`  Tests:\n${tests} \n`]),
  ];
}
