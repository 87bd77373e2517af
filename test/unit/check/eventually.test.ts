import { describe, expect, it } from 'vitest';
import { check, holdsNow } from '../../../src/check/check.ts';
import { eventually } from '../../../src/check/eventually.ts';
import { commandWords } from '../../../src/command/shell/split.ts';
import { contextOf } from './told-engine.ts';

const signal = AbortSignal.timeout(20_000);
const no = { holds: false, observed: 'no' };

describe('eventually', () => {
  it('looks at once, and not again where it holds', async () => {
    const result = await eventually(async () => ({ holds: true, observed: 'yes' }), { within: 10_000, signal });
    expect(result).toMatchObject({ tries: 1, look: { observed: 'yes' } });
    expect(result.ms).toBeLessThan(50);
  });

  it('looks again until it holds', async () => {
    let looks = 0;
    const result = await eventually(async () => ({ holds: ++looks === 3, observed: String(looks) }), {
      within: 10_000,
      signal,
    });
    expect(result).toMatchObject({ tries: 3, look: { holds: true, observed: '3' } });
  });

  it('looks a last time when the time is up, and ends', async () => {
    const result = await eventually(async () => no, { within: 200, signal });
    expect(result.look).toBe(no);
    expect(result.ms).toBeGreaterThanOrEqual(200);
    expect(result.ms).toBeLessThan(1000);
  });

  it('does not wait for what cannot change', async () => {
    expect(await eventually(async () => ({ ...no, final: true }), { within: 10_000, signal })).toMatchObject({
      tries: 1,
    });
  });

  it('looks as soon as the engine reports something', async () => {
    let report: () => void = () => undefined;
    let looks = 0;
    const next = new Promise<void>((done) => (report = done));
    const result = await eventually(
      async () => {
        // by then the pauses are long: a look soon after is the report's
        if (++looks === 4) setTimeout(report, 30);
        return { holds: looks === 5, observed: '' };
      },
      { within: 10_000, signal, stirred: () => ({ next: () => (looks === 4 ? next : new Promise(() => undefined)) }) },
    );
    // 50 + 100 + 200 ms, then 30 + 20 instead of 400
    expect(result.ms).toBeLessThan(650);
  });

  it('ends with the signal’s reason', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error('interrupted')), 20);
    await expect(eventually(async () => no, { within: 10_000, signal: controller.signal })).rejects.toThrow(
      'interrupted',
    );
  });
});

describe('check', () => {
  const ready = (times: number) => ({ Driver: times > 2 ? 'local' : 'other' });

  it('waits as long as the expectation says', async () => {
    const expectation = { volume: { name: 'data', driver: 'local' }, within: '5s' };
    expect(await check(expectation, contextOf({ 'GET /volumes/data': ready }))).toMatchObject({
      status: 'passed',
      tries: 3,
    });
    expect(
      await check({ ...expectation, within: '1ms' }, contextOf({ 'GET /volumes/data': () => ready(0) })),
    ).toMatchObject({ status: 'failed' });
  });

  it('shows the claim that the scenario words itself', async () => {
    expect((await check({ volume: { name: 'data' }, claim: 'the data is safe' }, contextOf({}))).claim).toBe(
      'the data is safe',
    );
  });

  it.each([
    [{ image: { name: 'hello-world', exists: false } }, 'kept'],
    [{ not: { image: { name: 'docker.io/library/hello-world' } } }, 'kept'],
    [{ all: [{ image: { name: 'hello-world:latest', exists: false } }] }, 'kept'],
    [{ image: { name: 'hello-world' } }, 'passed'],
    [{ image: { name: 'hello-world:1' } }, 'failed'],
    [{ container: { name: 'hello-world' } }, 'failed'],
  ])('of %j is %s where the user’s image was kept, and does not wait for it', async (claim, status) => {
    const context = contextOf(
      {
        'GET /images/hello-world/json': { Id: 'sha256:1' },
        'GET /images/hello-world:latest/json': { Id: 'sha256:1' },
        'GET /images/docker.io/library/hello-world/json': { Id: 'sha256:1' },
      },
      { kept: [{ kind: 'image', name: 'hello-world:latest', why: 'yours' }] },
    );
    expect(await check(claim, context)).toMatchObject({ status, tries: 1 });
  });

  it('tells at once whether a mistake was made', async () => {
    expect(await holdsNow({ volume: { name: 'data' } }, contextOf({ 'GET /volumes/data': {} }))).toBe(true);
    expect(await holdsNow({ volume: { name: 'data' } }, contextOf({}))).toBe(false);
  });
});

it.each([
  ['id -u', ['id', '-u']],
  [`sh -c 'echo "a b"'`, ['sh', '-c', 'echo "a b"']],
  ['echo "a \\"b\\" c" d\\ e ""', ['echo', 'a "b" c', 'd e', '']],
  ['  a  ', ['a']],
  [
    ['as', 'it is'],
    ['as', 'it is'],
  ],
])('%j becomes %j', (line, words) => {
  expect(commandWords(line)).toEqual(words);
});
