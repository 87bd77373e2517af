/** An engine for tests of check/: answers from a table, and counts what it is asked. */
import { Buffer } from 'node:buffer';
import { Readable } from 'node:stream';
import type { CheckContext } from '../../../src/check/check.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import { wholeAnswer } from '../../fixtures/whole-answer.ts';

/** By `METHOD path`: a body, a status for none, or a function of how often it was asked. Anything else is 404. */
export type Answers = Readonly<Record<string, unknown>>;

function engineOf(answers: Answers): Engine & { readonly asked: readonly string[] } {
  const asked: string[] = [];
  return {
    asked,
    endpoint: { address: 'unix:///nowhere', from: 'default' },
    about: {
      version: '28.5.2',
      apiVersion: '1.51',
      told: {},
      flavour: 'docker',
    },
    async send({ method, path }) {
      const key = `${method} ${path}`;
      asked.push(key);
      const set = answers[key];
      const answer: unknown =
        typeof set === 'function'
          ? (set as (times: number) => unknown)(asked.filter((one) => one === key).length)
          : set;
      if (Buffer.isBuffer(answer)) return { status: 200, headers: {}, stream: Readable.from([answer]) };
      const whole = wholeAnswer({ method, path }, answer);
      const status =
        answer === undefined
          ? 404
          : typeof answer === 'number'
            ? answer
            : method === 'POST' && path.endsWith('/exec')
              ? 201
              : whole.status;
      const body = status >= 300 ? { message: 'the engine says no' } : whole.body;
      return {
        status,
        headers: {},
        stream: Readable.from([Buffer.from(body === undefined ? '' : JSON.stringify(body))]),
      };
    },
    close: () => undefined,
  };
}

export function contextOf(answers: Answers, rest: Partial<CheckContext> = {}): CheckContext {
  return {
    engine: engineOf(answers),
    signal: AbortSignal.timeout(20_000),
    workspace: '/nowhere',
    portsHost: 'localhost',
    run: 'this-run',
    permissions: [],
    kept: [],
    within: 0,
    ...rest,
  };
}

/** Answers of an engine on which a running container of this run publishes the port, on every address. */
export function publishing(port: number): Answers {
  return { 'GET /containers/json': [{ Ports: [{ IP: '0.0.0.0', PublicPort: port, Type: 'tcp' }] }] };
}

/** As logs and attach frame it: 8 bytes before each piece. */
export function framed(text: string, stream: 1 | 2 = 1): Buffer {
  const head = Buffer.alloc(8);
  head[0] = stream;
  head.writeUInt32BE(Buffer.byteLength(text), 4);
  return Buffer.concat([head, Buffer.from(text)]);
}
