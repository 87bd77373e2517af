/** Of a name that leads to nothing on the engine: the nearest one that is there, and the command with it in its place. */
import { hideSecrets } from '../../command/hide-secrets.ts';
import { format } from '../../command/format.ts';
import type { Command } from '../../command/command.ts';
import { didYouMean } from '../../did-you-mean.ts';
import { askThrough } from '../../engine/ask.ts';
import type { Ask } from '../../engine/ask.ts';
import type { Engine } from '../../engine/engine.ts';
import { Failure } from '../../failure.ts';
import { listContainers, listImages, listNetworks, listVolumes } from '../../inventory/inventory.ts';

/** Whose names may be offered: a lesson hears of no name but those its run has made. */
export type Offered = (labels: Readonly<Record<string, string>>) => boolean;

/** How long it may take to look for one, in milliseconds: the command has failed already. */
const limit = 2_000;

/** The refusal as it was where no name is near, or nothing can be asked. Names of images are offered only where all are. */
export async function withNearName(
  refusal: Failure,
  command: Command,
  engine: Engine,
  offered: Offered | 'all',
): Promise<Failure> {
  const search = searchFor(refusal, offered);
  if (!search) return refusal;
  const there = await search.names(askThrough(engine, AbortSignal.timeout(limit))).catch(() => []);
  const near = didYouMean(search.wanted, there);
  if (near === undefined || near === search.wanted) return refusal;
  const corrected = hideSecrets(replaced(format(command), search.wanted, near));
  const { message, code, hints, evidence, exitCode, cause } = refusal;
  const args = { ...refusal.args, near, corrected };
  return new Failure(message, { code, hints, evidence, exitCode, args, ...(cause !== undefined && { cause }) });
}

interface Search {
  readonly wanted: string;
  /** What is there of the kind that was wanted. */
  names(ask: Ask): Promise<readonly string[]>;
}

interface Named {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

function searchFor({ code, args }: Failure, offered: Offered | 'all'): Search | undefined {
  const { container, network, volume, kind, name, where, image } = args;
  const listed =
    (...lists: readonly ((ask: Ask) => Promise<readonly Named[]>)[]): Search['names'] =>
    async (ask) => {
      const found = (await Promise.all(lists.map((list) => list(ask)))).flat();
      return found.filter(({ labels }) => offered === 'all' || offered(labels)).map((one) => one.name);
    };
  switch (code) {
    case 'E-CONTAINER-NOT-FOUND':
      return container === undefined ? undefined : { wanted: container, names: listed(listContainers) };
    case 'E-NETWORK-NOT-FOUND':
      return network === undefined ? undefined : { wanted: network, names: listed(listNetworks) };
    case 'E-VOLUME-NOT-FOUND':
      return volume === undefined ? undefined : { wanted: volume, names: listed(listVolumes) };
    case 'E-OBJECT-NOT-FOUND':
      if (kind !== undefined || name === undefined) return undefined;
      return { wanted: name, names: listed(listContainers, listNetworks, listVolumes) };
    case 'E-IMAGE-NOT-FOUND':
      if (offered !== 'all' || where !== 'engine' || image === undefined) return undefined;
      return { wanted: withoutLatest(image), names: tagsHere };
    default:
      return undefined;
  }
}

async function tagsHere(ask: Ask): Promise<readonly string[]> {
  return (await listImages(ask)).flatMap(({ tags }) => tags.map(withoutLatest));
}

function withoutLatest(image: string): string {
  return image.replace(/:latest$/, '');
}

/** The last word that is that name: names stand behind the words of the command. Behind a colon, a tag belongs to the name and a path does not. */
function replaced(line: string, name: string, near: string): string {
  const words = line.split(/([\w./-]+(?::[\w.-]+)?)/);
  const at = words.lastIndexOf(name);
  return words.map((word, i) => (i === at ? near : word)).join('');
}
