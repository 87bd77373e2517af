/** One service, asked for before it is changed: its whole specification goes back with the change. */
import { ask, complain, request } from '../ask.ts';
import type { JsonObject } from '../../api/request.ts';
import type { Plan } from '../effects.ts';
import type { Service, ServiceSpec } from './flags.ts';

/** `mode`: what explain assumes of it. */
export function* lookAt(name: string, mode: ServiceSpec['Mode'] = {}): Plan<Service> {
  const assume: Service = {
    ID: name,
    Version: { Index: '<version>' },
    Spec: { Name: name, TaskTemplate: {}, Mode: mode },
  };
  return (yield* ask<Service>(request('GET', `/services/${name}`), assume)).body;
}

/** The version says which specification was read: the engine refuses where it has changed meanwhile. */
export function* change(
  service: Service,
  spec: ServiceSpec,
  rest: { readonly query?: Readonly<Record<string, string | undefined>>; readonly login?: string } = {},
): Plan<void> {
  const query = { version: String(service.Version.Index), ...rest.query };
  const update = request('POST', `/services/${service.ID}/update`, {
    query,
    body: spec as unknown as JsonObject,
    ...(rest.login !== undefined && { login: rest.login }),
  });
  const { body } = yield* ask<{ readonly Warnings?: readonly string[] | null }>(update, {});
  for (const warning of body.Warnings ?? []) yield* complain(`${warning}\n`);
}
