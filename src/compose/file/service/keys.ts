/** The keys of a service, in the order docker compose prints them (compose-spec, service). */
import type { Json, JsonObject } from '../../../api/request.ts';
import { absolute } from '../absolute.ts';
import { dotted, inside, wrong } from '../compose-error.ts';
import type { FilePlace } from '../compose-error.ts';
import { build } from './build.ts';
import { deploy } from './deploy.ts';
import { ports } from './ports.ts';
import {
  anything,
  bool,
  decimal,
  duration,
  labels,
  list,
  map,
  mode,
  pairs,
  record,
  shortOr,
  size,
  text,
  texts,
  whole,
} from '../readers.ts';
import type { Reader } from '../readers.ts';
import { splitWords } from './split-words.ts';
import { volumes } from './volumes.ts';

const command: Reader<readonly string[]> = (value, at) =>
  typeof value === 'string' ? splitWords(value, at) : texts(value, at);

/** A string is for a shell; `CMD`, `CMD-SHELL` and `NONE` begin a list. */
const healthTest: Reader<readonly string[]> = (value, at) => {
  if (typeof value === 'string') return ['CMD-SHELL', value];
  const words = list(text)(value, at);
  if (words === undefined || words.length === 0 || ['CMD', 'CMD-SHELL', 'NONE'].includes(words[0] ?? '')) return words;
  throw wrong(at, `a health check's test in list form begins with CMD, CMD-SHELL or NONE, not with ${words[0] ?? ''}`);
};

const healthcheck = record({
  test: healthTest,
  timeout: duration,
  interval: duration,
  retries: whole,
  start_period: duration,
  start_interval: duration,
  disable: bool,
});

const conditions: readonly string[] = ['service_started', 'service_healthy', 'service_completed_successfully'];

const dependency = record({
  condition: (value, at) => {
    const written = text(value, at) ?? 'service_started';
    if (conditions.includes(written)) return written;
    throw wrong(at, `"${written}" is no condition; write ${conditions.join(', ')}`);
  },
  restart: bool,
  required: bool,
});

const dependsOn: Reader = (value, at) => {
  const long = Array.isArray(value)
    ? Object.fromEntries((list(text)(value, at) ?? []).map((name) => [name, {}]))
    : value;
  return map((entry, place) => dependency({ condition: 'service_started', required: true, ...(entry ?? {}) }, place))(
    long,
    at,
  );
};

const serviceNetwork = record({
  aliases: texts,
  driver_opts: labels,
  gw_priority: whole,
  interface_name: text,
  ipv4_address: text,
  ipv6_address: text,
  link_local_ips: texts,
  mac_address: text,
  priority: whole,
});

const serviceNetworks: Reader = (value, at) => {
  const long = Array.isArray(value)
    ? Object.fromEntries((list(text)(value, at) ?? []).map((name) => [name, null]))
    : value;
  return map<Json>((entry, place) => serviceNetwork(entry, place) ?? null)(long, at);
};

const ulimits = map((value, at) =>
  value !== null && typeof value === 'object' ? record({ soft: whole, hard: whole })(value, at) : whole(value, at),
);

/** `host:ip`, `host=ip`, a mapping; printed as `host=ip`. */
const extraHosts: Reader<readonly string[]> = (value, at) => {
  if (value !== null && typeof value === 'object' && !Array.isArray(value))
    return Object.entries(value).flatMap(([host, ip]) =>
      (texts(ip, inside(at, host)) ?? []).map((each) => `${host}=${each}`),
    );
  return list((entry, place) => {
    const written = text(entry, place) ?? '';
    const [, host, ip] = /^([^=:]+)[=:](.+)$/.exec(written) ?? [];
    if (host === undefined || ip === undefined)
      throw wrong(place, `"${written}" is no host and address; write it like "host:10.0.0.5"`);
    return `${host}=${ip.replace(/^\[(.*)\]$/, '$1')}`;
  })(value, at);
};

const reference = list(
  shortOr((source) => ({ source }), record({ source: text, target: text, uid: text, gid: text, mode })),
);

const device = shortOr(
  (written, at) => {
    const [source = '', target = source, permissions = 'rwm', ...more] = written.split(':');
    if (more.length > 0 || source === '')
      throw wrong(at, `"${written}" is no device; write host-path:container-path:rwm`);
    return { source, target, permissions };
  },
  record({ source: text, target: text, permissions: text }),
);

const extend = shortOr((service) => ({ service }), record({ file: text, service: text }));

const ranged = list(record({ path: text, rate: anything }));
const weighted = list(record({ path: text, weight: whole }));
const blkio = record({
  device_read_bps: ranged,
  device_read_iops: ranged,
  device_write_bps: ranged,
  device_write_iops: ranged,
  weight: whole,
  weight_device: weighted,
});

/** `env_file`: a path, several, or {path, required, format}. */
function envFiles(home: string | undefined): Reader {
  const one = record({
    path: (value, at) => absolute(text(value, at) ?? '', at.file.folder, home),
    required: bool,
    format: text,
  });
  return (value, at) => {
    const all = Array.isArray(value) || value === null ? value : [value];
    return list(
      shortOr(
        (path, place) => one({ path, required: true }, place),
        (entry, place) => one({ required: true, ...(entry as object) }, place),
      ),
    )(all, at);
  };
}

const expose = list((value, at) => {
  const written = text(value, at) ?? '';
  if (/^\d+(?:-\d+)?(?:\/(?:tcp|udp|sctp))?$/.test(written)) return written;
  throw wrong(at, `${dotted(at.path)}: "${written}" is not a port of the container; expose takes no host port`);
});

function fields(home: string | undefined): Readonly<Record<string, Reader>> {
  const path: Reader<string> = (value, at) => absolute(text(value, at) ?? '', at.file.folder, home);
  return {
    profiles: texts,
    annotations: labels,
    attach: bool,
    build: build(home),
    develop: anything,
    blkio_config: blkio,
    cap_add: texts,
    cap_drop: texts,
    cgroup_parent: text,
    cgroup: text,
    cpu_count: whole,
    cpu_percent: decimal,
    cpu_period: whole,
    cpu_quota: whole,
    cpu_rt_period: whole,
    cpu_rt_runtime: whole,
    cpus: decimal,
    cpuset: text,
    cpu_shares: whole,
    command,
    configs: reference,
    container_name: text,
    credential_spec: anything,
    depends_on: dependsOn,
    deploy,
    device_cgroup_rules: texts,
    devices: list(device),
    dns: texts,
    dns_opt: texts,
    dns_search: texts,
    domainname: text,
    entrypoint: command,
    provider: anything,
    environment: pairs,
    env_file: envFiles(home),
    expose,
    extends: extend,
    external_links: texts,
    extra_hosts: extraHosts,
    group_add: texts,
    gpus: anything,
    hostname: text,
    healthcheck,
    image: text,
    init: bool,
    ipc: text,
    isolation: text,
    labels,
    label_file: (value, at) => list(path)(Array.isArray(value) || value === null ? value : [value], at),
    links: texts,
    logging: record({ driver: text, options: labels }),
    mem_limit: size,
    mem_reservation: size,
    memswap_limit: size,
    mem_swappiness: whole,
    mac_address: text,
    models: anything,
    network_mode: text,
    networks: serviceNetworks,
    oom_kill_disable: bool,
    oom_score_adj: whole,
    pid: text,
    pids_limit: whole,
    platform: text,
    ports,
    privileged: bool,
    pull_policy: text,
    read_only: bool,
    restart: text,
    runtime: text,
    scale: whole,
    secrets: reference,
    security_opt: texts,
    shm_size: size,
    stdin_open: bool,
    stop_grace_period: duration,
    stop_signal: text,
    storage_opt: labels,
    sysctls: labels,
    tmpfs: texts,
    tty: bool,
    ulimits,
    use_api_socket: bool,
    user: text,
    userns_mode: text,
    uts: text,
    volume_driver: text,
    volumes: volumes(home),
    volumes_from: texts,
    working_dir: text,
    pre_start: anything,
    post_start: anything,
    pre_stop: anything,
  };
}

export function service(home: string | undefined): (value: unknown, at: FilePlace) => JsonObject {
  const read = record(fields(home));
  return (value, at) => read(value ?? {}, at) ?? {};
}

/** In the order docker compose writes them. */
export function serviceKeys(): readonly string[] {
  return Object.keys(fields(undefined));
}
