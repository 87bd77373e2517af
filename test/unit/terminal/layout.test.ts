import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { width } from '../../../src/terminal/width.ts';
import { chop, ends, fold } from '../../../src/terminal/layout.ts';
import { layerProgress } from '../../../src/report/pretty/pull-layers.ts';
import { markdown } from '../../../src/terminal/markdown/markdown.ts';
import { paintFor, signsFor } from '../../../src/terminal/paint.ts';
import { terminalOf, type Surroundings } from '../../../src/terminal/display.ts';

describe('folding', () => {
  it('breaks a word that is too long after a sign of it, where there is one', () => {
    expect(fold('the image ghcr.io/somebody/some-bridge-docker:latest, pulled', 30)).toEqual([
      'the image',
      'ghcr.io/somebody/some-bridge-',
      'docker:latest, pulled',
    ]);
    expect(fold('a'.repeat(25), 20)).toEqual(['a'.repeat(20), 'a'.repeat(5)]);
  });

  it('keeps to the columns and loses nothing but blanks', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'b', ' ', '日', 'é', '-'), maxLength: 200 }),
        fc.integer({ min: 20, max: 90 }),
        (text, columns) => {
          const lines = fold(text, columns, 2);
          expect(lines.filter((line) => width(line) > columns)).toEqual([]);
          expect(lines.join('').replace(/ /g, '')).toBe(text.replace(/ /g, ''));
        },
      ),
    );
  });

  it('keeps every sign of program output', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', ' ', '日'), maxLength: 300 }), (text) => {
        expect(chop(text, 20).join('')).toBe(text);
      }),
    );
  });

  it('counts colours as nothing', async () => {
    const paint = await paintFor(true);
    expect(fold(`one ${paint.bold('two three')} four`, 13)).toHaveLength(2);
  });

  it('puts two ends on one line, or on two where they do not fit', () => {
    expect(ends('left', 'right', 12)).toEqual(['left   right']);
    expect(ends('left', 'right', 10)).toEqual(['left', '     right']);
    expect(ends(' a long title', 'right', 10)).toEqual([' a long', ' title', '     right']);
  });
});

describe('markdown of lessons', () => {
  it.each([
    ['a paragraph over\ntwo lines', ['a paragraph over two lines']],
    ['one\n\ntwo', ['one', '', 'two']],
    ['# Head\ntext', ['Head', '', 'text']],
    ['- one\n- two\n  goes on\n1. three', ['• one', '• two goes on', '1. three']],
    ['before\n```sh\n$ a  b\n\n# c\n```\nafter', ['before', '', '  $ a  b', '', '  # c', '', 'after']],
    ['**bold**, *soft*, `code`', ['bold, soft, `code`']],
    ['see [the docs](https://docs.docker.com/)', ['see the docs (https://docs.docker.com/)']],
    ['see [above](#top)', ['see above']],
    ['snake_case_name and 2 * 3 * 4', ['snake_case_name and 2 * 3 * 4']],
    ['`**not bold**`', ['`**not bold**`']],
    ['a \\*star\\*', ['a *star*']],
    ['', []],
  ])('%j', (source, lines) => {
    expect(markdown(source, { columns: 60 })).toEqual(lines);
  });

  const table =
    '| | Compose | stack |\n|---|---|---|\n| runs on | one engine | a swarm |\n| `build:` | builds | is ignored |';

  it('puts the columns of a table side by side', () => {
    expect(markdown(`before\n\n${table}\nafter`, { columns: 60 })).toEqual([
      'before',
      '',
      '          Compose     stack',
      'runs on   one engine  a swarm',
      '`build:`  builds      is ignored',
      '',
      'after',
    ]);
  });

  it('folds the cells of a table where the line is too short', () => {
    const source = '| where | what |\n| --- | --- |\n| Swarm | kept encrypted, sent only to tasks that use it |';
    expect(markdown(source, { columns: 30, indent: 1 })).toEqual([
      ' where  what',
      ' Swarm  kept encrypted, sent',
      '        only to tasks that use',
      '        it',
    ]);
  });

  it('tells a table row by row where there is no room for columns', () => {
    expect(markdown(table, { columns: 24 })).toEqual([
      'runs on',
      '  Compose: one engine',
      '  stack: a swarm',
      '',
      '`build:`',
      '  Compose: builds',
      '  stack: is ignored',
    ]);
  });

  it('keeps every word of a table, and to the columns', () => {
    const cell = fc
      .string({ unit: fc.constantFrom('a', 'b', ' ', '日'), minLength: 1, maxLength: 30 })
      .map((text) => `x${text.trim()}`);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 38, max: 90 }),
        (rows, columns) => {
          const lines = markdown(['| | | |', '|-|-|-|', ...rows.map((row) => `| ${row.join(' | ')} |`)].join('\n'), {
            columns,
          });
          expect(lines.filter((line) => width(line) > columns)).toEqual([]);
          const signs = (text: string): string => [...text.replace(/ /g, '')].sort().join('');
          expect(signs(lines.join(''))).toBe(signs(rows.flat().join('')));
        },
      ),
    );
  });

  it('leaves what only looks like a table alone', () => {
    expect(markdown('docker ps | grep web', { columns: 60 })).toEqual(['docker ps | grep web']);
    expect(markdown('| a | b |', { columns: 60 })).toEqual(['| a | b |']);
  });

  it('marks bold and code by colour where there is colour', async () => {
    const [line] = markdown('**b** `c`', { columns: 60, paint: await paintFor(true) });
    expect(line).toBe('\u001b[1mb\u001b[22m \u001b[36mc\u001b[39m');
  });

  it('never fails and never leaves the columns', () => {
    const unit = fc.constantFrom(
      'a',
      ' ',
      '\n',
      '*',
      '_',
      '`',
      '[',
      ']',
      '(',
      ')',
      '#',
      '-',
      '>',
      '1',
      '.',
      '```\n',
      '|',
      '|-|\n',
    );
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 120 }), (source) => {
        expect(markdown(source, { columns: 40 }).filter((line) => width(line) > 40)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});

describe('the terminal', () => {
  const tty = { isTTY: true, columns: 120 };
  const around = (env: Surroundings['env'], rest: Partial<Surroundings> = {}): Surroundings => ({
    env: { TERM: 'xterm-256color', LANG: 'en_US.UTF-8', ...env },
    platform: 'linux',
    stdin: tty,
    stdout: tty,
    stderr: tty,
    ...rest,
  });
  const pipe = { stdout: {}, stderr: {} };

  it.each([
    ['a terminal', around({}), { colour: true, live: true, interactive: true, unicode: true, columns: 120 }],
    ['NO_COLOR', around({ NO_COLOR: '1' }), { colour: false, live: false, interactive: true }],
    ['an empty NO_COLOR', around({ NO_COLOR: '' }), { colour: true }],
    ['NO_COLOR against FORCE_COLOR', around({ NO_COLOR: '1', FORCE_COLOR: '1' }), { colour: false }],
    ['TERM=dumb', around({ TERM: 'dumb' }), { colour: false, live: false }],
    ['a pipe', around({}, pipe), { colour: false, live: false, interactive: false, columns: 80 }],
    ['FORCE_COLOR in a pipe', around({ FORCE_COLOR: '1' }, pipe), { colour: true, live: false }],
    ['CLICOLOR_FORCE in a pipe', around({ CLICOLOR_FORCE: '1' }, pipe), { colour: true, live: false }],
    ['CLICOLOR_FORCE=0 in a pipe', around({ CLICOLOR_FORCE: '0' }, pipe), { colour: false }],
    ['NO_COLOR against CLICOLOR_FORCE', around({ NO_COLOR: '1', CLICOLOR_FORCE: '1' }), { colour: false }],
    ['CLICOLOR=0', around({ CLICOLOR: '0' }), { colour: false }],
    ['FORCE_COLOR=0', around({ FORCE_COLOR: '0' }), { colour: false }],
    ['only stdout in a pipe', around({}, { stdout: {} }), { colour: false, live: true, interactive: false }],
    ['stdin from a file', around({}, { stdin: {} }), { colour: true, interactive: false }],
    ['CI', around({ CI: 'true' }), { live: false, interactive: false }],
    ['a narrow window', around({}, { stdout: { isTTY: true, columns: 50 } }), { columns: 50 }],
    ['a tiny window', around({}, { stdout: { isTTY: true, columns: 12 } }), { columns: 40 }],
    [
      'no width',
      around({}, { stdout: { isTTY: true, columns: 0 }, stderr: { isTTY: true, columns: 0 } }),
      { columns: 80, live: false },
    ],
    ['a C locale', around({ LANG: 'C' }), { unicode: false }],
    ['LC_ALL before LANG', around({ LC_ALL: 'C.UTF-8', LANG: 'C' }), { unicode: true }],
    ['the Linux console', around({ TERM: 'linux' }), { unicode: false }],
    [
      'the old Windows console',
      around({ TERM: undefined, LANG: undefined }, { platform: 'win32' }),
      { unicode: false },
    ],
    ['Windows Terminal', around({ TERM: undefined, WT_SESSION: 'x' }, { platform: 'win32' }), { unicode: true }],
  ])('%s', (_, surroundings, expected) => {
    expect(terminalOf(surroundings)).toMatchObject(expected);
  });
});

describe('progress of layers', () => {
  const progress = (
    id: string,
    what: string,
    current?: number,
    total?: number,
  ): Parameters<ReturnType<typeof layerProgress>['take']>[0] => ({
    type: 'progress',
    step: 's',
    what,
    id,
    ...(current !== undefined && { current }),
    ...(total !== undefined && { total }),
  });

  it('is a line a layer while there are few', () => {
    const layers = layerProgress();
    layers.take(progress('latest', 'Pulling from library/python'));
    layers.take(progress('aaaaaaaaaaaa', 'Downloading', 1_000_000, 4_000_000));
    layers.take(progress('bbbbbbbbbbbb', 'Pull complete'));
    const lines = layers.lines(74, signsFor(true));
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/aaaaaaaaaaaa {2}Downloading +━+─+ {2}1\.0 MB of 4\.0 MB/);
    expect(lines[1]).toBe('bbbbbbbbbbbb  Pull complete');
  });

  it('is one line for all where there are many', () => {
    const layers = layerProgress();
    for (let i = 0; i < 8; i++) layers.take(progress(`layer${String(i)}`, 'Downloading', 500_000, 1_000_000));
    layers.take(progress('layer0', 'Pull complete'));
    expect(layers.lines(74, signsFor(true))).toEqual(['1 of 8 layers, 4.5 MB of 8.0 MB']);
  });
});

it('a drawing is whole, or it is said that it is left out; other code is broken', () => {
  const shown = (columns: number, text: string): string[] => markdown(`\`\`\`\n${text}\n\`\`\``, { columns });
  expect(shown(40, '┌───┐\n└───┘')).toEqual(['  ┌───┐', '  └───┘']);
  expect(shown(20, `┌${'─'.repeat(20)}┐`)).toEqual([
    '  (A picture is left',
    '  out here: it is 4',
    '  columns too wide.)',
  ]);
  expect(shown(20, 'docker run --name web nginx')).toEqual(['  docker run --name', '    web nginx']);
});

it('the width is that of the window now', () => {
  const stdout = { isTTY: true, columns: 80, rows: 24 };
  const display = terminalOf({ env: {}, platform: 'linux', stdin: {}, stdout, stderr: {} });
  Object.assign(stdout, { columns: 50, rows: 30 });
  expect([display.columns, display.rows]).toEqual([50, 30]);
});
