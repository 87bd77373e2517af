/**
 * Whether the engine sees the folder that a lesson mounts from. A bind mount names a path of the engine's machine; where
 * that is another one (a remote engine, a virtual machine, the host of the container that docker-tutor runs in), the
 * container gets an empty folder, or what happens to be there, and nobody says a word. So a file of this machine is looked
 * for through the engine, in a container that is never started, before the first mount.
 */
import { randomBytes } from 'node:crypto';
import { closeSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Request } from '../../api/request.ts';
import { hostPathsIn } from '../../api/host-paths.ts';
import { objectIn } from '../../api/json-parts.ts';
import { causeFailure } from '../../cause-failure.ts';
import { engineWords } from '../../engine/ask.ts';
import { makeOwnFile } from '../../state/own-things.ts';
import { newRunId } from '../../state/run-id.ts';
import { labelled } from '../labels.ts';
import type { GuardContext } from './context.ts';

const target = '/docker-tutor-proof';

/**
 * @param request makes a container: its image is the one that is here by then
 * @returns whether it is proven; false where there is nothing to prove yet, or no way to
 * @throws Failure E-REMOTE-BIND where the engine does not see the workspace
 */
export async function seesWorkspace(request: Request, context: GuardContext): Promise<boolean> {
  const { pins } = context;
  const body = request.body ?? {};
  if (!pins || hostPathsIn(body).length === 0) return false;
  const seen = await sees(pins.folder, body['Image'], context);
  if (seen === 'not seen') {
    const { address } = await context.identity();
    throw causeFailure('E-REMOTE-BIND', { args: { path: pins.folder, address } });
  }
  return seen === 'seen';
}

/** `untold`: what keeps it from being told keeps the request from being granted too, and comes to light there. */
export type Seen = 'seen' | 'not seen' | 'untold';

/** @param image anything that a container can be made of */
export async function sees(folder: string, image: unknown, context: GuardContext): Promise<Seen> {
  const { ask, mark, journal } = context;
  await journal.begin();
  const { descriptor, ...proof } = makeOwnFile({
    journals: context.folder,
    id: newRunId(Date.now()),
    path: () => join(folder, `.docker-tutor-proof-${randomBytes(6).toString('hex')}`),
  });
  closeSync(descriptor);
  const token = basename(proof.path);
  try {
    const Mounts = [{ Type: 'bind', Source: folder, Target: target, ReadOnly: true }];
    const Image = typeof image === 'string' ? image : '';
    const body = { Image, Cmd: ['true'], HostConfig: { Mounts } };
    const made = await ask(labelled({ method: 'POST', path: '/containers/create', body }, mark()));
    // --mount, unlike -v, makes no folder where there is none
    if (made.status === 400 && /bind source path does not exist/.test(engineWords(made.body, 400))) return 'not seen';
    const { Id } = objectIn(made.body);
    if (made.status !== 201 || typeof Id !== 'string') return 'untold';
    try {
      const path = `/containers/${Id}/archive`;
      const { status } = await ask({ method: 'HEAD', path, query: { path: `${target}/${token}` } });
      return status === 200 ? 'seen' : status === 404 ? 'not seen' : 'untold';
    } finally {
      await ask({ method: 'DELETE', path: `/containers/${Id}`, query: { force: '1', v: '1' } });
    }
  } finally {
    proof.remove();
  }
}
