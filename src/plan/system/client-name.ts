/** How version and info name this client, where the docker CLI names its edition. */
export const clientName = 'docker-tutor';

/** The name that Go has for an architecture of Node's. */
export function goArch(arch: string): string {
  return arch === 'x64' ? 'amd64' : arch;
}
