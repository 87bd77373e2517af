/** The specification of a service, as it is made and as it is replaced. */
import { logs, runtime } from './host-config.ts';
import { mounts } from './mounts.ts';
import { hostAliases, isolation, network } from './namespaces.ts';
import { each, entriesOf, harmless, named, privileged, referencesIn, textIn, within } from './reference.ts';
import type { Reference, Rule, Rules, Thing } from './reference.ts';
import { capabilities, kernelParameters, memoryScore } from './rights.ts';
import { imageUsed } from './images.ts';

const networks: Rule = each(within({ Target: named(network), Aliases: harmless, DriverOpts: harmless }, 'Networks'));

/** Kept in the swarm: by name, and by id. */
function kept(of: Extract<Thing, 'secret' | 'config'>, rest: Rules): Rule {
  return each((value) => {
    const fields = new Map(entriesOf(value));
    const [kind, field] = of === 'secret' ? ['Secret', 'secret'] : ['Config', 'config'];
    const name = textIn(fields.get(`${kind}Name`)) || textIn(fields.get(`${kind}ID`));
    return [
      { of, name, how: `reads the ${field} ${name}` } satisfies Reference,
      ...referencesIn(value, { ...rest, [`${kind}ID`]: harmless, [`${kind}Name`]: harmless }, kind),
    ];
  });
}

/** Protections of the container: a profile of one's own may allow more. */
const privileges: Rules = {
  AppArmor: within({ Mode: protection(['', 'default']) }, 'AppArmor'),
  CredentialSpec: (value) =>
    entriesOf(value).length === 0 ? [] : [privileged('uses credentials of the engine’s machine')],
  NoNewPrivileges: harmless,
  SELinuxContext: (value) => (entriesOf(value).length === 0 ? [] : [privileged('changes a protection (SELinux)')]),
  Seccomp: within({ Mode: protection(['', 'default']), Profile: harmless }, 'Seccomp'),
};

function protection(own: readonly string[]): Rule {
  return named((mode) => (own.includes(mode) ? [] : [privileged(`changes a protection (${mode})`)]));
}

const containerSpec: Rules = {
  Image: imageUsed,
  Args: harmless,
  CapabilityAdd: capabilities,
  CapabilityDrop: harmless,
  Command: harmless,
  Configs: kept('config', { File: harmless, Runtime: harmless }),
  DNSConfig: harmless,
  Dir: harmless,
  Env: harmless,
  Groups: harmless,
  HealthCheck: harmless,
  Healthcheck: harmless,
  Hostname: harmless,
  Hosts: hostAliases,
  Init: harmless,
  Isolation: isolation,
  Labels: harmless,
  Mounts: mounts,
  OomScoreAdj: memoryScore,
  OpenStdin: harmless,
  Privileges: within(privileges, 'Privileges'),
  ReadOnly: harmless,
  Secrets: kept('secret', { File: harmless }),
  StopGracePeriod: harmless,
  StopSignal: harmless,
  Sysctls: kernelParameters,
  TTY: harmless,
  Ulimits: harmless,
  User: harmless,
};

const task: Rules = {
  ContainerSpec: within(containerSpec, 'ContainerSpec'),
  ForceUpdate: harmless,
  LogDriver: logs,
  NetworkAttachmentSpec: harmless,
  Networks: networks,
  Placement: harmless,
  PluginSpec: (value) => (entriesOf(value).length === 0 ? [] : [privileged('runs a plugin of the engine')]),
  Resources: harmless,
  RestartPolicy: harmless,
  Runtime: (value) => (value === 'container' ? [] : runtime(value)),
};

export const serviceSpec: Rules = {
  EndpointSpec: harmless,
  Labels: harmless,
  Mode: harmless,
  Name: harmless,
  Networks: networks,
  RollbackConfig: harmless,
  TaskTemplate: within(task, 'TaskTemplate'),
  UpdateConfig: harmless,
};
