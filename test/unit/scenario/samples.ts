/** Scenario texts for the tests: the smallest good one, and ways to change it. */

export const head = `formatVersion: 1
id: sample
title: A sample
summary: For the tests.
level: beginner
minutes: 5
`;

/** A scenario with this under `steps`, each line indented by two. Its first line is line 8. */
export function withSteps(steps: string): string {
  return `${head}steps:\n${steps.trimEnd().replace(/^/gm, '  ')}\n`;
}

/** A scenario with one step and this as an entry of its `expect`; the entry begins at 12:9. */
export function withExpectation(entry: string): string {
  return withSteps(`- id: one\n  title: One\n  do: docker ps\n  expect:\n    - ${entry.replaceAll('\n', '\n      ')}`);
}

/** The format's own example, as its documentation shows it. */
export const example = `formatVersion: 1
id: custom-bridge-network
title: Two containers talk on a network of their own
summary: Create a bridge network, join two containers to it, reach one from the other by name.
level: beginner            # beginner | intermediate | advanced
minutes: 8
tags: [network]
teaches: [bridge network, embedded DNS, network inspect]
authors: [docker-tutor]
requires:
  images: [busybox]
  engine: ">=20.10"
  swarm: false
  permissions: []
names:  { network: youtube, server: server }
ports:  { web: 5000 }
vars:   { image: busybox }
intro: |
  Markdown. What you will do, and the one idea to take away.
steps:
  - id: create
    title: Create the network
    text: Why this step, before it happens.
    do: docker network create -d bridge {{network}}
    expect:
      - network: { name: "{{network}}", driver: bridge }
    after: What to notice now.
    hints: [first nudge, stronger, almost the answer]
    mistakes:
      - when: { container: { name: "{{server}}", network: bridge } }
        say: The container is on the default bridge, where names do not resolve.
    goal: Create a bridge network called {{network}}.
  - id: quiz-1
    quiz: { ask: Which?, options: [ this, that ], answer: 1, because: It is. }
finish: What you can do now, and where to go next.
`;

/** One good entry for each kind of expectation, and for each combination. */
export const goodExpectations = [
  'container: { name: web, state: running, exitCode: 0, health: healthy, image: nginx, env: { PORT: 80, DEBUG: true } }',
  'container: { name: web, ports: ["{{port}}:80"], mounts: [{ type: volume, source: data, target: /data, readOnly: true }] }',
  'container: { name: web, networks: [a, b], restartPolicy: unless-stopped, user: 1000, memory: 64m, command: [sh, -c, ls], labels: { a: b } }',
  'container: { name: web, exists: false }\nwithin: 1m30s',
  'image: { name: app, tag: "localhost:5000/app:1", layers: ">=3", sharesLayersWith: python, sizeBelow: 60MB }',
  'image: { name: app, config: { cmd: python app.py, entrypoint: [tini, --], env: { A: b }, exposed: [80, 53/udp], workdir: /app, user: app } }',
  'network: { name: n, driver: bridge, subnet: 172.30.0.0/16, containers: [a] }',
  'volume: { name: data, exists: false }',
  'output: { contains: [a, b], matches: "^x", lines: ">=2", exitCode: 1 }\nclaim: it says so',
  'logs: { container: web, contains: ready }\nwithin: 500ms',
  ...['.5s', '100us', '500µs'].map((time) => `logs: { container: web, contains: ready }\nwithin: ${time}`),
  'image: { name: app, sizeBelow: .5GB }',
  'http: { port: "{{port}}", path: /health, status: 200, body: { contains: ok }, header: { server: nginx } }',
  'http: { url: "http://{{host}}:{{port}}/" }',
  'exec: { container: web, command: cat /etc/hostname, exitCode: 0, output: { equals: web } }',
  'reachable: { from: a, to: b, port: 80 }',
  'reachable: { from: a, to: b, port: 80, by: address }',
  'build: { cached: [1, RUN pip], built: [COPY app.py] }',
  'build: { named: app }',
  'file: { path: compose.yaml, compose: { services: { web: { build: ., ports: ["{{port}}:80"] } } } }',
  'file: { path: Dockerfile, instructions: [FROM busybox, { word: RUN, matches: "^echo" }] }',
  'registry: { at: "localhost:{{port}}", repository: app, tag: "1.0" }',
  'registry: { at: "localhost:{{port}}", repository: app, tag: "1.0", printed: true }',
  'compose: { project: shop, running: [web], healthy: [db], replicas: { web: 3 } }',
  'service: { name: web, replicas: 3 }',
  'file: { path: data/out.txt, contains: hello }',
  'engine: { info: Swarm.LocalNodeState, equals: active }',
  'engine: { socket: owner, matches: "^owner " }',
  'all: [{ volume: { name: a } }, { not: { any: [{ image: { name: b } }] } }]',
] as const;

/** Entries whose shape is wrong; both the validation and the JSON Schema must refuse them. */
export const badExpectations = [
  '{}',
  'contaner: { name: web }',
  'container: { name: web, exitcode: 0 }',
  'container: { state: running }',
  'container: { name: web, state: runing }',
  'container: { name: web }\nimage: { name: app }',
  'container: { name: web, exitCode: 256 }',
  'container: { name: web }\nwithin: soon',
  'container: { name: web }\nwithin: -1s',
  'container: { name: web }\nwithin: 10',
  'image: { name: app, sizeBelow: 5ib }',
  'http: { status: 200 }',
  'http: { port: 70000 }',
  'http: { port: web }',
  'output: { lines: many }',
  'not: { logs: { container: web, matchs: x } }',
  'any: []',
  'not: { container: { name: web }, within: 3s }',
  'engine: { field: x }',
] as const;
