/** Lessons that only who is on the engine's own machine can take. Pure. */
import type { Scenario } from '../scenario/schema.ts';

const loopbackInLine = /(?:-p|--publish)[ =]?["']?(?:127\.|\[::1\]|localhost:)/;
const loopbackInFile = /^\s*-\s+["']?(?:127\.[\d.]*|\[::1\]):\S*:\d/m;

/** Whether it publishes a port at 127.0.0.1: nobody but the engine's own machine can ask there. */
export function publishesOnLoopback({ steps }: Pick<Scenario, 'steps'>): boolean {
  return steps.some((step) => {
    if ('do' in step) return [step.do].flat().some((line) => loopbackInLine.test(line));
    return (
      'write' in step && Object.values(step.write).some((text) => typeof text === 'string' && loopbackInFile.test(text))
    );
  });
}
