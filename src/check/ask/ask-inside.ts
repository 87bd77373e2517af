/** Asks from inside a container's network for a name or a port, by the first means that is there. */
import type { ContainerSeen } from '../facets/container.ts';
import type { LookContext } from '../look.ts';
import { runBeside } from './run-beside.ts';
import { runInside } from './run-inside.ts';
import { nodeProgram, pythonProgram, shellProgram } from './probe-programs.ts';

const answers = ['resolves', 'accepts', 'unresolved', 'refused', 'silent'] as const;

export interface Inside {
  /** `untold`: there is nothing to ask with. */
  readonly answer: (typeof answers)[number] | 'untold';
  readonly address?: string;
}

/**
 * How long programs of the GNU C library wait for a name server (resolv.conf(5)). The engine's own answers at once for
 * names it knows; others it passes on, and where nobody answers, as without a network, the usual wait is 20 seconds.
 */
const impatient = ['RES_OPTIONS=timeout:1 attempts:1'];

/** @param port TCP; absent: the name only */
export async function askInside(
  from: ContainerSeen,
  to: string,
  port: number | undefined,
  context: LookContext,
): Promise<Inside> {
  const words = [to, port === undefined ? '' : String(port)];
  for (const program of [shellProgram, pythonProgram, nodeProgram]) {
    const ran = await runInside(from.Id, [...program, ...words], context, { env: impatient });
    const told = 'refused' in ran ? undefined : readAnswer(ran.text);
    if (told) return told;
  }
  const beside = await runBeside(from, [...shellProgram, ...words], context, {
    env: impatient,
    tells: (text) => readAnswer(text) !== undefined,
  });
  return (beside === undefined ? undefined : readAnswer(beside)) ?? { answer: 'untold' };
}

/** The programs print one line: `accepts 172.18.0.2`. What tools print besides is left alone. */
function readAnswer(text: string): Inside | undefined {
  const [, answer, address] = /^docker-tutor: (\w+) ?(\S*)\r?$/m.exec(text) ?? [];
  const known = answers.find((one) => one === answer);
  return known && { answer: known, ...(address && { address }) };
}
