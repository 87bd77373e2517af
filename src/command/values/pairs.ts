/** Kinds of the form name=value. */
import { engineSays, unlessEmpty, ValueError, type Kind } from '../kinds.ts';

export interface Variable {
  readonly name: string;
  /** Absent for `-e NAME`: taken from the environment docker runs in. */
  readonly value?: string;
}

export const env: Kind<Variable, 'many'> = {
  id: 'list',
  arity: 'many',
  parse(raw) {
    const at = raw.indexOf('=');
    const name = at === -1 ? raw : raw.slice(0, at);
    if (name === '')
      throw new ValueError(
        'an environment variable needs a name',
        'write it like NAME=value',
        `invalid environment variable: ${raw}`,
      );
    return at === -1 ? { name } : { name, value: raw.slice(at + 1) };
  },
};

export interface Pair {
  readonly key: string;
  /** Empty where only the key was written. */
  readonly value: string;
}

function cut(raw: string): Pair {
  const at = raw.indexOf('=');
  return at === -1 ? { key: raw, value: '' } : { key: raw.slice(0, at), value: raw.slice(at + 1) };
}

export const label: Kind<Pair, 'many'> = {
  id: 'list',
  arity: 'many',
  parse(raw) {
    const pair = cut(raw.trimStart());
    if (pair.key === '')
      throw new ValueError('a label needs a key', 'write it like key=value', `invalid label '${raw}': empty name`);
    if (/\s/.test(pair.key))
      throw new ValueError(
        `the key "${pair.key}" has a blank in it`,
        'write it like key=value',
        `label '${pair.key}' contains whitespaces`,
      );
    return pair;
  },
};

/** Pairs where the value may not be left out: options of a driver, sysctls. */
export function pairs(
  what: string,
  example: string,
  id: 'map' | 'list' = 'map',
  docker?: (raw: string) => string,
): Kind<Pair, 'many'> {
  return {
    id,
    arity: 'many',
    parse(raw) {
      const pair = cut(raw);
      if (!raw.includes('=') || pair.key === '')
        throw new ValueError(`"${raw}" is not ${what}`, `write it like ${example}`, docker?.(raw));
      return pair;
    },
  };
}

/** A note may be empty, its key may not. */
export const annotation: Kind<Pair, 'many'> = {
  id: 'map',
  arity: 'many',
  parse(raw) {
    const pair = cut(raw);
    if (pair.key !== '') return pair;
    throw new ValueError(
      `"${raw}" is not an annotation`,
      'write it like key=value',
      engineSays('invalid Annotations: the empty string is not permitted as an annotation key'),
    );
  },
};

/** Driver options may stand without a value. */
export function loosePairs(id: 'map' | 'list' = 'map'): Kind<Pair, 'many'> {
  return { id, arity: 'many', parse: cut };
}

/** Keys are lower case whatever is written, as the docker CLI sends them. */
export const filter: Kind<Pair, 'many'> = unlessEmpty({
  id: 'filter',
  arity: 'many',
  parse(raw) {
    const pair = cut(raw);
    if (!raw.includes('=') || pair.key.trim() === '')
      throw new ValueError(
        `"${raw}" is not a filter`,
        'write it like status=exited',
        'bad format of filter (expected name=value)',
      );
    return { key: pair.key.trim().toLowerCase(), value: pair.value.trim() };
  },
});

/** Parameters that are of the container alone (docker/cli, opts.ValidateSysctl). */
const ownParameters =
  /^(?:kernel\.(?:msgmax|msgmnb|msgmni|sem|shmall|shmmax|shmmni|shm_rmid_forced)$|net\.|fs\.mqueue\.)/;

export const sysctl: Kind<Pair, 'many'> = {
  id: 'map',
  arity: 'many',
  parse(raw) {
    const pair = cut(raw);
    if (raw.includes('=') && ownParameters.test(pair.key)) return pair;
    throw new ValueError(
      raw.includes('=')
        ? `${pair.key} is one for the whole machine`
        : `"${raw}" is not a kernel parameter with a value`,
      'a container has its own of net.…, fs.mqueue.… and kernel.shm…, as in net.core.somaxconn=1024',
      `sysctl '${raw}' is not allowed`,
    );
  },
};

/** `gpu=2`, as a service counts what its nodes have. */
export const genericResource: Kind<string, 'many'> = {
  id: 'list',
  arity: 'many',
  parse(raw) {
    const pair = cut(raw);
    if (!raw.includes('='))
      throw new ValueError(
        `"${raw}" is not a resource`,
        'write it like gpu=2',
        `invalid generic-resource format \`${raw}\` expected \`name=value\``,
      );
    if (!/^\d+$/.test(pair.value)) throw new ValueError(`"${pair.value}" is not a number`, 'write it like gpu=2');
    return raw;
  },
};

export const placementPreference: Kind<Pair, 'many'> = {
  id: 'pref',
  arity: 'many',
  parse(raw) {
    const pair = cut(raw);
    if (raw.includes('=') && pair.key === 'spread') return pair;
    throw new ValueError(
      `"${raw}" is not a preference`,
      'there is one: spread=node.labels.zone',
      raw.includes('=')
        ? `unsupported placement preference ${pair.key} (only spread is supported)`
        : 'placement preference must be of the format "<strategy>=<arg>"',
    );
  },
};

/** A value may be left out, a name may not (docker/cli, opts.ValidateEnv). */
export const namedPairs: Kind<Pair, 'many'> = {
  id: 'list',
  arity: 'many',
  parse(raw) {
    const pair = cut(raw);
    if (pair.key === '')
      throw new ValueError(
        `"${raw}" has no name`,
        'write it like max-size=10m',
        `invalid environment variable: ${raw}`,
      );
    return pair;
  },
};
