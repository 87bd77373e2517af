/** A result that is pushed to its registry, as buildx does it for --push. */
import { EngineError } from '../../../api/request.ts';
import { follow } from '../../ask.ts';
import { wordsOf } from '../../daemon-errors.ts';
import { Stopped } from '../../effects.ts';
import type { Plan } from '../../effects.ts';
import { pushRequest } from '../push.ts';
import type { BuildFlags } from './query.ts';

/** @throws Stopped for a result that cannot be pushed, before it is built */
export function assertPushable(flags: BuildFlags): void {
  const { push, output = [], tag = [] } = flags;
  if (push && output.some((one) => 'dest' in one))
    throw new Stopped('docker-tutor either writes the result into files or pushes it: leave --push or --output away');
  if (isPushed(flags) && tag.length === 0) throw new Stopped('tag is needed when pushing to registry');
}

function isPushed({ push, output = [] }: BuildFlags): boolean {
  return push === true || output.some((one) => one.type === 'image' && one.push);
}

/** Each of its names, one after the other, as docker push does. */
export function* pushBuilt(flags: BuildFlags, to: 'stdout' | 'stderr' | 'nowhere'): Plan<void> {
  if (!isPushed(flags)) return;
  for (const name of flags.tag ?? [])
    try {
      yield* follow(pushRequest(name, name.tag ?? 'latest'), to);
    } catch (error) {
      throw error instanceof EngineError ? new Stopped(wordsOf(error)) : error;
    }
}
