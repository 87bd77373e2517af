/** Where this machine's system gets its packages: the same place is good for the file systems of images. */
import { Failure } from '../../failure.ts';
import { run } from '../program.ts';

export interface Mirror {
  /** Such as `bookworm`. */
  readonly suite: string;
  /** One-line sources (sources.list(5)). */
  readonly sources: readonly string[];
}

const limit = 120_000;

/** Rejects with E-LAB-IMAGE. */
export async function systemMirror(signal: AbortSignal): Promise<Mirror> {
  const known = await indexTargets(signal);
  if (known !== undefined) return known;
  // No package lists yet: where they come from is told by the lists themselves.
  await run('apt-get', ['update'], { signal, limit });
  const second = await indexTargets(signal);
  if (second !== undefined) return second;
  throw new Failure('This system names no package source of Debian or Ubuntu to make images from.', {
    code: 'E-LAB-IMAGE',
    exitCode: 4,
    hints: ['See what it names: apt-get update && apt-get indextargets'],
  });
}

async function indexTargets(signal: AbortSignal): Promise<Mirror | undefined> {
  const format = '$(ORIGIN)|$(RELEASE)|$(REPO_URI)|$(COMPONENT)';
  const { stdout } = await run('apt-get', ['indextargets', '--format', format, 'Identifier: Packages'], {
    signal,
    limit,
  });
  return mirrorFrom(stdout);
}

/** Pure. Lines `Debian|bookworm|http://…/|main`; sources of other vendors are left out. undefined where none is left. */
export function mirrorFrom(lines: string): Mirror | undefined {
  const components = new Map<string, string[]>();
  for (const line of lines.split('\n')) {
    const [origin, release, uri, component] = line.split('|');
    if ((origin !== 'Debian' && origin !== 'Ubuntu') || !release || !uri || !component) continue;
    if (/-(backports(-sloppy)?|proposed(-updates)?)$/.test(release)) continue;
    const source = `deb ${uri} ${release}`;
    const known = components.get(source) ?? [];
    components.set(source, known.includes(component) ? known : [...known, component]);
  }
  const releases = [...components.keys()].map((source) => source.split(' ')[2] ?? '');
  const suite = releases.find((release) => !/-(updates|security)$/.test(release));
  if (suite === undefined) return undefined;
  return { suite, sources: [...components].map(([source, names]) => `${source} ${names.join(' ')}`) };
}

/** How this machine's apt reaches the network, as lines of apt.conf(5): proxies, certificates, a clock that is off. */
export async function aptNetwork(signal: AbortSignal): Promise<string> {
  const { stdout } = await run('apt-config', ['dump', 'Acquire'], { signal, limit: 10_000 });
  return networkSettings(stdout);
}

/** Pure. Of `apt-config dump`. */
export function networkSettings(dump: string): string {
  const wanted = /^Acquire::(https?(::|-)|Check-(Date|Valid-Until) |ForceIPv[46] |Retries )/i;
  return dump
    .split('\n')
    .filter((line) => wanted.test(line))
    .map((line) => `${line}\n`)
    .join('');
}
