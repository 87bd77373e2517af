import { describe, expect, it } from 'vitest';
import { count, duration, listed, size } from '../../../src/terminal/amounts.ts';
import { describeChanges, sentence } from '../../../src/explain/changes.ts';
import { clientDaemonPicture, layersPicture, networkPicture, volumePicture } from '../../../src/explain/pictures.ts';
import { width } from '../../../src/terminal/width.ts';
import type { Change } from '../../../src/events/events.ts';

const id = '3f2a9c1'.padEnd(64, '0');
const change = (rest: Partial<Change>): Change => ({
  change: 'added',
  kind: 'container',
  name: 'server',
  id,
  facts: {},
  ...rest,
});

describe('changes in words', () => {
  it.each<[Partial<Change>[], string[]]>([
    [[], []],
    [
      [{ facts: { image: 'busybox', state: 'running' } }],
      ['Created container server (3f2a9c1) from busybox and started it.'],
    ],
    [
      [{ facts: { image: 'busybox', state: 'created' } }],
      ['Created container server (3f2a9c1) from busybox; it is not started yet.'],
    ],
    [
      [{ facts: { image: 'busybox', state: 'exited', exitCode: '0' } }],
      ['Created container server (3f2a9c1) from busybox, started it, and it has ended with exit code 0.'],
    ],
    [[{}], ['Created container server (3f2a9c1).']],
    [
      [
        {
          change: 'changed',
          facts: { state: 'exited', exitCode: '137' },
          before: { state: 'running', address: '172.17.0.2' },
        },
      ],
      ['Container server (3f2a9c1) was running and has ended with exit code 137.'],
    ],
    [
      [{ change: 'changed', facts: { state: 'running' }, before: { state: 'paused' } }],
      ['Container server (3f2a9c1) was paused and is running now.'],
    ],
    [
      [{ change: 'changed', facts: { networks: 'bridge youtube' }, before: { networks: 'bridge' } }],
      ['Container server (3f2a9c1) joined youtube.'],
    ],
    [[{ change: 'changed', before: { name: 'box' } }], ['Container server (3f2a9c1) was called box before.']],
    [[{ change: 'removed' }], ['Removed container server (3f2a9c1).']],
    [
      [
        { change: 'removed' },
        { change: 'removed', name: 'client', id: '' },
        { change: 'removed', kind: 'volume', name: 'data', id: 'data' },
      ],
      ['Removed containers server (3f2a9c1) and client and volume data.'],
    ],
    [
      [{ kind: 'network', name: 'youtube', facts: { driver: 'bridge', subnet: '172.18.0.0/16' } }],
      ['Created network youtube (3f2a9c1), bridge, 172.18.0.0/16.'],
    ],
    [[{ kind: 'volume', name: 'data', id: 'data' }], ['Created volume data.']],
    [
      [{ kind: 'image', name: 'app:latest', id: `sha256:${id}`, facts: { size: '12345678' } }],
      ['Image app:latest (3f2a9c1) is here now, 12.3 MB.'],
    ],
    [
      [{ kind: 'image', name: 'app:2', id: `sha256:${id}`, facts: { size: '12345678' }, before: { names: 'app:1' } }],
      ['app:2 is one more name of the image app:1 (3f2a9c1).'],
    ],
    [
      [{ kind: 'image', name: 'app:2', id: `sha256:${id}`, before: { names: '' } }],
      ['Image 3f2a9c1, which had no name, is called app:2 now.'],
    ],
    [
      [{ kind: 'image', name: '<none>', id: `sha256:${id}`, before: { names: 'app:1' } }],
      ['Image 3f2a9c1 has no name now.'],
    ],
    [
      [{ change: 'removed', kind: 'image', name: 'app:2', id: `sha256:${id}`, facts: { names: 'app:1 app:3' } }],
      ['Removed the name app:2; the image (3f2a9c1) stays, as app:1 and app:3.'],
    ],
    [
      [{ change: 'removed', kind: 'image', name: 'app:2', id: `sha256:${id}`, facts: { names: '' } }],
      ['Removed the name app:2; the image (3f2a9c1) stays, without a name.'],
    ],
  ])('%j', (changes, sentences) => {
    expect(describeChanges(changes.map(change))).toEqual(sentences);
  });

  it('makes a sentence of what a command means', () => {
    expect(sentence('list images')).toBe('List images.');
    expect(sentence('')).toBe('');
  });
});

describe('amounts', () => {
  it('have the right number', () => {
    expect([0, 1, 2].map((n) => count(n, 'check'))).toEqual(['0 checks', '1 check', '2 checks']);
    expect(count(2, 'try', 'tries')).toBe('2 tries');
    expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map(listed)).toEqual(['', 'a', 'a and b', 'a, b and c']);
  });

  it.each([
    [0, '0 ms'],
    [999.7, '1.0 s'],
    [59_949, '59.9 s'],
    [59_960, '1 min 00 s'],
    [125_000, '2 min 05 s'],
  ])('%d ms is %s', (ms, text) => {
    expect(duration(ms)).toBe(text);
  });

  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [999_600, '1.0 MB'],
    [123_456_789, '123 MB'],
  ])('%d bytes is %s', (bytes, text) => {
    expect(size(bytes)).toBe(text);
  });
});

describe('pictures', () => {
  const long = 'a-very-long-name-'.repeat(8);
  const pictures = (columns: number, unicode: boolean): string[] => {
    const style = { columns, unicode };
    return [
      clientDaemonPicture({ endpoint: `unix:///${long}`, apiVersion: '1.51', engine: 'Docker Engine 28.5.2' }, style),
      layersPicture(
        {
          image: long,
          builds: ['build 1', 'build 2'],
          layers: [{ instruction: long, states: ['built 6.1 s', 'cached'], note: 'app.py changed' }],
        },
        style,
      ),
      networkPicture(
        { name: long, subnet: '10.0.0.0/8', members: [{ container: long, address: '10.0.0.2', aliases: ['db'] }] },
        style,
      ),
      volumePicture({ volume: 'data', users: [{ container: long, path: `/${long}`, readOnly: true }] }, style),
    ].flat();
  };

  it.each([80, 50, 40])('fit %i columns, with box lines or without', (columns) => {
    expect(pictures(columns, true).filter((line) => width(line) > columns)).toEqual([]);
    expect(pictures(columns, false).filter((line) => width(line) > columns || !/^[ -~]*$/.test(line))).toEqual([]);
  });

  it('show a network with who is on it', () => {
    const members = [
      { container: 'server', address: '172.18.0.2' },
      { container: 'db', address: '172.18.0.3', aliases: ['store'] },
    ];
    expect(networkPicture({ name: 'youtube', subnet: '172.18.0.0/16', members })).toEqual([
      'youtube 172.18.0.0/16',
      '  ├─ server  172.18.0.2',
      '  └─ db      172.18.0.3  also store',
    ]);
    expect(networkPicture({ name: 'empty', members: [] })).toEqual(['empty', '  └─ no container is on it']);
  });

  it('show a volume between two containers', () => {
    const users = [
      { container: 'writer', path: '/data' },
      { container: 'reader', path: '/in', readOnly: true },
    ];
    expect(volumePicture({ volume: 'notes', users })).toEqual([
      'volume notes',
      '  ├─ writer  /data',
      '  └─ reader  /in  read-only',
    ]);
  });

  it('show which layer was built and which came from the cache, and why', () => {
    const lines = layersPicture({
      image: 'app',
      builds: ['build 1', 'build 2'],
      layers: [
        { instruction: 'FROM python', states: ['here', 'here'] },
        { instruction: 'COPY . .', states: ['built', 'built'], note: 'app.py changed' },
      ],
    });
    expect(lines[1]).toMatch(/^1 FROM python +here +here$/);
    expect(lines[2]).toMatch(/^2 COPY \. \. +built +built +← app\.py changed$/);
  });
});
