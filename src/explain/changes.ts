/** What came, went and changed on the engine, in sentences. Pure; names are the engine's, the caller cleans them. */
import type { Change } from '../run/events.ts';
import { listed, shortId, size } from './amounts.ts';

/**
 * Facts of a change's `detail`, written `key: value` and separated by commas: `image: busybox, state: running`.
 * Known keys: image, state (`running`, or `running → exited`), exit code, address, subnet, driver, size, and those that are
 * not known are kept in brackets.
 */
type Facts = ReadonlyMap<string, string>;

/** One to a few sentences, the most telling first; none where nothing changed. */
export function describeChanges(changes: readonly Change[]): string[] {
  const sentences: string[] = [];
  const removed = changes.filter((change) => change.change === 'removed');
  for (const change of changes) {
    if (change.change === 'added') sentences.push(added(change));
    if (change.change === 'changed') sentences.push(changed(change));
  }
  if (removed.length > 0) sentences.push(`Removed ${listed(groups(removed))}.`);
  return sentences;
}

function added(change: Change): string {
  const facts = factsOf(change);
  switch (change.kind) {
    case 'container':
      return containerAdded(change, facts);
    case 'image':
      return `Image ${named(change)} is here now${bracket(facts, ['size'], bytes(facts.get('size')))}.`;
    case 'network':
      return `Created network ${named(change)}${bracket(facts, ['driver', 'subnet'], facts.get('driver'), facts.get('subnet'))}.`;
    case 'volume':
      return `Created volume ${change.name}${bracket(facts, ['driver'], facts.get('driver'))}.`;
  }
}

function containerAdded(change: Change, facts: Facts): string {
  const image = facts.get('image');
  const from = image === undefined ? '' : ` from ${image}`;
  const rest = bracket(facts, ['image', 'state', 'exit code', 'exitCode'], facts.get('address'));
  return `Created container ${named(change)}${from}${lived(last(facts.get('state')), exitCode(facts))}${rest}.`;
}

/** What became of a new container by the end of the command. */
function lived(state: string | undefined, code: string | undefined): string {
  const withCode = code === undefined ? '' : ` with exit code ${code}`;
  switch (state) {
    case 'running':
      return ' and started it';
    case 'exited':
      return `, started it, and it has ended${withCode}`;
    case 'created':
      return '; it is not started yet';
    case undefined:
      return '';
    default:
      return `; it is ${state}`;
  }
}

function changed(change: Change): string {
  const facts = factsOf(change);
  const state = facts.get('state');
  const [before, after] = (state ?? '').split('→').map((word) => word.trim());
  const subject = `${capital(change.kind)} ${named(change)}`;
  const rest = bracket(facts, ['state', 'exit code', 'exitCode', 'image'], facts.get('address'));
  if (state === undefined) return `${subject} changed${rest}.`;
  if (after === undefined || after === '') return `${subject} is ${state}${rest}.`;
  const code = exitCode(facts);
  return `${subject} was ${before ?? ''} and is ${after} now${code === undefined ? '' : `, with exit code ${code}`}${rest}.`;
}

/** `container server (3f2a9c1)`, or `containers a (…) and b (…)`, one entry a kind. */
function groups(changes: readonly Change[]): string[] {
  return (['container', 'image', 'network', 'volume'] as const).flatMap((kind) => {
    const those = changes.filter((change) => change.kind === kind);
    if (those.length === 0) return [];
    const many = those.length > 1;
    return [`${kind}${many ? 's' : ''} ${listed(those.map(named))}`];
  });
}

/** The name, and the short id where it tells more than the name. */
function named(change: Change): string {
  const id = shortId(change.id);
  const telling = change.kind !== 'volume' && id !== '' && !change.name.startsWith(id);
  if (change.name === '') return id;
  return telling ? `${change.name} (${id})` : change.name;
}

function factsOf(change: Change): Facts {
  const facts = new Map<string, string>();
  for (const piece of (change.detail ?? '').split(/,\s+/)) {
    const fact = /^([a-z][A-Za-z ]*):\s*(.+)$/.exec(piece.trim());
    if (fact) facts.set(fact[1] ?? '', fact[2] ?? '');
    else if (piece.trim() !== '') facts.set(piece.trim(), '');
  }
  return facts;
}

function bracket(facts: Facts, used: readonly string[], ...first: (string | undefined)[]): string {
  const others = [...facts]
    .filter(([key]) => !used.includes(key) && key !== 'address')
    .map(([key, value]) => (value === '' ? key : `${key}: ${value}`));
  const said = [...first.filter((text) => text !== undefined && text !== ''), ...others];
  return said.length === 0 ? '' : `, ${said.join(', ')}`;
}

function exitCode(facts: Facts): string | undefined {
  return facts.get('exit code') ?? facts.get('exitCode');
}

function last(state: string | undefined): string | undefined {
  return state?.split('→').at(-1)?.trim();
}

function bytes(text: string | undefined): string | undefined {
  return text !== undefined && /^\d+$/.test(text) ? size(Number(text)) : text;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A sentence from a table's `means`: `list images` becomes `List images.` */
export function sentence(means: string): string {
  const text = means.trim();
  if (text === '') return '';
  return capital(text) + (/[.!?:]$/.test(text) ? '' : '.');
}
