/** `doctor --bundle`: the evidence in a file, with a list of what is in it. What is there is not overwritten without a yes. */
import { closeSync, fstatSync, ftruncateSync, openSync, writeFileSync, constants } from 'node:fs';
import { evidenceOf, manifestOf } from '../../../doctor/bundle/evidence.ts';
import { packed } from '../../../doctor/bundle/pack.ts';
import { totalsOf } from '../../../doctor/examine.ts';
import type { ProbeResult } from '../../../doctor/probe.ts';
import type { World } from '../../../doctor/world/world.ts';
import { whyRefused } from '../../../as-failure.ts';
import { Failure } from '../../../failure.ts';
import { probeTeller, totalLines } from '../../../report/answers/doctor.ts';
import { cleanLine } from '../../../terminal/clean-text.ts';
import { fold } from '../../../terminal/layout.ts';
import { noPaint, signsFor } from '../../../terminal/paint.ts';
import type { Style } from '../../../terminal/style.ts';
import type { Session } from '../subcommand.ts';
import type { DoctorOptions } from './command.ts';

const plain: Style = { columns: 100, unicode: true, paint: noPaint, signs: signsFor(true) };

/** @returns lines that say what is in it @throws Failure where it is there already, or cannot be written */
export async function bundleTo(
  path: string,
  results: readonly ProbeResult[],
  world: World,
  options: DoctorOptions & Session,
): Promise<readonly string[]> {
  const hideHostNames = options.hideHostNames === true;
  const teller = probeTeller(plain);
  const lines = results.flatMap((result) => teller.tell(result));
  const words = [...lines, ...teller.end(), ...totalLines(totalsOf(results), plain)];
  const evidence = await evidenceOf(world, { results, words, hideHostNames });
  const manifest = manifestOf(evidence, hideHostNames);
  await write(path, await packed([manifest, ...evidence]), options);
  return [
    ` ${cleanLine(path)} holds:`,
    ...manifest.text
      .split('\n')
      .slice(2, -1)
      .flatMap((line) => (line === '' ? [''] : fold(line, 80, 3))),
  ];
}

/** For this user alone. */
async function write(path: string, bytes: Buffer, options: DoctorOptions & Session): Promise<void> {
  const { O_WRONLY, O_CREAT, O_EXCL } = constants;
  try {
    const file = openSync(path, O_WRONLY | O_CREAT | O_EXCL, 0o600);
    writeAndClose(file, bytes);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw unwritable(path, error);
    if (!(await mayOverwrite(path, options))) throw taken(path);
    overwrite(path, bytes);
  }
}

function overwrite(path: string, bytes: Buffer): void {
  try {
    const file = openSync(path, constants.O_WRONLY | (constants.O_NONBLOCK ?? 0));
    if (!fstatSync(file).isFile()) {
      closeSync(file);
      throw new Error('it is no file');
    }
    ftruncateSync(file);
    writeAndClose(file, bytes);
  } catch (error) {
    throw unwritable(path, error);
  }
}

function writeAndClose(file: number, bytes: Buffer): void {
  try {
    writeFileSync(file, bytes);
  } finally {
    closeSync(file);
  }
}

async function mayOverwrite(path: string, { signal, json }: DoctorOptions & Session): Promise<boolean> {
  if (json === true || !process.stdin.isTTY || !process.stderr.isTTY) return false;
  const [{ askLine, isYes }, { openKeyboard }] = await Promise.all([
    import('../../keyboard/ask-line.ts'),
    import('../../keyboard/keyboard.ts'),
  ]);
  const question = `\n ${cleanLine(path)} is there already. Overwrite it? [y/N] `;
  return isYes(await askLine(question, { input: openKeyboard(), output: process.stderr, signal }));
}

function taken(path: string): Failure {
  return new Failure(`${path} is there already, and stays as it is.`, {
    code: 'bundle-taken',
    exitCode: 2,
    hints: ['Name another file with --bundle, or answer yes on a terminal.'],
  });
}

function unwritable(path: string, cause: unknown): Failure {
  return new Failure(`${path} cannot be written: ${whyRefused(cause)}.`, {
    code: 'bundle-unwritable',
    exitCode: 4,
    hints: ['Name a file in a folder that you may write to.'],
    cause,
  });
}
