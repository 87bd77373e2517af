/** docker network … */
import { commandRow, flag, type Operand } from '../table.ts';
import { bool, int, string, strings } from '../values/basic.ts';
import { addressList, link, subnets } from '../values/network.ts';
import { label, loosePairs, pairs } from '../values/pairs.ts';
import { mindAddress } from './minded.ts';
import { sayLabel, sayOption } from './say.ts';
import {
  container,
  filters,
  force,
  inspectFormat,
  listFormat,
  noTrunc,
  orId,
  pruneFilters,
  quietIds,
} from './shared.ts';

const network: Operand = {
  name: 'NETWORK',
  means: 'the network, by name or id',
  says: (value) => `the network ${orId(value)}`,
  arity: 'one',
  names: 'network',
};
const networks: Operand = { ...network, means: 'the networks, by name or id', arity: 'many' };

const drivers: Readonly<Record<string, string>> = {
  bridge: 'a bridge on this host, which containers of the network share',
  overlay: 'a network across the hosts of a swarm',
  macvlan: "containers get a MAC address of their own on the host's network",
  ipvlan: "containers get an address of their own on the host's network, with the host's MAC address",
  host: "the host's own network",
  none: 'no network',
};

export const networkCreate = commandRow({
  name: 'network create',
  means: 'make a network of your own, on which containers find each other by name',
  operands: [
    {
      name: 'NETWORK',
      means: 'the name of the new network',
      says: (value) => `calls the new network ${value}`,
      arity: 'one',
    },
  ],
  flags: () => ({
    attachable: flag({
      kind: bool,
      lands: 'Attachable',
      means: 'let single containers join an overlay network, not services only',
    }),
    'aux-address': flag({
      kind: pairs('a name and an address', 'router=172.28.0.2', 'map', () => 'no matching subnet for aux-address '),
      lands: 'IPAM.Config.AuxiliaryAddresses',
      means: 'an address of the subnet to keep free',
      says: ({ key, value }) => `keeps ${value} free for ${key}`,
    }),
    'config-from': flag({
      kind: string,
      lands: 'ConfigFrom.Network',
      means: 'the network whose settings to copy',
      says: (value) => `copies the settings of ${value}`,
    }),
    'config-only': flag({ kind: bool, lands: 'ConfigOnly', means: 'store the settings only, for others to copy' }),
    driver: flag({
      kind: string,
      short: 'd',
      lands: 'Driver',
      means: 'what kind of network it is: bridge, overlay, macvlan, ipvlan',
      says: (value) =>
        `makes it ${/^[aeiou]/i.test(value) ? 'an' : 'a'} ${value} network${Object.hasOwn(drivers, value) ? `: ${drivers[value] ?? ''}` : ''}`,
      default: 'bridge',
    }),
    gateway: flag({
      kind: addressList,
      lands: 'IPAM.Config.Gateway',
      means: 'the address of the way out',
      says: (value) => `the way out is at ${value}`,
      default: 'the first address of the subnet',
    }),
    ingress: flag({ kind: bool, lands: 'Ingress', means: 'make it the network through which a swarm publishes ports' }),
    internal: flag({ kind: bool, lands: 'Internal', means: 'no way out: its containers reach each other only' }),
    'ip-range': flag({
      kind: subnets,
      lands: 'IPAM.Config.IPRange',
      means: 'the part of the subnet that containers get addresses from',
      says: (value) => `containers get addresses of ${value}`,
    }),
    'ipam-driver': flag({
      kind: string,
      lands: 'IPAM.Driver',
      means: 'what hands out the addresses',
      default: 'default',
    }),
    'ipam-opt': flag({ kind: loosePairs(), lands: 'IPAM.Options', means: 'an option of what hands out the addresses' }),
    ipv4: flag({ kind: bool, lands: 'EnableIPv4', means: 'give containers IPv4 addresses', default: 'true' }),
    ipv6: flag({ kind: bool, lands: 'EnableIPv6', means: 'give containers IPv6 addresses too' }),
    label: flag({
      kind: label,
      lands: 'Labels',
      means: 'a note on the network, to find it by',
      says: sayLabel,
    }),
    opt: flag({
      kind: loosePairs(),
      short: 'o',
      lands: 'Options',
      means: 'an option of the driver',
      says: (pair) => sayOption("the driver's", pair),
    }),
    scope: flag({ kind: string, lands: 'Scope', means: 'how far it reaches: local or swarm' }),
    subnet: flag({
      kind: subnets,
      lands: 'IPAM.Config.Subnet',
      means: 'its range of addresses',
      says: (value) => `its addresses are ${value}`,
      default: "a free range of docker's",
      pitfall: 'it must not overlap another network of this machine',
    }),
  }),
});

export const networkConnect = commandRow({
  name: 'network connect',
  means: 'join a container to one more network, even while it runs',
  operands: [network, container],
  flags: () => ({
    alias: flag({
      kind: strings,
      lands: 'EndpointConfig.Aliases',
      means: 'a further name for it on this network',
      says: (value) => `is found there as ${value} too`,
    }),
    'driver-opt': flag({
      kind: strings,
      lands: 'EndpointConfig.DriverOpts',
      means: "an option of the network's driver for it",
    }),
    'gw-priority': flag({
      kind: int,
      lands: 'EndpointConfig.GwPriority',
      means: 'the network with the highest number is its way out',
      default: '0',
    }),
    ip: flag({
      kind: string,
      lands: 'EndpointConfig.IPAMConfig.IPv4Address',
      means: 'its IPv4 address there',
      says: (value) => `asks for the address ${value} there`,
      pitfall: 'only where the network has a --subnet',
      minds: mindAddress(4),
    }),
    ip6: flag({
      kind: string,
      lands: 'EndpointConfig.IPAMConfig.IPv6Address',
      means: 'its IPv6 address there',
      minds: mindAddress(6),
    }),
    link: flag({
      kind: link,
      lands: 'EndpointConfig.Links',
      means: 'reach another container by a name of your choice',
      says: ({ container: other, alias }) => `reaches ${other} by the name ${alias}`,
    }),
    'link-local-ip': flag({
      kind: addressList,
      lands: 'EndpointConfig.IPAMConfig.LinkLocalIPs',
      means: 'a link-local address',
    }),
  }),
});

export const networkDisconnect = commandRow({
  name: 'network disconnect',
  means: 'take a container off a network',
  operands: [network, container],
  flags: () => ({
    force: flag({ kind: bool, short: 'f', lands: 'Force', means: 'even where the container is in a bad state' }),
  }),
});

export const networkInspect = commandRow({
  name: 'network inspect',
  means: 'show all the engine knows of networks, members and addresses included, as JSON',
  operands: [networks],
  flags: () => ({
    format: inspectFormat,
    verbose: flag({ kind: bool, short: 'v', lands: 'query verbose', means: 'add services and tasks of a swarm' }),
  }),
});

export const networkLs = commandRow({
  name: 'network ls',
  aliases: ['network list'],
  means: 'list the networks',
  operands: [],
  flags: () => ({
    filter: flag({ ...filters, means: 'keep only networks that match: driver=bridge, name=web, type=custom…' }),
    format: listFormat,
    'no-trunc': noTrunc,
    quiet: quietIds,
  }),
});

export const networkPrune = commandRow({
  name: 'network prune',
  means: 'remove all networks of your own that no container is on',
  operands: [],
  flags: () => ({ filter: pruneFilters, force }),
});

export const networkRm = commandRow({
  name: 'network rm',
  aliases: ['network remove'],
  means: 'remove networks',
  usage: 'NETWORK [NETWORK...]',
  operands: [networks],
  flags: () => ({
    force: flag({ kind: bool, short: 'f', lands: 'client', means: 'no error where the network does not exist' }),
  }),
});

export const networkRows = [
  networkCreate,
  networkConnect,
  networkDisconnect,
  networkInspect,
  networkLs,
  networkPrune,
  networkRm,
];
