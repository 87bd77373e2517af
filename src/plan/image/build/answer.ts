/** What is printed where a Dockerfile was asked about, and nothing built (buildx, commands/build.go: printResult). */
import { print } from '../../ask.ts';
import { scalar } from '../../../api/json-parts.ts';
import type { Message } from '../../../api/request.ts';
import type { Plan } from '../../effects.ts';

/** @returns the frontend's exit code: 1 where a check has found something */
export function* printAnswer(requestId: string, messages: readonly Message[]): Plan {
  const { aux = {} } = messages.findLast((message) => message.aux !== undefined) ?? {};
  const text = scalar(aux['result.txt']);
  yield* print(requestId === 'frontend.lint' ? verdictOf(scalar(aux['result.json'])) + text : text);
  return Number(scalar(aux['result.statuscode']) || '0');
}

function verdictOf(json: string): string {
  const { warnings = [] } = JSON.parse(json || '{}') as { readonly warnings?: readonly unknown[] | null };
  const count = warnings?.length ?? 0;
  if (count === 0) return 'Check complete, no warnings found.\n';
  return `Check complete, ${String(count)} ${count === 1 ? 'warning has' : 'warnings have'} been found!\n`;
}
