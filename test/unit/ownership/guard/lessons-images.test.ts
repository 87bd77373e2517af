/** An image that a lesson requires is the lesson's where a registry knows it: for its own commands, and for what a learner types. */
import { Buffer } from 'node:buffer';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, describe, expect, test } from 'vitest';
import type { Ask } from '../../../../src/engine/ask.ts';
import type { Engine } from '../../../../src/engine/engine.ts';
import type { GuardContext } from '../../../../src/ownership/guard/context.ts';
import { lessonWith } from '../../../../src/ownership/guard/rule.ts';
import { whoseImageNamed } from '../../../../src/ownership/guard/whose.ts';
import { startOwning } from '../../../../src/ownership/start.ts';
import { bundledImages } from '../../../../src/state/public-images.ts';

const id = `sha256:${'a'.repeat(64)}`;
const lesson = lessonWith({ images: ['busybox'], permissions: [] });

/** What the engine says of an image that is here. */
const image = (name: string, pulled: boolean): Readonly<Record<string, unknown>> => ({
  Id: id,
  RepoTags: [name],
  RepoDigests: pulled ? [`${name.replace(/:.*/, '')}@sha256:${'d'.repeat(64)}`] : [],
  Config: { Labels: {} },
});

describe('whose an image is', () => {
  const whose = async (name: string, pulled: boolean, more: Partial<GuardContext>): Promise<string> => {
    const ask: Ask = async () => ({ status: 200, body: image(`${name}:latest`, pulled) });
    const context = {
      ask,
      folder: '/nowhere',
      journal: { claims: () => [] },
      mark: () => ({ run: 'r1', scenario: 's' }),
      madeHere: new Set(),
      publicImages: new Set(),
      ...more,
    };
    return (await whoseImageNamed(name, context as unknown as GuardContext)).whose;
  };

  test.each<[string, string, boolean, Partial<GuardContext>, string]>([
    ['required, pulled, for the lesson', 'busybox', true, { lesson }, 'mine'],
    ['required, pulled, for what is typed', 'busybox', true, { lessonsImages: lesson.images }, 'mine'],
    ['required, and built here', 'busybox', false, { lessonsImages: lesson.images }, 'yours'],
    ['required, and loaded from a bundle', 'busybox', false, { lesson, bundledImages: new Set([id]) }, 'mine'],
    [
      'required, where a bundle has brought another',
      'busybox',
      false,
      { lesson, bundledImages: new Set(['x']) },
      'yours',
    ],
    ['another, though loaded from a bundle', 'nginx', false, { lesson, bundledImages: new Set([id]) }, 'yours'],
    ['another', 'nginx', true, { lessonsImages: lesson.images }, 'yours'],
    ['any, where there is no lesson', 'busybox', true, {}, 'yours'],
  ])('%s', async (_, name, pulled, more, expected) => {
    expect(await whose(name, pulled, more)).toBe(expected);
  });
});

describe('in a lesson', () => {
  const home = mkdtempSync(join(tmpdir(), 'docker-tutor-images-'));
  afterAll(() => rmSync(home, { recursive: true }));

  const engine: Engine = {
    endpoint: { address: 'unix:///nowhere', from: 'default' },
    about: { version: '28.5.2', apiVersion: '1.51', told: {}, flavour: 'docker' },
    send: async ({ path }) => {
      const [, name = 'busybox'] = /^\/images\/(\w+)\/json$/.exec(path) ?? [];
      const body = path === '/images/json' ? [] : image(`${name}:latest`, true);
      return { status: 200, headers: {}, stream: Readable.from([Buffer.from(JSON.stringify(body))]) };
    },
    close: () => undefined,
  };
  const owningWith = (asked: string[], isAllowed: boolean): ReturnType<typeof startOwning> =>
    startOwning({
      engine,
      env: { DOCKER_TUTOR_HOME: home },
      run: 'tf0001-0123456789',
      scenario: () => 'sample',
      signal: AbortSignal.timeout(20_000),
      at: '2026-01-01T10:00:00.000Z',
      lesson,
      permit: async (what) => {
        asked.push(what.name);
        return isAllowed;
      },
    });
  const saved = async (name: string): Promise<readonly string[]> => {
    const asked: string[] = [];
    const owning = owningWith(asked, true);
    const request = { method: 'GET', path: '/images/get', query: { names: name } } as const;
    expect(await owning.learnersGuard().before(request)).toEqual({ send: request });
    return asked;
  };

  test('a pull of what a bundle has brought is answered here, and that is said', async () => {
    const pulled = async (): Promise<unknown> =>
      owningWith([], false).guard.before({
        method: 'POST',
        path: '/images/create',
        query: { fromImage: 'docker.io/library/busybox', tag: 'latest' },
      });
    expect(await pulled()).not.toHaveProperty('keep.bundled');
    bundledImages({ DOCKER_TUTOR_HOME: home }).add(id);
    expect(await pulled()).toMatchObject({
      keep: { kind: 'image', name: 'busybox:latest', why: 'yours', bundled: true },
    });
  });

  test('what is typed uses an image of the lesson without a question', async () => {
    expect(await saved('busybox')).toEqual([]);
  });

  test('whoever types is asked about another', async () => {
    expect(await saved('nginx')).toEqual(['nginx']);
  });
});
