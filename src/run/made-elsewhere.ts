/** What a learner has made in a terminal of their own, for the lesson: it carries no label, and is theirs to use in the lesson too. Pure. */
import { canonical, repositoryOf } from '../image-name.ts';
import type { Inventory } from '../inventory/inventory.ts';

export interface Named {
  readonly kind: string;
  readonly name: string;
}

/**
 * Whether it has a name of the lesson's, or of a Compose project's that is called so, and was not there when the lesson began.
 * @param names those chosen for the lesson: then nothing was called so
 */
export function isMadeElsewhere({ kind, name }: Named, names: readonly string[], began: Inventory): boolean {
  if (kind === 'image') return names.some((own) => repositoryOf(own) === repositoryOf(name)) && !hadImage(name, began);
  return names.some((own) => name === own || /^[-_]/.test(afterStem(name, own))) && !had(name, began);
}

/** What follows in `guestbook-db-1` after `guestbook`; nothing where it begins otherwise. */
function afterStem(name: string, stem: string): string {
  return name.startsWith(stem) ? name.slice(stem.length) : '';
}

function had(name: string, { containers, networks, volumes }: Inventory): boolean {
  return [...containers, ...networks, ...volumes].some((one) => one.name === name);
}

function hadImage(name: string, { images }: Inventory): boolean {
  return images.some(({ tags }) => tags.some((tag) => canonical(tag) === canonical(name)));
}
