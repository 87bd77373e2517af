/** Kinds of `--ulimit`, `--gpus`, `--device`, `--restart`, `--platform`, `--tmpfs`. */
import { engineSays, ValueError, type Kind } from '../kinds.ts';
import { readCsv } from './basic.ts';

export interface Ulimit {
  readonly name: string;
  readonly soft: number;
  readonly hard: number;
}

const ulimits = [
  'core',
  'cpu',
  'data',
  'fsize',
  'locks',
  'memlock',
  'msgqueue',
  'nice',
  'nofile',
  'nproc',
  'rss',
  'rtprio',
  'rttime',
  'sigpending',
  'stack',
];

export const ulimit: Kind<Ulimit, 'many'> = {
  id: 'ulimit',
  arity: 'many',
  parse(raw) {
    const [name = '', limits] = raw.split('=');
    if (limits === undefined || raw.split('=').length > 2)
      throw new ValueError(
        `"${raw}" is not a limit`,
        'write it like nofile=1024:2048',
        `invalid ulimit argument: ${raw}`,
      );
    if (!ulimits.includes(name))
      throw new ValueError(
        `"${name}" is not a limit`,
        `the limits are ${ulimits.join(', ')}`,
        `invalid ulimit type: ${name}`,
      );
    const numbers = limits.split(':').map((text) => {
      if (!/^(?:-1|\d+)$/.test(text))
        throw new ValueError(
          `"${text}" is not a number`,
          'write it like nofile=1024:2048',
          `strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`,
        );
      return Number(text);
    });
    if (numbers.length > 2)
      throw new ValueError(
        `"${raw}" has too many colons`,
        'write the soft limit, a colon, the hard limit',
        `too many limit value arguments - ${limits}, can only have up to two, \`soft[:hard]\``,
      );
    const [soft = 0, hard = soft] = numbers;
    if (hard !== -1 && (soft > hard || soft === -1))
      throw new ValueError(
        'the soft limit is above the hard limit',
        'write the smaller number first',
        soft === -1
          ? `ulimit soft limit must be less than or equal to hard limit: soft: -1 (unlimited), hard: ${String(hard)}`
          : `ulimit soft limit must be less than or equal to hard limit: ${String(soft)} > ${String(hard)}`,
      );
    return { name, soft, hard };
  },
};

/** In the words of the API's DeviceRequest. */
export interface GpuRequest {
  readonly driver: string;
  /** -1: all. */
  readonly count: number;
  readonly deviceIds: readonly string[];
  readonly capabilities: readonly string[];
  readonly options: Readonly<Record<string, string>>;
}

export const gpus: Kind<GpuRequest, 'one'> = {
  id: 'gpu-request',
  arity: 'one',
  parse(raw) {
    const request = {
      driver: '',
      count: 0,
      deviceIds: [] as string[],
      capabilities: [] as string[],
      options: {} as Record<string, string>,
    };
    let counted = false;
    if (raw === '') throw new ValueError('the value is empty', 'write all, a number, or "device=0"', 'EOF');
    const seen = new Set<string>();
    for (const field of readCsv(raw)) {
      const at = field.indexOf('=');
      const [key, value] = at === -1 ? ['count', field] : [field.slice(0, at), field.slice(at + 1)];
      if (seen.has(key))
        throw new ValueError(
          `${key} is there twice`,
          'write each key once',
          `gpu request key '${key}' can be specified only once`,
        );
      seen.add(key);
      if (key === 'count') [request.count, counted] = [readCount(value), true];
      else if (key === 'device') request.deviceIds.push(...value.split(','));
      else if (key === 'driver') request.driver = value;
      else if (key === 'capabilities') request.capabilities.push(...value.split(','));
      else if (key === 'options')
        for (const option of readCsv(value))
          request.options[option.split('=')[0] ?? ''] = option.split('=').slice(1).join('=');
      else
        throw new ValueError(
          `"${key}" is not a key of --gpus`,
          'the keys are count, device, driver, capabilities and options',
        );
    }
    if (!counted && request.deviceIds.length === 0) request.count = 1;
    if (!request.capabilities.includes('gpu')) request.capabilities.push('gpu');
    return request;
  },
};

function readCount(value: string): number {
  if (value === 'all') return -1;
  if (/^-?\d+$/.test(value)) return Number(value);
  throw new ValueError(
    `"${value}" is not a number of GPUs`,
    'write all, a number, or "device=0"',
    `invalid count (${value}): value must be either "all" or an integer: invalid syntax`,
  );
}

export interface Device {
  readonly host: string;
  readonly container: string;
  /** `r` read, `w` write, `m` make nodes. */
  readonly permissions: string;
  /** A device by its CDI name (`vendor.com/gpu=0`); then the others are empty. */
  readonly cdi?: string;
}

export const device: Kind<Device, 'many'> = {
  id: 'list',
  arity: 'many',
  parse(raw) {
    if (/^[\w.-]+\/[\w.-]+=[\w.:-]+$/.test(raw)) return { host: '', container: '', permissions: '', cdi: raw };
    const [host = '', second, third, ...more] = raw.split(':');
    if (more.length > 0 || host === '')
      throw new ValueError(
        `"${raw}" is not a device`,
        'write it like /dev/ttyUSB0 or /dev/sda:/dev/xvda:r',
        `bad format for path: ${raw}`,
      );
    const isMode = (text: string): boolean => /^[rwm]{1,3}$/.test(text) && new Set(text).size === text.length;
    if (third !== undefined && !isMode(third))
      throw new ValueError(
        `"${third}" is not a permission`,
        'write r, w and m, in any combination',
        `bad mode specified: ${third}`,
      );
    if (!host.startsWith('/') && (second === undefined || (third === undefined && isMode(second))))
      throw new ValueError(
        `"${host}" is not a full path`,
        'write it like /dev/ttyUSB0',
        `${host} is not an absolute path`,
      );
    if (second === undefined) return { host, container: host, permissions: 'rwm' };
    if (third === undefined && isMode(second)) return { host, container: host, permissions: second };
    if (!second.startsWith('/'))
      throw new ValueError(
        `"${second}" is not a full path in the container`,
        'write it like /dev/xvda',
        `${second} is not an absolute path`,
      );
    return { host, container: second, permissions: third ?? 'rwm' };
  },
};

/** `c 1:3 mr`: type, numbers and rights (docker/cli, container/opts.go). */
export const deviceRule: Kind<string, 'many'> = {
  id: 'list',
  arity: 'many',
  parse(raw) {
    if (/^[acb] (?:\d+|\*):(?:\d+|\*) [rwm]{1,3}$/.test(raw)) return raw;
    throw new ValueError(
      `"${raw}" is not a rule for devices`,
      'write it like "c 1:3 mr"',
      `invalid device cgroup format '${raw}'`,
    );
  },
};

/** Weight of a device: 0 for the usual one. */
export function readWeight(text: string): number {
  const weight = Number(text);
  if (/^\d+$/.test(text) && (weight === 0 || (weight >= 10 && weight <= 1000))) return weight;
  throw new ValueError(`"${text}" is not a weight`, 'write a number from 10 to 1000');
}

/** Reads or writes a second. */
export function readOperations(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new ValueError(`"${text}" is not a number of operations`, 'write it like /dev/sda:1000');
}

const rateWords = {
  weight: (raw: string) => `invalid weight for device: ${raw}`,
  bytes: (raw: string) =>
    `invalid rate for device: ${raw}. The correct format is <device-path>:<number>[<unit>]. Number must be a positive integer. Unit is optional and can be kb, mb, or gb`,
  operations: (raw: string) =>
    `invalid rate for device: ${raw}. The correct format is <device-path>:<number>. Number must be a positive integer`,
};

/** `/dev/sda:10mb`: a device and a rate or weight. */
export function deviceRate(
  read: (text: string) => number,
  what: 'weight' | 'bytes' | 'operations',
): Kind<{ readonly path: string; readonly rate: number }, 'many'> {
  return {
    id: 'list',
    arity: 'many',
    parse(raw) {
      const [path = '', ...rest] = raw.split(':');
      const rate = rest.join(':');
      const wrong = (docker: string): ValueError =>
        new ValueError(`"${raw}" is not a device and a number`, 'write it like /dev/sda:10mb', docker);
      if (path === '' || rest.length === 0) throw wrong(`bad format: ${raw}`);
      if (!path.startsWith('/dev/')) throw wrong(`bad format for device path: ${raw}`);
      if (rest.length > 1) throw wrong(rateWords[what](raw));
      try {
        return { path, rate: read(rate) };
      } catch (error) {
        if (!(error instanceof ValueError)) throw error;
        throw new ValueError(error.message, error.hint, rateWords[what](raw));
      }
    },
  };
}

export interface RestartPolicy {
  readonly name: 'no' | 'always' | 'unless-stopped' | 'on-failure';
  readonly maximumRetryCount: number;
}

const wrongCount = 'invalid restart policy format: maximum retry count must be an integer';

export const restart: Kind<RestartPolicy, 'one'> = {
  id: 'string',
  arity: 'one',
  parse(raw) {
    const [name = '', count, ...more] = raw.split(':');
    const names = ['no', 'always', 'unless-stopped', 'on-failure'] as const;
    const found = names.find((known) => known === (name === '' ? 'no' : name));
    if (found === undefined || more.length > 0)
      throw new ValueError(
        `"${raw}" is not a restart policy`,
        `write ${names.slice(0, -1).join(', ')} or on-failure:3`,
        more.length > 0
          ? wrongCount
          : engineSays(
              `invalid restart policy: unknown policy '${name}'; use one of 'no', 'always', 'on-failure', or 'unless-stopped'`,
            ),
      );
    if (name === '' && raw !== '')
      throw new ValueError(
        `"${raw}" names no policy`,
        'write it like on-failure:3',
        'invalid restart policy format: no policy provided before colon',
      );
    if (count === undefined || count === '') return { name: found, maximumRetryCount: 0 };
    if (/^-\d+$/.test(count))
      throw new ValueError(
        `${count} is less than 0`,
        'write the number of tries, like on-failure:3',
        engineSays('invalid restart policy: maximum retry count cannot be negative'),
      );
    if (found !== 'on-failure')
      throw new ValueError(
        `${found} takes no number of tries`,
        'only on-failure does: on-failure:3',
        /^[1-9]\d*$/.test(count)
          ? engineSays("invalid restart policy: maximum retry count can only be used with 'on-failure'")
          : undefined,
      );
    if (!/^\d+$/.test(count))
      throw new ValueError(`"${count}" is not a number of tries`, 'write it like on-failure:3', wrongCount);
    return { name: found, maximumRetryCount: Number(count) };
  },
};

/** A word alone is a system or a processor that is known (containerd/platforms). */
const knownAlone =
  /^(?:aix|android|darwin|dragonfly|freebsd|hurd|illumos|ios|js|linux|macos|nacl|netbsd|openbsd|plan9|solaris|windows(?:\(.*\))?|zos|386|i386|amd64|amd64p32|x86[_-]64|arm|armbe|armel|armhf|arm64|arm64be|aarch64|ppc|ppc64|ppc64le|loong64|mips|mipsle|mips64|mips64le|mips64p32|mips64p32le|riscv|riscv64|s390|s390x|sparc|sparc64|wasm)$/i;

/** `linux/amd64`, `linux/arm/v7`, `linux`. */
function readPlatform(raw: string): string {
  const isForm = /^[A-Za-z0-9_.-]+(?:\([A-Za-z0-9_.-]*\))?(?:\/[A-Za-z0-9_-]+){0,2}$/.test(raw);
  if (raw === '' || (isForm && (raw.includes('/') || knownAlone.test(raw)))) return raw;
  throw new ValueError(
    `"${raw}" is not a platform`,
    'write it like linux/amd64 or linux/arm64/v8',
    engineSays(`${platformFault(raw)}: invalid argument`),
  );
}

/** In containerd/platforms' words. */
function platformFault(raw: string): string {
  const parts = raw.split('/');
  if (parts.length > 3) return `${goQuoted(raw)}: cannot parse platform specifier`;
  const [os = '', ...others] = parts;
  const wrong = others.find((part) => !/^[A-Za-z0-9_.-]+$/.test(part));
  if (parts.length > 1 && wrong !== undefined)
    return `${goQuoted(wrong)} is an invalid component of ${goQuoted(raw)}: platform specifier component must match "^[A-Za-z0-9_.-]+$"`;
  return /^[A-Za-z0-9_-]+(?:\([A-Za-z0-9_.-]*\))?$/.test(os)
    ? `${goQuoted(raw)}: unknown operating system or architecture`
    : `${goQuoted(os)} is an invalid OS component of ${goQuoted(raw)}: OSAndVersion specifier component must match "^([A-Za-z0-9_-]+)(?:\\\\(([A-Za-z0-9_.-]*)\\\\))?$"`;
}

/** As Go's %q. */
function goQuoted(text: string): string {
  return JSON.stringify(text);
}

export const platform: Kind<string, 'one'> = { id: 'string', arity: 'one', parse: readPlatform };
/** As written: one, or with buildx several separated by commas. */
export const buildPlatforms: Kind<string, 'one'> = {
  id: 'string',
  arity: 'one',
  parse: (raw) => readCsv(raw).map(readPlatform).join(','),
};
export const platforms: Kind<string, 'many'> = { id: 'strings', arity: 'many', parse: readPlatform, split: readCsv };

export const tmpfs: Kind<{ readonly path: string; readonly options: string }, 'many'> = {
  id: 'list',
  arity: 'many',
  parse(raw) {
    const at = raw.indexOf(':');
    const path = at === -1 ? raw : raw.slice(0, at);
    if (path === '/')
      throw new ValueError(
        'the root of the container cannot be a tmpfs',
        'name a folder in it, like /tmp',
        engineSays("invalid specification: destination can't be '/'"),
      );
    if (!path.startsWith('/'))
      throw new ValueError(
        `"${path}" is not a full path in the container`,
        'write it like /tmp:size=64m',
        engineSays(`invalid mount path: '${path}' mount path must be absolute`),
      );
    return { path, options: at === -1 ? '' : raw.slice(at + 1) };
  },
};
