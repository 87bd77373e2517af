/** The shape of the failure catalogue: causes as data, their sentences as templates, their fixes by facts of the machine. */
import type { Machine } from './facts.ts';

/** Arguments of a cause by name: `address`, `image`, `port`… */
export type Args = Readonly<Record<string, string>>;

export interface Fix {
  /** What to type, open or change. Has `{name}` places as titles have. */
  readonly do: string;
  /** When or why, short. */
  readonly note?: string;
  /** Whether it fits this machine and these arguments; absent: always. */
  fits?(machine: Machine, args: Args): boolean;
}

/** Why something is so, of failures that bring their own sentence, and the fix for their case. */
export interface Explanation {
  /** One to three sentences. */
  readonly explanation: string;
  /** Further ways to mend it. */
  readonly fixes?: readonly Fix[];
  /** Where to read on. Absent for what is docker-tutor's own affair. */
  readonly document?: string;
}

export interface Cause extends Explanation {
  /** One sentence without its full stop. `{address}` is the argument; `{address|the engine}` says what stands there without one. */
  readonly title: string;
  /** A more exact explanation where the facts allow it; the first that fits speaks. */
  readonly moreExactly?: readonly { readonly explanation: string; fits(machine: Machine, args: Args): boolean }[];
  readonly fixes: readonly Fix[];
  readonly document: string;
  /** 4: the environment stood in the way. 2: the command line or a file. 3: what was asked for does not hold. */
  readonly exitCode: 2 | 3 | 4;
  /** `warning`: docker-tutor goes on, the learner should know. */
  readonly weight?: 'warning';
  /** Whether a private engine is a way out. */
  readonly lab?: boolean;
}

/** Puts the arguments into a template. A place without argument and without words of its own takes its name; `{{…}}` stays, it is docker's. */
export function fill(template: string, args: Args): string {
  const filled = template.replace(
    /(?<!\{)\{(\w+)(?:\|([^}]*))?\}(?!\})/g,
    (_, name: string, otherwise: string | undefined) => {
      const given = args[name];
      return given !== undefined && given !== '' ? given : (otherwise ?? name);
    },
  );
  return filled.replace(/ {2,}/g, ' ').trim();
}
