/** Where engines listen when they are not told otherwise. Pure. */
import type { KnownSocket } from '../../causes/facts.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** The address the docker CLI takes when nothing is set. */
export function defaultAddress(platform: NodeJS.Platform): string {
  return platform === 'win32' ? 'npipe:////./pipe/docker_engine' : 'unix:///var/run/docker.sock';
}

/** Unix sockets worth naming to somebody whose engine was not found, most likely first. */
export function knownSockets(home: string, env: Env): readonly KnownSocket[] {
  const runtime = env['XDG_RUNTIME_DIR'];
  const places: (readonly [string, string])[] = [
    ['Docker Engine', '/var/run/docker.sock'],
    ...(runtime ? [['rootless Docker', `${runtime}/docker.sock`] as const] : []),
    ['Docker Desktop', `${home}/.docker/run/docker.sock`],
    ['Docker Desktop', `${home}/.docker/desktop/docker.sock`],
    ['Colima', `${home}/.colima/default/docker.sock`],
    ['Rancher Desktop', `${home}/.rd/docker.sock`],
    ['OrbStack', `${home}/.orbstack/run/docker.sock`],
    ...(runtime ? [['Podman', `${runtime}/podman/podman.sock`] as const] : []),
  ];
  return places.map(([of, path]) => ({ of, path, address: `unix://${path}` }));
}
