/** What the values of a compose file say: as the flag of docker run that sets the same says it. */
import { ValueError } from '../../command/kinds.ts';
import type { FlagRow } from '../../command/table.ts';
import { containerCreate } from '../../command/tables/container.ts';

/** The flag that sets what this key of a service sets, its value in the same form. */
const flagOf: Readonly<Record<string, keyof typeof containerCreate.flags>> = {
  cap_add: 'cap-add',
  cap_drop: 'cap-drop',
  container_name: 'name',
  cpus: 'cpus',
  devices: 'device',
  dns: 'dns',
  env_file: 'env-file',
  environment: 'env',
  expose: 'expose',
  extra_hosts: 'add-host',
  hostname: 'hostname',
  labels: 'label',
  mem_limit: 'memory',
  network_mode: 'network',
  pids_limit: 'pids-limit',
  platform: 'platform',
  ports: 'publish',
  restart: 'restart',
  security_opt: 'security-opt',
  shm_size: 'shm-size',
  tmpfs: 'tmpfs',
  user: 'user',
  volumes: 'volume',
  working_dir: 'workdir',
};

/** `host port 8080, on every address, leads to port 80 of the container`; undefined where the value says no more than it reads. */
export function composeValue(path: readonly string[], values: readonly string[]): string | undefined {
  const [top, , key = ''] = path;
  const name = top === 'services' && path.length === 3 && Object.hasOwn(flagOf, key) ? flagOf[key] : undefined;
  const said = name === undefined ? [] : values.flatMap((value) => sentence(containerCreate.flags[name], value) ?? []);
  return said.length === 0 ? undefined : said.join('; ');
}

/** Undefined for a variable, and for what the flag would not take: compose has forms of its own. */
function sentence(row: FlagRow, value: string): string | undefined {
  if (value === '' || /[$&*{[]/.test(value)) return undefined;
  try {
    return row.says?.(row.kind.parse(value));
  } catch (error) {
    if (error instanceof ValueError) return undefined;
    throw error;
  }
}
