/** What GitHub Actions is told: within its limits, and by nobody but us. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Event } from '../../../../src/events/events.ts';
import { annotations, githubReport } from '../../../../src/report/verdict/github.ts';
import { endings, ended, ends, begins, diskFull, found, started, step, told } from '../endings.ts';
import { drawnOf } from './hostile.ts';

async function written(events: readonly Event[], before = ''): Promise<{ stdout: string; summary: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'docker-tutor-github-'));
  const stepSummary = join(folder, 'summary.md');
  writeFileSync(stepSummary, before);
  let stdout = '';
  const sink = {
    write(text: string, done?: () => void) {
      stdout += text;
      done?.();
    },
  };
  const screen = { colour: false, unicode: true, columns: 80, live: false, interactive: false, endSaid: false };
  await told(githubReport({ ...screen, stdout: sink, stderr: sink, show: new Set(), stepSummary }), events);
  const summary = readFileSync(stepSummary, 'utf8');
  rmSync(folder, { recursive: true });
  return { stdout, summary };
}

test('while lessons run, no command is taken; then the same word, known to nobody, takes them again', async () => {
  const { stdout } = await written(endings.pass.events);
  const [stop = '', go = '', ...rest] = stdout.trimEnd().split('\n');
  const token = /^::stop-commands::([0-9a-f-]{36})$/.exec(stop)?.[1];
  expect(go).toBe(`::${String(token)}::`);
  expect(rest).toEqual(['::notice title=docker-tutor::Passed: 2 lessons passed']);
  expect((await written(endings.pass.events)).stdout).not.toContain(String(token));
});

test('a summary is added to what is there, and together they keep to the limit', async () => {
  expect((await written(endings.fail.events, 'before\n')).summary).toMatch(/^before\n## Failed/);
  const full = 'x'.repeat(999_900);
  expect((await written(endings.fail.events, full)).summary).toBe(full);
});

const codes = Array.from({ length: 14 }, (_, i) => `E-${String(i)}` as 'E-OOM');
const broken = [
  ...[started, found(codes)],
  ...codes.flatMap((code) => [
    ...[begins(code), ...step(code, 'one', 'failed', [{ ...diskFull, code }]), ends(code, 'failed')],
  ]),
  ended(4),
];

test('of more than ten causes nine are annotations, and how many more there are', () => {
  const lines = annotations(drawnOf(broken).verdict);
  expect(lines).toHaveLength(10);
  expect(lines.filter((line) => line.startsWith('::error '))).toHaveLength(9);
  expect(lines.at(-1)).toBe('::warning title=docker-tutor::5 more causes. Could not run: 14 lessons could not run');
});

test('what was mended by trying again is a warning', () => {
  expect(annotations(drawnOf(endings.flaky.events).verdict)).toEqual([
    expect.stringMatching(
      /^::warning title=docker-tutor%3A check-failed::A check did not hold\.%0Afirst at "Step one"/,
    ),
    '::notice title=docker-tutor::Passed: 1 lesson passed and 1 passed when tried again',
  ]);
});
