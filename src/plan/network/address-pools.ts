/** --subnet, --gateway, --ip-range and --aux-address put together: what belongs to which subnet (docker/cli, network/create.go). */
import { Stopped } from '../effects.ts';

interface AddressFlags {
  readonly subnet?: readonly string[];
  readonly gateway?: readonly string[];
  readonly 'ip-range'?: readonly string[];
  readonly 'aux-address'?: readonly { readonly key: string; readonly value: string }[];
}

/** IPAMConfig of the Engine API. */
export interface AddressPool {
  readonly Subnet: string;
  IPRange?: string;
  Gateway?: string;
  AuxiliaryAddresses?: Record<string, string>;
}

/** @throws Stopped in the docker CLI's words for what fits no subnet */
export function addressPools(flags: AddressFlags): readonly AddressPool[] {
  const { subnet = [], gateway = [], 'ip-range': ranges = [], 'aux-address': auxiliary = [] } = flags;
  if (subnet.length < ranges.length || subnet.length < gateway.length)
    throw new Stopped('every ip-range or gateway must have a corresponding subnet');
  const pools = subnet.map((Subnet): AddressPool => ({ Subnet }));
  const overlap = subnet.some((one, at) =>
    subnet.slice(at + 1).some((other) => contains(one, other) || contains(other, one)),
  );
  if (overlap) throw new Stopped('multiple overlapping subnet configuration is not supported');
  for (const range of ranges) {
    const pool = find(pools, range, `no matching subnet for range ${range}`);
    if (pool.IPRange !== undefined)
      throw new Stopped(
        `cannot configure multiple ranges (${range}, ${pool.IPRange}) on the same subnet (${pool.Subnet})`,
      );
    pool.IPRange = range;
  }
  for (const address of gateway) {
    const pool = find(pools, address, `no matching subnet for gateway ${address}`);
    if (pool.Gateway !== undefined)
      throw new Stopped(
        `cannot configure multiple gateways (${address}, ${pool.Gateway}) for the same subnet (${pool.Subnet})`,
      );
    pool.Gateway = address;
  }
  for (const { key, value } of auxiliary) {
    const pool = find(pools, value, `no matching subnet for aux-address ${value}`);
    pool.AuxiliaryAddresses = { ...pool.AuxiliaryAddresses, [key]: value };
  }
  return pools;
}

function find(pools: readonly AddressPool[], address: string, otherwise: string): AddressPool {
  const pool = pools.find(({ Subnet }) => contains(Subnet, address));
  if (!pool) throw new Stopped(otherwise);
  return pool;
}

/** Whether the address, or the first one of a range, is in the subnet. */
function contains(subnet: string, address: string): boolean {
  const [base = '', bits = '0'] = subnet.split('/');
  const network = bitsOf(base);
  const other = bitsOf(address.split('/')[0] ?? '');
  return network.length === other.length && other.slice(0, Number(bits)) === network.slice(0, Number(bits));
}

/** 32 or 128 digits, 0 and 1. */
function bitsOf(address: string): string {
  if (!address.includes(':'))
    return address
      .split('.')
      .map((part) => Number(part).toString(2).padStart(8, '0'))
      .join('');
  const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(address);
  const plain = dotted ? `${dotted[1] ?? ''}${groupsOf(dotted[2] ?? '')}` : address;
  const [head = '', tail] = plain.split('::');
  const before = head.split(':').filter(Boolean);
  const after = (tail ?? '').split(':').filter(Boolean);
  const gap = tail === undefined ? [] : Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0');
  return [...before, ...gap, ...after]
    .map((group) => Number.parseInt(group, 16).toString(2).padStart(16, '0'))
    .join('');
}

/** The IPv4 end of an IPv6 address as two groups. */
function groupsOf(address: string): string {
  const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number);
  return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
}
