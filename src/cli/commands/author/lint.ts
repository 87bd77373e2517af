/** `docker-tutor author lint`: what is wrong in scenarios, a line each, at file:line:column. */
import { lintFile } from '../../../author/lint.ts';
import type { Linted } from '../../../author/lint.ts';
import { count } from '../../../terminal/amounts.ts';
import { cleanLine } from '../../../terminal/clean-text.ts';
import { paintFor } from '../../../terminal/paint.ts';
import type { Paint } from '../../../terminal/paint.ts';
import { terminalOf } from '../../../terminal/display.ts';
import { scenarioFiles } from './scenarios.ts';

/** @returns 2 where something cannot work; advice alone is 0 */
export async function authorLint(
  asked: readonly string[],
  options: { readonly all?: boolean; readonly json?: boolean },
): Promise<number> {
  const linted: Linted[] = [];
  for (const file of await scenarioFiles(asked, options.all === true)) linted.push(await lintFile(file));
  const errors = linted.flatMap(({ remarks }) => remarks.filter(({ severity }) => severity === 'error')).length;
  if (options.json === true) process.stdout.write(`${JSON.stringify({ formatVersion: 1, files: linted }, null, 2)}\n`);
  else
    process.stdout.write(
      lintLines(linted, await paintFor(terminalOf(process).colour))
        .map((line) => `${line}\n`)
        .join(''),
    );
  return errors > 0 ? 2 : 0;
}

function lintLines(linted: readonly Linted[], paint: Paint): readonly string[] {
  const all = linted.flatMap(({ remarks }) => remarks);
  const errors = all.filter(({ severity }) => severity === 'error').length;
  const sum = [count(linted.length, 'scenario'), count(errors, 'error'), `${String(all.length - errors)} advice`].join(
    ', ',
  );
  return [
    ...linted.flatMap(({ file, remarks }) =>
      remarks.map(({ line, column, severity, message, rule }) => {
        const word = severity === 'error' ? paint.bad('error') : paint.mind('advice');
        return `${cleanLine(file)}:${String(line)}:${String(column)}  ${word}  ${cleanLine(message)}  ${paint.dim(rule)}`;
      }),
    ),
    sum,
  ];
}
