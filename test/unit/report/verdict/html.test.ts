/** The page as a browser has it. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { html } from '../../../../src/report/verdict/html/html.ts';
import { endings } from '../endings.ts';
import { drawnOf, hostileRun, tokens } from './hostile.ts';
import { attribute, elementsIn, textOf } from './read-back.ts';

const page = html(drawnOf(endings.blocked.events));

test('machines and lessons are a matrix, each field leads to its lesson, and evidence is folded', () => {
  const elements = elementsIn(page);
  const leads = elements.filter(({ tagName }) => tagName === 'a');
  expect(leads.map((one) => [attribute(one, 'href'), textOf(one)])).toEqual([
    ['#lesson-0', '▲ could not run'],
    ['#lesson-1', '✘ failed'],
  ]);
  const ids = elements.flatMap((one) => attribute(one, 'id') ?? []);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toEqual(expect.arrayContaining(['lesson-0', 'lesson-1']));
  const heads = elements.filter((one) => one.tagName === 'th' && attribute(one, 'scope') === 'row').map(textOf);
  expect(heads).toEqual(['lab07']);
  const folded = elements.filter((one) => one.tagName === 'details' && attribute(one, 'open') === undefined);
  expect(folded.map(textOf).join()).toContain('bind: address in use');
});

test('nothing is loaded from elsewhere, and nothing is a script', () => {
  expect(page).not.toMatch(/<script|<link|<img|<iframe|@import|url\(|src=/);
  expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
});

const browser = ['chromium', 'google-chrome', 'chromium-browser'].find(
  (name) => spawnSync(name, ['--version']).status === 0,
);

describe.skipIf(browser === undefined)(`in a browser (there is ${browser ?? 'none'})`, () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'docker-tutor-page-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, maxRetries: 10, retryDelay: 100 }));

  /** @returns the page as it stands in the browser, and what its console says */
  async function shownIn(text: string): Promise<{ readonly dom: string; readonly console: string }> {
    const file = join(folder, 'run.html');
    writeFileSync(file, text);
    const words = ['--headless', '--no-sandbox', '--disable-gpu', `--user-data-dir=${join(folder, 'profile')}`];
    const more = ['--enable-logging=stderr', '--dump-dom', pathToFileURL(file).href];
    const child = spawn(browser ?? '', [...words, ...more], { stdio: ['ignore', 'pipe', 'pipe'], timeout: 60_000 });
    let [dom, said] = ['', ''];
    child.stdout.on('data', (piece: Buffer) => (dom += piece.toString()));
    child.stderr.on('data', (piece: Buffer) => (said += piece.toString()));
    await new Promise((resolve) => child.once('close', resolve));
    return {
      dom,
      console: said
        .split('\n')
        .filter((line) => line.includes('CONSOLE'))
        .join('\n'),
    };
  }

  test('it stands there as it was written, and the console is silent', { timeout: 120_000 }, async () => {
    for (const text of [page, html(drawnOf(hostileRun(tokens.join(''))))]) {
      const { dom, console } = await shownIn(text);
      expect(console).toBe('');
      expect(elementsIn(dom).map(({ tagName }) => tagName)).toEqual(elementsIn(text).map(({ tagName }) => tagName));
    }
  });

  test('a script in it would be told of, so silence says something', { timeout: 120_000 }, async () => {
    expect((await shownIn(page.replace('</body>', '<script>1</script></body>'))).console).toContain('Content Security');
  });
});
