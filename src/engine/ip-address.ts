/** Kinds of IP addresses. IPv4 addresses written as IPv6 (`::ffff:127.0.0.1`) are taken for what they are. */
import { BlockList, isIP, isIPv6 } from 'node:net';
import { networkInterfaces } from 'node:os';
import { once } from '../once.ts';

const loopback = once(() => {
  const list = new BlockList();
  list.addSubnet('127.0.0.0', 8, 'ipv4');
  list.addAddress('::1', 'ipv6');
  return list;
});

/** Of every machine itself, and of what only it and its neighbours know, such as a cloud's own secrets. */
const ofEveryMachine = once(() => {
  const list = new BlockList();
  list.addSubnet('127.0.0.0', 8, 'ipv4');
  list.addAddress('::1', 'ipv6');
  // "this host": Linux connects to itself
  list.addSubnet('0.0.0.0', 8, 'ipv4');
  list.addAddress('::', 'ipv6');
  // link-local
  list.addSubnet('169.254.0.0', 16, 'ipv4');
  list.addSubnet('fe80::', 10, 'ipv6');
  return list;
});

export function isLoopback(address: string): boolean {
  return isIn(loopback(), address);
}

/** Where an engine may ask what is called so on its own machine, the first that answers: `localhost` is both. */
export function meantBy(host: string): readonly string[] {
  return host === 'localhost' ? ['::1', '127.0.0.1'] : [host];
}

/** Whether this machine answers there itself, or its closest surroundings do. */
export function isThisMachine(address: string): boolean {
  const own = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return isIn(ofEveryMachine(), address) || own.some((one) => isSame(one.address, address));
}

export function isSame(one: string, other: string): boolean {
  const list = new BlockList();
  const plain = withoutZone(one);
  if (isIP(plain) === 0) return false;
  list.addAddress(plain, familyOf(plain));
  return isIn(list, other);
}

function isIn(list: BlockList, address: string): boolean {
  const plain = withoutZone(address);
  return isIP(plain) !== 0 && list.check(plain, familyOf(plain));
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIPv6(address) ? 'ipv6' : 'ipv4';
}

/** `fe80::1%eth0` */
function withoutZone(address: string): string {
  return address.replace(/%.*$/, '');
}
