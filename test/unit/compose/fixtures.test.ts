/** Files in the shapes that public examples have: each is read, and what is printed reads the same again. */
import { readFileSync, readdirSync } from 'node:fs';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { config } from './drive.ts';

const folder = new URL('../../fixtures/compose/', import.meta.url);
const names = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
const beside = { '.env.app': 'APP=1\nQUOTED="a b"\n', '.env': 'CERT=pem\n' };

describe('compose config', () => {
  test('has at least forty files to read', () => {
    expect(names.length).toBeGreaterThanOrEqual(40);
  });

  test.each(names)('reads %s, and its own output the same', (name) => {
    const text = readFileSync(new URL(name, folder), 'utf8');
    const first = config(text, { files: beside, line: "docker compose --profile '*' config" });
    expect(first.stderr.replace(/^WARN.*\n/gm, '')).toBe('');
    expect(first.exitCode).toBe(0);
    expect(Object.keys((load(first.stdout) as { services: object }).services).length).toBeGreaterThan(0);
    const second = config(first.stdout, {
      files: { '.env': beside['.env'] },
      line: "docker compose --profile '*' config",
    });
    expect(second.stdout).toBe(first.stdout);
  });

  test.each(names)('of %s as JSON says what the YAML says', (name) => {
    const text = readFileSync(new URL(name, folder), 'utf8');
    const yaml = load(config(text, { files: beside }).stdout) as { services: Record<string, object> };
    const json = JSON.parse(config(text, { files: beside, line: 'docker compose config --format json' }).stdout) as {
      services: Record<string, object>;
    };
    for (const [service, value] of Object.entries(json.services)) {
      // in JSON, devices have the names of Go's fields
      const rest = Object.entries(yaml.services[service] ?? {}).filter(([key]) => key !== 'blkio_config');
      expect(value).toMatchObject(Object.fromEntries(rest));
    }
  });
});
