/** Progress of a pull, push or load, layer by layer, as few lines that say most. Pure but for the map it keeps. */
import { count, size } from '../../terminal/amounts.ts';
import { cut, pad, width } from '../../terminal/width.ts';
import type { Progress } from '../../events/events.ts';
import { cleanLine } from '../../terminal/clean-text.ts';
import type { Signs } from '../../terminal/paint.ts';

interface Layer {
  readonly what: string;
  readonly current: number;
  readonly total: number;
  readonly done: boolean;
}

export interface Layers {
  take(progress: Progress): void;
  /** Up to five lines, one a layer; one line for all where there are more; none where there are none. */
  lines(columns: number, signs: Signs): string[];
}

/** The engine's last words about a layer (moby, distribution/xfer). */
const finished = /^(Pull complete|Already exists|Layer already exists|Pushed|Mounted from|Loaded|Exists)/i;
const oneLineEach = 5;

export function layerProgress(): Layers {
  const layers = new Map<string, Layer>();
  return {
    take({ id, what, current, total }) {
      if (id === undefined) return;
      const before = layers.get(id);
      layers.set(id, {
        what: cleanLine(what),
        current: current ?? 0,
        // Extracting counts from zero again, of the same bytes: the sum must not shrink.
        total: total ?? before?.total ?? 0,
        done: finished.test(what),
      });
    },
    lines(columns, signs) {
      // `Pulling from library/hello-world` comes with the tag as its id: not a layer.
      const real = [...layers].filter(([, layer]) => !/^Pulling from|^The push refers/.test(layer.what));
      if (real.length === 0) return [];
      if (real.length > oneLineEach) return [summary(real.map(([, layer]) => layer))];
      return real.map(([id, layer]) => layerLine(cleanLine(id), layer, columns, signs));
    },
  };
}

function summary(layers: readonly Layer[]): string {
  const done = layers.filter((layer) => layer.done).length;
  const total = layers.reduce((sum, layer) => sum + layer.total, 0);
  const current = layers.reduce(
    (sum, layer) => sum + (layer.done ? layer.total : Math.min(layer.current, layer.total)),
    0,
  );
  const amount = total > 0 ? `, ${size(current)} of ${size(total)}` : '';
  return `${String(done)} of ${count(layers.length, 'layer')}${amount}`;
}

function layerLine(id: string, layer: Layer, columns: number, signs: Signs): string {
  const head = `${pad(cut(id, 12, signs.ellipsis), 12)}  ${pad(cut(layer.what, 18, signs.ellipsis), 18)}`;
  if (layer.done || layer.total === 0) return cut(head.trimEnd(), columns, signs.ellipsis);
  const amount = `${size(Math.min(layer.current, layer.total))} of ${size(layer.total)}`;
  const room = Math.min(20, columns - width(head) - width(amount) - 4);
  const drawn = room >= 6 ? `  ${bar(layer.current / layer.total, room, signs)}` : '';
  return cut(`${head}${drawn}  ${amount}`, columns, signs.ellipsis);
}

/** A bar of `length` signs; `part` from 0 to 1. */
export function bar(part: number, length: number, signs: Signs): string {
  const full = Math.round(Math.min(1, Math.max(0, part)) * length);
  return signs.full.repeat(full) + signs.empty.repeat(length - full);
}
