/** Answers of the engine and their shapes: what is like a shape is believed, and nothing else. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answers } from '../../../src/api/answers/answers.ts';
import { fields, list, map, maybe, unlike } from '../../../src/api/answers/shape.ts';
import type { Shape } from '../../../src/api/answers/shape.ts';
import { least } from '../../fixtures/whole-answer.ts';

describe('a value is like its shape, or it is said where it is not', () => {
  const shape = fields({ Id: 'text', Labels: maybe(map('text')), Ports: list(fields({ Port: 'number' })), Up: 'flag' });
  const value = { Id: 'a', Labels: { x: 'y' }, Ports: [{ Port: 80 }], Up: true };

  test.each<readonly [string, unknown, string | undefined]>([
    ['as it should be', value, undefined],
    ['more is well', { ...value, More: 1 }, undefined],
    ['null where something may be missing', { ...value, Labels: null }, undefined],
    ['a list for an object', [], 'it is a list, not an object'],
    ['null', null, 'it is null, not an object'],
    ['a text', 'OK', 'it is a text, not an object'],
    ['nothing', undefined, 'it is missing, not an object'],
    ['a field of another kind', { ...value, Id: 5 }, 'Id is a number, not a text'],
    ['a field missing', { ...value, Up: undefined }, 'Up is missing, not true or false'],
    ['a label of another kind', { ...value, Labels: { x: 1 } }, 'Labels.x is a number, not a text'],
    ['an item of a list', { ...value, Ports: [{ Port: 80 }, null] }, 'Ports[1] is null, not an object'],
    ['deep in a list', { ...value, Ports: [{ Port: '80' }] }, 'Ports[0].Port is a text, not a number'],
    ['what every object inherits is no field', JSON.parse('{"toString": 1}'), 'Id is missing, not a text'],
  ])('%s', (_, given, said) => {
    expect(unlike(given, shape)).toBe(said);
  });
});

const shapes = Object.entries(answers).flatMap(([key, form]): readonly (readonly [string, Shape])[] =>
  typeof form === 'string' || 'done' in form ? [] : [[key, 'json' in form ? form.json : form.lines]],
);

describe('what each endpoint answers', () => {
  test.each(shapes)('%s: the least there may be is believed', (_, shape) => {
    expect(unlike(least(shape), shape)).toBeUndefined();
  });

  test.each(shapes)('%s: what a program reads of it is there, whatever comes', (_, shape) => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        // reading as a plan reads it throws nothing where the value is believed
        if (unlike(value, shape) === undefined) expect(() => readAll(value, shape)).not.toThrow();
        else expect(unlike(value, shape)).toMatch(/ is .+, not /);
      }),
    );
  });
});

/** Reads every field as its type says that it can be read. */
function readAll(value: unknown, shape: Shape): void {
  if (typeof shape === 'string') return void (shape === 'text' && (value as string).startsWith('x'));
  if ('maybe' in shape) return value === null || value === undefined ? undefined : readAll(value, shape.maybe);
  if ('list' in shape) return (value as unknown[]).forEach((item) => readAll(item, shape.list));
  if ('map' in shape) return Object.values(value as object).forEach((item) => readAll(item, shape.map));
  for (const [name, of] of Object.entries(shape.fields)) readAll((value as Record<string, unknown>)[name], of);
}
