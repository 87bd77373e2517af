/** A request as others may see it. */
import type { Request } from './request.ts';

/** The fields that are secret, by the path they are sent to. */
const secretFields: Readonly<Record<string, string>> = {
  '/auth': 'password',
  '/swarm/join': 'JoinToken',
  '/swarm/unlock': 'UnlockKey',
};

/** The same request, `…` in place of a password or token. The key stays, so that the learner sees what is sent. */
export function withoutSecrets(request: Request): Request {
  const field = secretFields[request.path];
  if (field === undefined || !request.body?.[field]) return request;
  return { ...request, body: { ...request.body, [field]: '…' } };
}
