/** Which of what doctor advises may be done for the learner: what starts, and what removes docker-tutor’s own. Pure. */
import type { Machine } from '../causes/facts.ts';
import type { ProbeResult } from './probe.ts';

export interface SafeFix {
  /** Why, and what comes of it. */
  readonly what: string;
  readonly command: readonly string[];
}

interface EngineWords {
  readonly lab?: boolean | undefined;
  readonly host?: string | undefined;
  readonly context?: string | undefined;
}

/**
 * Never a prune, which takes what is the learner's, and nothing that opens the socket to more users. What a shell must do
 * itself (unset, newgrp) is shown only.
 */
export function safeFixes(results: readonly ProbeResult[], machine: Machine, engine: EngineWords): readonly SafeFix[] {
  return results.flatMap(({ code, state, hints }) => {
    if (state !== 'fail' && state !== 'warn') return [];
    switch (code) {
      case 'E-SOCKET-MISSING':
      case 'E-DAEMON-DOWN':
        return starting(machine, hints);
      case 'E-NOT-CLEANED':
        return [
          {
            what: 'Removes what ended runs of docker-tutor have left, and nothing else.',
            command: ['docker-tutor', 'clean', ...engineWords(engine)],
          },
        ];
      default:
        return [];
    }
  });
}

/** Only where it was advised for this machine. */
function starting({ root }: Machine, hints: readonly string[]): readonly SafeFix[] {
  const words = hints.map((hint) => /^(?:sudo )?((?:systemctl|service) \S+(?: \S+)?)/.exec(hint)?.[1]);
  const found = words.find(
    (line) => line !== undefined && /^(?:systemctl (?:re)?start docker|service docker (?:re)?start)$/.test(line),
  );
  if (found === undefined) return [];
  const command = found.replace('restart', 'start').split(' ');
  return [{ what: 'Starts the engine’s service.', command: root ? command : ['sudo', ...command] }];
}

/** How the same engine is named to another command. */
export function engineWords({ lab, host, context }: EngineWords): readonly string[] {
  if (lab === true) return ['--lab'];
  if (host !== undefined) return ['--host', host];
  return context === undefined ? [] : ['--context', context];
}
