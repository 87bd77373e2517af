import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { allRows, findRow, flagsOf, spellings, usageOf } from '../../../src/command/rows.ts';
import { globalFlags } from '../../../src/command/tables/globals.ts';

interface GoldenFlag {
  readonly type: string;
  readonly short?: string;
}
interface Golden {
  readonly commands: Readonly<
    Record<
      string,
      {
        readonly aliases?: readonly string[];
        readonly usage: string;
        readonly flags: Readonly<Record<string, GoldenFlag>>;
      }
    >
  >;
}

/** What docker CLI 28.2 lists of itself. */
const golden = JSON.parse(
  readFileSync(new URL('../../fixtures/docker-28.2-flags.json', import.meta.url), 'utf8'),
) as Golden;
const commands = Object.entries(golden.commands).filter(
  ([name, { usage }]) => name !== 'docker' && !usage.endsWith(' COMMAND'),
);
/** pflag types that take several values; `map` and `filter` add up too. */
const severalValues = new Set([
  'list',
  'strings',
  'map',
  'filter',
  'mount',
  'network',
  'ulimit',
  'config',
  'secret',
  'pref',
  'port',
  'external-ca',
  'stringToString',
  'ipNetSlice',
  'command',
]);
const severalInOne = new Set(['command']);

function arityOf(type: string): string {
  if (type === 'bool') return 'switch';
  return severalValues.has(type) && !severalInOne.has(type) ? 'many' : 'one';
}

describe('the tables hold every command and flag of docker 28.2', () => {
  it.each(commands)('%s', (name, { flags, aliases = [] }) => {
    const row = findRow(name);
    expect(row, `docker ${name} is missing`).toBeDefined();
    if (!row) return;
    for (const alias of aliases) expect(findRow(alias), `docker ${alias}`).toBe(row);
    const wanted = Object.fromEntries(
      Object.entries(flags)
        .filter(([flag]) => flag !== 'help')
        .map(([flag, { short, type }]) => [flag, { short, arity: arityOf(type) }]),
    );
    const found = Object.fromEntries(
      Object.keys(wanted).map((flag) => {
        const known = flagsOf(row.flags).long.get(flag)?.row;
        return [flag, known && { short: known.short, arity: known.kind.arity }];
      }),
    );
    expect(found).toEqual(wanted);
  });

  it('and every option of docker itself', () => {
    const wanted = Object.entries(golden.commands['docker']?.flags ?? {}).map(([name, { short, type }]) => [
      name,
      short,
      arityOf(type),
    ]);
    const found = wanted.map(([name]) => {
      const row = flagsOf(globalFlags).long.get(name ?? '')?.row;
      return [name, row?.short, row?.kind.arity];
    });
    expect(found).toEqual(wanted);
  });

  // cp has two usage lines of which the fixture keeps one; top's operand is a sentence.
  const worded = new Set(['container cp', 'container top']);
  it.each(commands.filter(([name]) => findRow(name)?.name === name && !worded.has(name)))(
    'the usage line of %s names the same operands',
    (name, { usage }) => {
      const row = findRow(name);
      const line = row ? usageOf({ ...row, aliases: [] }) : '';
      expect(line.replace(' [OPTIONS]', '')).toBe(`docker ${usage.replace(/ \[?OPTIONS\]?/, '').trim()}`);
    },
  );
});

describe('the sentences of the tables', () => {
  const rows = allRows().map((row) => [row.name, row] as const);
  it.each(rows)('%s: start small, end without a full stop, fit on a line', (_name, row) => {
    const sentences = [
      row.means,
      ...row.operands.map(({ means }) => means),
      ...Object.values(row.flags).map(({ means }) => means),
    ];
    for (const sentence of sentences) {
      expect(sentence).toMatch(/^(?:[a-z-]|[A-Z]{2,}|IPv|UTS|CPU)[^]*[^.\s]$/);
      expect(sentence.length).toBeLessThanOrEqual(110);
    }
  });
  it('no two commands share a spelling', () => {
    const all = allRows().flatMap((row) => [row.name, ...row.aliases]);
    expect(all.length).toBe(spellings().size);
  });
  it.each(rows)('%s: no two flags share a letter or a name', (_name, row) => {
    const letters = Object.values(row.flags).flatMap(({ short }) => short ?? []);
    expect(new Set(letters).size).toBe(letters.length);
    const names = Object.entries(row.flags).flatMap(([name, { aliases = [] }]) => [name, ...aliases]);
    expect(new Set(names).size).toBe(names.length);
  });
});
