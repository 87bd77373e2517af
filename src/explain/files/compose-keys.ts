/** The keys of a compose file, in words (compose specification). A key of a service first, then of what is at the top. */

const deploy: Readonly<Record<string, string>> = {
  replicas: 'how many containers of the service',
  resources: 'what a container may use, and what is kept for it',
  restart_policy: 'when an ended container is started again',
  update_config: 'how a swarm replaces the tasks',
  rollback_config: 'how a swarm goes back',
  placement: 'which nodes of a swarm it runs on',
  mode: 'a number of containers (replicated), or one a node (global)',
  labels: 'notes on the service, not on its containers',
  endpoint_mode: 'one address for all, or all addresses by name',
};

const build: Readonly<Record<string, string>> = {
  context: 'the folder that is sent to the engine',
  dockerfile: 'the Dockerfile, counted from the context',
  dockerfile_inline: 'the Dockerfile itself',
  args: 'variables of the build',
  target: 'the stage to stop at',
  cache_from: 'where else to look for cached layers',
  cache_to: 'where to keep cached layers',
  labels: 'notes on the image',
  network: 'the network of RUN',
  platforms: 'the systems and processors to build for',
  secrets: 'secrets that RUN may mount',
  ssh: 'keys that RUN may use',
  tags: 'further names of the image',
  shm_size: 'the size of /dev/shm while it builds',
  extra_hosts: 'names and addresses for RUN',
  pull: 'looks for a newer base image',
  no_cache: 'does not use cached layers',
};

const healthcheck: Readonly<Record<string, string>> = {
  test: 'what is run inside: exit code 0 is healthy',
  interval: 'time between two checks',
  timeout: 'how long one check may take',
  retries: 'failures in a row that make it unhealthy',
  start_period: 'time to start up, in which failures do not count',
  start_interval: 'time between checks while it starts',
  disable: 'switches off the image’s health check',
};

const serviceKeys: Readonly<Record<string, string>> = {
  annotations: 'notes for what runs the container',
  attach: 'whether compose up shows its output',
  blkio_config: 'limits of disk use',
  build: 'builds the image from a Dockerfile',
  cap_add: 'gives rights of the kernel',
  cap_drop: 'takes rights of the kernel away',
  cgroup: 'the control group namespace',
  cgroup_parent: 'the control group it is put under',
  command: 'runs this in place of the image’s CMD',
  configs: 'files that are put into its containers',
  container_name: 'the container’s name; the service can then have one container only',
  cpu_count: 'how many CPUs (Windows)',
  cpu_period: 'the length of a CPU period',
  cpu_percent: 'the share of the CPUs in percent (Windows)',
  cpu_quota: 'the CPU time in a period',
  cpu_rt_period: 'the period of real-time tasks',
  cpu_rt_runtime: 'the CPU time of real-time tasks in a period',
  cpu_shares: 'its weight when CPU time is short',
  cpus: 'the most CPUs it may use',
  cpuset: 'the CPUs it may use',
  credential_spec: 'credentials of a managed service account (Windows)',
  depends_on: 'starts after these services; with condition: service_healthy, after they are well',
  deploy: 'how many containers, and what they may use',
  develop: 'what compose watch does when files change',
  device_cgroup_rules: 'rules for devices',
  devices: 'devices of the host',
  dns: 'the name server it asks',
  dns_opt: 'options of its resolv.conf',
  dns_search: 'domains to complete short names with',
  domainname: 'its domain',
  driver_opts: 'options of the driver',
  entrypoint: 'starts this in place of the image’s ENTRYPOINT',
  env_file: 'reads environment variables from a file',
  environment: 'environment variables of its containers',
  expose: 'notes ports; other services reach all ports anyway',
  extends: 'takes over a service of this or another file',
  external_links: 'links to containers outside; networks took their place',
  extra_hosts: 'names and addresses for /etc/hosts',
  gpus: 'GPUs of the host',
  group_add: 'further groups of its user',
  healthcheck: 'how docker finds out whether it is well',
  hostname: 'the name its containers have for themselves',
  image: 'the image; with build, the name that is given to it',
  init: 'a small init as process 1',
  ipc: 'the IPC namespace',
  isolation: 'how strongly it is separated (Windows)',
  label_file: 'reads labels from a file',
  labels: 'notes on its containers',
  links: 'legacy: services of one network find each other by name',
  logging: 'where its output is kept',
  mac_address: 'its hardware address',
  models: 'language models it may use',
  mem_limit: 'the most memory it may use',
  mem_reservation: 'the memory it should keep to when memory is short',
  mem_swappiness: 'how readily its memory is swapped',
  memswap_limit: 'the most memory and swap together',
  network_mode: 'host, none, or the network of another service',
  networks: 'the networks it joins; without, the project’s own',
  oom_kill_disable: 'is not killed when memory is short',
  oom_score_adj: 'how soon it is killed when memory is short',
  pid: 'the process namespace',
  pids_limit: 'the most processes',
  platform: 'the system and processor',
  ports: 'published ports, host:container',
  post_start: 'commands run after it starts',
  pre_stop: 'commands run before it stops',
  privileged: 'nearly all rights of the host',
  profiles: 'it starts only when one of these profiles is asked for',
  provider: 'a program that stands in for the service',
  pull_policy: 'when the image is pulled',
  read_only: 'its file system cannot be written to',
  restart: 'when it is started again',
  runtime: 'the program that runs the container',
  scale: 'how many containers',
  secrets: 'secrets it may read, as files in /run/secrets',
  security_opt: 'settings of the kernel’s guards',
  shm_size: 'the size of /dev/shm',
  stdin_open: 'keeps stdin open (-i)',
  stop_grace_period: 'time to end by itself before it is killed',
  stop_signal: 'the signal that asks it to end',
  storage_opt: 'options of the storage driver',
  sysctls: 'kernel parameters',
  tmpfs: 'folders kept in memory',
  tty: 'gives it a terminal (-t)',
  ulimits: 'limits of each process',
  use_api_socket: 'the engine’s socket and your logins are mounted',
  user: 'the user it runs as',
  userns_mode: 'the user namespace',
  uts: 'the host name namespace',
  volumes: 'volumes and folders, source:target',
  volumes_from: 'all volumes of another service',
  working_dir: 'the folder it starts in',
};

const topKeys: Readonly<Record<string, string>> = {
  name: 'the project’s name: the front of the names of containers, networks and volumes',
  version: 'obsolete: docker compose passes it over',
  services: 'what runs: each service is one or more equal containers',
  networks: 'the networks that services join',
  volumes: 'the named volumes: they outlive the containers',
  configs: 'files that services may read',
  secrets: 'secrets that services may read',
  include: 'further compose files',
  models: 'language models that services use',
};

const network: Readonly<Record<string, string>> = {
  driver: 'what makes it: bridge, overlay, macvlan…',
  driver_opts: 'options of the driver',
  external: 'it is there already: compose neither makes nor removes it',
  name: 'its name as docker sees it, without the project in front',
  internal: 'without a way out',
  attachable: 'other containers may join',
  enable_ipv6: 'has IPv6 addresses',
  ipam: 'its addresses',
  labels: 'notes on it',
  file: 'the file it is read from',
  environment: 'the variable it is read from',
  content: 'the text itself',
};

/** What a key at this path means; undefined where no compose file has it. */
export function keyMeaning(path: readonly string[]): string | undefined {
  const [top = '', name = '', key = '', inner = ''] = path;
  if (path.some((step) => step.startsWith('x-')))
    return path.length === 1 ? 'your own: docker compose passes it over; & names a part, * repeats it' : '';
  if (path.length === 1) return topKeys[top];
  if (top === 'services') {
    if (path.length === 2) return `the service ${name}: its name is its address for the others`;
    if (path.length === 3) return key === '<<' ? 'takes over what * names' : serviceKeys[key];
    if (path.length === 4 && (key === 'build' || key === 'deploy' || key === 'healthcheck'))
      return { build, deploy, healthcheck }[key][inner];
    return '';
  }
  if (['networks', 'volumes', 'configs', 'secrets'].includes(top)) {
    if (path.length === 2) return `the ${top.slice(0, -1)} ${name}`;
    return path.length === 3 ? network[key] : '';
  }
  return '';
}

/** Keys that may stand at this path's place, for "did you mean". */
export function keysBeside(path: readonly string[]): readonly string[] {
  if (path.length === 1) return Object.keys(topKeys);
  if (path[0] === 'services' && path.length === 3) return Object.keys(serviceKeys);
  if (path[0] === 'services' && path.length === 4)
    return Object.keys({ build, deploy, healthcheck }[path[2] as 'build'] ?? {});
  return path.length === 3 ? Object.keys(network) : [];
}
