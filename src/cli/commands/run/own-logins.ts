/** The learner's own logins. */
import { homedir } from 'node:os';
import type { CredentialStore } from '../../../engine/login/logins.ts';

/** Where the docker CLI keeps them. */
export async function ownLogins(signal: AbortSignal): Promise<CredentialStore> {
  const [{ dockerLogins }, { configFolder }] = await Promise.all([
    import('../../../engine/login/docker-logins.ts'),
    import('../../../engine/connect/endpoint.ts'),
  ]);
  return dockerLogins(configFolder({ env: process.env, home: homedir() }), signal);
}
