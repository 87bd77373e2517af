/** Registries that a run has started itself. */
import { runLabel } from '../labels.ts';
import type { GuardContext } from './context.ts';

interface Listed {
  readonly Ports?: readonly { readonly PublicPort?: number }[] | null;
}

/** Whether the engine, asking this registry, asks a container of this run, by a port published on the engine's machine. */
export async function isOurRegistry(name: string, context: GuardContext): Promise<boolean> {
  const port = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\]):(\d{1,5})$/.exec(name)?.[1];
  if (port === undefined) return false;
  const filters = JSON.stringify({ label: [`${runLabel}=${context.mark().run}`] });
  const { body } = await context.ask({ method: 'GET', path: '/containers/json', query: { filters } });
  const running = Array.isArray(body) ? (body as readonly Listed[]) : [];
  return running.some(({ Ports }) => Ports?.some(({ PublicPort }) => PublicPort === Number(port)) === true);
}
