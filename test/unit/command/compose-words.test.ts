/** Lines that Compose 2.40 does not take, with its words and exit code (fixtures/compose-2.40-refused.json): docker-tutor says the same. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { CommandError } from '../../../src/command/errors.ts';
import { parseCommand } from '../../../src/command/parse.ts';

const refused = JSON.parse(
  readFileSync(new URL('../../fixtures/compose-2.40-refused.json', import.meta.url), 'utf8'),
) as readonly { readonly line: string; readonly exitCode: number; readonly words: string }[];

function answerTo(line: string): { exitCode: number; words: string } | string {
  try {
    parseCommand(line);
    return 'taken';
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    const { docker, message } = error;
    return docker ? { exitCode: docker.exitCode, words: docker.text.split('\n\nUsage')[0]?.trimEnd() ?? '' } : message;
  }
}

it.each(refused)('$line', ({ line, exitCode, words }) => {
  expect(answerTo(line)).toEqual({ exitCode, words });
});
