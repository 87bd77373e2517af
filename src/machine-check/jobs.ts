/** How many lessons are taken at the same time. Pure. */

export interface Room {
  readonly cores: number;
  /** Bytes that can be had now, the engine's machine and this one being the same; else those of this one. */
  readonly freeMemory: number;
}

/** What a lesson's containers and this program's share of it may need, in bytes. */
const lessonMemory = 400e6;

/** A lesson mostly waits: for containers to start, ports to answer, limits to pass. */
const lessonsPerCore = 2;

const most = 8;

/** At least 1. */
export function jobsFor({ cores, freeMemory }: Room): number {
  return Math.max(1, Math.min(most, cores * lessonsPerCore, Math.floor(freeMemory / lessonMemory)));
}
