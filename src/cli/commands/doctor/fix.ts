/** `doctor --fix`: what is safe is done after a yes to each; all else was shown, and stays the learner’s to do. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { safeFixes } from '../../../doctor/safe-fixes.ts';
import type { SafeFix } from '../../../doctor/safe-fixes.ts';
import { machineFacts } from '../../../doctor/machine.ts';
import type { ProbeResult } from '../../../doctor/probe.ts';
import { limited, waited } from '../../../waits/waits.ts';
import { print } from '../../process/print.ts';
import type { Session } from '../subcommand.ts';
import type { DoctorOptions } from './command.ts';

/** A service starts in a moment, a clean takes what there is. Milliseconds. */
const limitMs = 120_000;

/** Prints each, asks, and does it. Without a terminal nothing is done. */
export async function offerFixes(results: readonly ProbeResult[], options: DoctorOptions & Session): Promise<void> {
  const fixes = safeFixes(results, machineFacts(), options);
  if (fixes.length === 0) return void print('\n Nothing of this is done by --fix: the arrows above are for you.\n');
  if (!process.stdin.isTTY || !process.stdout.isTTY)
    return void print(
      `\n There is no terminal to ask on, so nothing was done. --fix would do:\n${fixes.map(({ command }) => `   ${command.join(' ')}\n`).join('')}`,
    );
  for (const fix of fixes) {
    if (!(await isWanted(fix, options.signal))) continue;
    print((await isDone(fix, options.signal)) ? ' Done.\n' : ' It did not work: its words stand above.\n');
  }
  print(' docker-tutor doctor looks again.\n');
}

async function isWanted({ what, command }: SafeFix, signal: AbortSignal): Promise<boolean> {
  const [{ askLine, isYes }, { openKeyboard }] = await Promise.all([
    import('../../keyboard/ask-line.ts'),
    import('../../keyboard/keyboard.ts'),
  ]);
  const question = `\n ${what}\n   ${command.join(' ')}\n Do it? [y/N] `;
  return isYes(await askLine(question, { input: openKeyboard(), output: process.stderr, signal }));
}

async function isDone({ command }: SafeFix, signal: AbortSignal): Promise<boolean> {
  const [program = '', ...args] = ownProgram(command);
  return waited({ for: command.join(' '), limitMs }, () =>
    limited(limitMs, signal, async (over) => {
      const child = spawn(program, args, { stdio: 'inherit', signal: over });
      try {
        const [code] = (await once(child, 'exit')) as [number | null];
        return code === 0;
      } catch (error) {
        signal.throwIfAborted();
        print(` ${error instanceof Error ? error.message : String(error)}\n`);
        return false;
      }
    }),
  );
}

/** docker-tutor is this one, wherever it was started from. */
function ownProgram(command: readonly string[]): readonly string[] {
  const [program = '', ...args] = command;
  return program === 'docker-tutor' ? [process.execPath, process.argv[1] ?? '', ...args] : command;
}
