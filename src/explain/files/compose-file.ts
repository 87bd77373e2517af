/**
 * The keys of a compose file with their places, read by indentation. Block style is what people write; a flow value
 * (`{ … }`, `[ … ]`) is one value. What is valid is for docker compose config to say. Pure, and without a YAML library.
 */
import { didYouMean } from '../../did-you-mean.ts';
import { meansLatest } from '../image-words.ts';
import { isSecretName, isSecretValue } from '../../secret.ts';
import { keyMeaning, keysBeside } from './compose-keys.ts';
import { composeValue } from './compose-values.ts';
import type { Pitfall } from './dockerfile-pitfalls.ts';
import type { FilePart } from './file-explanation.ts';

export interface ComposeKey {
  readonly path: readonly string[];
  /** On the same line, without its comment and quotes. */
  readonly value: string;
  /** The plain entries of its list. */
  readonly items: readonly { readonly text: string; readonly line: number }[];
  readonly line: number;
  readonly endLine: number;
  readonly start: number;
  readonly end: number;
}

interface Open {
  readonly indent: number;
  readonly key: ComposeKey & { endLine: number; end: number; items: { text: string; line: number }[] };
}

export function readComposeKeys(text: string): readonly ComposeKey[] {
  const keys: Open['key'][] = [];
  let open: Open[] = [];
  let start = 0;
  let block: number | undefined;
  for (const [i, raw] of text.split('\n').entries()) {
    const line = raw.replace(/\r$/, '');
    const at = start;
    start += raw.length + 1;
    const indent = line.length - line.trimStart().length;
    if (line.trim() === '' || /^\s*#/.test(line) || /^(?:---|\.\.\.)/.test(line)) continue;
    const inBlock = block !== undefined && indent > block;
    if (!inBlock) block = undefined;
    const item = /^\s*-(?:\s+|$)/.exec(line);
    const found =
      inBlock || item ? null : /^\s*("[^"]*"|'[^']*'|[^\s#'":{[&*!|>-][^:#]*?|<<)\s*:(?:\s+(.*))?$/.exec(line);
    if (!inBlock) open = open.filter((one) => one.indent < indent || (item !== null && one.indent === indent));
    for (const { key } of open) [key.endLine, key.end] = [i + 1, at + line.trimEnd().length];
    if (item) open.at(-1)?.key.items.push({ text: plain(line.slice(item[0].length)), line: i + 1 });
    if (!found) continue;
    const name = unquoted(found[1] ?? '');
    const value = plain(found[2] ?? '');
    const key = {
      path: [...(open.at(-1)?.key.path ?? []), name],
      value,
      items: [],
      line: i + 1,
      endLine: i + 1,
      start: at + indent,
      end: at + line.trimEnd().length,
    };
    if (/^[|>][+-]?\d?$/.test(value)) block = indent;
    keys.push(key);
    open.push({ indent, key });
  }
  return keys;
}

/** Without a comment, an anchor and quotes. */
function plain(text: string): string {
  const trimmed = text.trim();
  if (/^["']/.test(trimmed)) return unquoted(/^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*')/.exec(trimmed)?.[1] ?? trimmed);
  return trimmed.replace(/(?:^|\s+)#.*$/, '').replace(/^&\S+\s*/, '');
}

function unquoted(text: string): string {
  return /^"[\s\S]*"$|^'[\s\S]*'$/.test(text) ? text.slice(1, -1) : text;
}

/** Keys whose children are names of the reader's own, or values that need no words. */
export function composeParts(keys: readonly ComposeKey[], text: string): readonly FilePart[] {
  return keys.flatMap(({ path, value, items, line, endLine, start, end }): readonly FilePart[] => {
    const known = keyMeaning(path);
    if (known === '') return [];
    const more = composeValue(path, items.length > 0 ? items.map((item) => item.text) : [value]);
    const means = known === undefined ? strayKey(path) : more === undefined ? known : `${known}: ${more}`;
    const written = value !== '' ? value : items.length > 0 ? items.map((item) => item.text).join(', ') : null;
    return [
      {
        kind: 'key',
        line,
        endLine,
        start,
        end,
        text: text.slice(start, end),
        name: path.join('.'),
        value: written,
        means,
      },
    ];
  });
}

function strayKey(path: readonly string[]): string {
  const near = didYouMean(path.at(-1) ?? '', keysBeside(path));
  return `not a key of a compose file in this place${near === undefined ? '' : `: did you mean ${near}?`}`;
}

/** Keys at the top and of a service that no compose file has. Deeper ones differ from version to version. */
export function composeFaults(keys: readonly ComposeKey[]): readonly Pitfall[] {
  return keys
    .filter(
      ({ path }) =>
        (path.length === 1 || (path[0] === 'services' && path.length === 3)) && keyMeaning(path) === undefined,
    )
    .map(({ path, line }) => ({ line, text: `docker compose stops here: ${path.at(-1) ?? ''} is ${strayKey(path)}` }));
}

export function composePitfalls(keys: readonly ComposeKey[]): readonly Pitfall[] {
  const inService = keys.filter(({ path }) => path[0] === 'services');
  return [
    ...keys
      .filter(({ path }) => path.length === 1 && path[0] === 'version')
      .map(({ line }) => ({ line, text: 'version: is obsolete: docker compose passes it over, and says so' })),
    ...inService.flatMap(ofKey),
    ...inService.filter(({ path }) => path[2] === 'environment').flatMap(secrets),
    ...inService
      .filter(({ path }) => path.length === 4 && path[2] === 'environment' && isSecretName(path[3] ?? ''))
      .flatMap(({ path, value, line }) => leak(path[3] ?? '', value, line)),
    ...(keys.some(({ path }) => path[0] === 'services')
      ? []
      : [{ line: 0, text: 'there are no services: a compose file has at least one' }]),
  ].sort((a, b) => a.line - b.line);
}

function secrets({ items }: ComposeKey): readonly Pitfall[] {
  return items.flatMap(({ text, line }) => {
    const [name = '', value = ''] = text.split('=');
    return isSecretName(name) ? leak(name, value, line) : [];
  });
}

function leak(name: string, value: string, line: number): readonly Pitfall[] {
  return !isSecretValue(value)
    ? []
    : [
        {
          line,
          text: `${name} stands in this file for all to read: \${${name}} takes it from .env, and secrets: keeps it out of docker inspect`,
        },
      ];
}

function ofKey({ path, value, items, line }: ComposeKey): readonly Pitfall[] {
  if (path.length !== 3) return [];
  switch (path[2]) {
    case 'image': {
      const name = meansLatest(value);
      return name === undefined
        ? []
        : [{ line, text: `${name}:latest is only a name, and may be another image tomorrow: name a version` }];
    }
    case 'ports':
      return items.flatMap((item) => published(item));
    case 'volumes':
      return items
        .filter(({ text }) => /docker\.sock/.test(text))
        .map((item) => ({
          line: item.line,
          text: 'the engine’s socket is mounted: whoever is in the container can do everything on this machine that root can',
        }));
    case 'links':
      return [{ line, text: 'links are a leftover: services of one network find each other by name' }];
    case 'privileged':
      return value === 'true'
        ? [{ line, text: 'privileged takes nearly every wall between the container and the host away' }]
        : [];
    case 'container_name':
      return [{ line, text: 'with container_name the service cannot be scaled, and the name can be taken' }];
    case 'depends_on':
      return items.length > 0
        ? [
            {
              line,
              text: 'in this form it waits until they are started, not until they answer: condition: service_healthy does',
            },
          ]
        : [];
    default:
      return [];
  }
}

function published({ text, line }: { readonly text: string; readonly line: number }): readonly Pitfall[] {
  const [first = '', second] = text.split('/')[0]?.split(':') ?? [];
  if (/^\d+$/.test(first) && second === undefined)
    return [
      { line, text: `port ${first} is published on a free port that docker picks: write host:container to choose it` },
    ];
  return /^\d+$/.test(first) && /^\d+$/.test(second ?? '') && text.split(':').length === 2
    ? [{ line, text: `port ${first} will be reachable from your network; 127.0.0.1:${text} keeps it to this machine` }]
    : [];
}
