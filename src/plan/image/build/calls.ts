/** Where a build is asked for: POST /build, or BuildKit's own API where that has no place for what is asked. */
import { ask, note, request } from '../../ask.ts';
import { objectIn } from '../../../api/json-parts.ts';
import { Stopped } from '../../effects.ts';
import type { Plan } from '../../effects.ts';
import type { BuildSource } from './context.ts';
import type { Query } from './query.ts';

const flagNames: Readonly<Record<string, string>> = {
  'no-cache-filter': '--no-cache-filter',
  contexts: '--build-context',
  cacheto: '--cache-to',
  requestid: '--check or --call',
};

/** @param direct what POST /build has no place for */
export function* callFor(direct: Query, { upload }: BuildSource, noCache: boolean): Plan<string> {
  const named = Object.entries(flagNames).flatMap(([key, flag]) => (direct[key] === undefined ? [] : [flag]));
  if (named.length === 0) return '/build';
  if (direct['no-cache-filter'] !== undefined && noCache)
    throw new Stopped('--no-cache and --no-cache-filter cannot currently be used together');
  if (upload?.folder === '-')
    throw new Stopped(
      `docker-tutor does not send a context from standard input together with ${named.join(', ')}: put it into a folder, and name that`,
    );
  if (direct['cacheto'] !== undefined) yield* assertKeepsCaches();
  const call = direct['requestid'] === undefined ? 'Control/Solve' : 'frontend.LLBBridge/Solve';
  yield* note(
    `POST /build has no place for ${named.join(', ')}: BuildKit is asked itself, by gRPC on the connection of POST /grpc (moby.buildkit.v1.${call})`,
  );
  return `/moby.buildkit.v1.${call}`;
}

/** The engine's older store of images gives no layers away but with an image. */
function* assertKeepsCaches(): Plan<void> {
  const { body } = yield* ask(request('GET', '/info'), {
    DriverStatus: [['driver-type', 'io.containerd.snapshotter.v1']],
  });
  const status = objectIn(body)['DriverStatus'];
  const isContainerd = Array.isArray(status) && status.flat().includes('io.containerd.snapshotter.v1');
  if (!isContainerd)
    throw new Stopped(
      [
        'Cache export is not supported for the docker driver.',
        'Switch to a different driver, or turn on the containerd image store, and try again.',
        'Learn more at https://docs.docker.com/go/build-cache-backends/',
      ].join('\n'),
    );
}
