/** Chooses names that are free on the engine. Pure. */
import type { Inventory } from '../../inventory/inventory.ts';
import { canonical, cutImageName, repositoryOf } from '../../image-name.ts';

export interface Replaced {
  readonly what: 'name' | 'port' | 'subnet';
  readonly wished: string;
  readonly used: string;
}

/** `hello`, else `hello-2`, `hello-3`… The tag of an image stays at the end: `app:1` → `app-2:1`. */
function freeName(wished: string, isTaken: (name: string) => boolean): string {
  const { familiar, familiarName } = cutImageName(wished);
  const end = familiar.slice(familiarName.length);
  const stem = wished.slice(0, wished.length - end.length);
  let name = wished;
  for (let count = 2; isTaken(name); count++) name = `${stem}-${count}${end}`;
  return name;
}

/**
 * A free name for each wish, by key. A name counts as taken when any kind of thing has it, because a scenario does not
 * say what it will name; two wishes never get the same name unless they wished for the same one.
 * @param uses images that the scenario uses: a container may well be called as its image is
 * @param reserved by runs that are under way
 */
export function chooseNames(
  wished: Readonly<Record<string, string>>,
  inventory: Inventory,
  uses: readonly string[] = [],
  reserved: ReadonlySet<string> = new Set(),
): { readonly names: Readonly<Record<string, string>>; readonly replaced: readonly Replaced[] } {
  const taken = takenNames(inventory, uses);
  const chosen = new Map<string, string>();
  for (const wish of Object.values(wished)) {
    if (chosen.has(wish)) continue;
    const used = new Set(chosen.values());
    chosen.set(
      wish,
      freeName(wish, (name) => used.has(name) || reserved.has(name) || isTaken(name, taken)),
    );
  }
  const names = Object.fromEntries(Object.entries(wished).map(([key, wish]) => [key, chosen.get(wish) ?? wish]));
  const replaced = [...chosen].flatMap(([wish, used]) =>
    wish === used ? [] : [{ what: 'name' as const, wished: wish, used }],
  );
  return { names, replaced };
}

/** Names of containers, networks, volumes and Compose projects as they are; of images the repository and the full name. */
function takenNames(
  { containers, images, networks, volumes }: Inventory,
  uses: readonly string[],
): ReadonlySet<string> {
  const things = [...containers, ...networks, ...volumes];
  const used = new Set(uses.map(repositoryOf));
  const names = images
    .flatMap(({ tags, digests }) => [...tags, ...digests])
    .filter((name) => !used.has(repositoryOf(name)));
  return new Set([
    ...things.map(({ name }) => name),
    ...things.flatMap(({ labels }) => labels['com.docker.compose.project'] ?? []),
    ...names.flatMap((name) => [canonical(name), `${repositoryOf(name)}:`]),
  ]);
}

/** For an image, any tag of the same repository counts: a lesson lists, tags and removes by repository. */
function isTaken(name: string, taken: ReadonlySet<string>): boolean {
  return (
    taken.has(name) ||
    taken.has(canonical(name)) ||
    (cutImageName(name).tag === undefined && taken.has(`${repositoryOf(name)}:`))
  );
}
