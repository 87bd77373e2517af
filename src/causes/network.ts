/** Causes of ports, names, networks. */
import type { Args, Cause } from './cause.ts';
import type { Machine } from './facts.ts';

const why =
  (what: string) =>
  (_: Machine, args: Args): boolean =>
    args['why'] === what;
const isOff = why('ip_forward');
const isOfKernel = why('kernel');

export const network = {
  'E-PORT-TAKEN': {
    title: 'Host port {port|} is taken',
    explanation: 'Another container or program listens there already, and a host port belongs to one at a time.',
    fixes: [
      { do: 'docker ps --filter publish={port}', note: 'is it a container?', fits: (_, a) => a['port'] !== undefined },
      {
        do: 'sudo ss -ltnp "sport = :{port}"',
        note: 'or another program?',
        fits: (m, a) => m.platform === 'linux' && a['port'] !== undefined,
      },
      {
        do: 'lsof -nP -iTCP:{port} -sTCP:LISTEN',
        note: 'or another program? On macOS, AirPlay has port 5000',
        fits: (m, a) => m.platform === 'darwin' && a['port'] !== undefined,
      },
      { do: 'publish another port', note: '-p 8081:80: the first number is the host’s' },
    ],
    document: 'https://docs.docker.com/engine/network/port-publishing/',
    exitCode: 4,
  },
  'E-NAME-TAKEN': {
    title: 'The {kind|} name {name} is taken',
    explanation: 'Names are unique on an engine; stopped containers keep theirs.',
    moreExactly: [
      {
        explanation: 'It was there before, and docker-tutor did not make it: what is yours is left as it is.',
        fits: (_, a) => a['whose'] === 'yours',
      },
    ],
    fixes: [
      { do: 'docker ps -a --filter name={name}', note: 'whose is it?', fits: (_, a) => a['kind'] === 'container' },
      { do: 'choose another name', note: 'or remove the old one, if it is yours' },
    ],
    document: 'https://docs.docker.com/reference/cli/docker/container/run/#name',
    exitCode: 4,
  },
  'E-SUBNET-CLASH': {
    title: 'The subnet {subnet|} overlaps with one that is in use',
    explanation:
      'Two networks on one engine cannot share addresses; networks of the machine itself and of a VPN count too.',
    fixes: [
      {
        do: 'docker network ls -q | xargs docker network inspect --format "{{.Name}} {{range .IPAM.Config}}{{.Subnet}}{{end}}"',
        note: 'which are in use',
      },
      { do: '--subnet 10.123.0.0/24', note: 'or no --subnet: the engine then finds a free one' },
    ],
    document: 'https://docs.docker.com/reference/cli/docker/network/create/',
    exitCode: 4,
  },
  'E-POOLS-EXHAUSTED': {
    title: 'The engine has no addresses left for one more network',
    explanation: 'Its default pools hold about thirty networks, and all are given away.',
    fixes: [
      { do: 'docker network prune', note: 'removes networks without containers: yours too, so read its question' },
      { do: 'docker network create --subnet 10.123.0.0/24 …', note: 'takes addresses of your choice' },
      { do: 'add "default-address-pools" to /etc/docker/daemon.json', note: 'smaller subnets give more networks' },
    ],
    document: 'https://docs.docker.com/engine/network/#automatic-subnet-allocation',
    exitCode: 4,
  },
  'E-IPTABLES': {
    title: '{what|The engine could not set its firewall rules}',
    explanation:
      'Its own chains are gone, usually because another program flushed or replaced the rules after the engine had started; or the kernel lacks a module.',
    moreExactly: [
      {
        explanation:
          'Another program flushed or replaced them after the engine had started. Containers run, but none that publishes a port, and no new network can be made.',
        fits: why('flushed'),
      },
      {
        explanation: 'Without these an engine cannot let packets through to containers, or publish their ports.',
        fits: isOfKernel,
      },
    ],
    fixes: [
      {
        do: 'sudo systemctl restart docker',
        note: 'makes its chains anew',
        fits: (m, a) => m.systemd && !isOfKernel(m, a),
      },
      {
        do: 'sudo service docker restart',
        note: 'makes its chains anew',
        fits: (m, a) => m.platform === 'linux' && !m.systemd && !isOfKernel(m, a),
      },
      { do: 'start the machine with a kernel of its distribution', note: 'it has them', fits: isOfKernel },
    ],
    document: 'https://docs.docker.com/engine/network/packet-filtering-firewalls/',
    exitCode: 4,
  },
  'E-FORWARD-DROP': {
    title: 'The machine does not forward packets to containers: {what|a published port may be silent}',
    explanation: 'The policy of the FORWARD chain is DROP, and no rule lets the engine’s networks through.',
    moreExactly: [
      {
        explanation:
          'net.ipv4.ip_forward is off: packets go to and from this machine, and not through it to its containers. Only what the engine hands on itself arrives.',
        fits: isOff,
      },
      {
        explanation:
          'The container answers inside, and not at its port here: the FORWARD chain drops the packets, or another firewall does.',
        fits: (_, a) => a['port'] !== undefined,
      },
    ],
    fixes: [
      { do: 'sudo sysctl -w net.ipv4.ip_forward=1', note: 'until the next start of the machine', fits: isOff },
      {
        do: 'sudo iptables -L FORWARD -n | head',
        note: 'the policy, and the rules',
        fits: (m, a) => !isOff(m, a),
      },
      { do: 'sudo sysctl net.ipv4.ip_forward', note: 'must be 1', fits: (m, a) => !isOff(m, a) },
    ],
    document: 'https://docs.docker.com/engine/network/packet-filtering-firewalls/',
    exitCode: 4,
  },
  'E-STATIC-ADDRESS': {
    title: 'An address of your choice needs a network with a subnet of your choice',
    explanation:
      'On the network bridge, and on networks whose subnet the engine has chosen, the engine gives out the addresses itself.',
    fixes: [
      { do: 'docker network create --subnet 10.123.0.0/24 my-net', note: 'then --network my-net --ip 10.123.0.10' },
      { do: 'leave out --ip', note: 'containers of one network find each other by name' },
    ],
    document: 'https://docs.docker.com/reference/cli/docker/network/create/',
    exitCode: 3,
  },
  'E-NETWORK-BUILT-IN': {
    title: 'The network {network|} is the engine’s own',
    explanation: 'bridge, host and none are always there, and cannot be removed.',
    fixes: [{ do: 'docker network ls --filter type=custom', note: 'those that can' }],
    document: 'https://docs.docker.com/reference/cli/docker/network/rm/',
    exitCode: 3,
  },
  'E-CONNECTION': {
    title: 'The container {container|} is {so|not connected} to the network {network|}',
    explanation: 'A container is connected to a network once, or not at all.',
    fixes: [
      {
        do: 'docker inspect --format "{{json .NetworkSettings.Networks}}" {container|CONTAINER}',
        note: 'its networks',
      },
    ],
    document: 'https://docs.docker.com/reference/cli/docker/network/connect/',
    exitCode: 3,
  },
} as const satisfies Readonly<Record<string, Cause>>;
