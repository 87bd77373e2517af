/** Words for the lab: its progress on stderr, its status and results on stdout. */
import type { LabDown, Lab } from '../../lab/lab.ts';
import type { LabProgress, LabReport } from '../../lab/progress.ts';
import type { LabStatus } from '../../lab/status.ts';
import { size } from '../../terminal/amounts.ts';

export interface ProgressTarget {
  write(text: string): unknown;
  readonly isTTY?: boolean;
}

/** One line a phase; on a terminal the line also shows what it is at, and ends as the finished one. */
export function labProgress(
  target: ProgressTarget = process.stderr,
  live = target.isTTY === true && process.env['TERM'] !== 'dumb',
): LabReport {
  const current = { title: '', detail: '' };
  const draw = (mark: string, text: string): void => void target.write(live ? `\r\u001b[K ${mark} ${fit(text)}` : '');
  return (progress) => {
    if (progress.state === 'started') Object.assign(current, { title: progress.detail, detail: '' });
    if (progress.state === 'detail') current.detail = progress.detail;
    if (progress.state === 'done' || progress.state === 'failed')
      return void target.write(`${live ? '\r\u001b[K' : ''}${finished(progress, current.detail)}\n`);
    if (!live && progress.state === 'started') target.write(` · ${clean(progress.detail)} …\n`);
    draw('·', current.detail === '' ? `${current.title} …` : `${current.title} … ${current.detail}`);
  };
}

function finished({ phase, state, detail, ms = 0 }: LabProgress, last: string): string {
  // What an install was last busy with is no result; an address or a version is.
  const result = last === '' || phase === 'install' ? '' : `   ${clean(last)}`;
  return ` ${state === 'done' ? '✔' : '✘'} ${clean(detail)}   ${(ms / 1000).toFixed(1)} s${result}`;
}

export function labUpText(lab: Lab): string {
  return [
    `The lab is up${lab.started ? '' : ' (it was up already)'}: Docker ${lab.engine.version}, API ${lab.engine.apiVersion}`,
    `  engine    ${lab.endpoint.address}`,
    `  registry  ${lab.registry}`,
    `  try it    docker-tutor run hello-world --lab`,
    `  stop it   docker-tutor lab down`,
    '',
  ]
    .map(clean)
    .join('\n');
}

export function labDownText({ wasUp, purged, folder }: LabDown): string {
  const state = wasUp ? 'The lab is down.' : 'The lab was not up.';
  return clean(`${state} ${purged ? `${folder} is removed.` : 'Its data are kept; --purge removes them.'}`) + '\n';
}

export function labStatusText(status: LabStatus): string {
  const rows: (readonly [string, string])[] = [['engine', status.address]];
  if (status.engine !== undefined)
    rows.push(['version', `Docker ${status.engine.version}, API ${status.engine.apiVersion}`]);
  if (status.registry !== undefined) rows.push(['registry', status.registry]);
  if (status.startedAt !== undefined) rows.push(['up since', status.startedAt]);
  rows.push(['folder', status.folder], ['disk used', size(status.diskBytes)], ['images', origin(status.hubReachable)]);
  if (status.hubReachable !== true) rows.push(...offeredRows(status.images));
  const table = rows.map(([name, value]) => `  ${name.padEnd(10)}${clean(value)}`);
  const obstacle =
    status.obstacle === undefined
      ? []
      : ['', `It cannot start here: ${status.obstacle.message}`, ...status.obstacle.hints.map((hint) => `  ${hint}`)];
  return [headings[status.state], ...table, ...obstacle, ''].join('\n');
}

/** One row an image, or two: what it is, and which of its tags are made already. */
function offeredRows(images: LabStatus['images']): readonly (readonly [string, string])[] {
  const width = Math.max(...images.map(({ name }) => name.length)) + 2;
  return images.flatMap(({ name, summary, tagsMade }) => {
    const what: readonly [string, string] = ['', `${name.padEnd(width)}${summary}`];
    const made: readonly [string, string] = ['', `${' '.repeat(width)}made: ${tagsMade.join(', ')}`];
    return tagsMade.length > 0 ? [what, made] : [what];
  });
}

const headings: Readonly<Record<LabStatus['state'], string>> = {
  up: 'The lab is up.',
  down: 'The lab is down.',
  broken: 'The lab runs, and does not answer: docker-tutor lab up mends it.',
};

export function consentQuestion(packages: readonly string[]): string {
  const what = packages.length === 1 ? 'this package' : 'these packages';
  return `The lab needs ${what} from this system's package sources: ${packages.join(', ')}. No service is started or enabled. Install ${packages.length === 1 ? 'it' : 'them'}?`;
}

function origin(hubReachable: boolean | undefined): string {
  if (hubReachable === true) return 'from Docker Hub';
  return hubReachable === false
    ? 'Docker Hub cannot be reached; stand-ins for any tag of:'
    : 'from Docker Hub where it can be reached, else stand-ins for any tag of:';
}

function fit(text: string): string {
  const width = Math.max(20, (process.stderr.columns ?? 80) - 4);
  const safe = clean(text);
  return safe.length > width ? `${safe.slice(0, width - 1)}…` : safe;
}

/** Paths and program output come from outside: no control character may reach the terminal. */
function clean(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, ' ');
}
