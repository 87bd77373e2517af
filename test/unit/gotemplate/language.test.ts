/** The language by itself: values given by hand, results as Go's text/template and fmt have them. README.md says what there is. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CallError, goFunctions } from '../../../src/gotemplate/functions.ts';
import { compactJson, readJson, writeJson } from '../../../src/gotemplate/go-json.ts';
import type { GoValue } from '../../../src/gotemplate/go-value.ts';
import { parseTemplate } from '../../../src/gotemplate/parse.ts';
import { render } from '../../../src/gotemplate/render.ts';
import { TemplateError } from '../../../src/gotemplate/template-error.ts';

const filled = (template: string, dot: GoValue = undefined): string => render(parseTemplate(template), dot);

test('the page of the library lists the functions there are', () => {
  const page = readFileSync(new URL('../../../src/gotemplate/README.md', import.meta.url), 'utf8');
  const from = page.indexOf("- Go's functions:");
  const listed = [...page.slice(from, page.indexOf('.\n', from)).matchAll(/`(\w+)`/g)].map(([, name]) => name);
  expect(listed.sort()).toEqual([...goFunctions.keys()].sort());
});

describe('actions', () => {
  test.each<[string, GoValue, string]>([
    ['{{range .Names}}{{len .}} {{end}}', new Map([['Names', ['web', 'db']]]), '3 2 '],
    ['{{range $i, $e := .}}{{$i}}={{$e}};{{end}}', ['a', 'b'], '0=a;1=b;'],
    [
      '{{range $k, $v := .}}{{$k}}{{$v}}{{end}}',
      new Map([
        ['b', 2],
        ['a', 1],
      ]),
      'a1b2',
    ],
    ['{{range .}}{{else}}none{{end}}', [], 'none'],
    ['{{range .}}{{if eq . 2}}{{continue}}{{end}}{{if eq . 4}}{{break}}{{end}}{{.}}{{end}}', [1, 2, 3, 4, 5], '13'],
    ['{{if .}}yes{{else if true}}or{{else}}no{{end}}', '', 'or'],
    ['{{with .a}}{{.}}{{else with .b}}{{.}}!{{end}}', new Map([['b', 'x']]), 'x!'],
    ['{{define "t"}}<{{.}}>{{end}}{{template "t" .}}{{block "u" 3}}{{.}}{{end}}', 'x', '<x>3'],
    ['a {{- /* comment */ -}} b', undefined, 'ab'],
    ['{{$x := 1}}{{if true}}{{$x = 2}}{{end}}{{$x}}', undefined, '2'],
  ])('%s', (template, dot, made) => {
    expect(filled(template, dot)).toBe(made);
  });
});

describe('values', () => {
  test.each<[string, GoValue, string]>([
    ['{{.x}}', new Map(), '<no value>'],
    ['{{.}}', { nil: 'map' }, 'map[]'],
    ['{{.}}', { nil: 'list' }, '[]'],
    ['{{.}}', { nil: 'pointer' }, '<nil>'],
    [
      '{{.}}',
      new Map<string, GoValue>([
        ['b', 1],
        ['a', [true, 'x']],
      ]),
      'map[a:[true x] b:1]',
    ],
    ['{{.Say "x"}}', { type: 'T', fields: new Map([['Say', { takes: 1, call: (word) => `${String(word)}!` }]]) }, 'x!'],
  ])('%s of %j', (template, dot, made) => {
    expect(filled(template, dot)).toBe(made);
  });

  test('a struct that lacks a field is an error that names its type', () => {
    expect(() => filled('{{.Nope}}', { type: 'pkg.T', fields: new Map() })).toThrow(
      "can't evaluate field Nope in type pkg.T",
    );
  });

  test('numbers that JavaScript would round, and the order of keys, survive JSON', () => {
    const text = '{"z":9223372036854775807,"a":[1.5,null]}';
    expect(writeJson(readJson(text))).toBe(compactJson(text));
  });
});

describe('printf', () => {
  test.each([
    ['{{printf "%s-%d-%v" "a" 3 true}}', 'a-3-true'],
    ['{{printf "%5s|%-5s|%05d" "a" "b" 42}}', '    a|b    |00042'],
    ['{{printf "%q %x %c" "a" 255 65}}', '"a" ff A'],
    ['{{printf "%.2f %T" 1.005 "x"}}', '1.00 string'],
    ['{{printf "100%%"}}', '100%'],
    ['{{printf "%d"}}', '%!d(MISSING)'],
    ['{{printf "x" 1}}', 'x%!(EXTRA int=1)'],
  ])('%s', (template, made) => {
    expect(filled(template)).toBe(made);
  });
});

describe('functions of one’s own', () => {
  const own = new Map([
    ['double', { takes: ['int'] as const, call: ([value]: readonly GoValue[]) => Number(value) * 2 }],
    [
      'never',
      {
        takes: [] as const,
        call: (): GoValue => {
          throw new CallError('not today');
        },
      },
    ],
  ]);

  const made = (template: string): string =>
    render(parseTemplate(template, { name: 'mine', functions: own }), undefined);

  test('are called by the names they were given with', () => {
    expect(made('{{double 4}}')).toBe('8');
  });

  test('say what is wrong, and the runner where', () => {
    expect(() => made('a{{never}}')).toThrow(TemplateError);
    expect(() => made('a{{never}}')).toThrow(/^template: mine:1:\d+: .*not today/);
  });

  test('a function that nobody gave is an error of the reader', () => {
    expect(() => filled('{{nope 1}}')).toThrow('function "nope" not defined');
  });
});
