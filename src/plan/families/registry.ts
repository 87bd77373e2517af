/** docker login and logout. */
import * as registry from '../../command/tables/registry.ts';
import { entry } from '../entry.ts';
import { logIn, logOut } from '../registry/login.ts';
import type { Family } from './family.ts';

export const plans: Family = new Map([entry(registry.login, logIn), entry(registry.logout, logOut)]);
