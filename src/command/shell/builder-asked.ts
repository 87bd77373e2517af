/** What stands before a line and is for docker build: `DOCKER_BUILDKIT=0 docker build .` Pure. */
import type { Field } from './expand.ts';

/** @param before of a ParsedItem @returns variables for the plan of that command */
export function builderAsked(before: readonly Pick<Field, 'text'>[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    before.flatMap(({ text }) => {
      const [, name, value] = /^(DOCKER_BUILDKIT|BUILDKIT_PROGRESS)=(.*)$/s.exec(text) ?? [];
      return name === undefined ? [] : [[name, value ?? ''] as const];
    }),
  );
}
