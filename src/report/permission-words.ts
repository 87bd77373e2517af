/** What a permission lets a lesson do, in plain words: on the screen that asks, in `list`, and when a lesson begins. */
import { namedBy, readCapability } from '../permission-name.ts';
import type { Capability, NamedKind, Permission, Right } from '../permission-name.ts';
import { cleanLine } from '../terminal/clean-text.ts';

/** `container:my-db: it reads and uses your container my-db.` */
export function permissionSentence(permission: Permission): string {
  return `${cleanLine(permission)}: it ${permissionWords(permission)}.`;
}

/** Completes “It …”: `reads and uses your container my-db`. */
export function permissionWords(permission: Permission): string {
  const named = namedBy(permission);
  return named ? namedWords(named.kind, cleanLine(named.name)) : rightWords[permission as Right];
}

const rightWords: Readonly<Record<Right, string>> = {
  'host-network': "uses the network of the engine's machine itself, and may ask every port there",
  'bind-outside-workspace': "reads and changes files outside the lesson's own folder",
  privileged: "runs containers with rights on the engine's machine itself",
  'engine-socket': 'gives a container command of the engine',
  'swarm-init': 'makes this engine part of a swarm',
};

function namedWords(kind: NamedKind, name: string): string {
  switch (kind) {
    case 'container':
    case 'service':
      return `reads and uses your ${kind} ${name}`;
    case 'volume':
      return `reads and writes your volume ${name}`;
    case 'network':
      return `joins your network ${name}, and reaches what is on it`;
    case 'image':
      return `reads, uses and hands on your own image ${name}`;
    case 'secret':
    case 'config':
      return `lets its services read your ${kind} ${name}`;
    case 'registry':
      return `gets images from the registry ${name}, sends some there, and logs in`;
    case 'address':
      return `asks the address ${name}`;
    case 'capability':
      return capabilitySentence(name);
    case 'log-driver':
      return `sends what containers print away, by the log driver ${name}`;
    case 'runtime':
      return `runs containers by another runtime, ${name}`;
    case 'driver':
      return `makes volumes or networks by the driver ${name}, which is not the engine's own`;
  }
}

function capabilitySentence(name: string): string {
  const known = readCapability(name);
  return `gives containers the capability ${name}${known === undefined ? '' : `: ${capabilityWords[known]}`}`;
}

/** What a process with it can do. Source: capabilities(7). */
const capabilityWords: Readonly<Record<Capability, string>> = {
  AUDIT_CONTROL: "change what the kernel's audit log records",
  AUDIT_READ: "read the kernel's audit log",
  AUDIT_WRITE: "write into the kernel's audit log",
  BLOCK_SUSPEND: 'keep the machine from going to sleep',
  BPF: 'load programs into the kernel',
  CHECKPOINT_RESTORE: 'freeze processes and bring them back',
  CHOWN: 'give files to other users',
  DAC_OVERRIDE: 'read and change files whatever their rights say',
  DAC_READ_SEARCH: 'read every file, those of the machine too',
  FOWNER: 'treat files of others as their own',
  FSETID: 'keep the set-user bits of files they change',
  IPC_LOCK: 'hold memory that is never swapped out',
  IPC_OWNER: 'read and write shared memory of others',
  KILL: 'send signals to processes of others',
  LEASE: 'be told before others open a file',
  LINUX_IMMUTABLE: 'make files that nobody can change, and change such files',
  MAC_ADMIN: "change the rules of the kernel's access control",
  MAC_OVERRIDE: "go past the kernel's access control",
  MKNOD: 'make device files',
  NET_ADMIN: 'change network interfaces, routes and firewall rules',
  NET_BIND_SERVICE: 'listen on ports below 1024',
  NET_BROADCAST: 'send to all on a network at once',
  NET_RAW: 'send packets of any form, under any address',
  PERFMON: 'watch what the whole kernel does',
  SETFCAP: 'give capabilities to files',
  SETGID: 'become any group',
  SETPCAP: 'hand capabilities on',
  SETUID: 'become any user',
  SYSLOG: "read the kernel's messages",
  SYS_ADMIN: 'nearly all that root may do, mount file systems among it',
  SYS_BOOT: 'restart the machine',
  SYS_CHROOT: 'take another folder for the root of all files',
  SYS_MODULE: 'load modules into the kernel',
  SYS_NICE: 'give processes more of the processor',
  SYS_PACCT: 'switch the recording of processes on and off',
  SYS_PTRACE: 'look into other processes and change them',
  SYS_RAWIO: "read and write the machine's devices directly",
  SYS_RESOURCE: 'go past limits and quotas',
  SYS_TIME: "set the machine's clock",
  SYS_TTY_CONFIG: "set up the machine's terminals",
  WAKE_ALARM: 'set alarms that wake the machine',
};
