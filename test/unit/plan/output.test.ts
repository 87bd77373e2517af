/** How lists and JSON are laid out, as docker prints them. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aligned } from '../../../src/plan/output/aligned.ts';
import { containerColumns, containerRow } from '../../../src/plan/container/list-rows.ts';
import { formatted, labelCell } from '../../../src/plan/output/formatted.ts';
import { compactJson, indentJson, readJson, writeJson } from '../../../src/gotemplate/go-json.ts';
import { statsColumns, statsRow } from '../../../src/plan/container/streams/stats-rows.ts';
import { utc } from '../../fixtures/utc.ts';

const columns = {
  type: '*formatter.ContainerContext',
  headers: { Names: 'NAMES', Image: 'IMAGE', ID: 'CONTAINER ID' },
  table: '{{.ID}}\\t{{.Names}}',
  raw: 'name: {{.Names}}\n',
};
const rows = [
  { ID: '1', Names: 'web', Image: 'nginx<1>', Label: labelCell({ 'com.a-b_c': 'yes' }) },
  { ID: '2', Names: 'a-long-name-of-a-container', Image: 'redis', Label: labelCell(null) },
];

describe('--format of a list', () => {
  test.each([
    [undefined, 'CONTAINER ID   NAMES\n1              web\n2              a-long-name-of-a-container\n'],
    ['table', 'CONTAINER ID   NAMES\n1              web\n2              a-long-name-of-a-container\n'],
    ['{{.Names}}: {{.Image}}', 'web: nginx<1>\na-long-name-of-a-container: redis\n'],
    [
      'table {{.Names}}\\t{{.Label "com.a-b_c"}}',
      'NAMES                        a b c\nweb                          yes\na-long-name-of-a-container   \n',
    ],
    ['table {{upper .Names}} {{json .Image}}', 'NAMES IMAGE\nWEB "nginx<1>"\nA-LONG-NAME-OF-A-CONTAINER "redis"\n'],
    [
      'json',
      '{"ID":"1","Image":"nginx\\u003c1\\u003e","Names":"web"}\n{"ID":"2","Image":"redis","Names":"a-long-name-of-a-container"}\n',
    ],
    ['raw', 'name: web\n\nname: a-long-name-of-a-container\n\n'],
    ['{{.Names}}\\t\\n{{.ID}}', 'web\t\n1\na-long-name-of-a-container\t\n2\n'],
    ['pretty', 'pretty\npretty\n'],
  ])('%s', (format, printed) => {
    expect(formatted(rows, format, columns)).toBe(printed);
  });

  test('names the cell that is not there', () => {
    expect(() => formatted(rows, '{{.Foo}}', columns)).toThrow(
      'template parsing error: template: :1:2: executing "" at <.Foo>: can\'t evaluate field Foo in type *formatter.ContainerContext',
    );
    expect(() => formatted(rows, '{{.Label}}', columns)).toThrow('wrong number of args for Label: want 1 got 0');
  });

  test('a table without lines has its headings', () => {
    expect(formatted([], 'table {{.Names}}\\t{{.Foo}}', columns)).toBe('NAMES     <no value>\n');
  });
});

describe('a line of docker ps', () => {
  const summary = {
    Id: 'abcdef0123456789',
    Names: ['/web', '/front/db'],
    Image: 'nginx@sha256:' + 'a'.repeat(64),
    Command: 'nginx -g \'daemon "off"\';',
    Created: 1000,
    State: 'running',
    Status: 'Up 2 minutes',
    Labels: { b: '2', a: '1' },
    Mounts: [
      { Name: 'a-volume-with-a-long-name', Driver: 'local' },
      { Name: '', Source: '/srv' },
    ],
    NetworkSettings: { Networks: { bridge: {} } },
    SizeRw: 12,
    SizeRootFs: 1_984_172,
  };
  const format =
    '{{.ID}}|{{.Names}}|{{.Image}}|{{.Command}}|{{.Mounts}}|{{.LocalVolumes}}|{{.Labels}}|{{.Networks}}|{{.Size}}|{{.RunningFor}}|{{.Platform}}';

  test('short', () => {
    expect(
      formatted([containerRow(summary, { long: false, now: 61_000_000, zone: utc })], format, containerColumns(true)),
    ).toBe(
      'abcdef012345|web|nginx|"nginx -g \'daemon \\"o…"|a-volume-with-…,/srv|1|a=1,b=2|bridge|12B (virtual 1.98MB)|17 hours ago|<nil>\n',
    );
  });

  test('in full', () => {
    const [id, names, image, command, mounts] = formatted(
      [containerRow(summary, { long: true, now: 0, zone: utc })],
      format,
      containerColumns(true),
    ).split('|');
    expect({ id, names, image, command, mounts }).toEqual({
      id: summary.Id,
      names: 'web,front/db',
      image: summary.Image,
      command: '"nginx -g \'daemon \\"off\\"\';"',
      mounts: 'a-volume-with-a-long-name,/srv',
    });
  });
});

describe('docker stats', () => {
  const cpu = (total: number, system: number) => ({
    cpu_usage: { total_usage: total },
    system_cpu_usage: system,
    online_cpus: 4,
  });
  test('counts CPU against all CPUs, memory without the cache the kernel would give back', () => {
    const stats = {
      id: 'a'.repeat(64),
      name: '/web',
      cpu_stats: cpu(300, 2000),
      precpu_stats: cpu(100, 1000),
      memory_stats: { usage: 3 * 1024 ** 2, limit: 64 * 1024 ** 2, stats: { inactive_file: 1024 ** 2 } },
      networks: { eth0: { rx_bytes: 1020, tx_bytes: 126 } },
      blkio_stats: {
        io_service_bytes_recursive: [
          { op: 'Read', value: 4096 },
          { op: 'write', value: 1 },
        ],
      },
      pids_stats: { current: 3 },
    };
    expect(formatted([statsRow('web', stats, false)], undefined, statsColumns)).toBe(
      'CONTAINER ID   NAME      CPU %     MEM USAGE / LIMIT   MEM %     NET I/O         BLOCK I/O    PIDS\n' +
        'aaaaaaaaaaaa   web       80.00%    2MiB / 64MiB        3.12%     1.02kB / 126B   4.1kB / 1B   3\n',
    );
  });

  test('of a container that does not run are zero', () => {
    expect(
      formatted(
        [statsRow('web', {}, false)],
        '{{.CPUPerc}} {{.MemUsage}} {{.MemPerc}} {{.NetIO}} {{.PIDs}}',
        statsColumns,
      ),
    ).toBe('0.00% 0B / 0B 0.00% 0B / 0B 0\n');
  });
});

describe('columns', () => {
  test.each([
    ['a\tb\nlonger-than-ten\tc\n', 'a                 b\nlonger-than-ten   c\n'],
    ['a\tb\nno tab\nlonger-than-ten\tc\n', 'a         b\nno tab\nlonger-than-ten   c\n'],
    ['é\tb\n', 'é         b\n'],
    ['a\t\tb\n', 'a                   b\n'],
  ])('%j', (text, laid) => {
    expect(aligned(text)).toBe(laid);
  });
});

describe('JSON', () => {
  test.each([
    [
      '{"b":1,"a":[],"10":{ },"1":[1,{"x":"{,}: \\"[]"}],"n":9007199254740993}',
      '{\n    "b": 1,\n    "a": [],\n    "10": {},\n    "1": [\n        1,\n        {\n            "x": "{,}: \\"[]"\n        }\n    ],\n    "n": 9007199254740993\n}',
    ],
    ['[]', '[]'],
    [' [ 1 ] \n', '[\n    1\n]'],
  ])('%s is indented without a change to its order and numbers', (text, indented) => {
    expect(indentJson(text, '    ')).toBe(indented);
  });

  test('indented, compacted or read and written again, it means the same', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        const text = JSON.stringify(value);
        expect(JSON.parse(indentJson(text, '  '))).toEqual(JSON.parse(text));
        expect(compactJson(indentJson(text, '  '))).toBe(text);
        expect(JSON.parse(writeJson(readJson(text)))).toEqual(JSON.parse(text));
      }),
    );
  });

  test('keeps the order of keys that look like numbers, and numbers beyond 2^53', () => {
    const text = '{"b":1,"10":2,"9":18446744073709551615}';
    expect(writeJson(readJson(text))).toBe(text);
  });
});
