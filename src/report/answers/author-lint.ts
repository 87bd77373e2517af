/** What `author lint` finds, a line each, at file:line:column. Pure. */
import type { Linted } from '../../author/lint.ts';
import { count } from '../../terminal/amounts.ts';
import { cleanLine } from '../../terminal/clean-text.ts';
import { permissionSentence } from '../permission-words.ts';
import type { Paint } from '../../terminal/paint.ts';

export function lintLines(linted: readonly Linted[], paint: Paint): readonly string[] {
  const all = linted.flatMap(({ remarks }) => remarks);
  const errors = all.filter(({ severity }) => severity === 'error').length;
  const translations = linted.filter(({ language }) => language !== undefined).length;
  const sum = [
    count(linted.length - translations, 'scenario'),
    ...(translations > 0 ? [count(translations, 'translation')] : []),
    count(errors, 'error'),
    `${String(all.length - errors)} advice`,
  ].join(', ');
  return [
    ...linted.flatMap(({ file, remarks }) =>
      remarks.map(({ line, column, severity, message, rule }) => {
        const word = severity === 'error' ? paint.bad('error') : paint.warn('advice');
        return `${cleanLine(file)}:${String(line)}:${String(column)}  ${word}  ${cleanLine(message)}  ${paint.dim(rule)}`;
      }),
    ),
    ...permissionLines(linted, paint),
    sum,
  ];
}

/** What each asks the learner for, or has to. */
function permissionLines(linted: readonly Linted[], paint: Paint): readonly string[] {
  return linted.flatMap(({ file, permissions }) =>
    permissions.map((permission) => `${cleanLine(file)}  ${paint.dim('needs')}  ${permissionSentence(permission)}`),
  );
}
