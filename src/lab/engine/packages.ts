/** Which programs the lab needs, and the Debian and Ubuntu packages that bring them. */

export interface Need {
  readonly program: string;
  readonly package: string;
}

/** docker.io depends on containerd and runc; where a program of Docker's own packages is there, it is used. */
export const engineNeeds: readonly Need[] = [
  { program: 'dockerd', package: 'docker.io' },
  { program: 'containerd', package: 'containerd' },
  { program: 'runc', package: 'runc' },
  { program: 'iptables', package: 'iptables' },
  { program: 'docker-registry', package: 'docker-registry' },
];

/** More, for stand-ins of Debian packages: ../images/debian-base.ts and ../images/debian-image.ts. */
export const imageNeeds: readonly Need[] = [
  { program: 'mmdebstrap', package: 'mmdebstrap' },
  { program: 'unshare', package: 'util-linux' },
  { program: 'tar', package: 'tar' },
];

/** The packages to install, each once. Pure: `has` tells which programs are here. */
export function missingPackages(needs: readonly Need[], has: (program: string) => boolean): readonly string[] {
  const missing = new Set(needs.filter((need) => !has(need.program)).map((need) => need.package));
  if (missing.has('docker.io')) {
    // They come with it, in the versions that it wants.
    missing.delete('containerd');
    missing.delete('runc');
  }
  return [...missing];
}
