/** What the docker client's config.json says of commands, as the docker CLI reads it (docker/cli, cli/config/configfile). */
import { homedir } from 'node:os';
import { configFolder } from '../engine/connect/endpoint.ts';
import { diskFiles } from '../engine/config/disk-files.ts';
import { readableConfig } from '../engine/config/docker-config.ts';
import type { DockerConfig } from '../engine/config/docker-config.ts';
import type { Engine } from '../engine/engine.ts';
import type { ClientSettings } from '../plan/effects.ts';

/** Of commands that a learner types for this engine. */
export function clientSettings(
  { endpoint }: Pick<Engine, 'endpoint'>,
  env: NodeJS.ProcessEnv = process.env,
): ClientSettings {
  const settings = settingsIn(readableConfig(configFolder({ env, home: homedir() }), diskFiles), endpoint.address, env);
  // the lab is a network of its own, which no proxy of this one can be reached from
  return endpoint.from === 'lab' ? { ...settings, proxies: {} } : settings;
}

/** Of a lesson's commands: the way out of this network, and nothing else; a password in it is not for a lesson to read. */
export function lessonSettings(engine: Pick<Engine, 'endpoint'>, env?: NodeJS.ProcessEnv): ClientSettings {
  const { proxies = {} } = clientSettings(engine, env);
  return { proxies: Object.fromEntries(Object.entries(proxies).filter(([, value]) => !value.includes('@'))) };
}

/** @param address of the engine, by which `proxies` may have an entry of its own */
export function settingsIn(config: DockerConfig, address: string, env: NodeJS.ProcessEnv): ClientSettings {
  const platform = env['DOCKER_DEFAULT_PLATFORM'];
  const filters = config['pruneFilters'];
  const keys = config['detachKeys'];
  return {
    proxies: proxiesFor(config['proxies'], address),
    formats: Object.fromEntries(
      Object.entries(config).flatMap(([key, value]) => {
        const named = /^(.+)Format$/.exec(key)?.[1];
        return named !== undefined && isText(value) ? [[named, value]] : [];
      }),
    ),
    ...(isText(keys) && { detachKeys: keys }),
    ...(isText(platform) && { platform }),
    ...(Array.isArray(filters) && { pruneFilters: filters.filter(isText) }),
  };
}

const proxyKeys: Readonly<Record<string, string>> = {
  httpProxy: 'HTTP_PROXY',
  httpsProxy: 'HTTPS_PROXY',
  noProxy: 'NO_PROXY',
  ftpProxy: 'FTP_PROXY',
  allProxy: 'ALL_PROXY',
};

/** Each variable in capitals and small letters. */
function proxiesFor(proxies: unknown, address: string): Readonly<Record<string, string>> {
  const table = isObject(proxies) ? proxies : {};
  const of = Object.hasOwn(table, address) ? table[address] : table['default'];
  const pairs = Object.entries(proxyKeys).flatMap(([key, name]) => {
    const value = isObject(of) ? of[key] : undefined;
    return isText(value) ? [[name, value] as const, [name.toLowerCase(), value] as const] : [];
  });
  return Object.fromEntries(pairs);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
