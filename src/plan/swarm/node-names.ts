/** Nodes by the names people use for them: `self` is the one that answers. */
import { ask, request } from '../ask.ts';
import { Stopped } from '../effects.ts';
import type { Plan } from '../effects.ts';

/** The id of this node. */
export function* selfId(): Plan<string> {
  const { body } = yield* ask<{ readonly Swarm?: { readonly NodeID?: string } }>(request('GET', '/info'), {
    Swarm: { NodeID: '<id>' },
  });
  const id = body.Swarm?.NodeID ?? '';
  if (id !== '') return id;
  // a manager answers with its nodes; any other engine says that it is none
  yield* ask(request('GET', '/nodes'), []);
  throw new Stopped('node ID not found in /info');
}

export function* nodeReference(name: string): Plan<string> {
  return name === 'self' ? yield* selfId() : name;
}

export function* nodeId(name: string): Plan<string> {
  const reference = yield* nodeReference(name);
  const { body } = yield* ask<{ readonly ID: string }>(request('GET', `/nodes/${reference}`), { ID: reference });
  return body.ID;
}
