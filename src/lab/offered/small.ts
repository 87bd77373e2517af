/** Images of one static program. */
import type { StandIn } from '../images/stand-in.ts';
import { pathVariable } from '../images/stand-in.ts';

/** Lines of at most 70 columns: they are shown behind a margin in a window of 80. {arch} as docker names it, for it is one of two. */
const greeting = `
Hello from Docker!
This message shows that your installation appears to be
working correctly.

It was printed by a stand-in for the image hello-world: a program of
a few hundred bytes that docker-tutor made on this machine for its
lab. Between your command and these lines,
  - the engine pulled the image from the lab's registry ({arch}),
  - made a container from it, and started the program in it,
  - and passed on what the program wrote, until here.

`;

export const smallImages: readonly StandIn[] = [
  {
    repository: 'library/hello-world',
    summary: 'one program that prints a greeting',
    root: { from: 'greeting', greeting },
    config: { Cmd: ['/hello'], Env: [pathVariable()], WorkingDir: '/' },
  },
  {
    repository: 'library/busybox',
    summary: 'busybox of Debian or Ubuntu',
    root: { from: 'busybox', files: {} },
    config: { Cmd: ['sh'], Env: [pathVariable()] },
  },
  {
    repository: 'library/alpine',
    summary: 'busybox of Debian or Ubuntu, without apk',
    root: {
      from: 'busybox',
      files: { 'etc/os-release': 'NAME="busybox"\nID=alpine\nPRETTY_NAME="busybox, standing in for Alpine Linux"\n' },
    },
    config: { Cmd: ['/bin/sh'], Env: [pathVariable()], WorkingDir: '/' },
  },
  {
    // registry.k8s.io/pause is on no mirror of Docker Hub; this copy of it is on the Hub.
    repository: 'rancher/mirrored-pause',
    summary: 'one program that holds the namespaces of a pod',
    root: { from: 'pause' },
    config: { Entrypoint: ['/pause'], Env: [pathVariable()], User: '65535:65535', WorkingDir: '/' },
  },
];
