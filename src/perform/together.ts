/** Several plans at once, and a plan that Ctrl-C ends without ending what it is part of. */
import type { World } from './world.ts';

/** All of them, to their ends. @throws the first failure, when none is on its way any more */
export async function together(running: readonly Promise<unknown>[]): Promise<readonly unknown[]> {
  const ended = await Promise.allSettled(running);
  const failed = ended.find((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
  return ended.map((one) => (one.status === 'fulfilled' ? one.value : undefined));
}

/** @returns whether it was interrupted. Where nobody can interrupt, it runs to its end. */
export async function untilInterrupted(run: (world: World) => Promise<unknown>, world: World): Promise<boolean> {
  const { interrupt } = world.io;
  if (!interrupt) {
    await run(world);
    return false;
  }
  try {
    await run({ ...world, signal: AbortSignal.any([world.signal, interrupt]) });
    return false;
  } catch (error) {
    if (world.signal.aborted || !interrupt.aborted) throw error;
    return true;
  }
}
