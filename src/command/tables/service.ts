/** docker service … and docker stack … */
import { engineSays } from '../kinds.ts';
import { commandRow, flag, type FlagRow, type Operand } from '../table.ts';
import { bool, choice, cpus, float, int, list, string, strings, uint } from '../values/basic.ts';
import { bytes } from '../values/bytes.ts';
import { duration, healthTime } from '../values/duration.ts';
import { image, imageOrId } from '../values/image.ts';
import { ulimit } from '../values/limits.ts';
import { mount } from '../values/mount.ts';
import { addHost, addresses, network, searchDomain } from '../values/network.ts';
import { env, genericResource, label, namedPairs, pairs, placementPreference } from '../values/pairs.ts';
import { servicePort } from '../values/service-port.ts';
import { logFlags } from './container.ts';
import { mindServiceMount } from './minded.ts';
import { counted, humanSize, humanTime, rangeText, sayCpus, sayLabel, sayMount, sayVariable } from './say.ts';
import { filters, inspectFormat, listFormat, noTrunc, orId, quietIds } from './shared.ts';

const spec = 'TaskTemplate.ContainerSpec';
const detach = flag({ kind: bool, short: 'd', lands: 'client', means: 'do not wait until its tasks run' });
const quiet = flag({ kind: bool, short: 'q', lands: 'client', means: 'do not show progress' });
const noResolve = flag({ kind: bool, lands: 'client', means: 'print ids, not names' });
const services: Operand = {
  name: 'SERVICE',
  means: 'the services, by name or id',
  says: (value) => `the service ${orId(value)}`,
  arity: 'many',
  names: 'service',
};
const service: Operand = { ...services, means: 'the service, by name or id', arity: 'one' };
const order = choice(['start-first', 'stop-first'], (raw) => engineSays(`unrecognized update order ${raw}`));

/** One removal list of `service update`. */
function drop(what: string, lands: string): FlagRow<string, 'many'> {
  return flag({ kind: list, lands, means: `remove ${what}`, says: (value) => `removes ${what}: ${value}` });
}

/** What `update` and `rollback` may set alike. */
function rollout(kind: 'update' | 'rollback') {
  const lands = kind === 'update' ? 'UpdateConfig' : 'RollbackConfig';
  const noun = kind === 'update' ? 'an update' : 'a rollback';
  return {
    delay: flag({
      kind: duration,
      lands: `${lands}.Delay`,
      means: `pause between two batches of ${noun}`,
      says: (value) => `pauses ${humanTime(value)} between two batches of ${noun}`,
      default: '0s',
    }),
    maxFailureRatio: flag({
      kind: float,
      lands: `${lands}.MaxFailureRatio`,
      means: `share of failures ${noun} tolerates`,
      default: '0',
    }),
    monitor: flag({
      kind: duration,
      lands: `${lands}.Monitor`,
      means: `how long each new task of ${noun} is watched for failure`,
      default: '5s',
    }),
    order: flag({
      kind: order,
      lands: `${lands}.Order`,
      means: `whether ${noun} starts the new task or stops the old one first`,
      default: 'stop-first',
    }),
    parallelism: flag({
      kind: uint,
      lands: `${lands}.Parallelism`,
      means: `how many tasks ${noun} replaces at once, 0 for all`,
      default: '1',
    }),
  };
}
const common = () => {
  const update = rollout('update');
  const rollback = rollout('rollback');
  return {
    'cap-add': flag({
      kind: list,
      lands: `${spec}.CapabilityAdd`,
      means: 'give its containers one more right of the kernel',
    }),
    'cap-drop': flag({
      kind: list,
      lands: `${spec}.CapabilityDrop`,
      means: 'take a right of the kernel away from its containers',
    }),
    'credential-spec': flag({
      kind: string,
      lands: `${spec}.Privileges.CredentialSpec`,
      means: 'credentials of a managed service account (Windows)',
      refused: 'it works on Windows only',
    }),
    detach,
    'endpoint-mode': flag({
      kind: choice(['vip', 'dnsrr'], (raw) => engineSays(`invalid resolution mode: ${JSON.stringify(raw)}`)),
      lands: 'EndpointSpec.Mode',
      means: 'one address for all tasks (vip), or all their addresses by name (dnsrr)',
      default: 'vip',
    }),
    entrypoint: flag({
      kind: string,
      lands: `${spec}.Command`,
      means: "the program to start instead of the image's ENTRYPOINT",
    }),
    'health-cmd': flag({
      kind: string,
      lands: `${spec}.Healthcheck.Test`,
      means: 'the command that tells whether a task is well',
    }),
    'health-interval': flag({
      kind: healthTime('Interval'),
      lands: `${spec}.Healthcheck.Interval`,
      means: 'time between two health checks',
    }),
    'health-retries': flag({
      kind: int,
      lands: `${spec}.Healthcheck.Retries`,
      means: 'failures in a row that make a task unhealthy',
    }),
    'health-start-interval': flag({
      kind: healthTime('StartInterval'),
      lands: `${spec}.Healthcheck.StartInterval`,
      since: '1.44',
      means: 'time between health checks while it starts',
    }),
    'health-start-period': flag({
      kind: healthTime('StartPeriod'),
      lands: `${spec}.Healthcheck.StartPeriod`,
      means: 'time to start up, in which failures do not count',
    }),
    'health-timeout': flag({
      kind: healthTime('Timeout'),
      lands: `${spec}.Healthcheck.Timeout`,
      means: 'how long one health check may take',
    }),
    hostname: flag({ kind: string, lands: `${spec}.Hostname`, means: 'the name its containers have for themselves' }),
    init: flag({ kind: bool, lands: `${spec}.Init`, means: 'run a small init as process 1' }),
    isolation: flag({ kind: string, lands: `${spec}.Isolation`, means: 'how strongly it is separated (Windows)' }),
    'limit-cpu': flag({
      kind: cpus,
      lands: 'TaskTemplate.Resources.Limits.NanoCPUs',
      means: 'the most CPU time a task may use',
      says: (value) => `a task uses ${sayCpus(value)}`,
    }),
    'limit-memory': flag({
      kind: bytes,
      lands: 'TaskTemplate.Resources.Limits.MemoryBytes',
      means: 'the most memory a task may use',
      says: (value) => `a task uses ${humanSize(value)} of memory at most`,
    }),
    'limit-pids': flag({
      kind: int,
      lands: 'TaskTemplate.Resources.Limits.Pids',
      means: 'the most processes a task may have, 0 for no limit',
    }),
    'log-driver': flag({ kind: string, lands: 'TaskTemplate.LogDriver.Name', means: 'where its output is kept' }),
    'log-opt': flag({
      kind: namedPairs,
      lands: 'TaskTemplate.LogDriver.Options',
      means: 'an option of the log driver',
    }),
    'max-concurrent': flag({
      kind: uint,
      lands: 'Mode.ReplicatedJob.MaxConcurrent',
      means: 'how many tasks of a job run at once',
    }),
    'no-healthcheck': flag({
      kind: bool,
      lands: `${spec}.Healthcheck.Test`,
      means: "switch off the image's health check",
    }),
    'no-resolve-image': flag({ kind: bool, lands: 'client', means: "do not ask the registry for the image's digest" }),
    'oom-score-adj': flag({
      kind: int,
      lands: `${spec}.OomScoreAdj`,
      since: '1.46',
      means: 'how soon it is killed when the host runs out of memory',
    }),
    quiet,
    'read-only': flag({
      kind: bool,
      lands: `${spec}.ReadOnly`,
      means: 'its containers cannot write to their own file system',
    }),
    replicas: flag({
      kind: uint,
      lands: 'Mode.Replicated.Replicas',
      means: 'how many tasks, each one container',
      says: (value) => `keeps ${String(value)} ${value === 1 ? 'task' : 'tasks'} running`,
    }),
    'replicas-max-per-node': flag({
      kind: uint,
      lands: 'TaskTemplate.Placement.MaxReplicas',
      means: 'the most tasks on one node, 0 for no limit',
    }),
    'reserve-cpu': flag({
      kind: cpus,
      lands: 'TaskTemplate.Resources.Reservations.NanoCPUs',
      means: 'the CPU time a node must have free for a task',
    }),
    'reserve-memory': flag({
      kind: bytes,
      lands: 'TaskTemplate.Resources.Reservations.MemoryBytes',
      means: 'the memory a node must have free for a task',
    }),
    'restart-condition': flag({
      kind: choice(['none', 'on-failure', 'any'], (raw) =>
        engineSays(`invalid RestartCondition: ${JSON.stringify(raw)}`),
      ),
      lands: 'TaskTemplate.RestartPolicy.Condition',
      means: 'when an ended task is replaced: none, on-failure, any',
      default: 'any',
    }),
    'restart-delay': flag({
      kind: duration,
      lands: 'TaskTemplate.RestartPolicy.Delay',
      means: 'pause before an ended task is replaced',
      default: '5s',
    }),
    'restart-max-attempts': flag({
      kind: uint,
      lands: 'TaskTemplate.RestartPolicy.MaxAttempts',
      means: 'how often an ended task is replaced before giving up',
    }),
    'restart-window': flag({
      kind: duration,
      lands: 'TaskTemplate.RestartPolicy.Window',
      means: 'the time in which those attempts count',
    }),
    'rollback-delay': rollback.delay,
    'rollback-failure-action': flag({
      kind: choice(['pause', 'continue']),
      lands: 'RollbackConfig.FailureAction',
      means: 'what to do when a rollback fails: pause or continue',
      default: 'pause',
    }),
    'rollback-max-failure-ratio': rollback.maxFailureRatio,
    'rollback-monitor': rollback.monitor,
    'rollback-order': rollback.order,
    'rollback-parallelism': rollback.parallelism,
    'stop-grace-period': flag({
      kind: duration,
      lands: `${spec}.StopGracePeriod`,
      means: 'time to end by itself before it is killed',
      default: '10s',
    }),
    'stop-signal': flag({ kind: string, lands: `${spec}.StopSignal`, means: 'the signal that asks it to end' }),
    tty: flag({ kind: bool, short: 't', lands: `${spec}.TTY`, means: 'give its containers a terminal' }),
    'update-delay': update.delay,
    'update-failure-action': flag({
      kind: choice(['pause', 'continue', 'rollback']),
      lands: 'UpdateConfig.FailureAction',
      means: 'what to do when an update fails: pause, continue or rollback',
      default: 'pause',
    }),
    'update-max-failure-ratio': update.maxFailureRatio,
    'update-monitor': update.monitor,
    'update-order': update.order,
    'update-parallelism': update.parallelism,
    user: flag({ kind: string, short: 'u', lands: `${spec}.User`, means: 'the user its containers run as' }),
    'with-registry-auth': flag({
      kind: bool,
      lands: 'X-Registry-Auth',
      means: 'hand your login of the registry to the nodes, so that they can pull',
    }),
    workdir: flag({ kind: string, short: 'w', lands: `${spec}.Dir`, means: 'the folder its containers start in' }),
  };
};

/** Lists that `create` sets whole and `update` adds to. */
const lists = () => ({
  config: flag({
    kind: list,
    lands: `${spec}.Configs`,
    means: 'a config of the swarm its containers can read',
    refused: 'docker-tutor does not make configs',
  }),
  constraint: flag({
    kind: list,
    lands: 'TaskTemplate.Placement.Constraints',
    means: 'only nodes that fit: node.role==manager',
    says: (value) => `runs only on nodes with ${value}`,
  }),
  'container-label': flag({ kind: label, lands: `${spec}.Labels`, means: 'a label on its containers' }),
  dns: flag({ kind: addresses, lands: `${spec}.DNSConfig.Nameservers`, means: 'the name server its containers ask' }),
  'dns-option': flag({
    kind: list,
    lands: `${spec}.DNSConfig.Options`,
    means: "an option of its containers' resolv.conf",
  }),
  'dns-search': flag({
    kind: searchDomain,
    lands: `${spec}.DNSConfig.Search`,
    means: 'a domain to complete short names with',
  }),
  'generic-resource': flag({
    kind: genericResource,
    lands: 'TaskTemplate.Resources.Reservations.GenericResources',
    means: 'a resource of your own a node must have',
  }),
  group: flag({ kind: list, lands: `${spec}.Groups`, means: "a further group its containers' processes belong to" }),
  host: flag({
    kind: addHost,
    lands: `${spec}.Hosts`,
    means: 'a name and its address for /etc/hosts',
    says: ({ host, ip }) => `${host} is at ${ip}`,
  }),
  mount: flag({
    kind: mount,
    lands: `${spec}.Mounts`,
    means: 'mount a volume, folder or tmpfs into its containers',
    says: sayMount,
    minds: mindServiceMount,
  }),
  network: flag({
    kind: network,
    lands: 'TaskTemplate.Networks',
    means: 'the overlay network its tasks join',
    says: ({ target }) => `joins the network ${target}`,
  }),
  'placement-pref': flag({
    kind: placementPreference,
    lands: 'TaskTemplate.Placement.Preferences',
    means: 'spread its tasks over the values of a label',
  }),
  publish: flag({
    kind: servicePort,
    lands: 'EndpointSpec.Ports',
    means: 'publish a port, on every node of the swarm unless mode=host',
    says: ({ published, target, protocol, mode }) =>
      `${published ? `port ${rangeText(published)}` : 'a free port'} of ${mode === 'host' ? 'the node it runs on' : 'every node'} leads to port ${rangeText(target)}${protocol === 'tcp' ? '' : `/${protocol}`}`,
    minds: ({ mode }) =>
      mode === 'host' ? undefined : 'the port opens on every node of the swarm, on all its addresses',
  }),
  secret: flag({
    kind: list,
    lands: `${spec}.Secrets`,
    means: 'a secret of the swarm its containers can read',
    refused: 'docker-tutor does not make secrets',
  }),
  ulimit: flag({ kind: ulimit, lands: `${spec}.Ulimits`, means: 'limit of a resource for each process' }),
});
const variable = flag({
  kind: env,
  lands: `${spec}.Env`,
  means: 'set an environment variable in its containers',
  says: (pair) => sayVariable(pair, 'in its containers'),
});
const serviceLabel = flag({
  kind: label,
  lands: 'Labels',
  means: 'a note on the service',
  says: sayLabel,
});
const sysctl = flag({
  kind: pairs('a kernel setting', 'net.core.somaxconn=1024', 'list'),
  lands: `${spec}.Sysctls`,
  means: 'set a kernel parameter for its containers',
});

export const serviceCreate = commandRow({
  name: 'service create',
  means: 'let the swarm keep a number of containers of an image running',
  operands: [
    { name: 'IMAGE', means: 'the image its containers are made from', arity: 'one', names: 'image', kind: imageOrId },
    {
      name: 'COMMAND',
      means: "in place of the image's CMD: the program to run in them, or the arguments of its ENTRYPOINT",
      arity: 'optional',
    },
    { name: 'ARG', means: 'an argument of that program', arity: 'any' },
  ],
  flagsEndAtOperand: true,
  flags: () => ({
    ...common(),
    ...lists(),
    env: flag({ ...variable, short: 'e' }),
    'env-file': flag({ kind: list, lands: `${spec}.Env`, means: 'read environment variables from a file' }),
    label: flag({ ...serviceLabel, short: 'l' }),
    mode: flag({
      kind: choice(
        ['replicated', 'global', 'replicated-job', 'global-job'],
        (raw) => `Unknown mode: ${raw}, only replicated and global supported`,
      ),
      lands: 'Mode',
      means: 'replicated: a number of tasks; global: one on each node; with -job: run once',
      default: 'replicated',
    }),
    name: flag({
      kind: string,
      lands: 'Name',
      means: 'its name, by which others reach it too',
      says: (value) => `calls the service ${value}`,
    }),
    publish: flag({ ...lists().publish, short: 'p' }),
    sysctl,
  }),
});

export const serviceUpdate = commandRow({
  name: 'service update',
  means: 'change a service; the swarm replaces its tasks batch by batch',
  operands: [service],
  flags: () => updateFlags(lists()),
});

function updateFlags(list: ReturnType<typeof lists>) {
  return {
    ...common(),
    args: flag({ kind: string, lands: `${spec}.Args`, means: 'the command of its containers' }),
    'config-add': list.config,
    'config-rm': drop('a config', `${spec}.Configs`),
    'constraint-add': list.constraint,
    'constraint-rm': drop('a constraint', 'TaskTemplate.Placement.Constraints'),
    'container-label-add': list['container-label'],
    'container-label-rm': drop('a label of its containers', `${spec}.Labels`),
    'dns-add': list.dns,
    'dns-option-add': list['dns-option'],
    'dns-option-rm': drop('an option of resolv.conf', `${spec}.DNSConfig.Options`),
    'dns-rm': drop('a name server', `${spec}.DNSConfig.Nameservers`),
    'dns-search-add': list['dns-search'],
    'dns-search-rm': drop('a search domain', `${spec}.DNSConfig.Search`),
    'env-add': variable,
    'env-rm': drop('an environment variable', `${spec}.Env`),
    force: flag({
      kind: bool,
      lands: 'TaskTemplate.ForceUpdate',
      means: 'replace its tasks even if nothing has changed',
    }),
    'generic-resource-add': list['generic-resource'],
    'generic-resource-rm': drop('a resource', 'TaskTemplate.Resources.Reservations.GenericResources'),
    'group-add': list.group,
    'group-rm': drop('a group', `${spec}.Groups`),
    'host-add': list.host,
    'host-rm': drop('a name of /etc/hosts', `${spec}.Hosts`),
    image: flag({
      kind: image,
      lands: `${spec}.Image`,
      means: 'the image to change to',
      says: ({ familiar }) => `changes to the image ${familiar}`,
    }),
    'label-add': serviceLabel,
    'label-rm': drop('a label', 'Labels'),
    'mount-add': list.mount,
    'mount-rm': drop('a mount, by its target', `${spec}.Mounts`),
    'network-add': list.network,
    'network-rm': drop('a network', 'TaskTemplate.Networks'),
    'placement-pref-add': list['placement-pref'],
    'placement-pref-rm': flag({ ...list['placement-pref'], means: 'remove a preference' }),
    'publish-add': list.publish,
    'publish-rm': flag({
      ...list.publish,
      means: 'no longer publish a port',
      says: ({ target }) => `no longer publishes port ${rangeText(target)}`,
    }),
    rollback: flag({
      kind: bool,
      lands: 'query rollback',
      means: 'go back to how the service was before its last change',
    }),
    'secret-add': list.secret,
    'secret-rm': drop('a secret', `${spec}.Secrets`),
    'sysctl-add': sysctl,
    'sysctl-rm': drop('a kernel parameter', `${spec}.Sysctls`),
    'ulimit-add': list.ulimit,
    'ulimit-rm': drop('a limit', `${spec}.Ulimits`),
  };
}

function notScaled(raw: string): string {
  return `invalid scale specifier '${raw}'.\nSee 'docker service scale --help'.\n\nUsage:  docker service scale SERVICE=REPLICAS [SERVICE=REPLICAS...]\n\nScale one or multiple replicated services`;
}

export const serviceScale = commandRow({
  name: 'service scale',
  means: 'change how many tasks services have',
  usage: 'SERVICE=REPLICAS [SERVICE=REPLICAS...]',
  operands: [
    {
      name: 'SERVICE=REPLICAS',
      means: 'a service and its number of tasks: web=3',
      says: (value) =>
        value.replace(
          /^(.*)=(\d+)$/,
          (_, name: string, count: string) => `gives ${name} ${counted(Number(count), 'task')}`,
        ),
      arity: 'many',
      kind: pairs('a service and a number', 'web=3', 'map', notScaled),
    },
  ],
  flags: () => ({ detach }),
});

export const serviceLs = commandRow({
  name: 'service ls',
  aliases: ['service list'],
  means: 'list the services of the swarm',
  operands: [],
  flags: () => ({ filter: filters, format: listFormat, quiet: quietIds }),
});

export const servicePs = commandRow({
  name: 'service ps',
  means: 'list the tasks of services: where each runs, and those that ended',
  operands: [services],
  flags: () => ({ filter: filters, format: listFormat, 'no-resolve': noResolve, 'no-trunc': noTrunc, quiet: quietIds }),
});

export const serviceInspect = commandRow({
  name: 'service inspect',
  means: 'show all the swarm knows of services, as JSON',
  operands: [services],
  flags: () => ({
    format: inspectFormat,
    pretty: flag({ kind: bool, lands: 'client', means: 'print it for people instead of JSON' }),
  }),
});

export const serviceLogs = commandRow({
  name: 'service logs',
  means: 'show what the tasks of a service have printed',
  operands: [
    {
      ...service,
      name: 'SERVICE|TASK',
      means: 'the service, or one task of it',
      says: (value) => `the service or task ${value}`,
    },
  ],
  flags: () => ({
    ...logFlags(),
    'no-resolve': noResolve,
    'no-task-ids': flag({ kind: bool, lands: 'client', means: 'leave the ids of tasks out' }),
    'no-trunc': noTrunc,
    raw: flag({ kind: bool, lands: 'client', means: 'print the lines as they are, without the task in front' }),
  }),
});

export const serviceRollback = commandRow({
  name: 'service rollback',
  means: 'undo the last change of a service',
  operands: [service],
  flags: () => ({ detach, quiet }),
});
export const serviceRm = commandRow({
  name: 'service rm',
  aliases: ['service remove'],
  means: 'remove services, with all their tasks',
  operands: [services],
  flags: () => ({}),
});

const stack: Operand = {
  name: 'STACK',
  means: 'the name of the stack',
  says: (value) => `the stack ${value}`,
  arity: 'one',
};
const stackReason = 'docker-tutor performs compose files with docker compose; stacks it explains only';
const composeFile = flag({
  kind: strings,
  short: 'c',
  lands: 'client',
  means: 'the compose file',
  says: (value) => `reads ${value}`,
});

const stackDeploy = commandRow({
  name: 'stack deploy',
  aliases: ['stack up'],
  means: 'run the services of a compose file on the swarm',
  operands: [stack],
  flags: () => ({
    'compose-file': composeFile,
    detach,
    prune: flag({ kind: bool, lands: 'client', means: 'remove services that the file no longer has' }),
    quiet,
    'resolve-image': flag({
      kind: choice(['always', 'changed', 'never']),
      lands: 'client',
      means: 'when to ask the registry for digests',
      default: 'always',
    }),
    'with-registry-auth': serviceCreate.flags['with-registry-auth'],
  }),
  refused: stackReason,
});
export const stackLs = commandRow({
  name: 'stack ls',
  aliases: ['stack list'],
  means: 'list the stacks of the swarm',
  operands: [],
  flags: () => ({ format: listFormat }),
});
export const stackPs = commandRow({
  name: 'stack ps',
  means: 'list the tasks of a stack',
  operands: [stack],
  flags: () => servicePs.flags,
});
export const stackRm = commandRow({
  name: 'stack rm',
  aliases: ['stack remove', 'stack down'],
  means: 'remove stacks, with their services, networks, secrets and configs',
  operands: [{ ...stack, arity: 'many', means: 'the names of the stacks' }],
  flags: () => ({ detach }),
});
export const stackServices = commandRow({
  name: 'stack services',
  means: 'list the services of a stack',
  operands: [stack],
  flags: () => ({ filter: filters, format: listFormat, quiet: quietIds }),
});
const stackConfig = commandRow({
  name: 'stack config',
  means: 'print the compose file as docker stack would read it',
  operands: [],
  flags: () => ({
    'compose-file': composeFile,
    'skip-interpolation': flag({ kind: bool, lands: 'client', means: 'leave variables as they are' }),
  }),
  refused: stackReason,
});

export const serviceRows = [
  serviceCreate,
  serviceUpdate,
  serviceScale,
  serviceLs,
  servicePs,
  serviceInspect,
  serviceLogs,
  serviceRollback,
  serviceRm,
  stackDeploy,
  stackLs,
  stackPs,
  stackRm,
  stackServices,
  stackConfig,
];
