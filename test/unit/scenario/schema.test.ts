/** The JSON Schema that editors get says the same as the validation. */
import { describe, expect, test } from 'vitest';
import { load } from 'js-yaml';
import { z } from 'zod';
import { durationMs } from '../../../src/scenario/duration.ts';
import { scenarioJsonSchema, type JsonSchema } from '../../../src/scenario/json-schema.ts';
import { scenario } from '../../../src/scenario/schema.ts';
import { badExpectations, example, goodExpectations, head, withExpectation, withSteps } from './samples.ts';

const schema = scenarioJsonSchema();
// read back from its JSON, as an editor would
const fromJson = z.fromJSONSchema(JSON.parse(JSON.stringify(schema)) as Parameters<typeof z.fromJSONSchema>[0]);

function permitted(permissions: string): string {
  return `${withSteps('- id: a\n  title: A\n  read: x')}requires: { permissions: ${permissions} }\n`;
}

const good = [
  example,
  withSteps('- id: a\n  title: A\n  write: { path: a/b.txt, replace: x, with: y }'),
  ...goodExpectations.map(withExpectation),
  permitted('[]'),
  permitted('[privileged, container:my-db, image:mine/app:1, address:10.0.0.5:80, capability:NET_ADMIN]'),
  permitted('["registry:{{far}}", "registry:{{ far }}:5000", "address:[::1]:80"]'),
];
const bad = [
  head,
  `${head}steps: []\n`,
  `${head}sumary: x\nsteps: [{ id: a, title: A, read: x }]\n`,
  withSteps('- id: A B\n  title: A\n  read: x'),
  withSteps('- id: a\n  title: A'),
  withSteps('- id: a\n  title: A\n  do: ls'),
  withSteps('- id: a\n  title: A\n  do: docker ps\n  read: x'),
  withSteps('- id: a\n  title: A\n  write: { path: ../x, content: y }'),
  withSteps('- id: a\n  title: A\n  write: { path: a/../../x, content: y }'),
  withSteps('- id: a\n  title: A\n  write: { path: "C:\\\\x", content: y }'),
  ...badExpectations.map(withExpectation),
  permitted('[root]'),
  permitted('[container]'),
  permitted('["container: my-db"]'),
  permitted('["container:my db"]'),
  permitted('[address:10.0.0.5]'),
  permitted('[capability:ALL]'),
  permitted('["{{far}}"]'),
];

test.each(good)('both take %j', (text) => {
  expect(scenario.safeParse(load(text)).error).toBeUndefined();
  expect(fromJson.safeParse(load(text)).error).toBeUndefined();
});

test.each(bad)('both refuse %j', (text) => {
  expect(scenario.safeParse(load(text)).success).toBe(false);
  expect(fromJson.safeParse(load(text)).success).toBe(false);
});

describe('what an editor shows', () => {
  test('explains every key', () => {
    expect(undescribed(schema, '')).toEqual([]);
  });

  test('says where each reference leads', () => {
    const text = JSON.stringify(schema);
    for (const [, name = ''] of text.matchAll(/"#\/\$defs\/([^"]+)"/g)) expect(schema.$defs).toHaveProperty(name);
    expect(text).toContain('"#/$defs/claim"');
  });
});

/** Keys without a description, in every form of every mapping. */
function undescribed(part: JsonSchema, path: string): string[] {
  const properties = Object.entries(part.properties ?? {});
  const parts: [string, JsonSchema][] = [
    ...Object.entries(part.$defs ?? {}),
    ...(part.anyOf ?? []).map((form): [string, JsonSchema] => ['', form]),
    ...(part.items ? [['[]', part.items] as [string, JsonSchema]] : []),
    ...properties,
  ];
  const own = properties.filter(([, value]) => !isDescribed(value)).map(([key]) => `${path}/${key}`);
  return [...own, ...parts.flatMap(([name, child]) => undescribed(child, `${path}/${name}`))];
}

function isDescribed(value: JsonSchema): boolean {
  const target = schema.$defs?.[value.$ref?.replace('#/$defs/', '') ?? ''];
  return 'description' in value || (target !== undefined && 'description' in target);
}

test.each([
  ['10s', 10_000],
  ['1m30s', 90_000],
  ['500ms', 500],
  ['1.5s', 1500],
  ['.5s', 500],
  ['100us', 0.1],
  ['500µs', 0.5],
  ['10', undefined],
  ['s', undefined],
  ['-1s', undefined],
  ['2562048h', undefined],
])('the duration %s', (text, ms) => {
  expect(durationMs(text)).toBe(ms);
});
