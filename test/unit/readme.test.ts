/** What README says of events is what events.ts says. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { formatVersion } from '../../src/events/events.ts';

const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const readme = readFileSync(at('README.md'), 'utf8');

/** The interfaces with a `type`: its value, and the names of the other fields, in order. */
function events(): readonly (readonly [type: string, fields: readonly string[]])[] {
  const path = at('src/events/events.ts');
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ES2023, true);
  return source.statements.filter(ts.isInterfaceDeclaration).flatMap(({ members }) => {
    const fields = members
      .filter(ts.isPropertySignature)
      .map((field) => [field.name.getText(), field.type?.getText() ?? ''] as const);
    const type = fields.find(([name]) => name === 'type')?.[1];
    return type === undefined
      ? []
      : [[type.slice(1, -1), fields.map(([name]) => name).filter((name) => name !== 'type')] as const];
  });
}

/** Rows of the table of events: the names in code outside of parentheses. */
const rows = new Map(
  [...readme.matchAll(/^\| `([a-z-]+)` \| (.*) \|$/gm)].map(([, type = '', cell = '']) => [
    type,
    [...cell.replace(/\([^)]*\)/g, '').matchAll(/`([^`]+)`/g)].map(([, name]) => name ?? ''),
  ]),
);

describe('the table of events', () => {
  test.each(events())('%s has the fields %j', (type, fields) => {
    expect(rows.get(type)).toEqual(fields);
  });

  test('has no others', () => {
    expect([...rows.keys()].sort()).toEqual(
      events()
        .map(([type]) => type)
        .sort(),
    );
  });

  test('is of this version of the format', () => {
    expect(readme).toContain(`\`formatVersion\` (${String(formatVersion)})`);
  });
});
