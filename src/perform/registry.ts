/** A registry that is asked without the engine, as the docker client does it for what it has under a name. */
import { serverOf } from '../engine/login/logins.ts';
import { isHub } from '../image-name.ts';
import { permissionFor } from '../permission-name.ts';
import type { Effect, RegistryTold } from '../plan/effects.ts';
import { askRegistry, hubBase, registryAskers } from '../web/registry-api.ts';
import type { World } from './world.ts';

type Asked = Extract<Effect, { do: 'ask-registry' }>;

/** That it may be asked was seen before; nobody else is. */
export async function registryTold({ registry, path, scheme }: Asked, world: World): Promise<RegistryTold> {
  const { signal } = world;
  const base = isHub(registry) ? hubBase : `${scheme}://${registry}`;
  const permissions = [permissionFor('registry', registry)];
  const askers = registryAskers(registry, base, { signal, mayAsk: () => Promise.resolve('elsewhere'), permissions });
  const login = await world.credentials?.find(serverOf(registry));
  const told = await askRegistry({ base, login, ...askers }, path);
  if ('silent' in told) return { silent: told.silent, code: told.code };
  const { status, text, digest, mediaType } = told;
  return { status, text, digest, mediaType };
}
