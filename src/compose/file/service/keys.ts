/** The keys of a service, in the order docker compose prints them (compose-spec, service). */
import type { JsonObject } from '../../../api/request.ts';
import { absoluteIn } from '../absolute.ts';
import { dotted, wrong } from '../compose-error.ts';
import type { FilePlace } from '../compose-error.ts';
import { build } from './build.ts';
import { deploy } from './deploy.ts';
import { develop } from './develop.ts';
import { device, gpus } from './devices.ts';
import { extraHosts } from './extra-hosts.ts';
import { fileReference, secretReference } from './file-reference.ts';
import { command, hooks } from './hooks.ts';
import { ports } from './ports.ts';
import {
  between,
  bool,
  decimal,
  distinct,
  duration,
  kept,
  labels,
  list,
  map,
  oneOf,
  optional,
  options,
  pairs,
  record,
  scalar,
  shortOr,
  size,
  sized,
  text,
  texts,
  truncated,
  whole,
  withoutEmpty,
  wordOrTexts,
} from '../readers.ts';
import type { Reader } from '../readers.ts';
import { ulimits } from './ulimits.ts';
import { volumes } from './volumes.ts';

/** A string is for a shell; `CMD`, `CMD-SHELL` and `NONE` begin a list. */
const healthTest: Reader<readonly string[]> = (value, at) => {
  if (typeof value === 'string') return ['CMD-SHELL', value];
  const words = list(text)(value, at);
  if (words === undefined || words.length === 0 || ['CMD', 'CMD-SHELL', 'NONE'].includes(words[0] ?? '')) return words;
  throw wrong(at, `healthcheck.test must start either by "CMD", "CMD-SHELL" or "NONE", not by "${words[0] ?? ''}"`);
};

const healthcheck = record({
  test: healthTest,
  timeout: duration,
  interval: duration,
  retries: kept(truncated),
  start_period: duration,
  start_interval: duration,
  disable: bool,
});

const condition = oneOf(['service_started', 'service_healthy', 'service_completed_successfully']);
const started = { condition: 'service_started', required: true };
const dependency = record({ condition, restart: bool, required: kept(bool) }, { needs: ['condition'] });

const dependsOn: Reader = (value, at) =>
  map((entry, place) => dependency({ required: true, ...(entry as object) }, place))(byName(value, started, at), at);

/** The names of a list, each with the same settings. */
function byName(value: unknown, settings: unknown, at: FilePlace): unknown {
  return Array.isArray(value)
    ? Object.fromEntries((distinct(texts)(value, at) ?? []).map((name) => [name, settings]))
    : value;
}

const serviceNetwork = record({
  aliases: texts,
  driver_opts: options,
  gw_priority: whole,
  interface_name: text,
  ipv4_address: text,
  ipv6_address: text,
  link_local_ips: texts,
  mac_address: text,
  priority: whole,
});

const serviceNetworks: Reader = (value, at) =>
  map((entry, place) => (entry === null ? null : serviceNetwork(entry, place)))(byName(value, null, at), at);

const serviceModel = record({ endpoint_var: text, model_var: text });

const serviceModels: Reader = (value, at) =>
  map((entry, place) => (entry === null ? null : serviceModel(entry, place)))(byName(value, null, at), at);

/** For a program outside docker: each option once or several times. */
const provider = record(
  {
    type: text,
    options: map((value, at) => (Array.isArray(value) ? list(scalar)(value, at) : [scalar(value, at) ?? ''])),
  },
  { needs: ['type'] },
);

const extend = shortOr((service) => ({ service }), record({ file: text, service: text }));

const ranged = list(record({ path: text, rate: kept(sized) }));
const weighted = list(record({ path: text, weight: kept(whole) }));
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
  const one = record(
    {
      path: (value, at) => absoluteIn(at.file, text(value, at) ?? '', home),
      required: kept(bool),
      format: text,
    },
    { needs: ['path'] },
  );
  const all = list(
    shortOr(
      (path, place) => one({ path, required: true }, place),
      (entry, place) => one({ required: true, ...(entry as object) }, place),
    ),
  );
  return (value, at) => all(typeof value === 'string' ? [value] : value, at);
}

const expose = list<string>((value, at) => {
  const written = scalar(value, at) ?? '';
  if (/^\d+(?:-\d+)?(?:\/(?:tcp|udp|sctp))?$/i.test(written)) return written;
  throw wrong(at, `${dotted(at.path)}: "${written}" is not a port of the container; expose takes no host port`);
});

/** No word for it. */
const trueOrFalse: Reader<boolean> = (value, at) => {
  if (typeof value === 'boolean') return value;
  throw wrong(at, `${dotted(at.path)} must be a boolean`);
};

const containerName: Reader<string> = (value, at) => {
  const written = text(value, at) ?? '';
  if (/[a-zA-Z0-9][a-zA-Z0-9_.-]+/.test(written)) return written;
  throw wrong(at, `${dotted(at.path)} '${written}' does not match pattern '[a-zA-Z0-9][a-zA-Z0-9_.-]+'`);
};

const policies = /always|never|build|if_not_present|missing|refresh|daily|weekly|every_(?:\d+[wdhms])+/;

const pullPolicy: Reader<string> = (value, at) => {
  const written = text(value, at) ?? '';
  if (policies.test(written))
    return at.file.whole && !at.file.leaves?.defaults && written === 'if_not_present' ? 'missing' : written;
  throw wrong(
    at,
    `${dotted(at.path)} '${written}' does not match pattern 'always|never|build|if_not_present|missing|refresh|daily|weekly|every_([0-9]+[wdhms])+'`,
  );
};

function fields(home: string | undefined): Readonly<Record<string, Reader>> {
  const path: Reader<string> = (value, at) => absoluteIn(at.file, text(value, at) ?? '', home);
  return {
    profiles: texts,
    annotations: labels,
    attach: kept(bool),
    build: build(home),
    develop: develop(home),
    blkio_config: blkio,
    cap_add: texts,
    cap_drop: texts,
    cgroup_parent: text,
    cgroup: oneOf(['host', 'private']),
    cpu_count: between(0, Number.MAX_SAFE_INTEGER),
    cpu_percent: between(0, 100),
    cpu_period: truncated,
    cpu_quota: truncated,
    cpu_rt_period: truncated,
    cpu_rt_runtime: truncated,
    cpus: decimal,
    cpuset: text,
    cpu_shares: truncated,
    command,
    configs: list(fileReference),
    container_name: containerName,
    credential_spec: record({ config: text, file: text, registry: text }),
    depends_on: dependsOn,
    deploy,
    device_cgroup_rules: distinct(texts),
    devices: list(device),
    dns: withoutEmpty(wordOrTexts),
    dns_opt: texts,
    dns_search: wordOrTexts,
    domainname: text,
    entrypoint: command,
    provider,
    environment: pairs,
    env_file: envFiles(home),
    expose,
    extends: extend,
    external_links: distinct(texts),
    extra_hosts: extraHosts,
    group_add: distinct(list(scalar)),
    gpus,
    hostname: text,
    healthcheck,
    image: text,
    init: kept(bool),
    ipc: text,
    isolation: text,
    labels,
    label_file: (value, at) => list(path)(typeof value === 'string' ? [value] : value, at),
    links: texts,
    logging: record({ driver: text, options }),
    mem_limit: size,
    mem_reservation: size,
    memswap_limit: size,
    mem_swappiness: size,
    mac_address: text,
    models: serviceModels,
    network_mode: text,
    networks: serviceNetworks,
    oom_kill_disable: bool,
    oom_score_adj: between(-1000, 1000),
    pid: optional(text),
    pids_limit: truncated,
    platform: text,
    ports,
    privileged: bool,
    pull_policy: pullPolicy,
    read_only: bool,
    restart: text,
    runtime: text,
    scale: kept(whole),
    secrets: list(secretReference),
    security_opt: distinct(texts),
    shm_size: size,
    stdin_open: bool,
    stop_grace_period: duration,
    stop_signal: text,
    storage_opt: options,
    sysctls: labels,
    tmpfs: wordOrTexts,
    tty: bool,
    ulimits,
    use_api_socket: trueOrFalse,
    user: text,
    userns_mode: text,
    uts: text,
    volumes: volumes(home),
    volumes_from: distinct(texts),
    working_dir: text,
    post_start: hooks,
    pre_stop: hooks,
  };
}

export function service(home: string | undefined): (value: unknown, at: FilePlace) => JsonObject {
  const read = record(fields(home));
  return (value, at) => read(value, at) ?? {};
}

/** In the order docker compose writes them. */
export function serviceKeys(): readonly string[] {
  return Object.keys(fields(undefined));
}
