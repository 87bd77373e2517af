/** Which layers a build took from the cache, beside those of the build before it: drawn from the second build on. */
import { seconds } from '../../terminal/amounts.ts';
import { layersPicture } from '../../explain/pictures.ts';
import type { Build, FileWritten } from '../../events/events.ts';
import { cleanLine } from '../../terminal/clean-text.ts';
import type { Style } from '../../terminal/style.ts';

export interface BuildsSoFar {
  /** A scenario begins. */
  forget(): void;
  wrote(file: FileWritten): void;
  /** The lines for a build; none for the first of an image. */
  built(build: Build): string[];
}

interface Earlier {
  readonly count: number;
  readonly layers: Build['layers'];
}

export function buildsSoFar({ columns, unicode }: Pick<Style, 'columns' | 'unicode'>): BuildsSoFar {
  const earlier = new Map<string, Earlier>();
  let written: readonly string[] = [];
  return {
    forget() {
      earlier.clear();
      written = [];
    },
    wrote({ path }) {
      written = [...new Set([...written, cleanLine(path.replace(/^.*\//, ''))])];
    },
    built({ image = '', layers }) {
      const before = earlier.get(image);
      const count = (before?.count ?? 0) + 1;
      const changed = written;
      earlier.set(image, { count, layers });
      written = [];
      if (!before) return [];
      const rows = layers.map((layer, i) => ({
        instruction: cleanLine(layer.instruction),
        states: [before.layers[i], layer].map((one) => (one ? stateOf(one) : '')),
      }));
      const why = reasonAt(layers, before.layers, changed);
      const facts = {
        image: cleanLine(image) || 'image',
        builds: [`build ${String(before.count)}`, `build ${String(count)}`],
        layers: rows.map((row, i) => (i === why?.at ? { ...row, note: why.note } : row)),
      };
      return layersPicture(facts, { columns: columns - 3, unicode }).map((line) => `   ${line}`);
    },
  };
}

/** Shorter steps need no figure. */
const worthTelling = 1000;

function stateOf({ state, ms }: Build['layers'][number]): string {
  return state === 'built' && ms >= worthTelling ? `${state} ${seconds(ms)}` : state;
}

/** The first layer that was built anew, where it can be said why. */
function reasonAt(
  layers: Build['layers'],
  before: Build['layers'],
  changed: readonly string[],
): { readonly at: number; readonly note: string } | undefined {
  const at = layers.findIndex(({ state }) => state === 'built');
  const layer = layers[at];
  if (!layer) return undefined;
  if (before[at]?.instruction !== layer.instruction) return { at, note: 'another instruction' };
  const copies = /^(?:COPY|ADD)\s/i.test(layer.instruction);
  return copies && changed.length > 0 ? { at, note: `${changed.join(', ')} changed` } : undefined;
}
