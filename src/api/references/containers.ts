/** The bodies by which a container is made, changed and entered. */
import { hostConfig, resources } from './host-config.ts';
import { imageUsed } from './images.ts';
import { networkingConfig } from './networks.ts';
import { harmless, privileged, whenOn, within } from './reference.ts';
import type { Rules } from './reference.ts';

export const newContainer: Rules = {
  ArgsEscaped: harmless,
  AttachStderr: harmless,
  AttachStdin: harmless,
  AttachStdout: harmless,
  Cmd: harmless,
  Domainname: harmless,
  Entrypoint: harmless,
  Env: harmless,
  ExposedPorts: harmless,
  Healthcheck: harmless,
  HostConfig: within(hostConfig, 'HostConfig'),
  Hostname: harmless,
  Image: imageUsed,
  Labels: harmless,
  MacAddress: harmless,
  NetworkDisabled: harmless,
  NetworkingConfig: networkingConfig,
  OnBuild: harmless,
  OpenStdin: harmless,
  Shell: harmless,
  StdinOnce: harmless,
  StopSignal: harmless,
  StopTimeout: harmless,
  Tty: harmless,
  User: harmless,
  // without a source: fresh ones
  Volumes: harmless,
  WorkingDir: harmless,
};

export const containerUpdate: Rules = resources;

export const newExec: Rules = {
  AttachStderr: harmless,
  AttachStdin: harmless,
  AttachStdout: harmless,
  Cmd: harmless,
  ConsoleSize: harmless,
  Detach: harmless,
  DetachKeys: harmless,
  Env: harmless,
  Privileged: whenOn(privileged('runs a command with every right')),
  Tty: harmless,
  User: harmless,
  WorkingDir: harmless,
};
