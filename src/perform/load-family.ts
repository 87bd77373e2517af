/** Loads the plans of a family: each is a file of its own in what is shipped. */
import { findRow } from '../command/rows.ts';
import { familyOf } from '../plan/families/family.ts';
import type { Family, FamilyName } from '../plan/families/family.ts';

const families: Readonly<Record<FamilyName, () => Promise<{ readonly plans: Family }>>> = {
  answers: () => import('../plan/families/answers.ts'),
  compose: () => import('../compose/plans.ts'),
  container: () => import('../plan/families/container.ts'),
  image: () => import('../plan/families/image.ts'),
  network: () => import('../plan/families/network.ts'),
  prune: () => import('../plan/families/prune.ts'),
  registry: () => import('../plan/families/registry.ts'),
  swarm: () => import('../plan/families/swarm.ts'),
  volume: () => import('../plan/families/volume.ts'),
};

/** Loads what performing these lines needs, while something else is waited for. What is wrong with it is told where it is needed. */
export function loadAhead(lines: readonly string[]): void {
  const rows = lines.flatMap((line) => {
    const [, first = '', second = ''] = line.split(/\s+/);
    return findRow(`${first} ${second}`) ?? findRow(first) ?? [];
  });
  for (const family of new Set(rows.map(familyOf))) loadFamily(family).catch(() => undefined);
}

export async function loadFamily(name: FamilyName): Promise<Family> {
  return (await families[name]()).plans;
}
