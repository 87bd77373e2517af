/**
 * The body of POST /containers/create, as the docker CLI makes it of the flags of run and create
 * (Engine API, ContainerCreate; docker/cli, cli/command/container/opts.go). Zero values are left out.
 */
import { readEnvFile, readKeyValueLines } from '../../env-file.ts';
import type { ContainerFlags } from './flags.ts';
import { containerHost } from './host.ts';
import { networking } from './networks.ts';
import { expose } from './port-bindings.ts';
import { loadNeeded } from '../../ask.ts';
import type { JsonObject } from '../../../api/request.ts';
import type { Plan, PlanContext } from '../../effects.ts';
import { isBefore } from '../../../version-order.ts';
import { compact } from '../../compact.ts';

export interface Wished {
  readonly flags: ContainerFlags;
  readonly image: string;
  readonly args: readonly string[];
}

/** The whole body. Reads --env-file and --label-file; the last value of a label wins. */
export function* containerBody(wished: Wished, context: PlanContext): Plan<JsonObject> {
  const { flags } = wished;
  const env = yield* environment(flags, context);
  const labels = yield* labelsOf(flags);
  const host = yield* containerHost(flags, context);
  const body = compact({
    ...identity(flags, context),
    ...attachment(flags),
    ExposedPorts: expose(flags),
    Env: env,
    Cmd: wished.args.length > 0 ? wished.args : undefined,
    Image: wished.image,
    Entrypoint: flags.entrypoint === undefined ? undefined : [flags.entrypoint],
    Volumes: anonymousVolumes(flags),
    Healthcheck: healthcheck(flags),
    NetworkingConfig: networking(flags, context),
  });
  // a label may be a key alone; HostConfig is compact already, and may hold empty lists that mean something
  return { ...body, ...(labels && { Labels: labels }), ...(Object.keys(host).length > 0 && { HostConfig: host }) };
}

function identity(flags: ContainerFlags, { apiVersion }: PlanContext): JsonObject {
  return {
    Hostname: flags.hostname,
    Domainname: flags.domainname,
    User: flags.user,
    Tty: flags.tty,
    WorkingDir: flags.workdir,
    StopSignal: flags['stop-signal'],
    StopTimeout: flags['stop-timeout'],
    // later it is the endpoint's
    MacAddress: isBefore(apiVersion, '1.44') ? flags['mac-address'] : undefined,
  };
}

/** Which of its streams are attached. Detached: none; nothing said: output, and input with -i. */
function attachment(flags: ContainerFlags): JsonObject {
  const named = flags.attach?.map((stream) => stream.toLowerCase());
  const attaches = (stream: string): boolean =>
    !flags.detach && (named ? named.includes(stream) : stream !== 'stdin' || flags.interactive === true);
  return {
    OpenStdin: flags.interactive,
    StdinOnce: flags.interactive === true && attaches('stdin'),
    AttachStdin: attaches('stdin'),
    AttachStdout: attaches('stdout'),
    AttachStderr: attaches('stderr'),
  };
}

/** Files first, then -e, then what the client knows of proxies. A name without a value takes it from the environment docker runs in. */
function* environment(flags: ContainerFlags, context: PlanContext): Plan<readonly string[] | undefined> {
  const found: string[] = [];
  for (const path of flags['env-file'] ?? []) {
    found.push(...readEnvFile(yield* loadNeeded(path), context.env, path));
  }
  for (const { name, value } of flags.env ?? []) {
    const given = value ?? context.env[name];
    // a name alone tells the engine to take the variable away
    found.push(given === undefined ? name : `${name}=${given}`);
  }
  const written = new Set((flags.env ?? []).map(({ name }) => name));
  for (const [name, value] of Object.entries(context.settings?.proxies ?? {}))
    if (!written.has(name)) found.push(`${name}=${value}`);
  return found.length > 0 ? found : undefined;
}

function* labelsOf(flags: ContainerFlags): Plan<JsonObject | undefined> {
  const found: Record<string, string> = {};
  for (const path of flags['label-file'] ?? []) {
    // a key alone is passed over there
    for (const { key, value } of readKeyValueLines(yield* loadNeeded(path), path))
      if (value !== undefined) found[key] = value;
  }
  for (const { key, value } of flags.label ?? []) found[key] = value;
  return Object.keys(found).length > 0 ? found : undefined;
}

/** `-v /data`: a fresh volume without a name. */
function anonymousVolumes(flags: ContainerFlags): JsonObject | undefined {
  const targets = (flags.volume ?? []).filter(({ type }) => type === 'anonymous').map(({ target }) => target);
  return targets.length > 0 ? Object.fromEntries(targets.map((target) => [target, {}])) : undefined;
}

function healthcheck(flags: ContainerFlags): JsonObject | undefined {
  if (flags['no-healthcheck']) return { Test: ['NONE'] };
  return {
    Test: flags['health-cmd'] === undefined ? undefined : ['CMD-SHELL', flags['health-cmd']],
    Interval: flags['health-interval'],
    Timeout: flags['health-timeout'],
    StartPeriod: flags['health-start-period'],
    StartInterval: flags['health-start-interval'],
    Retries: flags['health-retries'],
  };
}
