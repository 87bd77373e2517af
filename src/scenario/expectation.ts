/**
 * What a step can expect, kind by kind: the one source for types, validation, JSON Schema and the editor's help.
 * Loads zod: elsewhere, `import type` only.
 *
 * A claim is an object with one key, its kind. An expectation is a claim, and how long to wait for it.
 */
import * as z from 'zod';
import {
  amount,
  command,
  duration,
  exactText,
  labels,
  oneKeyOf,
  port,
  scalar,
  size,
  text,
  textMatch,
  workspacePath,
} from './fields.ts';

const exists = z.boolean().optional().describe('false: it must not be there. Default: true.');

const publish = z
  .array(z.union([text, z.int()]))
  .describe('Exactly what is published, as -p writes it: "8080:80", "127.0.0.1:8080:80/udp". []: nothing is.');

const mount = z.strictObject({
  target: text.describe('Path inside the container.'),
  type: z.enum(['bind', 'volume', 'tmpfs']).optional().describe('How it is mounted.'),
  source: text.optional().describe('Name of the volume, or path on the host.'),
  readOnly: z.boolean().optional().describe('true: the container cannot write there.'),
});

const container = z.strictObject({
  name: text.describe('Name or id of the container.'),
  exists,
  state: z
    .enum(['created', 'running', 'paused', 'restarting', 'exited', 'dead'])
    .optional()
    .describe('As docker ps -a shows it.'),
  exitCode: z
    .int()
    .min(0)
    .max(255)
    .optional()
    .describe('Exit code of its main process; the container must have ended.'),
  health: z.enum(['none', 'starting', 'healthy', 'unhealthy']).optional().describe('Result of its health check.'),
  image: text.optional().describe('The image it was made from, by name or id.'),
  command: command.optional().describe('What it runs: entrypoint and command together, as one line or as a list.'),
  env: z.record(z.string(), scalar).optional().describe('Variables that are set in it, with their values.'),
  ports: publish.optional(),
  mounts: z.array(mount).optional().describe('Each of these is mounted; others may be too.'),
  network: text.optional().describe('It is on this network, perhaps among others.'),
  networks: z.array(text).optional().describe('Exactly the networks it is on.'),
  restartPolicy: z.enum(['no', 'always', 'unless-stopped', 'on-failure']).optional().describe('As --restart gives it.'),
  restarts: amount.optional().describe('How often the engine has started it again.'),
  user: scalar.optional().describe('The user its main process runs as, as --user or USER gives it.'),
  memory: size.optional().describe('The memory limit, as --memory gives it.'),
  cpus: z.number().positive().optional().describe('The CPU limit, as --cpus gives it.'),
  pids: z.int().positive().optional().describe('The limit of processes, as --pids-limit gives it.'),
  oomKilled: z.boolean().optional().describe('true: the kernel ended it because it used more memory than its limit.'),
  labels: labels.optional(),
});

const imageConfig = z.strictObject({
  cmd: command.optional().describe('CMD: a list (exec form), or one line (shell form).'),
  entrypoint: command.optional().describe('ENTRYPOINT: a list (exec form), or one line (shell form).'),
  env: z.record(z.string(), scalar).optional().describe('Variables that ENV sets, with their values.'),
  exposed: z
    .array(z.union([text, z.int()]))
    .optional()
    .describe('Ports that EXPOSE names: 80, "53/udp".'),
  workdir: text.optional().describe('WORKDIR.'),
  user: scalar.optional().describe('USER.'),
  labels: labels.optional(),
  healthcheck: z.boolean().optional().describe('Whether the image has a HEALTHCHECK.'),
});

const image = z.strictObject({
  name: text.describe('The image: name, name:tag, name@digest or id.'),
  exists,
  tag: text.optional().describe('Another name that must point to the same image, as docker tag makes it.'),
  layers: amount.optional().describe('How many layers its file system has.'),
  sharesLayersWith: text.optional().describe('An image with which it has at least one layer in common.'),
  platform: text.optional().describe('The platform it is for: linux/amd64. Of an image for several, this one is here.'),
  sizeBelow: size.optional().describe('Its size is smaller than this: 60MB.'),
  config: imageConfig.optional().describe('What containers made from it start with.'),
});

const network = z.strictObject({
  name: text.describe('Name or id of the network.'),
  exists,
  driver: text.optional().describe('bridge, overlay, macvlan…'),
  subnet: text.optional().describe('An address range it uses: 172.30.0.0/16.'),
  internal: z.boolean().optional().describe('true: no way out of it.'),
  containers: z.array(text).optional().describe('Exactly the containers on it.'),
  labels: labels.optional(),
});

const volume = z.strictObject({
  name: text.describe('Name of the volume.'),
  exists,
  driver: text.optional().describe('local, unless a plugin keeps it.'),
  labels: labels.optional(),
});

const output = z
  .strictObject({
    ...textMatch.shape,
    lines: amount.optional().describe('How many lines were printed.'),
    exitCode: z
      .int()
      .min(0)
      .max(255)
      .optional()
      .describe('Its exit code. Where no expectation names one, 0 is expected.'),
    stream: z.enum(['stdout', 'stderr']).optional().describe('Look at one stream only. Default: both.'),
  })
  .describe('What the last command that ran in this step printed. Never holds before it has run, nor does its not.');

const logs = z.strictObject({
  container: text.describe('Name or id of the container.'),
  ...textMatch.shape,
  lines: amount.optional().describe('How many lines the log has.'),
});

const answer = {
  status: z.int().min(100).max(599).optional().describe('HTTP status. Default: 200.'),
  body: textMatch.optional().describe('What the body must say.'),
  header: z
    .record(z.string(), z.union([exactText, textMatch]))
    .optional()
    .describe('Headers: the exact value, or contains / matches.'),
};

const http = z.union([
  z.strictObject({
    port: port.describe('A published port, on the host where the engine publishes.'),
    path: text.optional().describe('Default: /'),
    ...answer,
  }),
  z.strictObject({
    url: text.describe('The whole address, on this machine or the engine’s: http://{{host}}:{{web}}/health'),
    ...answer,
  }),
]);

const exec = z.strictObject({
  container: text.describe('Name or id of a running container.'),
  command: command.describe('Run inside it. One line is split into words; it does not pass through a shell.'),
  user: scalar.optional().describe('Run as this user.'),
  exitCode: z.int().min(0).max(255).optional().describe('Default: 0.'),
  output: textMatch.optional().describe('What it must print.'),
});

const reachable = z
  .strictObject({
    from: text.describe('The container that asks.'),
    to: text.describe('The name or address it asks for.'),
    port: port.optional().describe('A TCP port that must accept. Without it: the name must resolve.'),
    by: z
      .enum(['name', 'address'])
      .optional()
      .describe('address: no name is looked up; the container `to` is asked at its address. Default: name.'),
  })
  .refine(({ by, port: number }) => by !== 'address' || number !== undefined, {
    path: ['by'],
    message: 'by address, a port is to be asked for: an address by itself tells nothing',
  });

const buildStep = z.union([z.int().positive(), text]);

const build = z
  .strictObject({
    cached: z
      .array(buildStep)
      .optional()
      .describe('Instructions that came from the cache: by number, or by how they begin.'),
    built: z.array(buildStep).optional().describe('Instructions that were carried out.'),
    named: text.optional().describe('A name that the image which came out of it has now.'),
  })
  .describe('What this step’s last build did: where each instruction came from, and what became of its image.');

const registry = z
  .strictObject({
    at: text.describe(
      'The registry: localhost:{{registry}}, docker.io. A login made in this scenario is used, else the learner’s own where --var names the registry.',
    ),
    repository: text.describe('The repository in it: flask-docker-demo.'),
    tag: text.optional().describe('A tag the repository must have.'),
    printed: z
      .boolean()
      .optional()
      .describe('true: the last command of this step printed the digest that the tag has there.'),
    exists,
  })
  .refine(({ printed: isPrinted, tag, exists: isThere }) => !isPrinted || (tag !== undefined && isThere !== false), {
    path: ['printed'],
    message: 'printed is asked of a tag that is there',
  });

const compose = z.strictObject({
  project: text.describe('The Compose project.'),
  exists,
  running: z.array(text).optional().describe('Services that must run.'),
  healthy: z.array(text).optional().describe('Services whose health check must pass.'),
  replicas: z.record(z.string(), amount).optional().describe('Running containers of a service: { web: 3 }'),
});

const service = z.strictObject({
  name: text.describe('Name of the swarm service.'),
  exists,
  replicas: amount.optional().describe('Tasks that run.'),
  image: text.optional().describe('The image its running tasks use.'),
});

const instruction = z.union([
  text.describe('The whole instruction, as the builder reads it: however its blanks, quotes and paths are written.'),
  z.strictObject({
    word: z
      .string()
      .regex(/^[A-Z]+$/, 'write the word of an instruction in capitals: RUN')
      .describe('The word of an instruction: RUN.'),
    matches: text.describe('A regular expression for what follows the word, its blanks made one.'),
  }),
]);

const file = z.strictObject({
  path: workspacePath.describe('Inside the workspace: app/index.html'),
  exists,
  ...textMatch.shape,
  instructions: z
    .array(instruction)
    .min(1)
    .optional()
    .describe('Of a Dockerfile: these stand in it, in this order. Others may stand between them.'),
  compose: z
    .record(z.string(), z.unknown())
    .optional()
    .describe('Of a compose file: it says this, in a short form or in a long one. It may say more.'),
});

const printed = z
  .boolean()
  .optional()
  .describe('true: the last command of this step printed this value too, as a word of its own.');

const engine = z.union([
  z.strictObject({
    info: text.describe('A field of docker info, dotted: Swarm.LocalNodeState'),
    printed,
    ...textMatch.shape,
  }),
  z.strictObject({
    version: text.describe('A field of the engine’s version: ApiVersion'),
    printed,
    ...textMatch.shape,
  }),
  z.strictObject({
    socket: z
      .literal('owner')
      .describe('Who owns the socket at which the engine is asked: "owner root, group docker, srw-rw----".'),
    ...textMatch.shape,
  }),
]);

/** Every kind that looks at something, with its fields. */
export const kinds = {
  container: container.describe('A container: that it is there, its state, and how it was made.'),
  image: image.describe('An image: that it is there, its layers, and what containers made from it start with.'),
  network: network.describe('A network, and which containers are on it.'),
  volume: volume.describe('A volume.'),
  output,
  logs: logs.describe('The log of a container.'),
  http: http.describe('The answer to an HTTP request.'),
  exec: exec.describe('What a command inside a running container says.'),
  reachable: reachable.describe('That one container reaches a name and port.'),
  build,
  registry: registry.describe('What a registry holds.'),
  compose: compose.describe('The services of a Compose project.'),
  service: service.describe('A swarm service.'),
  file: file.describe('A file of the workspace.'),
  engine: engine.describe('A field of what the engine says of itself.'),
};

export type Kind = keyof typeof kinds;
/** Fields of each kind, by kind. */
export type KindFields = { readonly [K in Kind]: z.infer<(typeof kinds)[K]> };
export type ContainerFields = KindFields['container'];
export type ImageFields = KindFields['image'];
export type NetworkFields = KindFields['network'];
export type VolumeFields = KindFields['volume'];
export type OutputFields = KindFields['output'];
export type LogsFields = KindFields['logs'];
export type HttpFields = KindFields['http'];
export type ExecFields = KindFields['exec'];
export type ReachableFields = KindFields['reachable'];
export type BuildFields = KindFields['build'];
export type RegistryFields = KindFields['registry'];
export type ComposeFields = KindFields['compose'];
export type ServiceFields = KindFields['service'];
export type FileFields = KindFields['file'];
export type EngineFields = KindFields['engine'];
export type TextMatch = z.infer<typeof textMatch>;
/** A number that must be equalled, or a bound: `">=3"`. */
export type Amount = z.infer<typeof amount>;

/** One thing looked at: an object with one key. `'container' in claim` tells the kind. */
export type LookingClaim = { readonly [K in Kind]: { readonly [P in K]: KindFields[K] } }[Kind];
/** `all` and `any` of some claims, `not` of one, or one thing looked at. */
export type Claim =
  LookingClaim | { readonly all: readonly Claim[] } | { readonly any: readonly Claim[] } | { readonly not: Claim };

export interface Patience {
  /** How long to wait for it, `10s`, `1m30s`; duration.ts reads it. Default: the check's own. */
  readonly within?: string | undefined;
  /** The sentence shown for it, in place of the one made from its fields: `server is on youtube`. */
  readonly claim?: string | undefined;
  /** The claim as it is told in another language. No file has it here: a translation brings it. */
  readonly told?: string | undefined;
}

export type Expectation = Claim & Patience;

const combined = {
  all: z
    .array(z.lazy((): z.ZodType<Claim> => claim))
    .min(1)
    .describe('All of these hold.'),
  any: z
    .array(z.lazy((): z.ZodType<Claim> => claim))
    .min(1)
    .describe('At least one of these holds.'),
  not: z.lazy((): z.ZodType<Claim> => claim).describe('This does not hold.'),
};

const patience = {
  within: duration.optional().describe('How long to wait for it: 10s, 1m30s, 500ms.'),
  claim: text.optional().describe('The sentence shown for it, in place of the one made from its fields.'),
};

/** A claim without patience: inside all, any, not, and in the `when` of a mistake. */
export const claim: z.ZodType<Claim> = oneKeyOf<Claim>({ ...kinds, ...combined }, {}).meta({ id: 'claim' });

export const expectation: z.ZodType<Expectation> = oneKeyOf<Expectation>({ ...kinds, ...combined }, patience).meta({
  id: 'expectation',
});
