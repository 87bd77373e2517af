/** The stand-in images that the lab can make: one entry an image. Any tag that is asked for is the same stand-in. */
import type { ImageConfig } from './image.ts';

/** How the file system of an image comes about; root-files.ts has a maker for each kind. */
export type RootFiles =
  /** One static program `/hello` that prints `greeting`. */
  | { readonly from: 'greeting'; readonly greeting: string }
  /** A static busybox with a link for each of its commands, and these text files: path without leading slash → content. */
  | { readonly from: 'busybox'; readonly files: Readonly<Record<string, string>> };

export interface StandIn {
  /** Docker Hub's name, `library/` written out. */
  readonly repository: string;
  /** What it is, for `lab status`. */
  readonly summary: string;
  /** Counts up whenever the entry or its maker changes: an older one in the registry is then made anew. */
  readonly revision: number;
  readonly root: RootFiles;
  /** What scenarios rely on is as in the real image. */
  readonly config: ImageConfig;
}

/** On every stand-in, so that it is known as one on any engine. */
export const standInLabel = 'docker-tutor.stand-in';

const path = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

const greeting = `
Hello from Docker!
This message shows that your installation appears to be working correctly.

It was printed by a stand-in for the image hello-world: a program of a few
hundred bytes that docker-tutor made on this machine for its lab. Between your
command and these lines,
  - the engine pulled the image from the lab's registry,
  - made a container from it, and started the program in it,
  - and passed on what the program wrote, until here.

`;

export const standIns: readonly StandIn[] = [
  {
    repository: 'library/hello-world',
    summary: 'one program that prints a greeting',
    revision: 1,
    root: { from: 'greeting', greeting },
    config: { Cmd: ['/hello'], Env: [path], WorkingDir: '/' },
  },
  {
    repository: 'library/busybox',
    summary: 'busybox of Debian or Ubuntu',
    revision: 1,
    root: { from: 'busybox', files: {} },
    config: { Cmd: ['sh'], Env: [path] },
  },
  {
    repository: 'library/alpine',
    summary: 'busybox of Debian or Ubuntu, without apk',
    revision: 1,
    root: {
      from: 'busybox',
      files: { 'etc/os-release': 'NAME="busybox"\nID=alpine\nPRETTY_NAME="busybox, standing in for Alpine Linux"\n' },
    },
    config: { Cmd: ['/bin/sh'], Env: [path], WorkingDir: '/' },
  },
];

export interface HubReference {
  /** `library/busybox` */
  readonly repository: string;
  readonly tag: string;
}

/** undefined for a name of another registry, one with a digest, or one that is no image name. */
export function hubReference(name: string): HubReference | undefined {
  const match =
    /^(?:(?:index\.)?docker\.io\/)?((?:[a-z0-9]+(?:[._-]+[a-z0-9]+)*\/)*[a-z0-9]+(?:[._-]+[a-z0-9]+)*)(?::([\w][\w.-]{0,127}))?$/.exec(
      name,
    );
  const path = match?.[1];
  if (path === undefined) return undefined;
  const [first = '', ...rest] = path.split('/');
  // A first part with a dot, or localhost, is a registry's address.
  if (rest.length > 0 && (first.includes('.') || first === 'localhost')) return undefined;
  return { repository: rest.length === 0 ? `library/${path}` : path, tag: match?.[2] ?? 'latest' };
}

export function standInFor(name: string): StandIn | undefined {
  const reference = hubReference(name);
  return standIns.find(({ repository }) => repository === reference?.repository);
}
