/** The small schemas that the scenario's larger ones are made of. Loads zod: elsewhere, `import type` only. */
import * as z from 'zod';
import { notNegativeDuration } from '../duration.ts';
import { permissionForm, readPermission, whyNoPermission } from '../permission-name.ts';
import type { Permission } from '../permission-name.ts';
import { writtenSize } from '../size.ts';

/** Any text with something in it; `{{name}}` is allowed in all of them. */
export const text = z.string().min(1);

/** Text that may be empty. */
export const exactText = z.string();

/** Shown to the learner as Markdown. */
export const markdown = z.string();

/** A value that YAML reads as a number or a boolean where its author meant text: `PORT: 5000`. Compare it as text. */
export const scalar = z.union([z.string(), z.number(), z.boolean()]);

/** `10s`, `1m30s`, `500ms`: the docker CLI's own form. duration.ts reads it. */
export const duration = z.string().regex(notNegativeDuration, 'write a duration such as 10s, 500ms or 1m30s');

/** Bytes, as docker writes them: `64m`, `1.5GB`, 1048576. */
export const size = z.union([z.int().min(0), z.string().regex(writtenSize, 'write a size such as 64m, 60MB or 1g')]);

/** Exactly this many, or a bound. */
export const amount = z.union([
  z.int().min(0),
  z.string().regex(/^(>=|<=|>|<) ?\d+$/, 'write a number, or a bound such as ">=3" or "<10"'),
]);

/** A reference that stands alone: its value is put in with its own type. */
const reference = z
  .string()
  .regex(/^\{\{ ?[A-Za-z][A-Za-z0-9_]* ?\}\}$/, 'write a port number, or a reference in quotes: "{{web}}"');

/** Signs of a name, with a reference among them. */
const partlyReference =
  '[a-zA-Z0-9_.:/@-]*\\{\\{ ?[A-Za-z][A-Za-z0-9_]* ?\\}\\}(?:[a-zA-Z0-9_.:/@-]|\\{\\{ ?[A-Za-z][A-Za-z0-9_]* ?\\}\\})*';
const permissionText = permissionForm(partlyReference);

/** In its one spelling; one with a reference is read once variables.ts has put the values in. */
export const permission = z
  .string()
  .meta({ pattern: permissionText })
  .transform((written, context): Permission => {
    const read = readPermission(written);
    if (read !== undefined) return read;
    if (written.includes('{{') && new RegExp(permissionText).test(written)) return written as Permission;
    context.addIssue(whyNoPermission(written));
    return z.NEVER;
  });

/** A port number, or a reference to one; a number once variables.ts has put the values in, so typed as one. */
export const port = z.union([z.int().min(1).max(65_535), reference]) as unknown as z.ZodType<number>;

/** A path that does not leave the workspace, as far as the text alone can tell. */
export const workspacePath = z
  .string()
  .regex(/^(?![/\\~]|[A-Za-z]:)(?!(.*[/\\])?\.\.([/\\]|$))./, 'must stay inside the workspace: app/app.py');

/** A docker command line. There is no host shell, on purpose. */
export const dockerLine = z.string().regex(/^docker(-compose)?(\s|$)/, 'must be a docker command: docker run …');

/** A command line, or its words. */
export const command = z.union([text, z.array(z.string()).min(1)]);

export const labels = z
  .record(z.string(), scalar)
  .describe('Labels it has, with their values; others may be there too.');

/** Fields that say what a text must be; all that are given must hold. */
export const textMatch = z.strictObject({
  equals: z
    .union([z.string(), z.number(), z.boolean()])
    .optional()
    .describe('The whole text, white space at its ends apart.'),
  contains: z
    .union([text, z.array(text).min(1)])
    .optional()
    .describe('A piece of the text, or several: all must be there.'),
  matches: z
    .union([text, z.array(text).min(1)])
    .optional()
    .describe('A regular expression (JavaScript; ^ and $ match at each line), or several: all must match.'),
});

/**
 * An object with exactly one of the keys of `choices`, and any of `shared`. A union of strict objects, so that the
 * JSON Schema says the same as the validation.
 */
export function oneKeyOf<T>(choices: Record<string, z.ZodType>, shared: Record<string, z.ZodType>): z.ZodType<T> {
  const branches = Object.entries(choices).map(([key, schema]) => z.strictObject({ [key]: schema, ...shared }));
  return z.union(branches) as unknown as z.ZodType<T>;
}
