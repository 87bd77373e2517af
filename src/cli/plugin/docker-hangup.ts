/**
 * The docker CLI does not pass signals on to a plugin. Where it has no terminal, it closes the socket that it named in
 * DOCKER_CLI_PLUGIN_SOCKET: the plugin is to stop. docker/cli, cli-plugins/socket.
 */
import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';

/** Between two looks at the list of sockets, in milliseconds. */
const lookEvery = 250;

/** Calls `stop` once the docker CLI has closed the socket. Keeps no process alive. */
export function onDockerHangup(socket: string, stop: () => void): void {
  // Go writes the zero byte of an abstract socket's name as @
  const connection = connect(socket.replace(/^@/, '\0'));
  let connected = false;
  connection.unref();
  connection
    .once('connect', () => (connected = true))
    .once('end', stop)
    .on('error', () => {
      // Node 20 fills an abstract name up with zeros, and so reaches none that another language opened
      if (!connected && process.platform === 'linux') watchList(socket, stop);
    })
    .resume();
}

/** A socket that is closed goes from the kernel's list. */
function watchList(socket: string, stop: () => void): void {
  let seen = false;
  const timer = setInterval(() => void look(), lookEvery).unref();
  const look = async (): Promise<void> => {
    const list = await readFile('/proc/net/unix', 'utf8').catch(() => undefined);
    const there = list?.split('\n').some((line) => line.endsWith(` ${socket}`)) ?? false;
    if (there) seen = true;
    else if (seen || list === undefined) {
      clearInterval(timer);
      if (seen) stop();
    }
  };
  void look();
}
