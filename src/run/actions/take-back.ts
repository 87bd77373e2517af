/** What a wrong turn has made goes again, by its id: a step can be tried anew. */
import { readCommand } from '../../command/performable.ts';
import type { Change } from '../../events/events.ts';
import { performLine } from '../../perform/line/perform-line.ts';
import { briefId, shortId } from '../../short-id.ts';
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

/** What of these can be taken back: what came, and the names of images that were another image's before. */
export function madeBy(changes: readonly Change[]): readonly Change[] {
  const nameless = new Set(changes.map(formerImage));
  return changes.filter((change) =>
    change.change === 'added'
      ? !(isNameless(change) && nameless.has(shortId(change.id)))
      : formerImage(change) !== undefined,
  );
}

/** The image that had this name, by its short id. */
function formerImage({ change, kind, before }: Change): string | undefined {
  return change === 'changed' && kind === 'image' ? before?.['image'] : undefined;
}

/** @returns what could not be removed */
export async function takeBack(made: readonly Change[], scene: Scene): Promise<readonly Change[]> {
  const left: Change[] = [];
  for (const kind of order)
    // the last first: of a name that was moved twice, the image in between is needed
    for (const change of made.filter((one) => one.kind === kind).reverse()) {
      const [first] = await inTurn(linesBack(change), scene);
      if (first !== 0) left.push(change);
    }
  return left;
}

/** @returns their exit codes */
async function inTurn(lines: readonly string[], scene: Scene): Promise<readonly (number | undefined)[]> {
  const context = contextOf(scene);
  const codes: (number | undefined)[] = [];
  for (const text of lines) {
    const line = await performLine(readCommand(text, context), {
      ...scene,
      context,
      guard: scene.learnersGuard(),
      io: { question: () => Promise.resolve('y') },
      before: scene.inventory.latest,
    });
    if (line.after) scene.inventory.latest = line.after;
    codes.push(line.exitCode);
  }
  return codes;
}

/** The first of them decides whether it is as before. */
function linesBack(change: Change): readonly string[] {
  const former = formerImage(change);
  return former === undefined
    ? [removalOf(change)]
    : [`docker tag ${former} ${change.name}`, `docker image rm ${change.id}`];
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
