/** What `compose config` leaves as the file writes it: the texts are those of docker compose 2.40.3. */
import { describe, expect, test } from 'vitest';
import { config } from './drive.ts';
import type { Driven } from './drive.ts';

const yaml = `name: shop
services:
  web:
    image: \${IMAGE:-web}
    command: serve $$PORT
    build: ./sub
    volumes: ["./data:/d"]
    links: [db]
  db: {image: db, environment: [A=1]}
x-z: {b: 1, a: 2}
`;

const run = (flags: string, text = yaml): Driven => config(text, { line: `docker compose config ${flags}` });

describe('compose config leaves', () => {
  test('defaults out', () => {
    const { stdout } = run('--no-normalize');
    expect(stdout).toContain('    build:\n      context: /work/shop/sub\n    command:');
    expect(stdout).not.toMatch(/networks|depends_on|dockerfile/);
  });

  test('relative paths as they are', () => {
    const { stdout } = run('--no-path-resolution');
    expect(stdout).toContain('      context: ./sub\n      dockerfile: Dockerfile\n');
    expect(stdout).toContain('        source: ./data\n');
  });

  test('variables as they are, before values get their types', () => {
    expect(run('--no-interpolate --no-normalize --no-path-resolution').stdout).toBe(`name: shop
services:
  db:
    environment:
      - A=1
    image: db
  web:
    build:
      context: ./sub
    command: serve $$PORT
    image: \${IMAGE:-web}
    links:
      - db
    volumes:
      - bind:
          create_host_path: true
        source: ./data
        target: /d
        type: bind
x-z:
  a: 2
  b: 1
`);
  });

  test.each(['', '--no-normalize '])('the name of the folder is no name with %j and variables', (flag) => {
    const { stdout } = run(`--no-interpolate ${flag}`, 'services: {a: {image: x}}');
    expect(stdout.startsWith('name: shop\n')).toBe(flag === '');
  });

  test('a ring of dependencies, which is not looked for', () => {
    const ring = 'services: {a: {image: x, depends_on: [b]}, b: {image: y, depends_on: [a]}}';
    expect(run('--no-consistency --services', ring)).toMatchObject({ exitCode: 0, stdout: 'a\nb\n' });
  });
});

test('a list is printed whatever --quiet says', () => {
  expect(run('--quiet --services').stdout).toBe('db\nweb\n');
});

describe('digests', () => {
  const digest = `sha256:${'1'.repeat(64)}`;
  const asked = (flags: string): Driven =>
    config('services: {a: {image: web}, b: {build: .}}', {
      line: `docker compose config ${flags}`,
      engine: ({ path }) => (path.startsWith('/distribution/') ? { body: { Descriptor: { digest } } } : undefined),
    });

  test('stand behind the whole name', () => {
    expect(asked('--resolve-image-digests').stdout).toContain(`image: docker.io/library/web:latest@${digest}\n`);
  });

  test('are all that a lock holds', () => {
    const { stdout } = asked('--lock-image-digests');
    expect(stdout).toBe(`services:\n  a:\n    image: docker.io/library/web:latest@${digest}\n  b: {}\n`);
  });
});
