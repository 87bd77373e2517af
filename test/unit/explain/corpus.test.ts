/**
 * Command lines as people write them, kept as data: topic, form, line. All are explained, with every flag named; nearly
 * all can be performed; what docker refuses is refused with the place of it. Own lines, in the proportions of public ones.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CommandError } from '../../../src/command/errors.ts';
import { commandsIn, parseLine } from '../../../src/command/shell/script.ts';
import { explain } from '../../../src/explain/explanation.ts';
import type { ExplainContext, Explanation } from '../../../src/explain/explanation.ts';
import { hasPlan } from '../../../src/plans/plan-of.ts';
import { utc } from '../../fixtures/utc.ts';

interface CorpusLine {
  readonly topic: string;
  readonly form: string;
  readonly line: string;
  /** Docker itself would not take the line: what the error points at. */
  readonly refused?: string;
}

const corpus = JSON.parse(
  readFileSync(new URL('../../fixtures/corpus.json', import.meta.url), 'utf8'),
) as readonly CorpusLine[];
const taken = corpus.filter(({ refused }) => refused === undefined);

const shell = { env: { HOME: '/home/reader', PWD: '/home/reader/app' }, cwd: '/home/reader/app', home: '/home/reader' };
const context: ExplainContext = {
  shell,
  plan: {
    cwd: shell.cwd,
    env: shell.env,
    now: 0,
    zone: utc,
    apiVersion: '1.51',
    terminal: false,
    client: { version: '0.0.0', node: 'v20', os: 'linux', arch: 'x64' },
  },
  load: () => undefined,
};

/** Words that begin with a dash and are docker's: not of the container's command, nor of another program, nor of a here-document. */
function writtenFlags(line: string, { parts }: Explanation): readonly { readonly word: string; readonly at: number }[] {
  const elsewhere = parts.filter(
    ({ kind, name }) =>
      (kind === 'operand' && (name === 'COMMAND' || name === 'ARG')) || (kind === 'shell' && name !== '$( )'),
  );
  return (
    [...line.matchAll(/(?<=[\s`(])--?[A-Za-z][\w-]*/g)]
      .map(({ 0: word, index: at }) => ({ word, at }))
      .filter(({ at }) => !elsewhere.some(({ start, end }) => at >= start && at < end))
      // within the value of a flag: --health-cmd "wget -q …"
      .filter(
        ({ at }) =>
          !parts.some(({ kind, value, start, end }) => kind === 'flag' && value !== null && at > start && at < end),
      )
  );
}

test('the corpus has the shape of what people type', () => {
  expect(corpus.length).toBeGreaterThanOrEqual(200);
  expect(new Set(corpus.map(({ line }) => line)).size).toBe(corpus.length);
  const runs = corpus.filter(({ topic }) => topic === 'run').length;
  expect(runs / corpus.length).toBeGreaterThan(0.3);
  const forms = new Set(corpus.map(({ form }) => form));
  for (const form of [
    'prompt',
    'sudo',
    'substitution',
    'backticks',
    'variable',
    'placeholder',
    'pipe',
    'redirection',
    'usage',
    'continuation',
    'comment',
    'several lines',
    'cluster',
    'and',
    'heredoc',
    'refused',
  ])
    expect(forms).toContain(form);
});

describe('every line is explained', () => {
  test.each(taken)('$topic: $line', async ({ line }) => {
    const explanation = await explain(line, context);
    // spans are of the text as it is shown: a token in it is not
    const { command } = explanation;
    expect(explanation.parts.some(({ kind }) => kind === 'command')).toBe(true);
    for (const part of explanation.parts) {
      expect(part.means).not.toBe('');
      expect(command.slice(part.start, part.end)).toBe(part.text);
    }
    for (const { word, at } of writtenFlags(command, explanation)) {
      const named = explanation.parts.some(
        ({ kind, start }) => kind === 'flag' && start >= at && start < at + word.length,
      );
      expect(named, `${word} at ${String(at)} is not explained`).toBe(true);
    }
  });

  test.each([
    ['docker run -itd --name box1 busybox', ['--interactive', '--tty', '--detach', '--name']],
    ['docker run -dp 127.0.0.1:8081:80 nginx:1', ['--detach', '--publish']],
    ['docker run -d -p80:80 -eMODE=test nginx', ['--detach', '--publish', '--env']],
    ['docker images -aq', ['--all', '--quiet']],
    ['docker rm -fv store', ['--force', '--volumes']],
    ['docker rm [-f] CONTAINER', ['--force']],
    ['docker rmi $(docker images -f dangling=true -q)', ['--filter', '--quiet']],
  ])('%s names %j', async (line, names) => {
    const { parts } = await explain(line, context);
    expect(parts.filter(({ kind }) => kind === 'flag').map(({ name }) => name)).toEqual(names);
  });
});

describe('what docker refuses is refused, and the error points at it', () => {
  test.each(corpus.filter(({ refused }) => refused !== undefined))('$line', async ({ line, refused = '' }) => {
    let error: unknown;
    try {
      await explain(line, context);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(CommandError);
    const { span, hint, message } = error as CommandError;
    expect(refused).toContain(line.slice(span.start, span.end));
    expect(span.end).toBeGreaterThan(span.start);
    expect(`${message} ${hint ?? ''}`.length).toBeGreaterThan(20);
  });
});

test('at least 95 in 100 can be performed; the others say why not', () => {
  const lines = taken.map(({ line }) => ({ line, commands: commandsIn(parseLine(line, shell)) }));
  const unplanned = lines.filter(({ commands }) => commands.some((command) => !hasPlan(command.row)));
  for (const { line, commands } of unplanned) {
    for (const command of commands.filter((one) => !hasPlan(one.row)))
      expect(command.row.refused, `${line}: docker ${command.row.name}`).toBeTypeOf('string');
  }
  expect(unplanned.length / lines.length, unplanned.map(({ line }) => line).join('\n')).toBeLessThanOrEqual(0.05);
});
