/** Where a build is asked for: POST /build, or BuildKit's own API where that has no place for what is asked. */
import { note } from '../../ask.ts';
import { Stopped } from '../../effects.ts';
import type { Plan } from '../../effects.ts';
import type { BuildSource } from './context.ts';
import { assertContainerdStore } from './image-store.ts';
import type { Query } from './query.ts';

const flagNames: Readonly<Record<string, string>> = {
  'no-cache-filter': '--no-cache-filter',
  contexts: '--build-context',
  cacheto: '--cache-to',
  attests: '--provenance or --sbom',
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
  // the older store gives no layers away but with an image
  if (direct['cacheto'] !== undefined) yield* assertContainerdStore('Cache export', 'build-cache-backends');
  if (direct['attests'] !== undefined) yield* assertContainerdStore('Attestation', 'attestations');
  const call = direct['requestid'] === undefined ? 'Control/Solve' : 'frontend.LLBBridge/Solve';
  yield* note(
    `POST /build has no place for ${named.join(', ')}: BuildKit is asked itself, by gRPC on the connection of POST /grpc (moby.buildkit.v1.${call})`,
  );
  return `/moby.buildkit.v1.${call}`;
}
