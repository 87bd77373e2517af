/** What becomes of orphans: by option, else by COMPOSE_REMOVE_ORPHANS and COMPOSE_IGNORE_ORPHANS. */
import { isTrue } from './truth.ts';
import type { Project } from '../file/project.ts';

export type OrphansWish = 'remove' | 'tell' | 'ignore';

export function orphansWish(option: boolean | undefined, { variables }: Project): OrphansWish {
  if (option ?? isTrue(variables['COMPOSE_REMOVE_ORPHANS'])) return 'remove';
  return isTrue(variables['COMPOSE_IGNORE_ORPHANS']) ? 'ignore' : 'tell';
}
