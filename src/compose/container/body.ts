/** A service as the body of POST /containers/create (docker/compose, pkg/compose/create.go). */
import { readDuration } from '../../command/values/duration.ts';
import { compact } from '../../plan/compact.ts';
import type { JsonObject } from '../../api/request.ts';
import type { Health, Port, Project, Service } from '../file/project.ts';
import { hostConfig } from './host-config.ts';
import type { Placing } from './host-config.ts';
import { endpointsOf } from './endpoints.ts';

export interface Wish extends Placing {
  readonly project: Project;
  readonly name: string;
  readonly service: Service;
  readonly image: string;
  readonly labels: Readonly<Record<string, string>>;
  /** The container's own name: an alias of it on its networks. */
  readonly containerName: string;
  readonly apiVersion: string;
  /** Whether it answers to the service's name on its networks. */
  readonly useAliases: boolean;
}

export function containerBody(wish: Wish): JsonObject {
  const { service } = wish;
  const body = compact({
    Hostname: text(service, 'hostname'),
    Domainname: text(service, 'domainname'),
    User: text(service, 'user'),
    ExposedPorts: exposed(service),
    Tty: service.tty,
    OpenStdin: service.stdin_open,
    AttachStdout: true,
    AttachStderr: true,
    Cmd: service.command,
    Image: wish.image,
    WorkingDir: text(service, 'working_dir'),
    StopSignal: text(service, 'stop_signal'),
    StopTimeout:
      service.stop_grace_period === undefined ? undefined : Math.round(readDuration(service.stop_grace_period) / 1e9),
    Env: environment(service),
    Healthcheck: service.healthcheck && healthcheck(service.healthcheck),
  });
  const endpoints = endpointsOf(wish);
  return {
    ...body,
    // an empty list says something: the image's own does not count
    ...(service.command !== undefined && { Cmd: service.command }),
    ...(service.entrypoint !== undefined && { Entrypoint: service.entrypoint.length > 0 ? service.entrypoint : [''] }),
    Labels: wish.labels,
    HostConfig: hostConfig(wish),
    ...(Object.keys(endpoints).length > 0 && { NetworkingConfig: { EndpointsConfig: endpoints } }),
  };
}

function text(service: Service, key: string): string | undefined {
  const value = service[key];
  return typeof value === 'string' ? value : undefined;
}

/** A name without a value takes the variable away that the image sets. */
function environment({ environment: variables }: Service): readonly string[] | undefined {
  return variables && Object.entries(variables).map(([key, value]) => (value === null ? key : `${key}=${value}`));
}

function exposed({ ports = [], expose }: Service): JsonObject {
  const own = ((expose ?? []) as readonly string[]).flatMap((entry) => {
    const [range = '', protocol = 'tcp'] = entry.split('/');
    const [first = '', last = first] = range.split('-');
    return Array.from(
      { length: Number(last) - Number(first) + 1 },
      (_, index) => `${String(Number(first) + index)}/${protocol}`,
    );
  });
  return Object.fromEntries([...own, ...ports.map(portKey)].map((port) => [port, {}]));
}

export function portKey({ target, protocol }: Port): string {
  return `${String(target)}/${protocol}`;
}

function healthcheck(health: Health): JsonObject {
  if (health.disable) return { Test: ['NONE'] };
  return {
    Test: health.test,
    Interval: time(health.interval),
    Timeout: time(health.timeout),
    StartPeriod: time(health.start_period),
    StartInterval: time(health.start_interval),
    Retries: health.retries,
  };
}

function time(written: string | undefined): number | undefined {
  return written === undefined ? undefined : readDuration(written);
}
