/** What the commands of a scenario make and use: containers, networks, volumes and images, by name. Pure. */
import { isCommand } from '../command/rows.ts';
import type { Command } from '../command/command.ts';
import { containerCommit, containerCreate, containerRename, containerRun } from '../command/tables/container.ts';
import { imageBuild, imageImport, imageLoad, imagePull, imageTag } from '../command/tables/image.ts';
import { networkCreate } from '../command/tables/network.ts';
import { serviceCreate, serviceUpdate } from '../command/tables/service.ts';
import { volumeCreate } from '../command/tables/volume.ts';
import { canonical, looksLikeImageId } from '../image-name.ts';

export interface NamedObjects {
  readonly containers: Set<string>;
  readonly networks: Set<string>;
  readonly volumes: Set<string>;
  readonly services: Set<string>;
  /** Canonical names. */
  readonly imagesMade: Set<string>;
  /** Makes things whose names the line does not tell: Compose, a stack, an archive. */
  unnamed: boolean;
}

export function noObjects(): NamedObjects {
  return {
    containers: new Set(),
    networks: new Set(['bridge', 'host', 'none', 'ingress', 'docker_gwbridge']),
    volumes: new Set(),
    services: new Set(),
    imagesMade: new Set(),
    unnamed: false,
  };
}

/** Adds what the command makes. */
export function addMade(command: Command, things: NamedObjects): void {
  if (isCommand(command, containerRun) || isCommand(command, containerCreate)) addContainer(command.flags, things);
  if (isCommand(command, containerRename)) things.containers.add(command.operands[1] ?? '');
  if (isCommand(command, networkCreate)) things.networks.add(command.operands[0] ?? '');
  if (isCommand(command, volumeCreate)) things.volumes.add(command.flags.name ?? command.operands[0] ?? '');
  if (isCommand(command, serviceCreate)) things.services.add(command.flags.name ?? '');
  if (/^(compose|stack)\b/.test(command.row.name) || isCommand(command, imageLoad))
    Object.assign(things, { unnamed: true });
  addImages(command, things.imagesMade);
}

type ContainerFlags = Command<typeof containerRun.flags>['flags'];

function addContainer(
  { name, volume, mount }: Pick<ContainerFlags, 'name' | 'volume' | 'mount'>,
  things: NamedObjects,
): void {
  if (name !== undefined) things.containers.add(name);
  for (const one of volume ?? []) if (one.type === 'volume' && one.source !== undefined) things.volumes.add(one.source);
  for (const one of mount ?? []) if (one.Type === 'volume' && one.Source !== undefined) things.volumes.add(one.Source);
}

function addImages(command: Command, made: Set<string>): void {
  const add = (name: string | undefined): void => void (name && made.add(canonical(name)));
  if (isCommand(command, imageBuild)) for (const { canonical: name } of command.flags.tag ?? []) made.add(name);
  if (isCommand(command, imageTag) || isCommand(command, containerCommit) || isCommand(command, imageImport))
    add(command.operands[1]);
}

/** The image that the command needs, as it is written. */
export function imageUsed(command: Command): string | undefined {
  if (isCommand(command, serviceUpdate)) return command.flags.image?.familiar;
  const [first, second] = command.operands;
  const uses =
    isCommand(command, containerRun) ||
    isCommand(command, containerCreate) ||
    isCommand(command, serviceCreate) ||
    isCommand(command, imagePull) ||
    isCommand(command, imageTag);
  if (!uses || first === undefined || (isCommand(command, imageTag) && second === undefined)) return undefined;
  return looksLikeImageId(first) ? undefined : first;
}

/** Whether the command builds an image. */
export function buildsImage(command: Command): boolean {
  return isCommand(command, imageBuild) || /^(compose|buildx)\b/.test(command.row.name);
}
