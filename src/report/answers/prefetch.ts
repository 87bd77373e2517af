/** What `docker-tutor prefetch` says: what each image weighs and costs, and what came of it. */
import type { FetchPlan } from '../../prefetch/plan.ts';
import { pullsNeeded } from '../../prefetch/plan.ts';
import { cleanLine } from '../../terminal/clean-text.ts';
import { count, duration, size } from '../../terminal/amounts.ts';
import { imagesText } from './transfer.ts';

/** A row an image, and the sum. Each line with its end. */
export function fetchPlanText(plan: FetchPlan): string {
  const names = plan.images.map(({ name }) => cleanLine(name.familiarFull));
  const width = Math.max(5, ...names.map(({ length }) => length));
  const row = (name: string, weight: string, toFetch: string, pulls: string): string =>
    `${name.padEnd(width)}  ${weight.padStart(8)}  ${toFetch.padStart(8)}  ${pulls}`.trimEnd();
  const rows = plan.images.map((image, at) =>
    image.here
      ? row(names[at] ?? '', 'here', '', '')
      : row(names[at] ?? '', sizeOf(image.weight?.bytes), sizeOf(image.toFetch), String(image.pulls)),
  );
  const all = [row('IMAGE', 'SIZE', 'TO FETCH', 'PULLS'), ...rows, '', sumOf(plan)];
  return all.map((line) => `${line}\n`).join('');
}

function sizeOf(bytes: number | undefined): string {
  return bytes === undefined ? 'unknown' : size(bytes);
}

function sumOf(plan: FetchPlan): string {
  const missing = plan.images.filter(({ here }) => !here);
  // of an image whose layers nobody tells, some may be here
  const isExact = missing.every(({ weight }) => !weight || weight.layers);
  return `To fetch: ${imagesText(missing, isExact)}, as they are sent. ${pullsLeftSentence(plan)}`;
}

/** `It takes 3 pulls at Docker Hub, where 76 of 100 are left in 6 hours.` */
function pullsLeftSentence(plan: FetchPlan): string {
  const needed = pullsNeeded(plan);
  if (needed === 0) return 'It takes no pull at Docker Hub.';
  const { left, of, seconds } = plan.left ?? {};
  const takes = `It takes ${count(needed, 'pull')} at Docker Hub`;
  if (left === undefined) return `${takes}, and how many are left is unknown.`;
  const window = seconds === undefined ? '' : ` for ${hours(seconds)}`;
  return `${takes}, where ${String(left)}${of === undefined ? '' : ` of ${String(of)}`} ${left === 1 ? 'is' : 'are'} left${window}.`;
}

function hours(seconds: number): string {
  return seconds % 3600 === 0 ? count(seconds / 3600, 'hour') : duration(seconds * 1000);
}

export function fetchQuestion(plan: FetchPlan): string {
  return plan.images.filter(({ here }) => !here).length === 1 ? 'Fetch it?' : 'Fetch them?';
}

export function fetchedText({ images }: FetchPlan): string {
  const fetched = images.filter(({ here }) => !here).length;
  const here = images.length - fetched;
  if (images.length === 0) return 'There are no images to fetch ahead.\n';
  if (fetched === 0) return `${here === 1 ? 'The image is' : `All ${String(here)} images are`} here already.\n`;
  return `Fetched ${count(fetched, 'image')}${here === 0 ? '' : `; ${String(here)} ${here === 1 ? 'was' : 'were'} here already`}. ${fetched === 1 ? 'It is yours: docker-tutor does not remove it' : 'They are yours: docker-tutor does not remove them'}.\n`;
}
