/**
 * Builds of different runs take turns. The classic builder looks for a step in the cache, and makes it where there is
 * none: two builds of the same first lines at the same time make them twice. The later steps then hide the others, and
 * the next build of the one whose steps are hidden finds nothing of its own in the cache.
 */
import { join } from 'node:path';
import { acquire } from '../state/lock.ts';
import type { Release } from '../state/lock.ts';

/** A courtesy, not a safety: who has waited this long goes ahead. */
const patienceMs = 60_000;

export interface BuildTurns {
  /** Resolves when no other run builds on this engine; the builds of one run share its turn. @returns gives it back */
  take(): Promise<() => void>;
  /** For builds of which no answer came. */
  end(): void;
}

/** @param folder of the journals @param engineId of the engine that is built on */
export function buildTurns(
  folder: string,
  engineId: () => Promise<string>,
  signal: AbortSignal,
  patience = patienceMs,
): BuildTurns {
  let building = 0;
  let turn: Promise<void> | undefined;
  let release: Release | undefined;
  async function waitForTurn(): Promise<void> {
    const path = join(folder, `.building-${encodeURIComponent(await engineId())}.lock`);
    release = await acquire(path, { for: 'the build of another run', limit: patience, signal });
  }
  function giveBack(): void {
    release?.();
    release = undefined;
    turn = undefined;
  }
  return {
    async take() {
      building += 1;
      try {
        await (turn ??= waitForTurn());
      } catch (error) {
        building = 0;
        turn = undefined;
        throw error;
      }
      return () => {
        building -= 1;
        if (building === 0) giveBack();
      };
    },
    end: giveBack,
  };
}
