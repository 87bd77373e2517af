/** What docker writes at the end of a build. Pure. */
import type { BuildWarning } from '../api/answers/build-status.ts';
import type { TracedStep } from './build-trace.ts';

/** The step that failed, and the last that it said. */
export function failureText({ vertex, last }: Pick<TracedStep, 'vertex' | 'last'>): string {
  return ['------', ` > ${vertex.name}:`, ...last, '------', ''].join('\n');
}

export function warningsText(warnings: readonly BuildWarning[]): string {
  if (warnings.length === 0) return '';
  const count = `${String(warnings.length)} ${warnings.length === 1 ? 'warning' : 'warnings'}`;
  return [
    '',
    ` ${count} found (use docker --debug to expand):`,
    ...warnings.map(({ short }) => ` - ${short}`),
    '',
  ].join('\n');
}
