/** `author pages` as a process, and its pages in a browser. */
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { browserHere, openBrowser, type Tab } from '../fixtures/browser.ts';
import { dockerTutor, temporaryFolder } from './process.ts';

const folder = temporaryFolder();
const site = join(folder.path, 'site');
const env = { HOME: folder.path, LANG: 'de_DE.UTF-8' };
const pages = (...words: readonly string[]) => dockerTutor(['author', 'pages', ...words], env);
let first: ReturnType<typeof dockerTutor>;

beforeAll(() => {
  first = pages('--out', site);
}, 300_000);
afterAll(() => {
  folder.remove();
});

function filesIn(path: string): readonly (readonly [string, string])[] {
  const files = readdirSync(path, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  return files.map((one) => [one.name, readFileSync(join(one.parentPath, one.name), 'utf8')] as const).sort();
}

describe('docker-tutor author pages', () => {
  test('says how many lessons it wrote, and what to open; LANG does not change what is written', () => {
    const lessons = readdirSync(join(site, 'lessons'));
    expect(first.stderr).toBe('');
    expect(first.stdout).toBe(
      `The pages of ${String(lessons.length)} lessons in ${site}. Open ${site}/index.html in a browser.\n`,
    );
    expect(readFileSync(join(site, 'index.html'), 'utf8')).toContain('<html lang="en">');
  });

  test('written once more, every byte is the same', () => {
    const before = filesIn(site);
    expect(pages('--out', site).status).toBe(0);
    expect(filesIn(site)).toEqual(before);
  });

  test('in German, what is translated is German, and what is not says that it is English', () => {
    const german = join(folder.path, 'de');
    const { stdout } = pages('hello-world', 'docker-engine', '--lang', 'de', '--out', german, '--json');
    expect(JSON.parse(stdout)).toEqual({
      ...{ formatVersion: 1, exitCode: 0, folder: german, lessons: ['hello-world', 'docker-engine'] },
      files: ['index.html', 'terms.html', 'lessons/hello-world.html', 'lessons/docker-engine.html'],
    });
    const page = (id: string): string => readFileSync(join(german, 'lessons', `${id}.html`), 'utf8');
    expect(page('hello-world')).toMatch(/<html lang="de">[^]*Alle Lektionen[^]*<main id="content" tabindex="-1">/);
    expect(page('docker-engine')).toContain('<main id="content" tabindex="-1" lang="en">');
  });

  test('a folder with something of the user’s in it is refused', () => {
    const own = join(folder.path, 'own');
    mkdirSync(own);
    writeFileSync(join(own, 'index.html'), 'mine');
    const { status, stderr } = pages('hello-world', '--out', own);
    expect([status, readFileSync(join(own, 'index.html'), 'utf8'), readdirSync(own)]).toEqual([
      2,
      'mine',
      ['index.html'],
    ]);
    expect(stderr.replace(/\s+/g, ' ')).toContain('is there already, and docker-tutor did not write it');
  });

  test('a scenario file of one’s own has its page; one that is wrong is told with its place', () => {
    const lesson = join(folder.path, 'my-lesson');
    dockerTutor(['author', 'new', 'my-lesson', '--dir', folder.path], env);
    const out = join(folder.path, 'mine');
    expect(pages(lesson, '--out', out).status).toBe(0);
    expect(readdirSync(join(out, 'lessons'))).toEqual(['my-lesson.html']);
    writeFileSync(join(lesson, 'scenario.yaml'), 'formatVersion: 1\n');
    const wrong = pages(lesson, '--out', join(folder.path, 'wrong'));
    expect([wrong.status, wrong.stderr]).toEqual([2, expect.stringContaining('scenario.yaml:1')]);
  });
});

const why = browserHere ?? 'there is no Chromium here';

describe.skipIf(browserHere === undefined)(`in a browser (${why})`, () => {
  let tab: Tab;
  let close: () => Promise<void>;
  beforeAll(async () => {
    ({ tab, close } = await openBrowser());
  }, 300_000);
  afterAll(() => close());

  const address = (path: string): string => pathToFileURL(join(site, path)).href;
  const all = (): readonly string[] => [
    'index.html',
    'terms.html',
    ...readdirSync(join(site, 'lessons')).map((name) => `lessons/${name}`),
  ];
  const narrow = (width: number) =>
    tab.send('Emulation.setDeviceMetricsOverride', { width, height: 800, deviceScaleFactor: 1, mobile: true });

  test(
    'each page asks for nothing but itself, says nothing, and fits on 320 pixels',
    { timeout: 300_000 },
    async () => {
      await narrow(320);
      for (const path of all()) {
        tab.heard();
        await tab.open(address(path));
        const { asked, said } = tab.heard();
        expect({ path, asked, said, wide: await tab.evaluate('document.documentElement.scrollWidth') }).toEqual({
          ...{ path, asked: [address(path)], said: [], wide: 320 },
        });
      }
      await tab.send('Emulation.clearDeviceMetricsOverride');
    },
  );

  test('its script ran: each command has a button, which copies it', async () => {
    await tab.open(address('lessons/hello-world.html'));
    const [commands, buttons] = (await tab.evaluate(
      `[document.querySelectorAll('.command code').length, document.querySelectorAll('.command button').length]`,
    )) as readonly [number, number];
    expect(commands).toBeGreaterThan(3);
    expect(buttons).toBe(commands);
    await tab.evaluate(`document.querySelector('.command button').click()`);
    const told = `new Promise((done) => setTimeout(() => done(document.querySelector('.command [role=status]').textContent), 300))`;
    expect(await tab.evaluate(told)).toBe('Copied');
  });

  test('a question is answered with the keyboard alone: first wrong, then right', async () => {
    await tab.open(address('lessons/custom-bridge-network.html'));
    const press = async (key: string, code: number, text?: string): Promise<void> => {
      const one = { key, code: key === ' ' ? 'Space' : key, windowsVirtualKeyCode: code, ...(text && { text }) };
      await tab.send('Input.dispatchKeyEvent', { type: 'keyDown', ...one });
      await tab.send('Input.dispatchKeyEvent', { type: 'keyUp', ...one });
    };
    const state = () =>
      tab.evaluate(
        `(({ dataset, children }) => [dataset.state, document.querySelector('.question .verdict').textContent, document.querySelector('.question .answer').open])(document.querySelector('.question'))`,
      );
    // to be reached from the beginning, as all that can be operated
    await tab.evaluate(`document.querySelector('.question input').focus()`);
    await press(' ', 32, ' ');
    await press('ArrowDown', 40);
    await press('Tab', 9);
    await press('Enter', 13, '\r');
    expect(await state()).toEqual(['wrong', expect.stringContaining('That works within one network'), false]);
    await tab.evaluate(`document.querySelector('.question input:checked').focus()`);
    await press('ArrowDown', 40);
    await press('Tab', 9);
    await press('Enter', 13, '\r');
    expect(await state()).toEqual(['right', expect.stringContaining('Right: Names are known'), true]);
  });

  test('the first Tab leads to the link that skips what is on every page', async () => {
    await tab.open(address('lessons/hello-world.html'));
    await tab.send('Input.dispatchKeyEvent', { type: 'keyDown', key: 'Tab', code: 'Tab', windowsVirtualKeyCode: 9 });
    expect(await tab.evaluate('document.activeElement.className')).toBe('skip');
    expect(await tab.evaluate('document.activeElement.getBoundingClientRect().top >= 0')).toBe(true);
  });

  test.each(['light', 'dark'])(
    '%s: all text has the contrast that WCAG asks for (4.5)',
    { timeout: 120_000 },
    async (scheme) => {
      await tab.send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: scheme }] });
      for (const path of [
        'index.html',
        'terms.html',
        'lessons/custom-bridge-network.html',
        'lessons/flask-image-build.html',
      ]) {
        await tab.open(address(path));
        await tab.evaluate(`for (const one of document.querySelectorAll('details')) one.open = true`);
        const found = (await tab.evaluate(contrasts)) as { readonly texts: number; readonly low: readonly string[] };
        expect(found.texts).toBeGreaterThan(50);
        expect({ path, low: found.low }).toEqual({ path, low: [] });
      }
      const back = await tab.evaluate('getComputedStyle(document.body).backgroundColor');
      expect(back).toBe(scheme === 'dark' ? 'rgb(20, 23, 27)' : 'rgb(252, 252, 250)');
      await tab.send('Emulation.setEmulatedMedia', { features: [] });
    },
  );

  test('on paper every fold is open, and closed again on the screen', async () => {
    await tab.open(address('lessons/hello-world.html'));
    await tab.evaluate(
      `addEventListener('beforeprint', () => { window.closedOnPaper = document.querySelectorAll('details:not([open])').length })`,
    );
    await tab.send('Page.printToPDF');
    expect(await tab.evaluate('window.closedOnPaper')).toBe(0);
    expect(await tab.evaluate(`document.querySelectorAll('details[open]').length`)).toBe(0);
  });

  test('without a script, all is there, and no button that would do nothing', async () => {
    await tab.send('Emulation.setScriptExecutionDisabled', { value: true });
    await tab.open(address('lessons/custom-bridge-network.html'));
    expect(await tab.evaluate(`document.querySelectorAll('button').length`)).toBe(0);
    expect(await tab.evaluate(`document.querySelectorAll('.question .because').length`)).toBeGreaterThan(0);
    await tab.send('Emulation.setScriptExecutionDisabled', { value: false });
  });
});

/** In the page: how many texts there are, and those whose contrast with what is behind them is low (WCAG 2.2, 1.4.3). */
const contrasts = `(() => {
  const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = (colour) => {
    const [r, g, b] = numbers(colour).map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (node) => {
    for (let one = node; one; one = one.parentElement) {
      const back = getComputedStyle(one).backgroundColor;
      if ((numbers(back)[3] ?? 1) === 1) return back;
    }
    return 'rgb(255, 255, 255)';
  };
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const low = new Set();
  let texts = 0;
  while (walk.nextNode()) {
    const { parentElement: node, textContent } = walk.currentNode;
    if (textContent.trim() === '' || /^(?:SCRIPT|STYLE|title|desc)$/.test(node.tagName) || !node.checkVisibility()) continue;
    texts += 1;
    const style = getComputedStyle(node);
    const shape = node.closest('svg') ? node.parentElement.querySelector('rect') : null;
    const back = shape ? getComputedStyle(shape).fill : behind(node);
    const [a, b] = [light(node.closest('svg') ? style.fill : style.color), light(back)].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5) low.add(node.tagName + '.' + node.getAttribute('class') + ' ' + ratio.toFixed(2) + ' ' + textContent.slice(0, 30));
  }
  return { texts, low: [...low] };
})()`;
