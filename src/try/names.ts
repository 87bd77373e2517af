/** Names for completion: what the engine has, and files. A question that fails or takes long offers nothing. */
import { readdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Candidate, Completion } from '../command/complete.ts';
import type { Engine } from '../engine/engine.ts';
import { askThrough } from '../engine/ask.ts';
import { listContainers, listImages, listNetworks, listVolumes } from '../inventory/inventory.ts';

/** How long a press of Tab may take, in milliseconds. */
const limit = 1_500;

export type Kind = NonNullable<Completion['names']>;

export async function namesOf(
  kind: Kind,
  written: string,
  cwd: string,
  engine: () => Promise<Engine>,
): Promise<readonly Candidate[]> {
  try {
    if (kind === 'path') return await pathsFrom(written, cwd);
    const found = await onEngine(kind, await engine());
    return found.filter(({ value }) => value.startsWith(written));
  } catch {
    // nothing to offer is an answer too
    return [];
  }
}

async function onEngine(kind: Exclude<Kind, 'path'>, engine: Engine): Promise<readonly Candidate[]> {
  const signal = AbortSignal.timeout(limit);
  const ask = askThrough(engine, signal);
  switch (kind) {
    case 'container':
      return (await listContainers(ask)).map(({ name, image, state }) => ({
        value: name,
        means: `${image}, ${state}`,
      }));
    case 'image':
      return (await listImages(ask)).flatMap(({ tags }) =>
        tags.map((tag) => ({ value: tag.replace(/:latest$/, ''), means: 'an image that is here' })),
      );
    case 'network':
      return (await listNetworks(ask)).map(({ name, driver }) => ({ value: name, means: `${driver} network` }));
    case 'volume':
      return (await listVolumes(ask)).map(({ name, driver }) => ({ value: name, means: `${driver} volume` }));
    case 'service':
    case 'node': {
      const { status, body } = await ask({ method: 'GET', path: `/${kind}s` });
      if (status !== 200 || !Array.isArray(body)) return [];
      return (body as readonly Member[]).map((one) => ({
        value: one.Spec?.Name ?? one.Description?.Hostname ?? '',
        means: kind,
      }));
    }
  }
}

interface Member {
  readonly Spec?: { readonly Name?: string };
  readonly Description?: { readonly Hostname?: string };
}

async function pathsFrom(written: string, cwd: string): Promise<readonly Candidate[]> {
  const folder = written.endsWith('/') ? written : dirname(written);
  const start = written.slice(written.lastIndexOf('/') + 1);
  const entries = await readdir(resolve(cwd, folder), { withFileTypes: true });
  const shown = entries.filter(
    ({ name }) => name.startsWith(start) && (start.startsWith('.') || !name.startsWith('.')),
  );
  const lead = written.includes('/') ? (written.endsWith('/') ? written : `${join(folder, '/')}`) : '';
  return shown.map((entry) => ({
    value: `${lead}${entry.name}${entry.isDirectory() ? '/' : ''}`,
    means: entry.isDirectory() ? 'folder' : 'file',
  }));
}
