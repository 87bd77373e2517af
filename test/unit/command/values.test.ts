import { describe, expect, it } from 'vitest';
import { ValueError, type Kind } from '../../../src/command/kinds.ts';
import {
  bool,
  choice,
  cpus,
  float,
  int,
  intBetween,
  readCsv,
  strings,
  uint,
} from '../../../src/command/values/basic.ts';
import { bytes, bytesOrUnlimited } from '../../../src/command/values/bytes.ts';
import { duration, healthTime } from '../../../src/command/values/duration.ts';
import { image, imageOrId } from '../../../src/command/values/image.ts';
import { device, deviceRate, gpus, platform, restart, tmpfs, ulimit } from '../../../src/command/values/limits.ts';
import { mount } from '../../../src/command/values/mount.ts';
import { mindAddress } from '../../../src/command/tables/minded.ts';
import { addHost, addresses, link, mac, network, subnets } from '../../../src/command/values/network.ts';
import { env, filter, label, loosePairs, pairs } from '../../../src/command/values/pairs.ts';
import { bindingsOf, expose, portsOf, publish } from '../../../src/command/values/port.ts';
import { servicePort } from '../../../src/command/values/service-port.ts';
import { volume } from '../../../src/command/values/volume.ts';

function good<V>(kind: Kind<V>, table: readonly (readonly [raw: string, value: unknown])[]): void {
  it.each(table)('takes %j', (raw, value) => {
    expect(kind.parse(raw)).toEqual(value);
  });
}

function bad<V>(kind: Kind<V>, table: readonly (readonly [raw: string, message: string, hint?: string])[]): void {
  it.each(table.map(([raw, message, hint]) => ({ raw, message, hint })))('refuses $raw', ({ raw, message, hint }) => {
    try {
      kind.parse(raw);
    } catch (error) {
      expect(error).toBeInstanceOf(ValueError);
      expect((error as ValueError).message).toBe(message);
      if (hint !== undefined) expect((error as ValueError).hint).toBe(hint);
      return;
    }
    expect.unreachable(`${raw} was taken`);
  });
}

describe('bool', () => {
  good(bool, [
    ['true', true],
    ['1', true],
    ['T', true],
    ['FALSE', false],
    ['0', false],
    ['f', false],
  ]);
  bad(bool, [
    ['yes', '"yes" is neither true nor false', 'write true or false'],
    ['', '"" is neither true nor false'],
  ]);
});

describe('numbers', () => {
  good(int, [
    ['3', 3],
    ['-1', -1],
    ['+7', 7],
  ]);
  bad(int, [
    ['3.5', '"3.5" is not a whole number'],
    ['', '"" is not a whole number'],
    ['99999999999999999999', '99999999999999999999 is too large a number'],
  ]);
  good(uint, [['0', 0]]);
  bad(uint, [['-1', '-1 is too small', 'the least is 0']]);
  bad(intBetween(10, 20), [['21', '21 is out of range', 'write a number from 10 to 20']]);
  good(float, [
    ['0.25', 0.25],
    ['.5', 0.5],
    ['1', 1],
  ]);
  bad(float, [['a', '"a" is not a number', 'write it like 0.25']]);
  good(cpus, [
    ['1.5', 1_500_000_000],
    ['0.25', 250_000_000],
    ['.5', 500_000_000],
    ['2', 2_000_000_000],
    ['1/2', 500_000_000],
    ['15e-1', 1_500_000_000],
    // the engine says how many there may be
    ['-1', -1_000_000_000],
  ]);
  bad(cpus, [
    ['two', '"two" is not a number of CPUs'],
    ['1.5/2', '"1.5/2" is not a number of CPUs'],
    ['1/0', '"1/0" is not a number of CPUs'],
    ['0.0000000001', '"0.0000000001" is too precise'],
  ]);
  bad(choice(['always', 'missing', 'never']), [
    ['sometimes', '"sometimes" is not one of always, missing, never', 'write always, missing or never'],
  ]);
});

describe('a CSV record', () => {
  it.each([
    ['a,b', ['a', 'b']],
    ['', []],
    ['"a,b",c', ['a,b', 'c']],
    ['"a ""b""",c', ['a "b"', 'c']],
    ['a,', ['a', '']],
  ])('%j', (raw, values) => {
    expect(readCsv(raw)).toEqual(values);
    expect(strings.split?.(raw)).toEqual(values);
  });
  it.each(['"a', 'a"b', '"a"b'])('refuses %j', (raw) => {
    expect(() => readCsv(raw)).toThrow(ValueError);
  });
});

describe('sizes', () => {
  good(bytes, [
    // more than 64 bits hold: docker sends the smallest number there is
    ['99999p', -9223372036854774784],
    ['512m', 536_870_912],
    ['1g', 1_073_741_824],
    ['1G', 1_073_741_824],
    ['1.5g', 1_610_612_736],
    ['64MiB', 67_108_864],
    ['100', 100],
    ['10kb', 10_240],
    ['5 m', 5_242_880],
    ['0', 0],
    ['1b', 1],
    ['1e3k', 1_024_000],
  ]);
  bad(bytes, [
    ['-1', '"-1" is not a size', 'write a number and b, k, m or g: 512m'],
    ['512 megabytes', '"512 megabytes" is not a size'],
    ['m', '"m" is not a size'],
    ['', '"" is not a size'],
    ['1,5g', '"1,5g" is not a size'],
    ['5ib', '"5ib" is not a size'],
  ]);
  good(bytesOrUnlimited, [
    ['-1', -1],
    ['1k', 1024],
  ]);
  bad(bytesOrUnlimited, [['-2', '"-2" is not a size']]);
});

describe('durations', () => {
  good(duration, [
    ['30s', 30e9],
    ['1m30s', 90e9],
    ['1.5h', 5400e9],
    ['300ms', 300e6],
    ['0', 0],
    ['-5s', -5e9],
    ['10us', 10e3],
    ['10µs', 10e3],
    ['1ns', 1],
    ['.5s', 5e8],
    ['100us', 1e5],
    ['500µs', 5e5],
  ]);
  bad(duration, [
    ['30', '"30" has no unit', 'write 30s for seconds, 30m for minutes'],
    ['', '"" is not a length of time'],
    ['5 s', '"5 s" is not a length of time', 'write it like 30s, 1m30s or 2h'],
    ['1d', '"1d" is not a length of time'],
    ['2562048h', '2562048h is too long a time', 'the most is 2562047h, some 292 years'],
  ]);
  good(healthTime('Interval'), [
    ['0s', 0],
    ['1ms', 1e6],
    ['.5s', 5e8],
  ]);
  bad(healthTime('Interval'), [
    ['-1s', '-1s is negative'],
    ['10us', '10us is too short', 'the least is 1ms'],
    ['500µs', '500µs is too short', 'the least is 1ms'],
  ]);
});

describe('publishing ports', () => {
  const one = (first: number, last = first) => ({ first, last });
  good(publish, [
    ['80', { container: one(80), protocol: 'tcp' }],
    ['8080:80', { host: one(8080), container: one(80), protocol: 'tcp' }],
    ['127.0.0.1:8080:80/udp', { address: '127.0.0.1', host: one(8080), container: one(80), protocol: 'udp' }],
    ['::1:80:80', { address: '::1', host: one(80), container: one(80), protocol: 'tcp' }],
    ['published=8080,target=80', { host: one(8080), container: one(80), protocol: 'tcp' }],
    ['target=53,protocol=udp', { container: one(53), protocol: 'udp' }],
    ['[::1]:80:80', { address: '::1', host: one(80), container: one(80), protocol: 'tcp' }],
    ['8000-8010:80-90', { host: one(8000, 8010), container: one(80, 90), protocol: 'tcp' }],
    ['8000-8010:80', { host: one(8000, 8010), container: one(80), protocol: 'tcp' }],
    ['127.0.0.1::80', { address: '127.0.0.1', container: one(80), protocol: 'tcp' }],
    ['53:53/UDP', { host: one(53), container: one(53), protocol: 'udp' }],
    [':80', { container: one(80), protocol: 'tcp' }],
  ]);
  bad(publish, [
    ['8080:', '"8080:" names no port of the container', 'write it like 8080:80, host port first'],
    ['web:80', '"web" is not a port'],
    ['80:70000', '70000 is too large for a port', 'ports go from 1 to 65535'],
    ['8000-8002:80-81', 'the ranges 8000-8002 and 80-81 are not of the same length'],
    ['90-80', 'the range 90-80 ends before it starts', 'write the smaller port first'],
    ['80/http', '"http" is not a protocol', 'write /tcp, /udp or /sctp after the port'],
    ['localhost:80:80', '"localhost" is not an IP address', 'write it like 127.0.0.1:8080:80'],
    ['300.0.0.1:80:80', '"300.0.0.1" is not an IP address'],
    ['::x:80:80', '"::x:80:80" has too many colons', 'write an IPv6 address like [::1]:8080:80'],
    ['', '"" names no port of the container'],
    ['1-2-3', '"1-2-3" is not a range of ports'],
  ]);
  it('becomes one binding a container port', () => {
    expect(bindingsOf(publish.parse('8000-8001:80-81'))).toEqual([
      { port: '80/tcp', hostIp: '', hostPort: '8000' },
      { port: '81/tcp', hostIp: '', hostPort: '8001' },
    ]);
  });
  it('offers a range of host ports to one container port', () => {
    expect(bindingsOf(publish.parse('8000-8010:80'))).toEqual([{ port: '80/tcp', hostIp: '', hostPort: '8000-8010' }]);
  });
  it('leaves the host port open where none is written', () => {
    expect(bindingsOf(publish.parse('127.0.0.1::80'))).toEqual([{ port: '80/tcp', hostIp: '127.0.0.1', hostPort: '' }]);
  });
  it('reads exposed ports and ranges', () => {
    expect(portsOf(expose.parse('80-82/udp'))).toEqual(['80/udp', '81/udp', '82/udp']);
  });
  bad(expose, [
    ['80:80', '"80:80" is not a port of the container', 'expose takes no host port; to publish one use -p'],
  ]);
});

describe('ports of a service', () => {
  const target = { first: 80, last: 80 };
  good(servicePort, [
    ['8080:80', { published: { first: 8080, last: 8080 }, target, protocol: 'tcp', mode: 'ingress' }],
    ['80', { target, protocol: 'tcp', mode: 'ingress' }],
    [
      'published=8080,target=80,protocol=udp,mode=host',
      { published: { first: 8080, last: 8080 }, target, protocol: 'udp', mode: 'host' },
    ],
    ['target=80', { target, protocol: 'tcp', mode: 'ingress' }],
  ]);
  bad(servicePort, [
    ['127.0.0.1:80:80', '"127.0.0.1:80:80" names an address'],
    ['published=80', 'the target is missing', 'add target=PORT, the port of the container'],
    ['target=80,mode=all', '"all" is not a mode', 'write mode=ingress or mode=host'],
    ['target=80,port=1', '"port" is not a key of --publish'],
  ]);
});

describe('volumes', () => {
  const mountOf = (raw: string, rest: object) => ({ raw, options: [], readOnly: false, ...rest });
  good(volume, [
    ['data:/x', mountOf('data:/x', { type: 'volume', source: 'data', target: '/x' })],
    [
      '/host:/x:ro,z',
      mountOf('/host:/x:ro,z', { type: 'bind', source: '/host', target: '/x', options: ['ro', 'z'], readOnly: true }),
    ],
    ['/x', mountOf('/x', { type: 'anonymous', target: '/x' })],
    // docker sends these as they are, and the engine judges
    ...['data', 'd:/x', 'a:', ':', '/', '.'].map((raw): [string, object] => [
      raw,
      mountOf(raw, { type: 'anonymous', target: raw }),
    ]),
    ['./src:/x', mountOf('./src:/x', { type: 'bind', source: './src', target: '/x' })],
    ['C:\\x:/y', mountOf('C:\\x:/y', { type: 'bind', source: 'C:\\x', target: '/y' })],
    [
      'c:/x:/y:ro',
      mountOf('c:/x:/y:ro', { type: 'bind', source: 'c:/x', target: '/y', options: ['ro'], readOnly: true }),
    ],
  ]);
  bad(volume, [
    ['', 'a volume needs a path in the container', 'write it like data:/data'],
    ['data:x', '"x" is not a full path in the container', 'start it with a slash: data:/x'],
    ['ab:/b:cd:de', '"ab:/b:cd:de" has too many colons'],
    ['/a::ro', '"/a::ro" has an empty part'],
    ['/a:/b:rx', '"rx" is not a mode of a mount', 'the common ones are ro (read only), rw, z and Z'],
    ['data:/', 'the root of the container cannot be covered by a mount'],
    ['src/app:/x', '"src/app" is not the name of a volume', 'for a folder write ./src/app, or its full path'],
    ['d:/x:ro', '"d:/x:ro" names one path and a mode'],
    ['my data:/x', '"my data" is not the name of a volume'],
  ]);
});

describe('--mount', () => {
  good(mount, [
    ['type=volume,source=pgdata,target=/data', { Type: 'volume', Source: 'pgdata', Target: '/data' }],
    ['type=bind,src=/a,dst=/b,ro', { Type: 'bind', Source: '/a', Target: '/b', ReadOnly: true }],
    [
      'type=bind,source=/a,target=/b,bind-propagation=rshared',
      { Type: 'bind', Source: '/a', Target: '/b', BindOptions: { Propagation: 'rshared' } },
    ],
    [
      'type=tmpfs,destination=/t,tmpfs-size=64m,tmpfs-mode=1777',
      { Type: 'tmpfs', Target: '/t', TmpfsOptions: { SizeBytes: 67_108_864, Mode: 0o1777 } },
    ],
    [
      'src=v,target=/v,volume-nocopy,volume-label=a=b,volume-driver=local,volume-opt=type=nfs',
      {
        Type: 'volume',
        Source: 'v',
        Target: '/v',
        VolumeOptions: { NoCopy: true, Labels: { a: 'b' }, DriverConfig: { Name: 'local', Options: { type: 'nfs' } } },
      },
    ],
    ['type=volume,target=/v,readonly=false', { Type: 'volume', Target: '/v', ReadOnly: false }],
    [
      'type=image,source=alpine,target=/i,image-subpath=etc',
      { Type: 'image', Source: 'alpine', Target: '/i', ImageOptions: { Subpath: 'etc' } },
    ],
  ]);
  bad(mount, [
    ['', 'the value is empty'],
    ['type=volume,source=x', 'the target is missing', 'add target=/path/in/the/container'],
    ['type=bind,target=/x', 'a bind mount needs a source', 'add source=/path/on/the/host'],
    ['type=disk,target=/x', '"disk" is not a type of mount', 'write type=bind, type=volume or type=tmpfs'],
    ['tpye=bind,target=/x', '"tpye" is not a key of --mount', 'did you mean type?'],
    ['target', '"target" is not key=value', 'write target=…'],
    ['type=tmpfs,source=a,target=/x', 'a tmpfs has no source'],
    [
      'type=bind,source=/a,target=/x,volume-nocopy',
      'volume-… options do not go with type=bind',
      'write type=volume, or leave them out',
    ],
    ['type=tmpfs,target=/x,tmpfs-mode=9', '"9" is not a file mode'],
  ]);
});

describe('name=value', () => {
  good(env, [
    ['A=b', { name: 'A', value: 'b' }],
    ['A=b=c', { name: 'A', value: 'b=c' }],
    ['A=', { name: 'A', value: '' }],
    ['TZ', { name: 'TZ' }],
  ]);
  bad(env, [['=b', 'an environment variable needs a name', 'write it like NAME=value']]);
  good(label, [
    ['a=b', { key: 'a', value: 'b' }],
    ['a', { key: 'a', value: '' }],
  ]);
  bad(label, [['=b', 'a label needs a key']]);
  good(filter, [
    ['status=exited', { key: 'status', value: 'exited' }],
    ['label=a=b', { key: 'label', value: 'a=b' }],
    ['Name = x', { key: 'name', value: 'x' }],
  ]);
  bad(filter, [['exited', '"exited" is not a filter', 'write it like status=exited']]);
  bad(pairs('a kernel setting', 'a=1'), [['x', '"x" is not a kernel setting', 'write it like a=1']]);
  good(loosePairs(), [['x', { key: 'x', value: '' }]]);
});

describe('limits and devices', () => {
  good(ulimit, [
    ['nofile=1024:2048', { name: 'nofile', soft: 1024, hard: 2048 }],
    ['nproc=10', { name: 'nproc', soft: 10, hard: 10 }],
    ['core=-1', { name: 'core', soft: -1, hard: -1 }],
  ]);
  bad(ulimit, [
    ['nofile', '"nofile" is not a limit'],
    ['files=1', '"files" is not a limit'],
    ['nofile=2:1', 'the soft limit is above the hard limit'],
    ['nofile=a', '"a" is not a number'],
    ['nofile=1:2:3', '"nofile=1:2:3" has too many colons'],
  ]);
  const gpu = { driver: '', count: 0, deviceIds: [], capabilities: ['gpu'], options: {} };
  good(gpus, [
    ['all', { ...gpu, count: -1 }],
    ['2', { ...gpu, count: 2 }],
    ['device=0', { ...gpu, deviceIds: ['0'] }],
    ['"device=0,2"', { ...gpu, deviceIds: ['0', '2'] }],
    ['driver=nvidia,count=1', { ...gpu, driver: 'nvidia', count: 1 }],
  ]);
  bad(gpus, [
    ['some', '"some" is not a number of GPUs'],
    ['kind=x', '"kind" is not a key of --gpus'],
  ]);
  good(device, [
    ['/dev/tty', { host: '/dev/tty', container: '/dev/tty', permissions: 'rwm' }],
    ['/dev/a:/dev/b', { host: '/dev/a', container: '/dev/b', permissions: 'rwm' }],
    ['/dev/a:/dev/b:r', { host: '/dev/a', container: '/dev/b', permissions: 'r' }],
    ['/dev/a:rw', { host: '/dev/a', container: '/dev/a', permissions: 'rw' }],
    ['nvidia.com/gpu=0', { host: '', container: '', permissions: '', cdi: 'nvidia.com/gpu=0' }],
  ]);
  bad(device, [
    ['/dev/a:/dev/b:x', '"x" is not a permission'],
    ['/dev/a:b', '"b" is not a full path in the container'],
    ['', '"" is not a device'],
  ]);
  good(deviceRate(Number, 'weight'), [['/dev/sda:10', { path: '/dev/sda', rate: 10 }]]);
  bad(deviceRate(Number, 'weight'), [['sda:10', '"sda:10" is not a device and a number']]);
  good(restart, [
    ['always', { name: 'always', maximumRetryCount: 0 }],
    ['on-failure:3', { name: 'on-failure', maximumRetryCount: 3 }],
    ['', { name: 'no', maximumRetryCount: 0 }],
  ]);
  bad(restart, [
    ['never', '"never" is not a restart policy', 'write no, always, unless-stopped or on-failure:3'],
    ['always:3', 'always takes no number of tries'],
    ['on-failure:x', '"x" is not a number of tries'],
  ]);
  good(platform, [
    ['linux/amd64', 'linux/amd64'],
    ['linux/arm/v7', 'linux/arm/v7'],
    ['linux', 'linux'],
  ]);
  bad(platform, [
    ['linux amd64', '"linux amd64" is not a platform'],
    ['a/b/c/d', '"a/b/c/d" is not a platform'],
  ]);
  good(tmpfs, [
    ['/tmp:size=64m', { path: '/tmp', options: 'size=64m' }],
    ['/tmp', { path: '/tmp', options: '' }],
  ]);
  bad(tmpfs, [
    ['tmp', '"tmp" is not a full path in the container'],
    ['/', 'the root of the container cannot be a tmpfs'],
  ]);
});

describe('networks and addresses', () => {
  const plain = { aliases: [], driverOpts: {}, linkLocalIps: [] };
  good(network, [
    ['youtube', { target: 'youtube', ...plain }],
    ['container:web', { target: 'container:web', ...plain }],
    [
      'name=youtube,alias=db,alias=store,ip=172.20.0.5',
      { target: 'youtube', ...plain, aliases: ['db', 'store'], ipv4Address: '172.20.0.5' },
    ],
    [
      'name=a,driver-opt=k=v,gw-priority=5,mac-address=92:d0:c6:0a:29:33',
      { target: 'a', ...plain, driverOpts: { k: 'v' }, gwPriority: 5, macAddress: '92:d0:c6:0a:29:33' },
    ],
  ]);
  bad(network, [
    ['alias=db', 'the name of the network is missing'],
    ['name=a,foo=b', '"foo" is not a key of --network'],
  ]);
  it.each(['172.20.0.10', ''])('%j is not minded as an IPv4 address', (text) => {
    expect(mindAddress(4)(text)).toBeUndefined();
  });
  it.each(['172.20.0', '256.1.1.1', '01.1.1.1'])('%s is sent, and minded', (text) => {
    expect(mindAddress(4)(text)).toMatch(/is not an IPv4 address/);
  });
  it.each(['2001:db8::33', '::', '::ffff:1.2.3.4', '1:2:3:4:5:6:7:8'])('%s is an IPv6 address', (text) => {
    expect(mindAddress(6)(text)).toBeUndefined();
  });
  it.each(['1:2', '1::2::3', 'g::'])('%s is sent, and minded', (text) => {
    expect(mindAddress(6)(text)).toMatch(/is not an IPv6 address/);
  });
  bad(addresses, [['dns.google', '"dns.google" is not an IP address']]);
  good(subnets, [
    ['172.28.0.0/16', '172.28.0.0/16'],
    ['2001:db8::/64', '2001:db8::/64'],
  ]);
  bad(subnets, [
    ['172.28.0.0', '"172.28.0.0" is not a subnet'],
    ['172.28.0.0/33', '"172.28.0.0/33" is not a subnet'],
  ]);
  good(mac, [['92:d0:c6:0a:29:33', '92:d0:c6:0a:29:33']]);
  bad(mac, [['92:d0', '"92:d0" is not a MAC address']]);
  good(addHost, [
    ['db:10.0.0.2', { host: 'db', ip: '10.0.0.2' }],
    ['db=::1', { host: 'db', ip: '::1' }],
    ['db:[::1]', { host: 'db', ip: '::1' }],
    ['h:host-gateway', { host: 'h', ip: 'host-gateway' }],
  ]);
  bad(addHost, [
    ['db', '"db" is not a host and an address'],
    ['db:x', '"x" is not an IP address'],
  ]);
  good(link, [
    ['db', { container: 'db', alias: 'db' }],
    ['db:store', { container: 'db', alias: 'store' }],
  ]);
  bad(link, [
    ['', '"" is not a link'],
    ['a:b:c', '"a:b:c" is not a link'],
  ]);
});

describe('image names', () => {
  it.each([
    ['ubuntu', 'docker.io/library/ubuntu:latest', 'ubuntu'],
    ['nginx:alpine', 'docker.io/library/nginx:alpine', 'nginx:alpine'],
    ['user/app:1', 'docker.io/user/app:1', 'user/app:1'],
    ['localhost:5000/app', 'localhost:5000/app:latest', 'localhost:5000/app'],
    ['localhost/app', 'localhost/app:latest', 'localhost/app'],
    ['docker.io/ubuntu', 'docker.io/library/ubuntu:latest', 'ubuntu'],
    ['docker.io/library/ubuntu:22.04', 'docker.io/library/ubuntu:22.04', 'ubuntu:22.04'],
    ['index.docker.io/user/app', 'docker.io/user/app:latest', 'user/app'],
    ['ghcr.io/a/b/c:v1', 'ghcr.io/a/b/c:v1', 'ghcr.io/a/b/c:v1'],
    ['MyHost/app', 'MyHost/app:latest', 'MyHost/app'],
    ['python:3.9-slim', 'docker.io/library/python:3.9-slim', 'python:3.9-slim'],
    [
      `alpine@sha256:${'a'.repeat(64)}`,
      `docker.io/library/alpine@sha256:${'a'.repeat(64)}`,
      `alpine@sha256:${'a'.repeat(64)}`,
    ],
    [
      '123456789012.dkr.ecr.eu-west-1.amazonaws.com/app:1',
      '123456789012.dkr.ecr.eu-west-1.amazonaws.com/app:1',
      '123456789012.dkr.ecr.eu-west-1.amazonaws.com/app:1',
    ],
  ])('%s is %s', (raw, canonical, familiar) => {
    expect(image.parse(raw)).toMatchObject({ canonical, familiar });
  });
  bad(image, [
    ['Ubuntu', 'a repository name must be lowercase', 'write ubuntu'],
    ['user/App:1', 'a repository name must be lowercase', 'write user/app:1'],
    ['', 'the image name is empty'],
    ['app:', 'after the colon of "app:" a tag is missing', 'write app:latest, or leave the colon out'],
    [`app:@sha256:${'a'.repeat(64)}`, `after the colon of "app:@sha256:${'a'.repeat(64)}" a tag is missing`],
    ['app:a b', '"a b" is not a tag'],
    ['bad_host.x/app', '"bad_host.x" is not the name of a registry'],
    [`alpine@sha256:${'A'.repeat(64)}`, `"sha256:${'A'.repeat(64)}" is not a digest`],
    ['my..app', '"my..app" is not an image name'],
    ['-app', '"-app" is not an image name'],
    [':latest', '":latest" names no image'],
    ['http://x.y/app', 'an image name has no http:// in front'],
    ['alpine@sha256:12', '"sha256:12" is not a digest', 'a digest is sha256: and 64 hexadecimal digits'],
    ['a'.repeat(64), 'a name may not be 64 hexadecimal digits, which is an id'],
    ['a'.repeat(300), 'the image name is longer than 255 characters'],
  ]);
  good(imageOrId, [
    ['a'.repeat(64), { id: 'a'.repeat(64) }],
    [`sha256:${'b'.repeat(64)}`, { id: `sha256:${'b'.repeat(64)}` }],
    ['abcdef123456', expect.objectContaining({ familiar: 'abcdef123456' })],
    [
      `nginx:1@sha256:${'a'.repeat(64)}`,
      expect.objectContaining({ familiarName: 'nginx', tag: '1', digest: `sha256:${'a'.repeat(64)}` }),
    ],
  ]);
});
