/** The contexts in the docker client's folder, read for docker context ls, inspect and show. */
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { contextId, contextNames, readContext } from '../engine/config/docker-config.ts';
import { diskFiles } from '../engine/config/disk-files.ts';
import type { Endpoint, Engine } from '../engine/engine.ts';
import { Failure } from '../failure.ts';
import type { KnownContext } from '../plan/effects.ts';

const defaultHost = process.platform === 'win32' ? 'npipe:////./pipe/docker_engine' : 'unix:///var/run/docker.sock';

/**
 * `default` first. The current one is that of the engine in use: --host, the lab and DOCKER_HOST are `default`, with their
 * address, as the docker CLI has it.
 */
export function knownContexts(
  { endpoint }: Pick<Engine, 'endpoint'>,
  env: NodeJS.ProcessEnv = process.env,
): readonly KnownContext[] {
  const folder = given(env['DOCKER_CONFIG']) ?? join(homedir(), '.docker');
  const current = byContext.has(endpoint.from) ? (endpoint.detail ?? 'default') : 'default';
  const host = current === 'default' ? endpoint.address : (given(env['DOCKER_HOST']) ?? defaultHost);
  return contextNames(folder, diskFiles).map((name) =>
    name === 'default' ? defaultContext(host, current) : readOne(folder, name, current),
  );
}

/** Ways to choose an engine by a context's name. */
export const byContext: ReadonlySet<Endpoint['from']> = new Set([
  'context-option',
  'DOCKER_CONTEXT',
  'current-context',
]);

function defaultContext(host: string, current: string): KnownContext {
  return {
    name: 'default',
    description: 'Current DOCKER_HOST based configuration',
    host,
    skipTlsVerify: false,
    current: current === 'default',
    tlsFiles: [],
  };
}

function readOne(folder: string, name: string, current: string): KnownContext {
  const id = contextId(name);
  const storage = { metadata: join(folder, 'contexts/meta', id), tls: join(folder, 'contexts/tls', id) };
  const base = {
    name,
    description: '',
    host: '',
    skipTlsVerify: false,
    current: current === name,
    tlsFiles: [],
    storage,
  };
  try {
    const found = readContext(folder, name, diskFiles);
    const meta = JSON.parse(diskFiles.read(join(storage.metadata, 'meta.json')) ?? '{}') as {
      readonly Metadata?: { readonly Description?: string };
    };
    return {
      ...base,
      description: meta.Metadata?.Description ?? '',
      host: found?.host ?? '',
      skipTlsVerify: found?.skipTlsVerify ?? false,
      tlsFiles: filesIn(join(storage.tls, 'docker')),
    };
  } catch (error) {
    // one broken context does not hide the others
    if (!(error instanceof Failure)) throw error;
    return { ...base, error: error.message };
  }
}

function filesIn(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}

/** A variable set to nothing counts as not set, as the docker CLI has it. */
function given(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}
