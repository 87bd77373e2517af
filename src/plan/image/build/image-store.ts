/** Where the engine keeps its images: what docker's BuildKit can do with a result depends on it. */
import { ask, request } from '../../ask.ts';
import { objectIn } from '../../../api/json-parts.ts';
import { Stopped } from '../../effects.ts';
import type { Plan } from '../../effects.ts';

/** @throws Stopped in docker's words where the engine has its older store @param page of docker's documentation */
export function* assertContainerdStore(what: string, page: string): Plan<void> {
  const { body } = yield* ask(request('GET', '/info'), {
    DriverStatus: [['driver-type', 'io.containerd.snapshotter.v1']],
  });
  const status = objectIn(body)['DriverStatus'];
  if (Array.isArray(status) && status.flat().includes('io.containerd.snapshotter.v1')) return;
  throw new Stopped(
    [
      `${what} is not supported for the docker driver.`,
      'Switch to a different driver, or turn on the containerd image store, and try again.',
      `Learn more at https://docs.docker.com/go/${page}/`,
    ].join('\n'),
  );
}
