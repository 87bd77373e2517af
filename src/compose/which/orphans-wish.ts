/** What becomes of orphans: by option, else by COMPOSE_REMOVE_ORPHANS and COMPOSE_IGNORE_ORPHANS. */
import type { Project } from '../file/project.ts';

export type OrphansWish = 'remove' | 'tell' | 'ignore';

export function orphansWish(option: boolean | undefined, { variables }: Project): OrphansWish {
  if (option ?? isTrue(variables['COMPOSE_REMOVE_ORPHANS'])) return 'remove';
  return isTrue(variables['COMPOSE_IGNORE_ORPHANS']) ? 'ignore' : 'tell';
}

/** As Go reads a boolean, and compose takes `y` and `yes` with it. */
function isTrue(value = ''): boolean {
  return ['1', 't', 'true', 'y', 'yes'].includes(value.toLowerCase());
}
