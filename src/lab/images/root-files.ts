/** Makes the files of a small stand-in, one that needs no packages: a maker for each kind of root. */
import type { Machine } from './elf.ts';
import { architectureOf, printingProgram } from './elf.ts';
import { staticBusybox } from './busybox.ts';
import type { LabPaths } from '../folder.ts';
import type { Entry } from './image.ts';
import { pausingProgram } from './pause.ts';
import type { DebianRoot, RootFiles } from './stand-in.ts';

export interface MakeOptions {
  readonly machine: Machine;
  readonly paths: LabPaths;
  readonly signal: AbortSignal;
}

/** What is small enough to be made in memory. */
export type SmallRoot = Exclude<RootFiles, DebianRoot>;

export async function rootFiles(root: SmallRoot, options: MakeOptions): Promise<readonly Entry[]> {
  switch (root.from) {
    case 'greeting': {
      const text = root.greeting.replaceAll('{arch}', architectureOf(options.machine));
      return [{ path: 'hello', type: 'file', mode: 0o755, content: printingProgram(options.machine, text) }];
    }
    case 'pause':
      return [{ path: 'pause', type: 'file', mode: 0o755, content: pausingProgram(options.machine) }];
    case 'busybox': {
      const { program, applets } = await staticBusybox(options.paths, options.signal);
      return busyboxEntries(program, applets, root.files);
    }
  }
}

const folders: readonly (readonly [string, number])[] = [
  ['bin', 0o755],
  ['dev', 0o755],
  ['etc', 0o755],
  ['home', 0o755],
  ['proc', 0o755],
  ['root', 0o700],
  ['sbin', 0o755],
  ['sys', 0o755],
  ['tmp', 0o1777],
  ['usr', 0o755],
  ['usr/bin', 0o755],
  ['usr/sbin', 0o755],
  ['var', 0o755],
  ['var/spool', 0o755],
  ['var/www', 0o755],
];

const accounts: Readonly<Record<string, string>> = {
  'etc/passwd':
    'root:x:0:0:root:/root:/bin/sh\ndaemon:x:1:1:daemon:/usr/sbin:/bin/false\nwww-data:x:33:33:www-data:/var/www:/bin/false\nnobody:x:65534:65534:nobody:/home:/bin/false\n',
  'etc/group': 'root:x:0:\ndaemon:x:1:\nwww-data:x:33:\nnogroup:x:65534:\n',
  'etc/nsswitch.conf': 'passwd: files\ngroup: files\nhosts: files dns\n',
};

/** Pure. */
export function busyboxEntries(
  program: Buffer,
  applets: readonly string[],
  files: Readonly<Record<string, string>>,
): readonly Entry[] {
  const texts = { ...accounts, ...files };
  return [
    ...folders.map(([path, mode]): Entry => ({ path, type: 'directory', mode })),
    { path: 'bin/busybox', type: 'file', mode: 0o755, content: program },
    ...applets
      .filter((name) => name !== 'busybox')
      .map((name): Entry => ({ path: `bin/${name}`, type: 'symlink', mode: 0o777, to: '/bin/busybox' })),
    // Scripts begin with #!/usr/bin/env.
    { path: 'usr/bin/env', type: 'symlink', mode: 0o777, to: '/bin/busybox' },
    ...Object.entries(texts).map(([path, text]): Entry => ({
      path,
      type: 'file',
      mode: 0o644,
      content: Buffer.from(text),
    })),
  ];
}
