import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { Command } from '../../../src/command/command.ts';
import { CommandError } from '../../../src/command/errors.ts';
import { format } from '../../../src/command/format.ts';
import { parseCommand } from '../../../src/command/parse.ts';
import { quote } from '../../../src/command/shell/quote.ts';
import { allRows, flagsOf } from '../../../src/command/rows.ts';
import { parseLine } from '../../../src/command/shell/script.ts';
import type { CommandRow, FlagRow } from '../../../src/command/table.ts';

/** All that a plan reads: spans and the spelling may differ. */
function meaning(command: Command): unknown {
  return {
    name: command.row.name,
    flags: command.flags,
    globals: command.globals,
    operands: command.operands,
    unknowns: command.unknowns.map(({ text, why }) => `${why} ${text}`).sort(),
  };
}

/** Values that suit one kind or another; each flag keeps those its kind takes. */
const samples = [
  'true',
  'web',
  '3',
  '512m',
  '30s',
  '80:80',
  '127.0.0.1:8080:80/udp',
  'data:/x',
  'A=b c',
  "it's",
  '$HOME',
  'a"b',
  'type=volume,target=/x',
  '1.5',
  'nofile=1:2',
  'all',
  '/dev/x',
  'always',
  'linux/amd64',
  '10.0.0.1',
  '::1',
  '10.0.0.0/8',
  'db:10.0.0.2',
  '92:d0:c6:0a:29:33',
  'host',
  'status=x',
  '',
  '-1',
  '{{.ID}}',
  'a\\b',
  'a b',
  '~/x',
  '*',
  'C:\\x:/y',
  '/tmp',
  'x=y',
  '0',
  '<x>',
  '`ls`',
  '%PATH%',
  '...',
  '[OPTIONS]',
  'CONTAINER',
  '-',
  '#x',
  'a;b',
  'é',
];

function accepted(flag: FlagRow): readonly string[] {
  return samples.filter((sample) => {
    try {
      for (const text of flag.kind.split?.(sample) ?? [sample]) flag.kind.parse(text);
      return true;
    } catch {
      return false;
    }
  });
}

const rows = allRows().filter((row) => !row.anyFlags);
const values = new Map<CommandRow, readonly { name: string; flag: FlagRow; value: string }[]>();
for (const row of rows)
  values.set(
    row,
    Object.entries(row.flags).flatMap(([name, flag]) => accepted(flag).map((value) => ({ name, flag, value }))),
  );

const wordsOf = (row: CommandRow): fc.Arbitrary<string[]> => {
  const flags = values.get(row) ?? [];
  const one =
    flags.length === 0
      ? fc.constant<string[]>([])
      : fc.constantFrom(...flags).chain(({ name, flag, value }) => spellings(name, flag, value));
  const operand = fc.oneof(
    fc.constantFrom('web', 'a1', 'nginx:alpine', 'user/app', 'x'),
    fc.constantFrom(...samples.filter((sample) => !sample.startsWith('-'))),
  );
  return fc
    .tuple(
      fc.array(one, { maxLength: 5 }),
      fc.array(operand, { maxLength: 4 }),
      fc.constantFrom(row.name, ...row.aliases),
    )
    .map(([written, operands, name]) => ['docker', ...name.split(' '), ...written.flat(), ...operands]);
};

function spellings(name: string, flag: FlagRow, value: string): fc.Arbitrary<string[]> {
  const forms = [[`--${name}=${value}`]];
  if (flag.kind.arity === 'switch') forms.push([`--${name}`]);
  else forms.push([`--${name}`, value]);
  if (flag.short !== undefined) {
    forms.push(flag.kind.arity === 'switch' ? [`-${flag.short}`] : [`-${flag.short}`, value]);
    if (flag.kind.arity !== 'switch' && value !== '') forms.push([`-${flag.short}=${value}`]);
  }
  return fc.constantFrom(...forms);
}

const commandWords = fc.constantFrom(...rows).chain(wordsOf);

function parseOrError(words: string | readonly string[]): Command | undefined {
  try {
    return parseCommand(words);
  } catch (error) {
    expect(error).toBeInstanceOf(CommandError);
    return undefined;
  }
}

/** Thousands of runs, on a machine that may be busy. */
vi.setConfig({ testTimeout: 120_000 });

describe('format gives back the same command', () => {
  it('for words in any accepted spelling', () => {
    let parsed = 0;
    fc.assert(
      fc.property(commandWords, (words) => {
        const command = parseOrError(words);
        if (!command) return;
        parsed++;
        expect(meaning(parseCommand(format(command)))).toEqual(meaning(command));
      }),
      { numRuns: 3000 },
    );
    expect(parsed).toBeGreaterThan(500);
  });

  it('for text with variables, nested commands and placeholders in it', () => {
    const piece = fc.constantFrom(
      '$A',
      '"$A"',
      '${B:-x}',
      '$(docker ps -q)',
      '"$(docker ps -q)"',
      '`docker ps -q`',
      '<id>',
      "'q'",
      'p',
      '"a b"',
      '~',
      '...',
      'CONTAINER',
      '\\ ',
    );
    const word = fc.array(piece, { minLength: 1, maxLength: 3 }).map((pieces) => pieces.join(''));
    const start = fc.constantFrom(
      'docker rm ',
      'docker run -v ',
      'docker run --name=',
      'docker exec -e X=',
      'docker pull ',
      'docker run -m ',
      'docker stop -t ',
    );
    let parsed = 0;
    fc.assert(
      fc.property(start, fc.array(word, { minLength: 1, maxLength: 4 }), (head, words) => {
        const command = parseOrError(head + words.join(' '));
        if (!command) return;
        parsed++;
        expect(meaning(parseCommand(format(command)))).toEqual(meaning(command));
      }),
      { numRuns: 3000 },
    );
    expect(parsed).toBeGreaterThan(500);
  });

  it('and quote gives one word that reads as the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        expect(parseCommand(`docker run x ${quote(text)}`).operands).toEqual(['x', text]);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('no text makes the reader fail in another way, or stall', () => {
  const scraps = fc.constantFrom(
    'docker',
    'run',
    '-it',
    '--name',
    '=',
    ' ',
    '\n',
    "'",
    '"',
    '`',
    '$',
    '$(',
    ')',
    '${',
    '}',
    '\\',
    '|',
    '&&',
    ';',
    '<',
    '>',
    '<<',
    'EOF',
    '#',
    '$ ',
    'PS C:\\>',
    'user@host:~$ ',
    '[node1]',
    '(',
    '2>&1',
    '%',
    '~',
    '-',
    '--',
    '--rm=false',
    'IMAGE',
    '[OPTIONS]',
    '...',
    '80:80',
    'a'.repeat(300),
    '\u0000',
    '\u{1F433}',
    '__proto__',
    'constructor',
    '\r\n',
    '\t',
  );
  const nasty = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.array(scraps, { maxLength: 60 }).map((parts) => parts.join('')),
    fc.array(scraps, { maxLength: 60 }).map((parts) => `docker ${parts.join(' ')}`),
  );

  it('throws CommandError and nothing else', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        try {
          parseLine(text, { env: { A: 'b c' }, cwd: '/w', home: '/h' });
        } catch (error) {
          expect(error).toBeInstanceOf(CommandError);
        }
        parseOrError(text);
      }),
      { numRuns: 5000 },
    );
  });

  const repeated = [
    '$(',
    '`',
    '"',
    "'",
    '<',
    '<a',
    '<a>',
    '(',
    ')',
    '\\',
    '\\\n',
    '[',
    '[a',
    'a@',
    '${',
    '$A',
    '%',
    '%a',
    '-',
    '--a ',
    ' -it',
    ' -p 80:80',
    ' -v a:/b',
    'a:',
    'a/',
    'a.',
    'a_',
    '$(docker ps ',
    '"$(',
    'docker run -e A=',
    '\n$ ',
    '\n',
    ';',
    '| ',
    '> ',
    '<<E\n',
    '#',
    'a,',
    'type=,',
    ' --mount type=bind',
    '…',
    'A_',
    '~',
    '^\n',
    'sudo ',
    'xargs ',
    'docker ',
    '0',
    '1.',
    '::',
    '\t',
    ' --network name=a,',
    'x'.repeat(99) + ' ',
  ];
  it.each(repeated)('reads 10 kB of %j without going over it again and again', (scrap) => {
    for (const head of [
      '',
      'docker ',
      'docker run ',
      'docker run -v ',
      'docker run x -p ',
      'docker pull ',
      'docker run --mount ',
      'docker run --network ',
      'docker rm <',
    ]) {
      const text = (head + scrap.repeat(10_000)).slice(0, 10_000);
      const once = (): number => {
        const before = performance.now();
        try {
          parseLine(text, { cwd: '/w', home: '/h', env: {} });
        } catch (error) {
          expect(error).toBeInstanceOf(CommandError);
        }
        return performance.now() - before;
      };
      // It takes 2 ms, and a second where each sign is looked at with all before it. The best of five: a machine that is
      // busy with something else must not decide, and the processor time of a thread alone is not known.
      expect(Math.min(...Array.from({ length: 5 }, once)), `${head}${scrap}…`).toBeLessThan(200);
    }
  });

  it('spans lie within the text', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        try {
          for (const { start, end } of parseLine(text).items)
            expect(0 <= start && start <= end && end <= text.length).toBe(true);
        } catch (error) {
          if (!(error instanceof CommandError)) throw error;
          expect(error.span.start).toBeLessThanOrEqual(error.span.end);
          expect(error.span.end).toBeLessThanOrEqual(text.length);
        }
      }),
    );
  });

  it('every flag is found by its long and its short name', () => {
    for (const row of allRows())
      for (const [name, { short }] of Object.entries(row.flags)) {
        expect(flagsOf(row.flags).long.get(name)?.name).toBe(name);
        if (short !== undefined) expect(flagsOf(row.flags).short.get(short)?.name).toBe(name);
      }
  });
});
