/** Kinds that name addresses and networks. */
import { engineSays, unlessEmpty, ValueError, type Kind } from '../kinds.ts';
import { readCsv } from './basic.ts';
import { isAddress, isIpv4, isIpv6 } from './port.ts';

export interface NetworkAttachment {
  /** `bridge`, `host`, `none`, `container:x`, or the name of a network. */
  readonly target: string;
  readonly aliases: readonly string[];
  readonly driverOpts: Readonly<Record<string, string>>;
  readonly ipv4Address?: string;
  readonly ipv6Address?: string;
  readonly linkLocalIps: readonly string[];
  readonly macAddress?: string;
  readonly gwPriority?: number;
}

const keys = 'name, alias, ip, ip6, link-local-ip, mac-address, driver-opt and gw-priority';

/** `--network youtube`, or `--network name=youtube,alias=db,ip=…`. */
export const network: Kind<NetworkAttachment, 'many'> = {
  id: 'network',
  arity: 'many',
  parse(raw) {
    const empty = { aliases: [] as string[], driverOpts: {} as Record<string, string>, linkLocalIps: [] as string[] };
    // `name=` alone is a name for docker
    if (!/\w=\w/.test(raw)) return { target: raw, ...empty };
    const found: { -readonly [K in keyof NetworkAttachment]: NetworkAttachment[K] } = { target: '', ...empty };
    for (const field of readCsv(raw)) {
      const at = field.indexOf('=');
      if (at === -1) throw new ValueError(`"${field}" is not key=value`, `the keys are ${keys}`);
      const [key, value] = [field.slice(0, at).trim().toLowerCase(), field.slice(at + 1).trim()];
      if (key === 'name') found.target = value;
      else if (key === 'alias') empty.aliases.push(value);
      else if (key === 'ip') found.ipv4Address = value;
      else if (key === 'ip6') found.ipv6Address = value;
      else if (key === 'link-local-ip')
        empty.linkLocalIps.push(checked(value, isAddress, 'an IP address', '169.254.1.1'));
      else if (key === 'mac-address') found.macAddress = readMac(value);
      else if (key === 'gw-priority')
        found.gwPriority = Number(
          checked(
            value,
            (text) => /^-?\d+$/.test(text),
            'a whole number',
            '10',
            `invalid gw-priority (${value}): invalid syntax`,
          ),
        );
      else if (key === 'driver-opt') addOption(empty.driverOpts, value);
      else
        throw new ValueError(`"${key}" is not a key of --network`, `the keys are ${keys}`, `invalid field key ${key}`);
    }
    if (found.target === '')
      throw new ValueError(
        'the name of the network is missing',
        'write name=NETWORK among the keys',
        'network name/id is not specified',
      );
    return found;
  },
};

function addOption(options: Record<string, string>, text: string): void {
  const at = text.indexOf('=');
  if (at < 1)
    throw new ValueError(
      `"${text}" is not a driver option`,
      'write driver-opt=key=value',
      'invalid key value pair format in driver options',
    );
  options[text.slice(0, at)] = text.slice(at + 1);
}

function checked(
  text: string,
  holds: (text: string) => boolean,
  what: string,
  example: string,
  docker?: string,
): string {
  if (holds(text)) return text;
  throw new ValueError(`"${text}" is not ${what}`, `write it like ${example}`, docker);
}

export const addresses: Kind<string, 'many'> = {
  id: 'list',
  arity: 'many',
  parse: (raw) => checked(raw, isAddress, 'an IP address', '1.1.1.1', `IP address is not correctly formatted: ${raw}`),
};

/** Comma-separated addresses (network connect). */
export const addressList: Kind<string, 'many'> = { ...addresses, id: 'strings', split: readCsv };

/** `172.28.0.0/16`, comma-separated. */
export const subnets: Kind<string, 'many'> = {
  id: 'strings',
  arity: 'many',
  split: readCsv,
  parse(raw) {
    const [address = '', bits = '', ...more] = raw.split('/');
    const most = isIpv4(address) ? 32 : isIpv6(address) ? 128 : -1;
    if (more.length === 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= most) return raw;
    throw new ValueError(
      `"${raw}" is not a subnet`,
      'write an address, a slash and a number of bits: 172.28.0.0/16',
      engineSays(`invalid network config:\ninvalid subnet ${raw}: invalid CIDR block notation`),
    );
  },
};

/** A domain, or `.` for none (docker/cli, opts.ValidateDNSSearch). */
export const searchDomain: Kind<string, 'many'> = {
  id: 'list',
  arity: 'many',
  parse(raw) {
    const text = raw.trim();
    if (text === '.') return text;
    const isDomain = /^[a-z\d](?:[a-z\d-]*[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]*[a-z\d])?)*\.?$/i.test(text);
    return checked(
      isDomain ? text.replace(/\.$/, '') : text,
      () => isDomain && /[a-z]/i.test(text),
      'a domain',
      'example.com',
      `${text} is not a valid domain`,
    );
  },
};

function readMac(raw: string): string {
  return checked(
    raw,
    (text) => /^(?:(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}|(?:[0-9a-f]{4}\.){2}[0-9a-f]{4})$/i.test(text),
    'a MAC address',
    '92:d0:c6:0a:29:33',
    `${raw} is not a valid mac address`,
  );
}
export const mac: Kind<string, 'one'> = unlessEmpty({ id: 'string', arity: 'one', parse: readMac });

export interface ExtraHost {
  readonly host: string;
  /** An address, or `host-gateway`. */
  readonly ip: string;
}

/** `db:10.0.0.2`, `db=10.0.0.2`, `db:[::1]`, `host.docker.internal:host-gateway`. */
export const addHost: Kind<ExtraHost, 'many'> = {
  id: 'list',
  arity: 'many',
  parse(raw) {
    const at = raw.includes('=') ? raw.indexOf('=') : raw.indexOf(':');
    const host = at === -1 ? '' : raw.slice(0, at);
    const ip = raw.slice(at + 1).replace(/^\[(.*)\]$/, '$1');
    if (host === '')
      throw new ValueError(
        `"${raw}" is not a host and an address`,
        'write it like db:10.0.0.2',
        `bad format for add-host: ${JSON.stringify(raw)}`,
      );
    if (ip !== 'host-gateway' && !isAddress(ip))
      throw new ValueError(
        `"${ip}" is not an IP address`,
        'write an address, or host-gateway for the machine docker runs on',
        `invalid IP address in add-host: ${JSON.stringify(raw.slice(at + 1))}`,
      );
    return { host, ip };
  },
};

/** `--link container[:alias]`. */
export const link: Kind<{ readonly container: string; readonly alias: string }, 'many'> = {
  id: 'list',
  arity: 'many',
  parse(raw) {
    const [container = '', alias = container, ...more] = raw.split(':');
    // who is linked to, and by which name, is the engine's to judge
    if (raw === '' || more.length > 0)
      throw new ValueError(
        `"${raw}" is not a link`,
        'write it like db or db:database',
        raw === '' ? 'empty string specified for links' : `bad format for links: ${raw}`,
      );
    return { container, alias };
  },
};
