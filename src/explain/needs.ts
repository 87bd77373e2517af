/** What must be there, or be free, for a command to succeed: seen in the line itself. */
import type { Command } from '../command/command.ts';
import { isCommand } from '../command/rows.ts';
import { containerCreate, containerRun } from '../command/tables/container.ts';
import { imageBuild, imagePull, imagePush } from '../command/tables/image.ts';
import { serviceCreate } from '../command/tables/service.ts';
import { isImageId, looksLikeImageId, readImageName, type ImageName } from '../image-name.ts';
import type { ContainerFlags } from '../plan/container/body/flags.ts';

/** `--format json` prints these: field names are a contract. */
export interface Need {
  readonly kind:
    | 'image'
    | 'port'
    | 'name'
    | 'permission'
    | 'network'
    | 'container'
    | 'volume'
    | 'file'
    | 'login'
    | 'swarm'
    | 'device';
  /** `nginx:latest`, `8080/tcp`, `web`. */
  readonly name: string;
  /** What about it, as the end of a sentence that begins with the name: `free on the host`. */
  readonly means: string;
}

export function needsOf(command: Command): readonly Need[] {
  return unique(
    [...byFlags(command), ...byOperands(command), ...byFamily(command)].filter(({ name }) => !isUnknown(name, command)),
  );
}

function byFlags(command: Command): readonly Need[] {
  if (isCommand(command, containerRun) || isCommand(command, containerCreate))
    return containerNeeds(command.flags, command.operands[0], command);
  if (isCommand(command, serviceCreate)) return serviceNeeds(command);
  if (isCommand(command, imageBuild)) return buildNeeds(command);
  if (isCommand(command, imagePull)) return registryNeeds(command.operands[0]);
  if (isCommand(command, imagePush))
    return [...imageNeeds(command.operands[0], 'on this engine'), ...loginNeed(command.operands[0])];
  return [];
}

function isUnknown(name: string, { unknowns }: Command): boolean {
  return name === '' || unknowns.some(({ text }) => text !== '' && name.includes(text));
}

function unique(needs: readonly Need[]): readonly Need[] {
  return needs.filter(
    (need, i) => needs.findIndex((other) => other.kind === need.kind && other.name === need.name) === i,
  );
}

function containerNeeds(flags: ContainerFlags, image: string | undefined, command: Command): readonly Need[] {
  const networks = (flags.network ?? []).map(({ target }) => target);
  return [
    ...imageNeeds(image, flags.pull === 'never' ? 'on this engine' : 'here, or pulled from its registry'),
    ...(flags.name === undefined
      ? []
      : [{ kind: 'name', name: flags.name, means: 'not taken by another container' } as const]),
    ...(networks.includes('host') ? [] : (flags.publish ?? []).flatMap(publishedNeed)),
    ...networks.flatMap(networkNeed),
    ...(flags.link ?? []).map(
      ({ container }) => ({ kind: 'container', name: container, means: 'there, and running' }) as const,
    ),
    ...(flags['volumes-from'] ?? []).map(
      (text) => ({ kind: 'container', name: String(text).split(':')[0] ?? '', means: 'there' }) as const,
    ),
    ...(flags['env-file'] ?? []).map(fileNeed),
    ...(flags['label-file'] ?? []).map(fileNeed),
    ...(flags.mount ?? [])
      .filter(({ Type }) => Type === 'bind')
      .map(
        ({ Source = '' }) =>
          ({ kind: 'file', name: Source, means: 'there, on the engine’s machine: --mount makes no folder' }) as const,
      ),
    ...(flags.device ?? [])
      .filter(({ host }) => host !== '')
      .map(({ host }) => ({ kind: 'device', name: host, means: 'there, on the engine’s machine' }) as const),
    ...(command.flags['gpus'] === undefined
      ? []
      : [
          {
            kind: 'device',
            name: 'GPU',
            means: 'in the engine’s machine, with its driver and the container toolkit of its maker',
          } as const,
        ]),
    ...rights(flags),
  ];
}

function rights({ privileged, publish = [], 'cap-add': caps = [], pid, network }: ContainerFlags): readonly Need[] {
  const low = publish.some(({ host }) => host !== undefined && host.first > 0 && host.first < 1024);
  const strong = [
    ...(privileged ? ['--privileged'] : []),
    ...(caps.length > 0 ? ['--cap-add'] : []),
    ...(pid === 'host' ? ['--pid host'] : []),
    ...(network?.some(({ target }) => target === 'host') ? ['--network host'] : []),
  ];
  return [
    ...strong.map(
      (name) => ({ kind: 'permission', name, means: 'allowed; a rootless engine gives less than it says' }) as const,
    ),
    ...(low
      ? [
          {
            kind: 'permission',
            name: 'ports under 1024',
            means: 'allowed; a rootless engine may not use them',
          } as const,
        ]
      : []),
  ];
}

function imageNeeds(written: string | undefined, means: string): readonly Need[] {
  const name = imageWords(written ?? '');
  return name === undefined
    ? []
    : [{ kind: 'image', name, means: isImageId(written ?? '') ? 'on this engine' : means }];
}

/** Undefined where no name can be read: a placeholder stands there. */
function imageWords(written: string): string | undefined {
  if (looksLikeImageId(written)) return written;
  const name = readImageName(written);
  return 'fault' in name ? undefined : name.familiarFull;
}

type Published = NonNullable<ContainerFlags['publish']>[number];

function publishedNeed({ host, address, protocol }: Published): readonly Need[] {
  if (!host) return [];
  const range = host.first === host.last ? String(host.first) : `${String(host.first)}-${String(host.last)}`;
  return [
    {
      kind: 'port',
      name: `${range}/${protocol}`,
      means: address === undefined ? 'free on the host' : `free on ${address} of the host`,
    },
  ];
}

const builtIn = new Set(['bridge', 'host', 'none', 'default']);

function networkNeed(target: string): readonly Need[] {
  if (builtIn.has(target)) return [];
  if (target.startsWith('container:'))
    return [{ kind: 'container', name: target.slice('container:'.length), means: 'there, and running' }];
  return [{ kind: 'network', name: target, means: `there: docker network create ${target}` }];
}

function fileNeed(path: string): Need {
  return { kind: 'file', name: path, means: 'here, to be read' };
}

function serviceNeeds({ flags, operands: [image] }: Command<(typeof serviceCreate)['flags']>): readonly Need[] {
  return [
    ...imageNeeds(image, 'to be had by every node, from a registry'),
    ...(flags.name === undefined
      ? []
      : [{ kind: 'name', name: flags.name, means: 'not taken by another service' } as const]),
    ...(flags.publish ?? []).flatMap(({ published, protocol, mode }) =>
      published
        ? [
            {
              kind: 'port',
              name: `${String(published.first)}/${protocol}`,
              means: mode === 'host' ? 'free on the nodes its tasks run on' : 'free in the whole swarm',
            } as const,
          ]
        : [],
    ),
    ...(flags.network ?? []).map(
      ({ target }) => ({ kind: 'network', name: target, means: 'there, and of the overlay driver' }) as const,
    ),
  ];
}

function buildNeeds({ flags, operands: [folder = '.'] }: Command<(typeof imageBuild)['flags']>): readonly Need[] {
  if (/^(https?|git|ssh):|^git@|^github\.com\//.test(folder))
    return [{ kind: 'file', name: folder, means: 'reachable for the engine' }];
  const dockerfile =
    flags.file ?? (folder === '-' ? undefined : `${folder === '.' ? '' : `${folder.replace(/\/$/, '')}/`}Dockerfile`);
  return [
    ...(dockerfile === undefined || dockerfile === '-' ? [] : [fileNeed(dockerfile)]),
    ...(folder === '-'
      ? [{ kind: 'file', name: 'stdin', means: 'the Dockerfile, or a tar of the context' } as const]
      : []),
  ];
}

function registryNeeds(written: string | undefined): readonly Need[] {
  const name = readImageName(written ?? '');
  if ('fault' in name) return [];
  return [{ kind: 'image', name: name.familiarFull, means: `in ${registryWords(name)}, which must be reachable` }];
}

function loginNeed(written: string | undefined): readonly Need[] {
  const name = readImageName(written ?? '');
  if ('fault' in name) return [];
  return [{ kind: 'login', name: registryWords(name), means: 'with the right to push there: docker login' }];
}

function registryWords({ domain }: ImageName): string {
  return domain === 'docker.io' ? 'Docker Hub' : domain;
}

const runs = new Set(['container exec', 'container attach', 'container top', 'container pause', 'container kill']);

/** Objects named as operands of commands that do not make them. */
function byOperands({ row, parts }: Command): readonly Need[] {
  // a thing of any kind
  if (row.name === 'inspect') return [];
  if (row.name === 'container run' || row.name === 'container create' || row.name.endsWith(' create')) return [];
  return parts.flatMap((part): readonly Need[] => {
    if (part.is !== 'operand' || part.source !== undefined) return [];
    const kind = row.operands[part.operand]?.names;
    if (kind === 'container')
      return [{ kind, name: part.value, means: runs.has(row.name) ? 'there, and running' : 'there' }];
    if (kind === 'network' || kind === 'volume') return [{ kind, name: part.value, means: 'there' }];
    return [];
  });
}

function byFamily({ row: { name }, flags }: Command): readonly Need[] {
  const isOverlay = name === 'network create' && flags['driver'] === 'overlay';
  if (isOverlay || (/^(service|stack|secret|config) /.test(name) && name !== 'stack config'))
    return [{ kind: 'swarm', name: 'a swarm', means: 'of which this engine is a manager: docker swarm init' }];
  if (/^node |^swarm (join-token|ca|unlock-key|update)$/.test(name))
    return [{ kind: 'swarm', name: 'a swarm', means: 'of which this engine is a manager' }];
  if (name === 'swarm init' || name === 'swarm join')
    return [{ kind: 'swarm', name: 'an engine', means: 'that is in no swarm yet' }];
  return [];
}
