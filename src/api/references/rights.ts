/** Rights of processes: capabilities, protections that are switched off, parameters of the kernel. */
import { capabilityName } from '../../permission-name.ts';
import { each, entriesOf, named, privileged } from './reference.ts';
import type { Reference, Rule } from './reference.ts';

/** What docker gives to every container. Source: moby, caps.DefaultCapabilities. */
const usual = new Set(
  'AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE NET_RAW SETFCAP SETGID SETPCAP SETUID SYS_CHROOT'.split(
    ' ',
  ),
);

/** With one of these a process can take over the machine, or look into what is not its own. Source: capabilities(7). */
const strong = new Set(
  'ALL BPF DAC_READ_SEARCH MAC_ADMIN MAC_OVERRIDE PERFMON SYS_ADMIN SYS_BOOT SYS_MODULE SYS_PTRACE SYS_RAWIO SYS_TIME SYSLOG'.split(
    ' ',
  ),
);

export const capabilities: Rule = each(
  named((written) => {
    const name = capabilityName(written);
    if (usual.has(name)) return [];
    return [strong.has(name) ? privileged(`has the capability ${name}`) : capability(name)];
  }),
);

function capability(name: string): Reference {
  return { of: 'capability', name, how: `has the capability ${name}` };
}

/** `no-new-privileges`, and the profiles that are there anyway; every other may allow more than they do. */
export const securityOptions: Rule = each(
  named((option) =>
    /^(?:no-new-privileges(?:[=:]true)?|apparmor[=:]docker-default|seccomp[=:]builtin)$/.test(option)
      ? []
      : [privileged(`changes a protection (${option.length > 60 ? `${option.slice(0, 60)}…` : option})`)],
  ),
);

/** `systempaths=unconfined` arrives as empty lists of paths. */
export const hiddenPaths: Rule = () => [privileged('sees the parts of /proc that are hidden from containers')];

/** Parameters that each container has of its own. Source: moby and runc, which refuse the others. */
export const kernelParameters: Rule = (value) =>
  entriesOf(value).flatMap(([name]) =>
    /^(?:net\.|fs\.mqueue\.|kernel\.(?:msg|shm)\w+$|kernel\.sem$)/.test(name.replaceAll('/', '.'))
      ? []
      : [privileged(`sets ${name} of the engine’s machine`)],
  );

/** A score lower than the engine's own is for the others to pay. */
export const memoryScore: Rule = (value) =>
  typeof value === 'number' && value < 0 ? [privileged('is spared when the machine’s memory is full')] : [];
