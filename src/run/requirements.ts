/** What a scenario requires, looked at before its first step. Nothing is pulled here: many lessons teach the pull. */
import { causeFailure } from '../cause-failure.ts';
import type { Engine } from '../engine/engine.ts';
import { Failure } from '../failure.ts';
import type { Inventory } from '../inventory/inventory.ts';
import { canonical } from '../image-name.ts';
import type { Requires } from '../scenario/schema.ts';
import { versionOrder } from '../version-order.ts';

/** Images that the engine does not have yet, as the scenario writes them. */
export function imagesNotHere({ images }: Requires, inventory: Pick<Inventory, 'images'>): readonly string[] {
  const here = new Set(inventory.images.flatMap(({ tags, digests }) => [...tags, ...digests]).map(canonical));
  return images.filter((image) => !here.has(canonical(image)));
}

/** @throws Failure where the scenario does not work with an engine of this kind or version. Podman counts in its own way, and has no swarm. */
export function assertEngine({ engine: range, swarm, buildkit }: Requires, { about }: Pick<Engine, 'about'>): void {
  if (swarm && about.flavour === 'podman')
    throw causeFailure('E-PODMAN-LACKS', { args: { what: 'This lesson needs a swarm' } });
  if (buildkit === true && about.prefersBuildkit !== true)
    throw new Failure('This lesson is about BuildKit, and it is not the builder of this engine.', {
      code: 'engine-version',
      exitCode: 4,
      hints: [
        `Here is ${about.flavour === 'podman' ? 'Podman' : 'Docker Engine'} ${about.version}. BuildKit is the builder of Docker Engine 23 and later.`,
        'Update the engine, or name another one: docker-tutor run --context or --host',
      ],
    });
  if (range === undefined || about.flavour === 'podman' || isIn(about.version, range)) return;
  throw new Failure(`This lesson wants Docker Engine ${range}, and here is ${about.version}.`, {
    code: 'engine-version',
    exitCode: 4,
    hints: ['Update the engine, or name another one: docker-tutor run --context, --host or --lab'],
  });
}

/** Whether `20.10.24+dfsg1` is in `>=20.10 <29`. A bound counts as far as it is written: 29.1 is in `<=29`. */
export function isIn(version: string, range: string): boolean {
  return range.split(' ').every((bound) => {
    const [, sign = '=', wanted = ''] = /^(>=|>|<=|<|=)(.*)$/.exec(bound) ?? [];
    const order = versionOrder(version, wanted);
    return order === 0 ? sign.includes('=') : order < 0 ? sign.startsWith('<') : sign.startsWith('>');
  });
}
