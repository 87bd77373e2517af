/** `docker-tutor lab up|down|status`. */
import { Failure } from '../../failure.ts';
import type { Consent } from '../../lab/lab.ts';
import { labDown, labUp } from '../../lab/lab.ts';
import { labStatus } from '../../lab/status.ts';
import { consentQuestion, labDownText, labProgress, labStatusText, labUpText } from '../../report/answers/lab.ts';
import { openKeyboard } from '../process/keyboard.ts';

export type LabAction = 'up' | 'down' | 'status';

export interface LabOptions {
  readonly yes?: boolean;
  readonly purge?: boolean;
  readonly json?: boolean;
  readonly signal?: AbortSignal;
}

/** Resolves to the exit code: `status` of a lab that is not up is 4. Throws a Failure, or the signal's reason. */
export async function labCommand(action: LabAction, options: LabOptions): Promise<number> {
  const signal = options.signal ?? new AbortController().signal;
  const report = labProgress();
  const print = (value: unknown, text: string): void =>
    void process.stdout.write(options.json === true ? `${JSON.stringify(value)}\n` : text);
  switch (action) {
    case 'up': {
      const lab = await labUp({ consent: consentFor(options.yes === true, signal), signal, report });
      print(
        {
          state: 'up',
          address: lab.endpoint.address,
          engine: lab.engine,
          registry: lab.registry,
          folder: lab.folder,
          started: lab.started,
        },
        labUpText(lab),
      );
      return 0;
    }
    case 'down': {
      const down = await labDown({ purge: options.purge === true, signal, report });
      print({ state: 'down', ...down }, labDownText(down));
      return 0;
    }
    case 'status': {
      const status = await labStatus(signal);
      print(status, labStatusText(status));
      return status.state === 'up' ? 0 : 4;
    }
  }
}

/** `--yes` is a yes; a terminal is asked; nobody to ask is a no. */
function consentFor(yes: boolean, signal: AbortSignal): Consent {
  return async (packages) => {
    if (yes) return true;
    if (!process.stdin.isTTY || !process.stderr.isTTY) throw nobodyToAsk(packages);
    const { askLine, isYes } = await import('../process/ask-line.ts');
    const question = `${consentQuestion(packages)} [y/N] `;
    return isYes(await askLine(question, { input: openKeyboard(), output: process.stderr, signal }));
  };
}

function nobodyToAsk(packages: readonly string[]): Failure {
  return new Failure(
    `The lab needs ${packages.join(', ')}, and there is no terminal to ask whether to install ${packages.length === 1 ? 'it' : 'them'}.`,
    {
      code: 'E-LAB-CONSENT',
      exitCode: 4,
      hints: [
        'Say yes to it: docker-tutor lab up --yes',
        `Or install by hand: sudo apt-get install --no-install-recommends ${packages.join(' ')}`,
      ],
    },
  );
}
