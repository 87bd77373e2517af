/** Of a name that leads to nothing on the engine: the nearest one that is there, and the command with it in its place. */
import { hideSecrets } from '../../command/hide-secrets.ts';
import { format } from '../../command/format.ts';
import type { Command } from '../../command/command.ts';
import { didYouMean } from '../../did-you-mean.ts';
import type { Engine } from '../../engine/engine.ts';
import { Failure } from '../../failure.ts';
import type { FailureCode } from '../../failure-codes.ts';
import { takeInventory } from '../../inventory/inventory.ts';
import type { Inventory } from '../../inventory/inventory.ts';

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
  const wanted = wantedIn(refusal);
  if (wanted === undefined) return refusal;
  const there = await takeInventory(engine, AbortSignal.timeout(limit)).catch(() => undefined);
  const near = there && didYouMean(wanted, namesIn(there, refusal.code, offered));
  if (near === undefined || near === wanted) return refusal;
  const corrected = hideSecrets(replaced(format(command), wanted, near));
  const { message, code, hints, evidence, exitCode, cause } = refusal;
  const args = { ...refusal.args, near, corrected };
  return new Failure(message, { code, hints, evidence, exitCode, args, ...(cause !== undefined && { cause }) });
}

function wantedIn({ code, args }: Failure): string | undefined {
  switch (code) {
    case 'E-CONTAINER-NOT-FOUND':
      return args['container'];
    case 'E-NETWORK-NOT-FOUND':
      return args['network'];
    case 'E-VOLUME-NOT-FOUND':
      return args['volume'];
    case 'E-OBJECT-NOT-FOUND':
      return args['kind'] === undefined ? args['name'] : undefined;
    case 'E-IMAGE-NOT-FOUND':
      return args['where'] === 'engine' && args['image'] !== undefined
        ? args['image'].replace(/:latest$/, '')
        : undefined;
    default:
      return undefined;
  }
}

function namesIn(there: Inventory, code: FailureCode, offered: Offered | 'all'): readonly string[] {
  const of = (kind: 'containers' | 'networks' | 'volumes'): readonly string[] =>
    there[kind].filter(({ labels }) => offered === 'all' || offered(labels)).map(({ name }) => name);
  switch (code) {
    case 'E-CONTAINER-NOT-FOUND':
      return of('containers');
    case 'E-NETWORK-NOT-FOUND':
      return of('networks');
    case 'E-VOLUME-NOT-FOUND':
      return of('volumes');
    case 'E-IMAGE-NOT-FOUND':
      return offered === 'all'
        ? there.images.flatMap(({ tags }) => tags.map((tag) => tag.replace(/:latest$/, '')))
        : [];
    default:
      return [...of('containers'), ...of('networks'), ...of('volumes')];
  }
}

/** The last word that is that name: names stand behind the words of the command. Behind a colon, a tag belongs to the name and a path does not. */
function replaced(line: string, name: string, near: string): string {
  const words = line.split(/([\w./-]+(?::[\w.-]+)?)/);
  const at = words.lastIndexOf(name);
  return words.map((word, i) => (i === at ? near : word)).join('');
}
