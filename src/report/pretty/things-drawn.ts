/** Networks and volumes of a lesson as a picture: who is on which. It is drawn when that has changed. */
import type { Change } from '../../events/events.ts';
import { cleanLine } from '../../terminal/clean-text.ts';
import { chop } from '../../terminal/layout.ts';
import type { Style } from '../../terminal/style.ts';

export interface ThingsSoFar {
  take(changes: readonly Change[]): void;
  /** What has changed since it was drawn last; empty where nothing has. */
  lines(style: Style): string[];
  /** How many lines that will be. */
  room(style: Style): number;
  forget(): void;
}

interface Drawn {
  readonly root: string;
  readonly branches: readonly string[];
}

/** A larger picture shows nothing any more. */
const longest = 14;

export function thingsSoFar(): ThingsSoFar {
  const things = new Map<string, Change>();
  let drawn = '';
  const drawing = (style: Style): { readonly text: string; readonly lines: readonly string[] } => {
    const all = [...things.values()];
    const lines = [...networks(all), ...volumes(all)].flatMap(({ root, branches }) => tree(root, branches, style));
    const text = lines.join('\n');
    const isShown = text !== drawn && lines.length <= longest;
    return { text, lines: isShown ? lines.flatMap((line) => chop(line, style.columns - 3)) : [] };
  };
  return {
    take(changes) {
      for (const change of changes) {
        const key = `${change.kind} ${change.id}`;
        if (change.change === 'removed') things.delete(key);
        else things.set(key, change);
      }
    },
    lines(style) {
      const { text, lines } = drawing(style);
      drawn = text;
      return lines.map((line) => `   ${style.paint.dim(line)}`);
    },
    room: (style) => drawing(style).lines.length,
    forget() {
      things.clear();
      drawn = '';
    },
  };
}

/** With the default bridge beside it, where somebody is on that. None where the lesson has no network of its own. */
function networks(things: readonly Change[]): Drawn[] {
  const own = things.filter(({ kind }) => kind === 'network');
  if (own.length === 0) return [];
  const running = things.filter(({ kind, facts }) => kind === 'container' && facts['state'] === 'running');
  const membersOf = (network: string): string[] =>
    running.filter(({ facts }) => facts['networks']?.split(' ').includes(network)).map(({ name }) => name);
  const others = membersOf('bridge').length > 0 ? [{ name: 'bridge', subnet: undefined }] : [];
  return [...own.map(({ name, facts }) => ({ name, subnet: facts['subnet'] })), ...others].map(({ name, subnet }) => ({
    root: `network ${name}${subnet === undefined ? '' : `, ${subnet}`}`,
    branches: orElse(membersOf(name), 'no container is on it'),
  }));
}

function volumes(things: readonly Change[]): Drawn[] {
  const containers = things.filter(({ kind }) => kind === 'container');
  return things
    .filter(({ kind }) => kind === 'volume')
    .map(({ name }) => ({
      root: `volume ${name}`,
      branches: orElse(holders(containers, name), 'no container holds it'),
    }));
}

/** `/data of writer` */
function holders(containers: readonly Change[], volume: string): string[] {
  return containers.flatMap(({ name, facts }) =>
    (facts['volumes'] ?? '')
      .split(' ')
      .filter((mount) => mount.startsWith(`${volume}:`))
      .map((mount) => `${mount.slice(volume.length + 1)} of ${name}`),
  );
}

function orElse(branches: readonly string[], none: string): readonly string[] {
  return branches.length === 0 ? [none] : branches;
}

function tree(root: string, branches: readonly string[], { unicode }: Style): string[] {
  const [more, last] = unicode ? ['├─', '└─'] : ['|-', '`-'];
  const lines = branches.map((branch, i) => ` ${i === branches.length - 1 ? last : more} ${cleanLine(branch)}`);
  return [cleanLine(root), ...lines];
}
