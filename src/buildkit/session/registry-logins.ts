/** Says who signs in to the registry that an image is pulled from: moby/buildkit, session/auth. */
import type { Login } from '../../api/request.ts';
import { fieldsOf, messageOf, textIn } from '../protobuf.ts';
import type { Call } from './grpc-server.ts';
import { unary } from './grpc-server.ts';

/** BuildKit's name for Docker Hub. */
const hub = 'registry-1.docker.io';

/** @param find the login that is kept for a registry, `docker.io`; without one it is asked as nobody */
export function registryLogins(find: (registry: string) => Promise<Login | undefined>): (call: Call) => Promise<void> {
  return (call) =>
    unary(call, async (request) => {
      const host = textIn(fieldsOf(request), 1);
      const login = await find(host === hub ? 'docker.io' : host);
      if (!login) return messageOf({});
      // a token stands in the place of the password, and the name is empty then
      return login.identityToken !== undefined && login.identityToken !== ''
        ? messageOf({ 2: login.identityToken })
        : messageOf({ 1: login.username, 2: login.password });
    });
}
