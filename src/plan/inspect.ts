/** docker inspect: whichever kind of object answers to the name, as JSON. */
import type { Command } from '../command/command.ts';
import type { inspect } from '../command/tables/system.ts';
import { ask, complain, print, request } from './ask.ts';
import type { Json, Plan } from './effects.ts';

type InspectCommand = Command<(typeof inspect)['flags']>;

/** The kinds in the order docker tries them, and where each is asked for. */
const kinds = [
  { kind: 'container', path: (name: string) => `/containers/${name}/json` },
  { kind: 'image', path: (name: string) => `/images/${name}/json` },
  { kind: 'network', path: (name: string) => `/networks/${name}` },
  { kind: 'volume', path: (name: string) => `/volumes/${name}` },
] as const;
type ObjectKind = (typeof kinds)[number]['kind'];

export function* inspectAnything(command: InspectCommand): Plan {
  const wanted = kinds.filter(({ kind }) => command.flags.type === undefined || kind === command.flags.type);
  return yield* inspectEach(command.operands, wanted, (name) => `Error: No such object: ${name}`);
}

export function inspectKind(kind: ObjectKind) {
  const wanted = kinds.filter((each) => each.kind === kind);
  return function* (command: Pick<Command, 'operands'>): Plan {
    return yield* inspectEach(command.operands, wanted, (_, said) => `Error response from daemon: ${said}`);
  };
}

/** Prints what was found as a JSON array, then says what was not. */
function* inspectEach(names: readonly string[], wanted: readonly (typeof kinds)[number][], complaint: (name: string, said: string) => string): Plan {
  const found: Json[] = [];
  const complaints: string[] = [];
  for (const name of names) {
    let said = '';
    let object: Json | undefined;
    for (const { path } of wanted) {
      const { status, body } = yield* ask<Json>(request('GET', path(name)), {}, [404]);
      if (status !== 404) {
        object = body;
        break;
      }
      said = (body as { message?: string } | undefined)?.message ?? '';
    }
    if (object === undefined) complaints.push(complaint(name, said));
    else found.push(object);
  }
  yield* print(`${JSON.stringify(found, undefined, 4)}\n`);
  for (const text of complaints) yield* complain(`${text}\n`);
  return complaints.length > 0 ? 1 : 0;
}

