/** `build`: which instructions of the step's last build came from the cache, and what its image is called. */
import type { BuildFields } from '../../scenario/expectation.ts';
import { seek } from '../../engine/ask.ts';
import { isIdOf } from '../../image-name.ts';
import { listWords } from '../facets/lists.ts';
import type { BuildStep, KindOfCheck, LookContext } from '../look.ts';
import { propertyOf } from '../property.ts';
import { brief } from '../facets/text-match.ts';

type Wanted = string | number;

export const build: KindOfCheck<BuildFields> = {
  judges: 'step',
  acts: false,
  names: ({ named }) => (named === undefined ? [] : [{ field: 'named', kind: 'image', name: named, made: true }]),
  asks: () => [],
  claim: (fields) =>
    [
      ...(fields.cached ? [`${listed(fields.cached)} came from the cache`] : []),
      ...(fields.built ? [`${listed(fields.built)} ${fields.built.length === 1 ? 'was' : 'were'} carried out`] : []),
      ...(fields.named === undefined ? [] : [`what was built is called ${fields.named}`]),
    ].join(' and ') || 'an image was built',
  expected: (fields) =>
    [
      ...(fields.cached ? [`cached: ${listed(fields.cached)}`] : []),
      ...(fields.built ? [`built: ${listed(fields.built)}`] : []),
      ...(fields.named === undefined ? [] : [`${fields.named}: what was built`]),
    ].join(', ') || 'a build',
  property: (fields) => propertyOf(fields, [], 'built'),
  async look(fields, { outcome, ask }) {
    const steps = outcome?.build ?? [];
    if (steps.length === 0)
      return { holds: false, undecided: true, final: true, observed: 'nothing was built in this step' };
    const cached = judged(fields.cached ?? [], steps, true);
    const built = judged(fields.built ?? [], steps, false);
    const name = fields.named === undefined ? [] : [await judgedName(fields.named, outcome?.built, ask)];
    const wrong = [...cached, ...built, ...name].filter(({ holds }) => !holds);
    const shown = wrong.length > 0 ? wrong.map(({ observed }) => observed) : [summary(steps)];
    return { holds: wrong.length === 0, final: true, observed: shown.join(', ') };
  },
};

/** Each wish against the instructions it means: all of them must be so. */
function judged(wanted: readonly Wanted[], steps: readonly BuildStep[], cached: boolean): readonly Judged[] {
  return wanted.map((wish) => {
    const meant = steps.filter(({ instruction }, index) =>
      typeof wish === 'number' ? index + 1 === wish : begins(instruction, wish),
    );
    if (meant.length === 0) return { holds: false, observed: `no instruction ${name(wish)}` };
    const [other] = meant.filter((step) => step.cached !== cached);
    return other
      ? { holds: false, observed: `${brief(other.instruction)}: ${other.cached ? 'cached' : 'built'}` }
      : { holds: true, observed: '' };
  });
}

/** The name may have been given before, to the image of another build. */
async function judgedName(name: string, built: string | undefined, ask: LookContext['ask']): Promise<Judged> {
  if (built === undefined) return { holds: false, observed: 'no image came out of the build' };
  const sought = await seek(ask, `/images/${name}/json`);
  if (sought.is === 'not there') return { holds: false, observed: `no image ${name}` };
  const { Id } = sought.thing as { readonly Id: string };
  return { holds: isIdOf(built, Id), observed: `${name}: an image that was here before` };
}

interface Judged {
  readonly holds: boolean;
  readonly observed: string;
}

function begins(instruction: string, wish: string): boolean {
  return squeezed(instruction).startsWith(squeezed(wish));
}

/** An instruction's word may be written small, and its blanks are not meant. */
function squeezed(text: string): string {
  const line = text.trim().replace(/\s+/g, ' ');
  const [word = ''] = line.split(' ');
  return word.toUpperCase() + line.slice(word.length);
}

function listed(wanted: readonly Wanted[]): string {
  return listWords(wanted.map(name));
}

function name(wish: Wanted): string {
  return typeof wish === 'number' ? `step ${wish}` : brief(wish);
}

/** `cached: 1 to 3, built: 4 and 5` */
function summary(steps: readonly BuildStep[]): string {
  const numbers = (cached: boolean): readonly number[] =>
    steps.flatMap((step, index) => (step.cached === cached ? [index + 1] : []));
  return [['cached', numbers(true)] as const, ['built', numbers(false)] as const]
    .flatMap(([word, list]) => (list.length === 0 ? [] : [`${word}: ${listWords(ranges(list))}`]))
    .join(', ');
}

function ranges(numbers: readonly number[]): readonly string[] {
  const found: { from: number; to: number }[] = [];
  for (const number of numbers) {
    const last = found.at(-1);
    if (last?.to === number - 1) last.to = number;
    else found.push({ from: number, to: number });
  }
  return found.map(({ from, to }) =>
    from === to ? `${from}` : to === from + 1 ? `${from}, ${to}` : `${from} to ${to}`,
  );
}
