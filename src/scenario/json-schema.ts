/** The JSON Schema of the scenario file, for editors. Loads zod. */
import * as z from 'zod';
import { scenario } from './schema.ts';

export interface JsonSchema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
  readonly anyOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema;
  readonly [key: string]: unknown;
}

/** Draft 2020-12; describes the file as it is written, so that what has a default may be left out. */
export function scenarioJsonSchema(): JsonSchema {
  const schema = z.toJSONSchema(scenario, { io: 'input', override: ({ jsonSchema }) => dropIntegerBounds(jsonSchema) });
  return {
    ...schema,
    title: 'docker-tutor scenario',
    description: 'A guided lesson, an exercise and a smoke check in one file.',
  } as JsonSchema;
}

/** zod adds the range of exact integers to every integer; in an editor it is noise. */
function dropIntegerBounds(schema: { minimum?: number; maximum?: number }): void {
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
}

/** The keys each form of a mapping allows at a place of the file: one set for every form that can be written there. */
export function keysAt(root: JsonSchema, path: readonly PropertyKey[]): Set<string>[] {
  let here = forms(root, [root]);
  for (const step of path)
    here = forms(
      root,
      here.flatMap((form) => below(form, step)),
    );
  return here.flatMap((form) => (form.properties ? [new Set(Object.keys(form.properties))] : []));
}

function below(form: JsonSchema, step: PropertyKey): JsonSchema[] {
  if (typeof step === 'number') return form.items ? [form.items] : [];
  const named = form.properties?.[String(step)];
  if (named) return [named];
  return typeof form.additionalProperties === 'object' ? [form.additionalProperties] : [];
}

/** References followed and unions taken apart. */
function forms(root: JsonSchema, schemas: readonly JsonSchema[]): JsonSchema[] {
  return schemas.flatMap((schema) => {
    const target = schema.$ref === undefined ? undefined : root.$defs?.[schema.$ref.replace('#/$defs/', '')];
    if (target) return forms(root, [target]);
    return schema.anyOf ? forms(root, schema.anyOf) : [schema];
  });
}
