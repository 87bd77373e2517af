/** Several plans at once, and a plan that Ctrl-C ends without ending what it is part of. */
import type { World } from './world.ts';

/** All of them, to their ends. @throws the first failure; it ends the others */
export async function together(
  runs: readonly ((world: World) => Promise<unknown>)[],
  world: World,
): Promise<readonly unknown[]> {
  const others = new AbortController();
  const inner: World = { ...world, signal: AbortSignal.any([world.signal, others.signal]) };
  const failures: unknown[] = [];
  const run = async (one: (world: World) => Promise<unknown>): Promise<unknown> => {
    try {
      return await one(inner);
    } catch (error) {
      failures.push(error);
      others.abort(error);
      return undefined;
    }
  };
  const answers = await Promise.all(runs.map(run));
  if (failures.length > 0) throw failures[0];
  return answers;
}

/** @returns whether it was interrupted. Where nobody can interrupt, it runs to its end. */
export async function untilInterrupted(run: (world: World) => Promise<unknown>, world: World): Promise<boolean> {
  const interrupt = new AbortController();
  const giveBack = world.io.interrupt?.(() => interrupt.abort());
  try {
    await run({ ...world, signal: AbortSignal.any([world.signal, interrupt.signal]) });
    return false;
  } catch (error) {
    if (world.signal.aborted || !interrupt.signal.aborted) throw error;
    return true;
  } finally {
    giveBack?.();
  }
}
