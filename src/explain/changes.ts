/** What came, went and changed on the engine, in sentences. Pure; names are the engine's, the caller cleans them. */
import type { Change } from '../events/events.ts';
import { listed, size } from '../terminal/amounts.ts';
import { briefId } from '../short-id.ts';

/** One to a few sentences, the most telling first; none where nothing changed. */
export function describeChanges(changes: readonly Change[]): string[] {
  const sentences: string[] = [];
  const removed = changes.filter(({ change, facts }) => change === 'removed' && facts['names'] === undefined);
  for (const change of changes) {
    if (change.change === 'removed' && change.facts['names'] !== undefined) sentences.push(untagged(change));
    if (change.change === 'added') sentences.push(added(change));
    if (change.change === 'changed') sentences.push(changed(change));
  }
  if (removed.length > 0) sentences.push(`Removed ${listed(groups(removed))}.`);
  return sentences;
}

function added(change: Change): string {
  const { driver, subnet, size: bytes } = change.facts;
  switch (change.kind) {
    case 'container':
      return containerAdded(change);
    case 'image':
      if (change.before?.['names'] !== undefined) return renamed(change, change.before['names']);
      return `Image ${named(change)} is here now${after(bytes === undefined ? undefined : size(Number(bytes)))}.`;
    case 'network':
      return `Created network ${named(change)}${after(driver, subnet)}.`;
    case 'volume':
      return `Created volume ${change.name}${after(driver === 'local' ? undefined : driver)}.`;
  }
}

/** An image that was here already. @param names what it was called */
function renamed(change: Change, names: string): string {
  const id = briefId(change.id);
  if (change.name === '<none>') return `Image ${id} has no name now.`;
  const others = someNames(names);
  return others === ''
    ? `Image ${id}, which had no name, is called ${change.name} now.`
    : `${change.name} is one more name of the image ${others} (${id}).`;
}

function untagged({ id, name, facts: { names = '' } }: Change): string {
  const others = someNames(names);
  return `Removed the name ${name}; the image (${briefId(id)}) stays, ${others === '' ? 'without a name' : `as ${others}`}.`;
}

function someNames(text: string): string {
  const names = text.split(' ').filter((name) => name !== '');
  return listed(names.length <= 3 ? names : [...names.slice(0, 2), `${String(names.length - 2)} more`]);
}

function containerAdded(change: Change): string {
  const { image, state, exitCode, address } = change.facts;
  const from = image === undefined ? '' : ` from ${image}`;
  return `Created container ${named(change)}${from}${lived(state, exitCode)}${after(address)}.`;
}

/** What became of a new container by the end of the command. */
function lived(state: string | undefined, code: string | undefined): string {
  switch (state) {
    case 'running':
      return ' and started it';
    case 'exited':
      return `, started it, and it has ended${withCode(code)}`;
    case 'created':
      return '; it is not started yet';
    case undefined:
      return '';
    default:
      return `; it is ${state}`;
  }
}

function changed(change: Change): string {
  const { facts, before = {} } = change;
  const subject = `${capital(change.kind)} ${named(change)}`;
  const said = [
    before['name'] === undefined ? undefined : `was called ${before['name']} before`,
    before['state'] === undefined
      ? undefined
      : `was ${stateWord(before['state'])} and ${isNow(facts['state'] ?? 'gone')}${withCode(facts['exitCode'])}`,
    // a container that stops or starts changes its address and its ports by that alone
    ...(before['state'] === undefined ? otherFacts(change) : []),
  ].filter((text) => text !== undefined);
  return `${subject} ${said.length === 0 ? 'changed' : listed(said)}.`;
}

function isNow(state: string): string {
  return state === 'exited' ? 'has ended' : `is ${state} now`;
}

function stateWord(state: string): string {
  return state === 'exited' ? 'ended' : state;
}

function withCode(code: string | undefined): string {
  return code === undefined ? '' : ` with exit code ${code}`;
}

function otherFacts({ kind, facts, before = {} }: Change): string[] {
  const found: string[] = [];
  if (before['networks'] !== undefined) found.push(networksWords(before['networks'], facts['networks'] ?? ''));
  if (kind === 'image' && before['image'] !== undefined)
    found.push(`names another image than before, ${before['image']}`);
  if (before['ports'] !== undefined)
    found.push(facts['ports'] === undefined ? 'publishes nothing any more' : `publishes ${facts['ports']}`);
  return found;
}

function networksWords(before: string, now: string): string {
  const had = before.split(' ').filter((name) => name !== '');
  const has = now.split(' ').filter((name) => name !== '');
  const joined = has.filter((name) => !had.includes(name));
  const left = had.filter((name) => !has.includes(name));
  return [
    ...(joined.length > 0 ? [`joined ${listed(joined)}`] : []),
    ...(left.length > 0 ? [`left ${listed(left)}`] : []),
  ].join(' and ');
}

function after(...details: (string | undefined)[]): string {
  return details.flatMap((detail) => (detail === undefined || detail === '' ? [] : [`, ${detail}`])).join('');
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
  const id = briefId(change.id);
  const telling = change.kind !== 'volume' && id !== '' && !change.name.startsWith(id);
  if (change.name === '') return id;
  return telling ? `${change.name} (${id})` : change.name;
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
