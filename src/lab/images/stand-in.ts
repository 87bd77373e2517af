/** What an entry of the offer is made of. Types only, and the two values that every entry shares. */
import type { ImageConfig } from './image.ts';

/** A text file of an image. */
export interface TextFile {
  readonly text: string;
  /** Permission bits; 0o644 where absent. */
  readonly mode?: number;
}

export interface Account {
  readonly name: string;
  /** User and group have the same number, as in the real images. */
  readonly id: number;
  readonly home: string;
  readonly shell?: string;
}

/** Packages and files on top of the shared Debian base, which is a layer of its own. */
export interface DebianRoot {
  readonly from: 'debian';
  /** Without their recommendations. */
  readonly packages: readonly string[];
  /** Made before the packages, so that these find their users. */
  readonly accounts?: readonly Account[];
  /** Path without leading slash → content; put in place before the packages are installed, and once more after. */
  readonly files?: Readonly<Record<string, TextFile>>;
  /** `sh -eu` in the image, last. */
  readonly script?: string;
  /** The Node that runs docker-tutor, and its npm, go into /usr/local; the package where it does not run there. */
  readonly node?: true;
}

/** How the file system of an image comes about; root-files.ts and debian-image.ts make them. */
export type RootFiles =
  /** One static program `/hello` that prints `greeting`, with the architecture's name in place of `{arch}`. */
  | { readonly from: 'greeting'; readonly greeting: string }
  /** One static program `/pause` that waits, and collects orphans that end. */
  | { readonly from: 'pause' }
  /** A static busybox with a link for each of its commands, and these text files: path without leading slash → content. */
  | { readonly from: 'busybox'; readonly files: Readonly<Record<string, string>> }
  | DebianRoot;

export interface StandIn {
  /** Docker Hub's name, `library/` written out. */
  readonly repository: string;
  /** What it is, for `lab status`. */
  readonly summary: string;
  readonly root: RootFiles;
  /** What scenarios rely on is as in the real image. */
  readonly config: ImageConfig;
}

/** PATH of the real images, with more in front where they have it. */
export function pathVariable(...front: readonly string[]): string {
  return `PATH=${[...front, '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'].join(':')}`;
}

/** One that was typed in a shell. */
export function program(text: string): TextFile {
  return { text, mode: 0o755 };
}
