/** Text from outside breaks no report: what it draws has the shape that it has with harmless text. */
import { Ajv } from 'ajv';
import { getSchema } from 'ctrf';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Drawn } from '../../../../src/report/verdict/at-end.ts';
import { ctrf } from '../../../../src/report/verdict/ctrf.ts';
import { annotations } from '../../../../src/report/verdict/github.ts';
import { stepSummary } from '../../../../src/report/verdict/github-summary.ts';
import { html } from '../../../../src/report/verdict/html/html.ts';
import { junit } from '../../../../src/report/verdict/junit.ts';
import { prometheus } from '../../../../src/report/verdict/prometheus.ts';
import { tap } from '../../../../src/report/verdict/tap.ts';
import { jsonText } from '../../../../src/terminal/json-text.ts';
import { drawnOf, hostileRun, hostileText, tokens } from './hostile.ts';
import { elementsIn, readJunit, readTap } from './read-back.ts';

const long = tokens.join('').repeat(1 + 1_000_000 / tokens.join('').length);

/** Each token alone, some together, and all of them a megabyte long; drawn once for all formats. */
const samples = [...tokens, long, ...fc.sample(hostileText, 30)].map((text) => ({
  text,
  drawn: drawnOf(hostileRun(text), `x${text}y`),
}));

function holds(property: (drawn: Drawn) => void): void {
  for (const { text, drawn } of samples)
    try {
      property(drawn);
    } catch (error) {
      throw new Error(`With the text ${JSON.stringify(text).slice(0, 500)}`, { cause: error });
    }
}

/** Drives a terminal, turns the direction of reading, or is half a sign. */
const unsafe = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]|[\ud800-\udfff]/u; // eslint-disable-line no-control-regex

const harmless = drawnOf(hostileRun('x'), 'x');

/** Names of what stands in angle brackets, in order. */
function tagsOf(xml: string): readonly string[] {
  return [...xml.matchAll(/<\/?[\w-]+/g)].map(([tag]) => tag);
}

test('JUnit', { timeout: 30_000 }, () => {
  const tags = tagsOf(junit(harmless));
  holds((drawn) => {
    const xml = junit(drawn);
    expect(xml).not.toMatch(unsafe);
    expect(xml).not.toContain(']]>');
    expect(tagsOf(xml)).toEqual(tags);
    expect(readJunit(xml)).toMatchObject({ exitCode: 4, isBad: true });
    expect(xml.length).toBeLessThan(400_000);
  });
});

test('TAP', { timeout: 30_000 }, () => {
  const points = (text: string): readonly string[] =>
    text.match(/^ *(?:not )?ok \d+|^ *1\.\.\d+|^ *(?:---|\.\.\.)$/gm) ?? [];
  const shape = points(tap(harmless));
  holds((drawn) => {
    const written = tap(drawn);
    expect(written).not.toMatch(unsafe);
    expect(points(written)).toEqual(shape);
    expect(readTap(written)).toMatchObject({ exitCode: 4, isBad: true });
  });
});

test('CTRF', () => {
  const isValid = new Ajv({ strict: false, validateFormats: false }).compile(getSchema('0.0.0'));
  holds((drawn) => {
    const report = ctrf(drawn);
    const written = jsonText(report);
    expect(written).not.toMatch(unsafe);
    expect(isValid(JSON.parse(written)), JSON.stringify(isValid.errors)).toBe(true);
    expect(report.results.tests).toHaveLength(ctrf(harmless).results.tests.length);
  });
});

test('Prometheus', () => {
  const sample = /^docker_tutor_[a-z_]+(?:\{(?:[a-z]+="(?:[^"\\\n]|\\["\\n])*",?)+\})? -?\d+(?:\.\d+)?$/;
  const comment = /^# (?:HELP|TYPE) docker_tutor_[a-z_]+ [\w .,;:]+$/;
  const amount = prometheus(harmless).split('\n').length;
  holds((drawn) => {
    const lines = prometheus(drawn).trimEnd().split('\n');
    expect(lines.filter((line) => !sample.test(line) && !comment.test(line))).toEqual([]);
    expect(lines.join('\n')).not.toMatch(unsafe);
    expect(lines).toHaveLength(amount - 1);
    const samples = lines.filter((line) => !line.startsWith('#')).map((line) => line.replace(/ \S+$/, ''));
    expect(new Set(samples).size).toBe(samples.length);
  });
});

describe('GitHub', () => {
  test('annotations are one line each, and ten at most', () => {
    const amount = annotations(harmless.verdict).length;
    holds((drawn) => {
      const lines = annotations(drawn.verdict);
      expect(lines).toHaveLength(amount);
      for (const line of lines) {
        expect(line).toMatch(/^::(?:error|warning) title=docker-tutor(?:%3A [\w-]+)?::[^\n\r]+$/);
        expect(line).not.toMatch(unsafe);
      }
    });
  });

  test('the summary has the headings, rows and tags that are ours', () => {
    const outside = (text: string): string => text.replace(/<pre>[\s\S]*?<\/pre>/g, '<pre></pre>');
    const shape = (text: string) => ({
      tags: tagsOf(text),
      lines: outside(text)
        .split('\n')
        .map((line) => /^(?:#+ |\| |- |<details>|$)/.exec(line)?.[0] ?? 'text'),
    });
    const ours = shape(stepSummary(harmless.verdict, 1_000_000));
    holds((drawn) => {
      const summary = stepSummary(drawn.verdict, 1_000_000);
      expect(shape(summary)).toEqual(ours);
      expect(summary).not.toMatch(unsafe);
    });
  });

  test('the summary keeps to its room, and says what is left out', () => {
    const { verdict } = drawnOf(hostileRun(long));
    const [scenario] = verdict.scenarios;
    if (!scenario) throw new Error('there is one');
    const many = { ...verdict, scenarios: Array.from({ length: 3_000 }, () => scenario) };
    for (const room of [1_000_000, 5_000, 2_000]) {
      const summary = stepSummary(many, room);
      expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(room);
      expect(summary).toMatch(/\d+ more parts left out/);
    }
    expect(stepSummary(many, 10)).toBe('');
  });
});

test('HTML', { timeout: 30_000 }, () => {
  const tagsIn = (page: string): readonly string[] => elementsIn(page).map(({ tagName }) => tagName);
  const tags = tagsIn(html(harmless));
  expect(tags).not.toContain('script');
  const known =
    /^(?:class|id|lang|charset|name|content|http-equiv|type|checked|scope|href|open|data-[a-z]+|aria-[a-z]+|datetime|viewbox|role|x|y|width|height|text-anchor)$/i;
  holds((drawn) => {
    const page = html(drawn);
    expect(page).not.toMatch(unsafe);
    expect(tagsIn(page)).toEqual(tags);
    const attributes = elementsIn(page).flatMap(({ attrs }) => attrs);
    expect(attributes.filter(({ name }) => !known.test(name))).toEqual([]);
    const leads = attributes.filter(({ name }) => name === 'href').map(({ value }) => value);
    expect(leads.filter((value) => !/^#lesson-\d+$/.test(value))).toEqual([]);
  });
});

test('what is longer than somebody reads is cut, and it is said', () => {
  const page = html(drawnOf(hostileRun(long)));
  expect(page).toMatch(/… \(cut: \d{6,} characters in all\)/);
  expect(page.length).toBeLessThan(400_000);
});
