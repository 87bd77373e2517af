/** `docker-tutor lab up|down|status`. */
import type { Command } from 'commander';
import { Failure } from '../../failure.ts';
import type { Consent } from '../../lab/lab.ts';
import type { Answer } from '../process/answer.ts';
import type { Go } from './subcommand.ts';
import { examples } from './subcommand.ts';

export type LabAction = 'up' | 'down' | 'status';

export interface LabOptions {
  readonly yes?: boolean;
  readonly purge?: boolean;
  readonly json?: boolean;
  readonly signal?: AbortSignal;
}

export function addLab(program: Command, go: Go, action = labCommand): void {
  const lab = program
    .command('lab')
    .description('a private, throw-away engine with an offline registry')
    .addHelpText('after', examples(['lab up', 'start it'], ['lab status', 'where it is'], ['lab down', 'stop it']));
  const act = (what: LabAction) => (options: LabOptions) => go((session) => action(what, { ...options, ...session }));
  lab
    .command('up')
    .description('start it; install what it needs, if you agree')
    .addHelpText('after', examples(['lab up --yes', 'without a question']))
    .option('-y, --yes', 'agree to install')
    .option('--json', 'as JSON')
    .action(act('up'));
  lab
    .command('down')
    .description('stop it, and leave nothing running')
    .addHelpText('after', examples(['lab down', 'its data are kept'], ['lab down --purge', 'nothing is kept']))
    .option('--purge', 'remove its data too')
    .option('--json', 'as JSON')
    .action(act('down'));
  lab
    .command('status')
    .description('where it is, and what it holds')
    .addHelpText(
      'after',
      examples(['lab status', 'its address, and its images'], ['lab status --json', 'for a script']),
    )
    .option('--json', 'as JSON')
    .action(act('status'));
}

/** Resolves to the exit code: `status` of a lab that is not up is 4. Throws a Failure, or the signal's reason. */
export async function labCommand(action: LabAction, options: LabOptions): Promise<number> {
  const { answer } = await import('../process/answer.ts');
  return answer(options, () => acted(action, options));
}

async function acted(action: LabAction, options: LabOptions): Promise<Answer> {
  const signal = options.signal ?? new AbortController().signal;
  const [{ labDown, labUp }, { labStatus }, { consentQuestion, labDownText, labProgress, labStatusText, labUpText }] =
    await Promise.all([
      import('../../lab/lab.ts'),
      import('../../lab/status.ts'),
      import('../../report/answers/lab.ts'),
    ]);
  const report = labProgress();
  switch (action) {
    case 'up': {
      const lab = await labUp({ consent: consentFor(options.yes === true, consentQuestion, signal), signal, report });
      const { endpoint, engine, registry, folder, started } = lab;
      return {
        exitCode: 0,
        fields: { state: 'up', address: endpoint.address, engine, registry, folder, started },
        text: () => labUpText(lab),
      };
    }
    case 'down': {
      const down = await labDown({ purge: options.purge === true, signal, report });
      return { exitCode: 0, fields: { state: 'down', ...down }, text: () => labDownText(down) };
    }
    case 'status': {
      const status = await labStatus(signal);
      return { exitCode: status.state === 'up' ? 0 : 4, fields: status, text: () => labStatusText(status) };
    }
  }
}

/** `--yes` is a yes; a terminal is asked; nobody to ask is a no. */
function consentFor(yes: boolean, asking: (packages: readonly string[]) => string, signal: AbortSignal): Consent {
  return async (packages) => {
    if (yes) return true;
    if (!process.stdin.isTTY || !process.stderr.isTTY) throw nobodyToAsk(packages);
    const [{ askLine, isYes }, { openKeyboard }] = await Promise.all([
      import('../keyboard/ask-line.ts'),
      import('../keyboard/keyboard.ts'),
    ]);
    const question = `${asking(packages)} [y/N] `;
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
