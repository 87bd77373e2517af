/** What a wrong turn has made goes again, by its id: a step can be tried anew. */
import { readCommand } from '../../command/performable.ts';
import type { Change } from '../../events/events.ts';
import { performLine } from '../../perform/line/perform-line.ts';
import { briefId } from '../../short-id.ts';
import { contextOf, type Scene } from '../scene.ts';

/** What is used by another goes after it. */
const order: readonly Change['kind'][] = ['container', 'network', 'volume', 'image'];

/** `container web`, `volume notes`; an image without a name by its id: `image 3f2a9c1` */
export function changeNames(changes: readonly Change[]): readonly string[] {
  return changes.map(({ kind, name, id }) => `${kind} ${isNameless({ kind, name }) ? briefId(id) : name}`);
}

/** Built anew, its name went to another. */
function isNameless({ kind, name }: Pick<Change, 'kind' | 'name'>): boolean {
  return kind === 'image' && name.startsWith('<none>');
}

/** @returns what could not be removed */
export async function takeBack(made: readonly Change[], scene: Scene): Promise<readonly Change[]> {
  const context = contextOf(scene);
  const left: Change[] = [];
  for (const kind of order)
    for (const change of made.filter((one) => one.kind === kind)) {
      const line = await performLine(readCommand(removalOf(change), context), {
        ...scene,
        context,
        guard: scene.learnersGuard(),
        io: { question: () => Promise.resolve('y') },
        before: scene.inventory.latest,
      });
      if (line.after) scene.inventory.latest = line.after;
      if (line.exitCode !== 0) left.push(change);
    }
  return left;
}

function removalOf({ kind, id, name }: Change): string {
  switch (kind) {
    case 'container':
      return `docker rm --force --volumes ${id}`;
    case 'network':
      return `docker network rm ${id}`;
    case 'volume':
      return `docker volume rm ${name}`;
    case 'image':
      return `docker image rm ${isNameless({ kind, name }) ? id : name}`;
  }
}
