/** How far images on their way are, on one line. */
import { count, listed, size } from '../../terminal/amounts.ts';
import { cleanLine } from '../../terminal/clean-text.ts';

/** As a pull tells it. */
interface LayerMessage {
  readonly id?: string | undefined;
  readonly status?: string | undefined;
  readonly progressDetail?: { readonly current?: number; readonly total?: number } | undefined;
}

export interface LayersText {
  /** What is to be said after this message. */
  after(message: LayerMessage): string;
  /** What came, once it is over. */
  whole(): string;
}

/** Downloads only: what is unpacked after has the same bytes. */
export function layersText(): LayersText {
  const layers = new Map<string, { readonly current: number; readonly total: number }>();
  const sum = (of: 'current' | 'total'): number => [...layers.values()].reduce((all, layer) => all + layer[of], 0);
  return {
    after({ id, status = '', progressDetail: { current, total } = {} }) {
      if (id !== undefined && status === 'Downloading' && current !== undefined)
        layers.set(id, { current, total: total ?? 0 });
      else if (id !== undefined && /^(?:Download|Pull) complete$/.test(status) && layers.has(id)) {
        const { total: all } = layers.get(id) ?? { total: 0 };
        layers.set(id, { current: all, total: all });
      }
      return sum('total') === 0 ? '' : `${size(sum('current'))} of ${size(sum('total'))}`;
    },
    whole: () => (sum('total') === 0 ? '' : size(sum('total'))),
  };
}

/** `12 MB of 30 MB` */
export function partText(done: number, total: number): string {
  return `${size(Math.min(done, total))} of ${size(total)}`;
}

/** `3 images, 120 MB`; `3 images, at most 120 MB` where it is not exact. */
export function imagesText(images: readonly { readonly toFetch?: number }[], isExact: boolean): string {
  const known = images.flatMap(({ toFetch }) => toFetch ?? []);
  const sum = known.reduce((all, bytes) => all + bytes, 0);
  const rest = images.length - known.length;
  if (known.length === 0) return `${count(images.length, 'image')} of unknown size`;
  return `${count(images.length, 'image')}, ${isExact ? '' : 'at most '}${size(sum)}${rest === 0 ? '' : ` and what ${rest === 1 ? 'one' : String(rest)} of unknown size ${rest === 1 ? 'has' : 'have'}`}`;
}

/** Of images that lessons pull by themselves: what was fetched ahead is not all. Empty where there are none. */
export function pulledThenText(images: readonly string[]): string {
  if (images.length === 0) return '';
  return `Pulled by its lesson when it is taken, so a registry must be reached then: ${listed(images.map(cleanLine))}.\n`;
}
