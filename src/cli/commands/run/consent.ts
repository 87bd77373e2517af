/** Permissions of scenarios that are not shipped: shown, and asked for at a terminal. */
import { Failure } from '../../../failure.ts';
import { cleanLine } from '../../../terminal/clean-text.ts';
import { quote } from '../../../command/shell/quote.ts';
import type { Permission } from '../../../permission-name.ts';
import { permissionSentence } from '../../../report/permission-words.ts';
import type { LoadedScenario } from '../../../scenario/load.ts';
import { withVars } from '../../../scenario/variables.ts';
import { askLine, isYes } from '../../keyboard/ask-line.ts';
import { openKeyboard } from '../../keyboard/keyboard.ts';

export interface AskingPermissions {
  /** Given on the command line. */
  readonly allow?: readonly Permission[];
  /** `--var` */
  readonly var?: Readonly<Record<string, string>>;
  /** Whether there is somebody to ask. */
  readonly interactive: boolean;
  readonly signal: AbortSignal;
}

/** @throws Failure where one is refused, or nobody can be asked */
export async function askPermissions(
  scenarios: readonly LoadedScenario[],
  { allow = [], var: vars = {}, interactive, signal }: AskingPermissions,
): Promise<void> {
  for (const { scenario, path = scenario.id } of scenarios) {
    const { permissions } = withVars(scenario, vars).requires;
    const wanted = [...new Set(permissions)].filter((permission) => !allow.includes(permission));
    if (wanted.length === 0) continue;
    if (!interactive) throw nobodyToAsk(path, wanted);
    const lines = [
      `${cleanLine(path)} wants more than the things it makes:`,
      ...wanted.map((one) => `  ${permissionSentence(one)}`),
    ];
    process.stdout.write(lines.map((line) => `${line}\n`).join(''));
    const answer = await askLine('Allow this? [y/N] ', { input: openKeyboard(), output: process.stdout, signal });
    if (!isYes(answer)) throw refused(path);
  }
}

function nobodyToAsk(path: string, wanted: readonly Permission[]): Failure {
  return new Failure(`${cleanLine(path)} asks for ${wanted.join(', ')}, and there is nobody to ask.`, {
    code: 'permission-not-given',
    exitCode: 4,
    hints: [
      ...wanted.map(permissionSentence),
      'Nothing was done.',
      `Where you trust it: ${wanted.map((permission) => `--allow ${quote(permission)}`).join(' ')}`,
    ],
  });
}

function refused(path: string): Failure {
  return new Failure(`${cleanLine(path)} was not run: its permissions were refused.`, {
    code: 'permission-not-given',
    exitCode: 4,
    hints: ['Nothing was done.'],
  });
}
