/** docker inspect and the inspect of each kind: the engine's own JSON, indented; or values picked from it by a template. */
import type { Command } from '../command/command.ts';
import type { inspect } from '../command/tables/system.ts';
import { ask, complain, print, request } from './ask.ts';
import { isRefusal, nameCauseOf, wordsOf } from './daemon-errors.ts';
import { Stopped } from './effects.ts';
import type { Json, Request } from '../api/request.ts';
import type { Plan } from './effects.ts';
import { compactJson, indentJson, readJson } from '../gotemplate/go-json.ts';
import { typed } from './go-types.ts';
import { render } from '../gotemplate/render.ts';
import { TemplateError } from '../gotemplate/template-error.ts';
import type { Template } from '../gotemplate/parse.ts';
import { formatTemplate } from './output/format-template.ts';

type InspectCommand = Command<(typeof inspect)['flags']>;

interface Kind {
  readonly kind: string;
  readonly request: (name: string, wish: Wish) => Request;
  /** Only a swarm manager has them. */
  readonly swarm?: true;
}

interface Wish {
  readonly size?: boolean | undefined;
  readonly verbose?: boolean | undefined;
}

const at = (path: string, query: Readonly<Record<string, string | undefined>> = {}): Request =>
  request('GET', path, { query });

/** The kinds in the order docker tries them, and where each is asked for. */
const kinds = [
  { kind: 'container', request: (name, { size }) => at(`/containers/${name}/json`, { size: size ? '1' : undefined }) },
  { kind: 'image', request: (name) => at(`/images/${name}/json`) },
  {
    kind: 'network',
    request: (name, { verbose }) => at(`/networks/${name}`, { verbose: verbose ? 'true' : undefined }),
  },
  { kind: 'volume', request: (name) => at(`/volumes/${name}`) },
  { kind: 'service', swarm: true, request: (name) => at(`/services/${name}`, { insertDefaults: 'true' }) },
  { kind: 'task', swarm: true, request: (name) => at(`/tasks/${name}`) },
  { kind: 'node', swarm: true, request: (name) => at(`/nodes/${name}`) },
  { kind: 'plugin', request: (name) => at(`/plugins/${name}/json`) },
  { kind: 'secret', swarm: true, request: (name) => at(`/secrets/${name}`) },
  { kind: 'config', swarm: true, request: (name) => at(`/configs/${name}`) },
] as const satisfies readonly Kind[];
type KindName = (typeof kinds)[number]['kind'];

export function* inspectAnything({ flags, operands }: InspectCommand): Plan {
  const { type } = flags;
  if (type === '')
    throw new Stopped(
      `type is empty: must be one of ${kinds
        .map(({ kind }) => JSON.stringify(kind))
        .sort()
        .join(', ')}`,
    );
  if (type !== undefined)
    return yield* inspectEach(
      operands,
      flags.format,
      namedFinder(
        kinds.filter(({ kind }) => kind === type),
        flags,
      ),
    );
  return yield* inspectEach(operands, flags.format, anyFinder(flags));
}

/** The plan of `docker container inspect`, `docker volume inspect`… @param known the name that the engine has for one that is written */
export function inspectKind(wanted: KindName, known?: (written: string) => Plan<string>) {
  const finder = kinds.filter(({ kind }) => kind === wanted);
  return function* ({ flags, operands }: { flags: { format?: string } & Wish; operands: readonly string[] }): Plan {
    const find = namedFinder(finder, flags);
    return yield* inspectEach(
      operands,
      flags.format,
      known
        ? function* (name) {
            return yield* find(yield* known(name));
          }
        : find,
    );
  };
}

interface Found {
  readonly kind: string;
  /** The engine's JSON as it came. */
  readonly text: string;
}

type Finder = (name: string) => Plan<Found>;

function namedFinder([wanted]: readonly Kind[], wish: Wish): Finder {
  return function* (name) {
    if (!wanted) throw new Stopped(`unknown type`);
    if (wish.size && wanted.kind !== 'container') yield* complain(`WARNING: --size ignored for ${wanted.kind}\n`);
    const { body, text } = yield* ask<Json>(wanted.request(name, wish), {});
    return { kind: wanted.kind, text: text ?? JSON.stringify(body) };
  };
}

/** The first kind that knows the name. Kinds of a swarm are tried only on a manager. */
function anyFinder(wish: Wish): Finder {
  let manager: boolean | undefined;
  return function* (name) {
    for (const kind of kinds) {
      const { kind: called, request: requestOf } = kind;
      if (called === 'config') continue;
      if ('swarm' in kind && !(manager ??= yield* isManager())) continue;
      const { status, body, text } = yield* ask<Json>(requestOf(name, wish), {}, [400, 404, 501, 503]);
      if (status !== 200) continue;
      if (wish.size && called !== 'container') yield* complain(`WARNING: --size ignored for ${called}\n`);
      return { kind: called, text: text ?? JSON.stringify(body) };
    }
    throw new Stopped(`Error: No such object: ${name}`, 1, { id: 'E-OBJECT-NOT-FOUND', args: { name } });
  };
}

function* isManager(): Plan<boolean> {
  const { body } = yield* ask<{ readonly Swarm?: { readonly ControlAvailable?: boolean } }>(
    request('GET', '/info'),
    {},
  );
  return body.Swarm?.ControlAvailable === true;
}

/** Docker's exit code for a template that cannot be read. */
const badTemplate = 64;

/** Prints what was found, then says what was not. */
function* inspectEach(names: readonly string[], format: string | undefined, find: Finder): Plan {
  const asJson = format === undefined || format === '' || format === 'json';
  const template = asJson ? undefined : readTemplate(format);
  const found: string[] = [];
  const complaints: string[] = [];
  for (const name of names) {
    try {
      const { kind, text } = yield* find(name);
      found.push(template ? `${filledIn(template, text, kind)}\n` : text);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      complaints.push(wordsOf(error));
      yield* nameCauseOf(error);
    }
  }
  yield* print(template ? found.join('') || '\n' : asArray(found, format === 'json'));
  if (complaints.length > 0) yield* complain(`${complaints.join('\n')}\n`);
  return complaints.length > 0 ? 1 : 0;
}

function asArray(objects: readonly string[], compact: boolean): string {
  const text = `[${objects.join(',')}]`;
  return `${compact ? compactJson(text) : indentJson(text, '    ')}\n`;
}

function readTemplate(format: string): Template {
  try {
    return formatTemplate(format);
  } catch (error) {
    throw error instanceof TemplateError ? new Stopped(`template parsing error: ${error.message}`, badTemplate) : error;
  }
}

/** First against Go's types; where those do not have what is asked for, against the JSON as it is, as docker does. */
function filledIn(template: Template, text: string, kind: string): string {
  const value = readJson(text);
  try {
    return render(template, typed(value, kind));
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
  }
  try {
    return render(template, value, { raw: true });
  } catch (error) {
    throw error instanceof TemplateError ? new Stopped(`template parsing error: ${error.message}`) : error;
  }
}
