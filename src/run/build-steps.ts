/** Reads from the classic builder's messages which instruction came from where. */
import type { BuildStep } from '../check/check.ts';
import type { Message } from '../plan/effects.ts';

export interface BuildWatch {
  see(message: Message): void;
  /** Of the last build; empty where there was none, or it kept silent (`-q`). */
  steps(): readonly BuildStep[];
}

export function watchBuild(): BuildWatch {
  let rest = '';
  let steps: { instruction: string; cached: boolean }[] = [];
  const line = (text: string): void => {
    const [, number, instruction = ''] = /^Step (\d+)\/\d+ : (.*)$/.exec(text) ?? [];
    const last = steps.at(-1);
    if (number !== undefined) {
      if (number === '1') steps = [];
      // an image that is here is used as it is: that FROM is carried out is seen by its pull
      steps.push({ instruction, cached: /^FROM\s/i.test(instruction) });
    } else if (last && text.trim() === '---> Using cache') last.cached = true;
    else if (last && /^\S+: Pulling from /.test(text)) last.cached = false;
  };
  return {
    see({ stream, status, id }) {
      if (status !== undefined) line(id === undefined ? status : `${id}: ${status}`);
      if (stream === undefined) return;
      const lines = (rest + stream).split('\n');
      rest = lines.pop() ?? '';
      lines.forEach(line);
    },
    steps: () => steps,
  };
}
