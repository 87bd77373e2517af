/** What a compose file is found to say, in whichever form it is written. */
import { expect, it } from 'vitest';
import { composeWords, lookForCompose } from '../../../../src/check/facets/compose-file.ts';

const wanted = {
  services: {
    web: { build: '.', ports: ['8000:5000'], depends_on: { db: { condition: 'service_healthy' } } },
    db: { image: 'postgres:16', volumes: ['data:/var/lib/data'], environment: { PASSWORD: 'lesson' } },
  },
  volumes: { data: null },
};

const long = `
services:
  db:
    environment: ["PASSWORD=lesson", "MORE=1"]
    image: "postgres:16"
    volumes: [{ type: volume, source: data, target: /var/lib/data }]
  web:
    ports: [{ target: 5000, published: "8000" }, "9000:90"]
    depends_on: { db: { condition: service_healthy } }
    build: { context: . }
volumes: { data: }
`;

it('the long forms and the short ones are the same, and there may be more', async () => {
  expect(await lookForCompose(long, wanted, 'compose.yaml')).toEqual({ holds: true, observed: 'it says so' });
});

it.each([
  ['image: "postgres:16"', 'image: "postgres:15"', 'services.db.image: postgres:15'],
  ['build: { context: . }', 'image: web', 'no services.web.build'],
  ['"PASSWORD=lesson", ', '', 'no services.db.environment.PASSWORD'],
  ['depends_on: { db: { condition: service_healthy } }', 'depends_on: [db]', /condition: service_started$/],
  ['published: "8000"', 'published: "8001"', /^services\.web\.ports: \[/],
  ['target: /var/lib/data }', 'target: /var/lib/data, read_only: true }', /^services\.db\.volumes: \[/],
  ['volumes: { data: }', '', 'no volumes'],
  ['build:', '  build:', /^compose\.yaml:\d+:\d+: /],
  ['build:', 'built:', /^compose\.yaml:\d+:\d+: /],
])('in place of %s: %s', async (before, after, observed) => {
  expect(long).toContain(before);
  expect(await lookForCompose(long.replace(before, after), wanted, 'compose.yaml')).toMatchObject({
    holds: false,
    observed: typeof observed === 'string' ? observed : (expect.stringMatching(observed) as string),
  });
});

it.each([
  ['"${PORT}:5000"', true],
  ['$PORT:5000/tcp', true],
  ['"${PORT:-8000}:5000"', true],
  ['"${PORT:?which port}:5000"', true],
  ['{ target: 5000, published: $PORT }', true],
  ['"8000:5000"', false],
  ['"${OTHER}:5000"', false],
  ['"${PORT}:5001"', false],
  ['"${PORT:+8000}:5000"', false],
])('a port that a variable gives, written as %s: %s', async (port, holds) => {
  const file = `services:\n  web:\n    image: app\n    ports: [${port}]\n`;
  expect(await lookForCompose(file, { services: { web: { ports: ['${PORT}:5000'] } } }, 'compose.yaml')).toMatchObject({
    holds,
  });
});

it('a folder that is mounted is the same in both forms', async () => {
  const file = (mount: string): string => `services: { web: { image: app, volumes: [${mount}] } }`;
  const asked = { services: { web: { volumes: ['./site:/www:ro'] } } };
  for (const mount of ['"./site:/www:ro"', '{ type: bind, source: ./site, target: /www, read_only: true }'])
    expect(await lookForCompose(file(mount), asked, 'compose.yaml')).toMatchObject({ holds: true });
  expect(await lookForCompose(file('"./site:/www"'), asked, 'compose.yaml')).toMatchObject({ holds: false });
});

it('an empty file says nothing', async () => {
  expect(await lookForCompose('', wanted, 'compose.yaml')).toEqual({ holds: false, observed: 'no services' });
});

it('is said in words', () => {
  expect(composeWords({ services: { db: { image: 'a:1', ports: [80] } }, volumes: { data: null } })).toBe(
    'has services.db.image: a:1, services.db.ports: 80 and volumes.data',
  );
});
