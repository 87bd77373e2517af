/** What is known of a machine when a cause is put into words: it chooses the fix. doctor/machine.ts collects it. */

export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly root: boolean;
  readonly user: string;
  /** systemd is the running init, not only installed. */
  readonly systemd: boolean;
  readonly wsl: boolean;
  /** docker-tutor itself runs in a container. */
  readonly inContainer: boolean;
  /** Docker Desktop is installed. */
  readonly desktop: boolean;
  /** Docker was installed as a snap. */
  readonly snap: boolean;
  /** dockerd is installed here: it need only be started. */
  readonly dockerd: boolean;
  readonly dockerCli: boolean;
  readonly podman: boolean;
  /** The user's membership of the group docker: in this login, in /etc/group only, or not at all. */
  readonly dockerGroup: 'member' | 'next-login' | 'no';
  /** Sockets of engines that exist here, in the order of engine-facts: suggested, never used by themselves. */
  readonly sockets: readonly KnownSocket[];
}

export interface KnownSocket {
  /** Whose it is, as a learner knows it: `Docker Desktop`. */
  readonly of: string;
  readonly path: string;
  /** `unix://` and the path. */
  readonly address: string;
}
