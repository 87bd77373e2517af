/** What is asked first of an engine that has answered a ping: it may be stuck all the same, or not to be asked. */
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import type { Engine, Reply } from '../../../src/engine/engine.ts';
import { atFirst, get, seek } from '../../../src/engine/ask.ts';

const { signal } = new AbortController();

function engineThat(answers: (signal: AbortSignal) => Promise<Reply>): Engine {
  return {
    endpoint: { address: 'unix:///nowhere', from: 'default' },
    about: { version: '28.5.2', apiVersion: '1.51', told: {}, flavour: 'docker' },
    send: (_, options) => answers(options.signal),
    close: () => undefined,
  };
}

test('an engine that refuses it is named as one, with its words', async () => {
  const engine = engineThat(() =>
    Promise.resolve({
      status: 403,
      headers: {},
      stream: Readable.from([Buffer.from('{"message":"not allowed here"}')]),
    }),
  );
  await expect(atFirst(engine, signal, (ask) => get(ask, '/info'))).rejects.toMatchObject({
    exitCode: 4,
    message: expect.stringContaining('not allowed here') as string,
  });
});

const silent = engineThat(
  (limit) =>
    new Promise((_, reject) => {
      limit.addEventListener('abort', () => {
        reject(limit.reason as Error);
      });
    }),
);

test('an engine that says nothing more hangs, and nobody waits for it', async () => {
  await expect(atFirst(silent, signal, (ask) => get(ask, '/info'), 20)).rejects.toMatchObject({
    code: 'E-DAEMON-HUNG',
  });
});

test('an interruption is one', async () => {
  const stop = new AbortController();
  const asked = atFirst(silent, stop.signal, (ask) => get(ask, '/info'), 60_000);
  stop.abort(new Error('stopped'));
  await expect(asked).rejects.toThrow('stopped');
});

test.each([
  ['/services/web', 503, 'not there'],
  ['/secrets/key', 406, 'not there'],
  ['/tasks/one', 404, 'not there'],
  ['/containers/web/json', 404, 'not there'],
  ['/containers/web/json', 503, 'unknown'],
  ['/networks/net', 406, 'unknown'],
  ['/services/web', 500, 'unknown'],
])('%s answered with %i: %s', async (path, status, what) => {
  const sought = seek(async () => ({ status, body: { message: 'no' } }), path);
  expect(await sought.then(({ is }) => is).catch(() => 'unknown')).toBe(what);
});

/** As 28.5 with the containerd image store answers GET /images/json while `docker rmi` goes on. */
const goneMeanwhile = {
  status: 404,
  body: { message: `NotFound: content digest sha256:${'a'.repeat(64)}: not found` },
};

test('a list of images is asked for again where one was removed while it was made', async () => {
  const answers = [goneMeanwhile, goneMeanwhile, { status: 200, body: [] }];
  expect(await get(() => Promise.resolve(answers.shift() ?? goneMeanwhile), '/images/json')).toEqual([]);
  expect(answers).toEqual([]);
});

test('one that never comes is an error, and so at once is any other no', async () => {
  let asked = 0;
  const refusing = (answer: typeof goneMeanwhile) => () => {
    asked += 1;
    return Promise.resolve(answer);
  };
  await expect(get(refusing(goneMeanwhile), '/images/json')).rejects.toThrow('content digest');
  expect(asked).toBe(20);
  await expect(get(refusing({ status: 404, body: { message: 'No such image: x' } }), '/images/x/json')).rejects.toThrow(
    'x',
  );
  expect(asked).toBe(21);
});
