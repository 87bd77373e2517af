/** The mutations of a compose file: which there are, and that each is a file that Compose reads and that says something else. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changedComposeFiles } from '../../../../src/author/mutations/of-compose.ts';
import { writtenModel } from '../../../../src/compose/file/written-model.ts';
import { writeYaml } from '../../../../src/compose/file/yaml.ts';

/** @param service the keys of the one service */
const ofService = (service: string): string => `services:\n  web: { image: app, ${service} }\n`;
const changes = (text: string, before?: string): readonly string[] =>
  changedComposeFiles(text, before).map(({ change }) => change.replace('services.web.', ''));

test.each<[string, readonly string[]]>([
  [
    'ports: ["8000:5000"]',
    ['without ports', 'ports 5000', 'ports 8000:5001', 'ports 8000:5000/udp', 'image app:other', 'without image'],
  ],
  ['ports: ["${PORT}:5000"]', ['ports 5000', 'ports ${PORT}:5001']],
  ['ports: [{ target: 80, published: "8000" }]', ['ports.1.target 160', 'ports.1.published 16000']],
  ['ports: ["80:80", "90:90"]', ['without ports 80:80', 'without ports 90:90']],
  [
    'volumes: ["./site:/www:ro"]',
    ['volumes ./site-other:/www:ro', 'volumes ./site:/www', 'volumes ./site:/www-other:ro'],
  ],
  ['environment: { CITY: Rome }', ['without environment.CITY', 'environment.CITY Rome-other']],
  ['environment: ["CITY=Rome"]', ['environment CITY=Rome-other']],
  ['depends_on: { db: { condition: service_healthy } }', ['depends_on.db.condition service_started']],
  ['restart: always', ['restart no']],
  ['command: ["serve", "--all"]', ['command true']],
  ['healthcheck: { test: ["CMD", "ask"] }', ['healthcheck.test true', 'without healthcheck']],
  ['init: true', ['without init', 'init false']],
])('%s', (service, wanted) => {
  expect(changes(ofService(service))).toEqual(expect.arrayContaining([...wanted]));
});

test('a service is left out, and has another name', () => {
  expect(changes(ofService('init: true'))).toEqual(
    expect.arrayContaining(['without services.web', 'services.web called web-other']),
  );
});

test.each([
  ['how long is waited', 'healthcheck: { test: ask, interval: 1s }', 'without healthcheck.interval'],
  ['the folder of the lesson', 'build: .', 'build .-other'],
  ['what Compose does not read', 'cpus: 1', 'cpus 1-other'],
])('none of %s', (_, service, change) => {
  expect(changes(ofService(service))).not.toContain(change);
});

test.each([
  ['one that Compose does not read', 'services: { web: { imge: app } }'],
  ['one that puts aside what other files say', ofService('ports: !override ["80:80"]')],
  ['an empty one', ''],
])('%s has none', (_, text) => {
  expect(changes(text)).toEqual([]);
});

test('of a file that was there only what is new is done wrong', () => {
  expect(changes(ofService('ports: ["5000"]'), ofService('ports: ["8000:5000"]'))).toEqual([
    'without ports',
    'ports 5001',
    'ports 5000/udp',
  ]);
});

const services = fc.record(
  {
    image: fc.constantFrom('app', 'app:1'),
    ports: fc.uniqueArray(fc.constantFrom('80:80', '127.0.0.1:81:80', '82', '83:80/udp'), { minLength: 1 }),
    volumes: fc.uniqueArray(fc.constantFrom('data:/data', './a:/a:ro'), { minLength: 1 }),
    environment: fc.dictionary(fc.constantFrom('A', 'B'), fc.constantFrom('x', '1')),
    init: fc.boolean(),
    restart: fc.constantFrom('always', 'no'),
  },
  { requiredKeys: ['image'] },
);

test('whatever is in it: each mutation is another file, and has a name of its own', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom('web', 'db'), services, { minKeys: 1, maxKeys: 1 }), (found) => {
      const text = writeYaml({ services: found });
      const mutations = changedComposeFiles(text);
      const said = writtenModel(text, 'compose.yaml');
      for (const one of mutations) expect(writtenModel(one.text, 'compose.yaml')).not.toEqual(said);
      expect(new Set(mutations.map(({ change }) => change)).size).toBe(mutations.length);
    }),
    { numRuns: 10 },
  );
});
