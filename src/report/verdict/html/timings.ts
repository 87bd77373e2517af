/** How long each lesson took, and its steps within: a picture that needs no colour to be read. Pure. */
import type { ScenarioVerdict } from '../../../events/verdict/scenario.ts';
import { duration } from '../../../terminal/amounts.ts';
import { markup, nothing, type Markup } from '../markup.ts';
import { line } from '../shown.ts';
import { placeName } from '../told-case.ts';

const width = 800;
const names = 220;
const amounts = 90;
const row = 26;
const bar = 16;

export function timings(scenarios: readonly ScenarioVerdict[]): Markup {
  const taken = scenarios.filter(({ ms }) => ms > 0);
  if (taken.length === 0) return nothing;
  const longest = Math.max(...taken.map(({ ms }) => ms));
  const scale = (width - names - amounts) / longest;
  const height = taken.length * row;
  return markup`<section aria-labelledby="timings">
<h2 id="timings">Timings</h2>
<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="How long each lesson took">
${taken.map((one, i) => bars(one, i * row, scale))}</svg>
</section>
`;
}

function bars(one: ScenarioVerdict, y: number, scale: number): Markup {
  const { ms, steps, state } = one;
  let x = names;
  const parts = steps
    .filter((step) => step.ms > 0)
    .map((step) => {
      const from = x;
      x += step.ms * scale;
      // what its steps come to may be more than the whole: an attempt before is told by its sum only
      const long = Math.max(0, Math.min(step.ms * scale, names + ms * scale - from));
      return markup`<rect class="step ${step.status ?? ''}" x="${fixed(from)}" y="${y + 4}" width="${fixed(long)}" height="${bar}"><title>${line(step.title)}, ${duration(step.ms)}</title></rect>\n`;
    });
  return markup`<g><title>${placeName(one)}, ${duration(ms)}</title>
<text x="${names - 8}" y="${y + 17}" text-anchor="end">${line(short(placeName(one)))}</text>
<rect class="whole ${state}" x="${names}" y="${y + 4}" width="${fixed(ms * scale)}" height="${bar}"/>
${parts}<text x="${fixed(names + ms * scale + 6)}" y="${y + 17}">${duration(ms)}</text></g>
`;
}

/** As many as find room before the bars. */
function short(name: string): string {
  const signs = [...name];
  return signs.length <= 28 ? name : `${signs.slice(0, 27).join('')}…`;
}

function fixed(at: number): string {
  return at.toFixed(1);
}
