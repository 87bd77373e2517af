/** What docker-tutor does not do, because it could not undo it. */
import type { Explanation } from './cause.ts';

export const ownership = {
  'E-NOT-YOURS-TO-CHANGE': {
    explanation:
      'docker-tutor changes only what it has made, and makes only what it can remove again. Nothing was sent.',
  },
  'E-MOUNT-BELOW-WRITABLE': {
    explanation:
      'Who may write to a folder can put a link in place of anything in it. A container that mounts what is in it would get what the link leads to when it starts, on this machine, outside of the workspace.',
  },
  'E-PATH-CHANGED': {
    explanation:
      'What a lesson names in its workspace is looked at again whenever it is used, so that no link leads out of the workspace. Nothing was read, written or sent.',
  },
  'E-STATE-BUSY': {
    explanation:
      'Two runs that choose the same image, name or port at the same time, or remove what the other takes into use, would spoil each other’s work.',
  },
} as const satisfies Readonly<Record<string, Explanation>>;
