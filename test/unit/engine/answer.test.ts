/** The reader of answers: a yes, a no in the engine's words, and nothing else. */
import { Buffer } from 'node:buffer';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { EngineError } from '../../../src/api/request.ts';
import type { Request } from '../../../src/api/request.ts';
import { assertLine, readAnswer, readOpening } from '../../../src/engine/answer.ts';
import type { No } from '../../../src/engine/answer.ts';
import { engineFailure } from '../../../src/engine/problems.ts';
import { askThrough, seek } from '../../../src/engine/ask.ts';
import type { Engine, Reply } from '../../../src/engine/engine.ts';

const { signal } = new AbortController();

function reply(status: number, text: string, type = 'application/json'): Reply {
  return { status, headers: { 'content-type': type }, stream: Readable.from(text === '' ? [] : [Buffer.from(text)]) };
}

function engineThat(answers: () => Reply): Engine {
  return {
    endpoint: { address: 'tcp://10.0.0.1:2375', from: 'default' },
    about: { version: '28.5.2', apiVersion: '1.51', told: {}, flavour: 'docker' },
    send: () => Promise.resolve(answers()),
    close: () => undefined,
  };
}

const engine = engineThat(() => reply(200, ''));
const asking = (method: Request['method'], path: string) => ({ request: { method, path }, engine });
const inspect = asking('GET', '/containers/web/json');
const start = asking('POST', '/containers/web/start');
const list = asking('GET', '/networks');
const page = '<html><h1>502 Bad Gateway</h1></html>';
const whole = '{"Id":"a","State":{"Status":"running","ExitCode":0},"Config":{},"HostConfig":{}}';

describe('an answer', () => {
  test('that is what was asked for is a yes', async () => {
    expect(await readAnswer(inspect, reply(200, whole), signal)).toMatchObject({ said: 'yes', body: { Id: 'a' } });
    expect(await readAnswer(list, reply(200, '[]\n'), signal)).toMatchObject({ said: 'yes', body: [] });
    expect(await readAnswer(start, reply(204, ''), signal)).toMatchObject({ said: 'yes', status: 204 });
    expect(await readAnswer(start, reply(304, ''), signal)).toMatchObject({ said: 'yes', status: 304 });
  });

  test('that says no in JSON is a no, with the engine’s words', async () => {
    const no = await readAnswer(inspect, reply(404, '{"message":"No such container: web\\n"}'), signal);
    expect(no).toMatchObject({ said: 'no', status: 404, words: 'No such container: web' });
  });

  test.each(['Not Found\n', '{"message":"Path /v1.41/services is not supported","response":0}'])(
    'of Podman that it has no such request is a no, and not that a thing is not there: %j',
    async (text) => {
      const services = asking('GET', '/services');
      const podman = { ...engine, about: { ...engine.about, flavour: 'podman' as const } };
      const no = await readAnswer({ ...services, engine: podman }, reply(404, text, 'text/plain'), signal);
      expect(no).toMatchObject({ said: 'no', status: 501 });
      expect(engineFailure(new EngineError((no as No).words, no.status, services.request)).code).toBe('E-PODMAN-LACKS');
    },
  );

  test('of Podman, to a push that does not begin, has its words where Docker’s stream has them', async () => {
    const podman = { ...engine, about: { ...engine.about, flavour: 'podman' as const } };
    const text = '{"errorDetail":{"message":"no basic auth credentials"},"error":"no basic auth credentials"}';
    const push = asking('POST', '/images/localhost:5000/app/push');
    const no = await readAnswer({ ...push, engine: podman }, reply(500, text), signal);
    expect(no).toMatchObject({ said: 'no', status: 500, words: 'no basic auth credentials' });
    await expect(readAnswer(push, reply(500, text), signal)).rejects.toMatchObject({ code: 'E-ENGINE-ANSWER' });
  });

  test('to HEAD needs no words to say no', async () => {
    const head = asking('HEAD', '/containers/web/archive');
    expect(await readAnswer(head, reply(404, ''), signal)).toMatchObject({ said: 'no', status: 404 });
  });

  test.each<readonly [string, Reply, string]>([
    ['a web page', reply(200, page, 'text/html; charset=utf-8'), 'it is a web page'],
    ['a web page that says no', reply(502, page, 'text/html'), 'it is a web page'],
    ['a 404 that no engine gives', reply(404, 'not found', 'text/plain'), 'not as an engine does'],
    ['a 404 in JSON of another make', reply(404, '{"error":"nothing here"}'), 'not as an engine does'],
    ['a 500 in text', reply(500, 'boom', 'text/plain'), 'not as an engine does'],
    ['a 500 without a word', reply(500, ''), 'not why'],
    ['a redirection', reply(302, ''), 'an engine does not answer so'],
    ['JSON that was cut off', reply(200, whole.slice(0, 40)), 'it is not JSON'],
    ['nothing', reply(200, ''), 'it is empty'],
    ['a list', reply(200, '[]'), 'it is a list, not an object'],
    ['null', reply(200, 'null'), 'it is null, not an object'],
    ['an object that is none of the kind', reply(200, '{"ok":true}'), 'Id is missing, not a text'],
    ['a field of another kind', reply(200, whole.replace('"running"', '7')), 'State.Status is a number, not a text'],
  ])('that is %s is none', async (_, given, wrong) => {
    await expect(readAnswer(inspect, given, signal)).rejects.toMatchObject({
      code: 'E-ENGINE-ANSWER',
      exitCode: 4,
      message: expect.stringContaining(wrong) as string,
      evidence: [expect.stringContaining('GET /containers/web/json → ') as string],
    });
  });

  test.each<readonly [string, Reply]>([
    ['another good status', reply(200, '')],
    ['more than a status', reply(204, '{}')],
  ])('whose status says it all is none with %s', async (_, given) => {
    await expect(readAnswer(start, given, signal)).rejects.toMatchObject({ code: 'E-ENGINE-ANSWER' });
  });

  test('is quoted without secrets and signs that drive a terminal, and not at length', async () => {
    const text = `{"Password":"hunter2","x":"\u001b[2J${'y'.repeat(500)}`;
    const failed: unknown = await readAnswer(inspect, reply(200, text), signal).catch((error: unknown) => error);
    const told = JSON.stringify(failed) + String(failed);
    expect(told).not.toContain('\u001b');
    expect(told).not.toContain('hunter2');
    expect(told.length).toBeLessThan(1000);
  });
});

describe('the opening of a stream', () => {
  const logs = asking('GET', '/containers/web/logs');
  const attach = asking('POST', '/containers/web/attach');

  test('is well, carries a no, or is none', async () => {
    expect(await readOpening(logs, reply(200, 'x', 'application/octet-stream'), signal)).toBeUndefined();
    expect(await readOpening(logs, reply(404, '{"message":"gone"}'), signal)).toMatchObject({ words: 'gone' });
    await expect(readOpening(logs, reply(200, page, 'text/html'), signal)).rejects.toMatchObject({
      code: 'E-ENGINE-ANSWER',
    });
    await expect(readOpening(logs, reply(503, page, 'text/html'), signal)).rejects.toMatchObject({
      code: 'E-ENGINE-ANSWER',
    });
  });

  test('of a conversation that takes no input is none', async () => {
    await expect(readOpening(attach, reply(200, 'x'), signal, true)).rejects.toMatchObject({ code: 'E-ENGINE-ANSWER' });
  });
});

test.each([null, 5, 'text', [], { status: 5 }, { errorDetail: 'x' }])('a line %j of a pull is none', (value) => {
  expect(() => assertLine(asking('POST', '/images/create'), value)).toThrow(/gave an answer that is none/);
});

describe('what is sought', () => {
  const sought = (given: Reply) =>
    seek(
      askThrough(
        engineThat(() => given),
        signal,
      ),
      '/containers/web/json',
    );

  test('is there, or not there, as the engine says', async () => {
    expect(await sought(reply(200, whole))).toMatchObject({ is: 'there', thing: { Id: 'a' } });
    expect(await sought(reply(404, '{"message":"No such container"}'))).toEqual({ is: 'not there' });
  });

  test.each<readonly [string, Reply]>([
    ['a failure of the engine', reply(500, '{"message":"boom"}')],
    ['a page that says 404', reply(404, page, 'text/html')],
    ['an empty 404', reply(404, '')],
    ['an answer of another kind', reply(200, '{}')],
  ])('is not taken for absent after %s', async (_, given) => {
    await expect(sought(given)).rejects.toThrow();
  });
});
