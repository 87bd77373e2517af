/** Pitfalls that can be seen in a command line itself. Each is one sentence for the learner. */
import type { Command } from '../command/command.ts';
import { isCommand } from '../command/rows.ts';
import { containerCreate, containerRun } from '../command/tables/container.ts';
import { imageBuild, imagePull } from '../command/tables/image.ts';
import type { ContainerFlags } from '../plan/container/body/flags.ts';
import { isSecretName, isSecretValue } from '../secret.ts';
import { otherWarnings } from './command-warnings.ts';
import { meansLatest } from './image-words.ts';

export function warningsOf(command: Command): readonly string[] {
  if (isCommand(command, containerRun) || isCommand(command, containerCreate)) return containerWarnings(command);
  if (isCommand(command, imagePull))
    return command.flags['all-tags'] ? [] : latest(known(command.operands[0], command));
  if (isCommand(command, imageBuild)) return buildWarnings(command);
  return otherWarnings(command);
}

function containerWarnings(command: Command<(typeof containerCreate)['flags']>): readonly string[] {
  const flags: ContainerFlags = command.flags;
  return [
    ...latest(known(command.operands[0], command)),
    ...ports(flags),
    ...storage(flags),
    ...power(flags),
    ...secrets(flags),
    ...lifetime(flags),
    ...legacy(flags),
  ];
}

/** Undefined where part of it is not known yet: `nginx:$VERSION` has a tag, whichever. */
function known(text: string | undefined, { unknowns }: Command): string | undefined {
  return text !== undefined && unknowns.some((unknown) => unknown.text !== '' && text.includes(unknown.text))
    ? undefined
    : text;
}

function legacy({ link = [], network = [] }: ContainerFlags): readonly string[] {
  if (link.length === 0) return [];
  const own = network.some(({ target }) => !['bridge', 'default', 'host', 'none'].includes(target));
  return [
    `--link is a leftover${own ? '' : ' of the default bridge'}: on a network of your own, containers find each other by name without it`,
  ];
}

function latest(image: string | undefined): readonly string[] {
  const name = meansLatest(image ?? '');
  return name === undefined
    ? []
    : [
        `${name}:latest is meant: latest is only a name, and may be another image tomorrow; a version such as ${name}:1.2 says which`,
      ];
}

function ports({ publish = [], network, 'publish-all': all }: ContainerFlags): readonly string[] {
  const found = publish.flatMap(({ host, container, address }) => {
    const inside = container.first;
    if (!host)
      return [
        `-p ${String(inside)} without a host port publishes on a free one that docker picks; docker port tells which`,
      ];
    if (address !== undefined && address !== '0.0.0.0' && address !== '::') return [];
    return [
      `port ${host.first} will be reachable from your network; 127.0.0.1:${host.first}:${inside} keeps it to this machine`,
    ];
  });
  const onHost = network?.some(({ target }) => target === 'host') === true && (publish.length > 0 || all === true);
  return [
    ...found,
    ...(onHost ? ['with --network host nothing is published: the container uses the ports of the host itself'] : []),
  ];
}

function storage({ volume = [], mount = [] }: ContainerFlags): readonly string[] {
  const sources = [...volume.map(({ source }) => source), ...mount.map(({ Source }) => Source)];
  const socket = sources.some((source) => /(^|\/)(docker|containerd|podman)\.sock$/.test(source ?? ''));
  return [
    ...volume
      .filter(({ type, source = '', raw }) => type === 'bind' && /^\.{1,2}(?:[/:]|$)/.test(raw) && source !== '')
      .map(
        ({ raw }) =>
          `${raw.split(':')[0] ?? ''} is taken from the folder you are in when you run this; docker before 23 wanted a full path, as in "$(pwd)"`,
      ),
    ...volume
      .filter(({ type }) => type === 'volume')
      .map(
        ({ source = '', target }) =>
          `-v ${source}:${target} is a volume called ${source}, kept by docker, not a folder; for a folder write ./${source}:${target}`,
      ),
    ...(socket
      ? ['the engine’s socket is mounted: whoever is in the container can do everything on this machine that root can']
      : []),
    ...(sources.includes('/')
      ? ['the whole file system of the host is mounted: the container can change all of it']
      : []),
  ];
}

function power({ privileged, 'cap-add': caps = [], pid, network }: ContainerFlags): readonly string[] {
  const all = caps.some((cap) => /^(CAP_)?(ALL|SYS_ADMIN)$/i.test(cap));
  return [
    ...(privileged
      ? [
          '--privileged takes nearly every wall between the container and the host away; often one --cap-add or --device is enough',
        ]
      : []),
    ...(all ? ['this capability comes close to being root on the host'] : []),
    ...(pid === 'host' ? ['--pid host lets the container see, and signal, every process of the host'] : []),
    ...(network?.some(({ target }) => target === 'host')
      ? ['--network host gives the container the host’s own network: no isolation, no port mapping']
      : []),
  ];
}

function secrets({ env = [] }: ContainerFlags): readonly string[] {
  return env
    .filter(({ name, value }) => isSecretName(name) && value !== undefined && isSecretValue(value))
    .map(
      ({ name }) =>
        `${name} can be read by anyone who may ask docker inspect, and stays in your shell’s history; --env-file keeps it out of the line`,
    );
}

function lifetime({ rm, restart, detach, tty, interactive }: ContainerFlags): readonly string[] {
  return [
    ...(rm && restart && restart.name !== 'no'
      ? ['--rm and --restart exclude each other: a container that is removed cannot be started again']
      : []),
    ...(tty && !interactive && !detach
      ? ['-t without -i gives a terminal that takes no input; interactive programs want -it']
      : []),
  ];
}

function buildWarnings({ flags, operands, parts }: Command<(typeof imageBuild)['flags']>): readonly string[] {
  const found: string[] = [];
  if (!parts.some((part) => part.is === 'flag' && part.name === 'tag'))
    found.push('without -t the image gets no name, only an id');
  for (const { name, value } of flags['build-arg'] ?? [])
    if (isSecretName(name) && value !== undefined)
      found.push(`${name} stays readable in docker history: a build argument is no place for a secret`);
  if (operands[0] === '/') found.push('/ as build context sends the whole file system to the engine');
  return found;
}
