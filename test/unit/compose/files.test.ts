/** What compose files say: short and long forms, several files, and what is wrong in them, with its place. */
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { config, drive } from './drive.ts';

function service(yaml: string): unknown {
  const { stdout, stderr, exitCode } = config(`services:\n  a:\n    image: x\n${yaml.replace(/^/gm, '    ')}\n`);
  expect([exitCode, stderr.replace(/^WARN.*\n/gm, '')]).toEqual([0, '']);
  return (load(stdout) as { services: { a: unknown } }).services.a;
}

describe('short forms', () => {
  test.each([
    ['command: sh -c "a b" \'c\'', { command: ['sh', '-c', 'a b', 'c'] }],
    ['command: []', { command: [] }],
    ['entrypoint: /run.sh', { entrypoint: ['/run.sh'] }],
    ['environment: [A=1, B]', { environment: { A: '1', B: null } }],
    ['environment: {A: 1, T: true, N: }', { environment: { A: '1', T: 'true', N: null } }],
    ['ports: [80]', { ports: [{ mode: 'ingress', target: 80, protocol: 'tcp' }] }],
    [
      'ports: ["[::1]:8080:80/udp"]',
      { ports: [{ mode: 'ingress', host_ip: '::1', target: 80, published: '8080', protocol: 'udp' }] },
    ],
    ['ports: ["8000-8010:80"]', { ports: [{ mode: 'ingress', target: 80, published: '8000-8010', protocol: 'tcp' }] }],
    ['volumes: [./a/../b:/c/]', { volumes: [{ type: 'bind', source: '/work/shop/b', target: '/c', bind: {} }] }],
    [
      'volumes: ["~/x:/x:ro"]',
      { volumes: [{ type: 'bind', source: '/home/me/x', target: '/x', read_only: true, bind: {} }] },
    ],
    ['build: ./b', { build: { context: '/work/shop/b', dockerfile: 'Dockerfile' } }],
    ['networks: [default]', { networks: { default: null } }],
    ['healthcheck: {test: "x", interval: 90s}', { healthcheck: { test: ['CMD-SHELL', 'x'], interval: '1m30s' } }],
    ['mem_limit: 512m\nshm_size: 64', { mem_limit: '536870912', shm_size: '64' }],
    ['dns: 8.8.8.8\ntmpfs: /run', { dns: ['8.8.8.8'], tmpfs: ['/run'] }],
    ['extra_hosts: ["a:1.2.3.4"]', { extra_hosts: ['a=1.2.3.4'] }],
    ['labels: [a=b, c]', { labels: { a: 'b', c: '' } }],
    ['privileged: "yes"\ncpus: "0.5"', { privileged: true, cpus: 0.5 }],
    ['x-own: {any: thing}', { 'x-own': { any: 'thing' } }],
  ])('%s', (yaml, expected) => {
    expect(service(yaml)).toMatchObject(expected);
  });

  test.each([
    [
      'environment: {A: 1147053346671102335, B: 010, C: 0899, D: 1_000, E: 0x1F, F: 1.50, G: 12345678.9}',
      {
        environment: { A: '1147053346671102335', B: '8', C: '899', D: '1000', E: '31', F: '1.5', G: '1.23456789e+07' },
      },
    ],
    ['secrets: [{source: s, mode: 0440}]', { secrets: [{ mode: '0440', target: '/run/secrets/s' }] }],
    ['secrets: [{source: s, mode: 440}]', { secrets: [{ mode: '0670' }] }],
    ['command: sh -c "echo a" && b', { command: ['sh', '-c', 'echo a'] }],
    ['ports: [{target: 80, protocol: https}]', { ports: [{ target: 80, protocol: 'https', mode: 'ingress' }] }],
    ['gpus: all', { gpus: [{ count: -1 }] }],
    ['command: [\n  a\n]', { command: ['a'] }],
    ['dns: ["", 1.1.1.1]', { dns: ['1.1.1.1'] }],
  ])('%s', (yaml, expected) => {
    const { stdout, stderr } = config(
      `services:\n  a:\n    image: x\n${yaml.replace(/^/gm, '    ')}\nsecrets: {s: {file: s}}\n`,
    );
    expect(stderr).toBe('');
    expect((load(stdout) as { services: { a: unknown } }).services.a).toMatchObject(expected);
  });

  test.each([
    ['a bracket as far out as its key', 'command: [\n  a\n]', { command: ['a'] }],
    ['what stands before it, too', 'command: [\n  a,\nb ]', { command: ['a', 'b'] }],
    ['comments and empty lines between', 'labels: [\n  "a=x #y", # one\n  # two\n\n]', { labels: { a: 'x #y' } }],
    ['with CRLF', 'labels: {\r\n  a: 1\r\n}', { labels: { a: '1' } }],
    [
      'brackets in a block of text are text',
      "command:\n  - |\n    f() {\n      true # {\n    }\n    list = [\n    ]\n  - 'it''s # no comment'",
      { command: ['f() {\n  true # {\n}\nlist = [\n]\n', "it's # no comment"] },
    ],
  ])('between brackets, lines need not be further in: %s', (_, yaml, expected) => {
    const { stdout, stderr } = config(`services:\n  a:\n    image: x\n${yaml.replace(/^/gm, '    ')}\n`);
    expect(stderr).toBe('');
    expect((load(stdout) as { services: { a: unknown } }).services.a).toMatchObject(expected);
  });

  test('a profile without a name is asked for where no profile is', () => {
    const file = 'services: {a: {image: x, profiles: [""]}, b: {image: y, profiles: [p]}}';
    expect(Object.keys((load(config(file).stdout) as { services: object }).services)).toEqual(['a']);
  });

  test.each([
    'dns: ""',
    'privileged: false',
    'image: x\n    hostname: ""',
    'dns: []',
    'environment: {}',
    'mem_limit: 0',
  ])('%s says nothing', (yaml) => {
    const plain = config('services: {a: {image: x}}').stdout;
    expect(config(`services:\n  a:\n    ${yaml.includes('image') ? '' : 'image: x\n    '}${yaml}\n`).stdout).toBe(
      plain,
    );
  });

  test('a list of dependencies waits for the start', () => {
    const { stdout } = config('services: {a: {image: x, depends_on: [b]}, b: {image: y}}');
    expect(load(stdout)).toMatchObject({
      services: { a: { depends_on: { b: { condition: 'service_started', required: true } } } },
    });
  });
});

describe('what is wrong has its file, line and column', () => {
  test.each([
    [
      'services:\n  web:\n    image: x\n    prots: [80]\n',
      "compose.yaml:4:5: services.web additional properties 'prots' not allowed; did you mean ports?",
    ],
    ['servces: {}\n', "compose.yaml:1:1: additional properties 'servces' not allowed; did you mean services?"],
    [
      'services:\n  web:\n    image: x\n    ports: ["a:80"]\n',
      'compose.yaml:4:13: services.web.ports.0: "a" is not a port; write it like 8080:80, host port first',
    ],
    ['services:\n  web:\n    image: [x]\n', 'compose.yaml:3:12: services.web.image must be a string, and is a list'],
    [
      'services:\n  web: {image: x, mem_limit: lots}\n',
      'compose.yaml:2:30: services.web.mem_limit: "lots" is not a size; write a number and b, k, m or g: 512m',
    ],
    [
      'services:\n  web: {image: x, healthcheck: {interval: 5}}\n',
      'compose.yaml:2:43: services.web.healthcheck.interval must be a string, and is 5',
    ],
    [
      'services:\n  web: {image: x, depends_on: {db: {condition: healthy}}, }\n',
      "compose.yaml:2:48: services.web.depends_on.db.condition must be one of the following: 'service_started', 'service_healthy', 'service_completed_successfully'",
    ],
    [
      'services:\n  web:\n    restart: always\n',
      'compose.yaml:3:5: service "web" has neither an image nor a build context specified: invalid compose project',
    ],
    [
      'services:\n  web: {image: x, volumes: ["data:/d"]}\nvolumes: {date: }\n',
      'compose.yaml:2:29: service "web" refers to undefined volume data: invalid compose project; did you mean date?',
    ],
    [
      'services:\n  web: {image: x, networks: [back]}\n',
      'compose.yaml:2:19: service "web" refers to undefined network back: invalid compose project',
    ],
    [
      'services:\n  web: {image: x, secrets: [pw]}\n',
      'compose.yaml:2:29: service "web" refers to undefined secret pw: invalid compose project',
    ],
    [
      'services:\n  web: {image: x, volumes: ["data:rel"]}\n',
      'compose.yaml:2:29: "rel" is not a full path in the container; start it with a slash',
    ],
    [
      'services:\n  web: {image: x, depends_on: [dbx]}\n  db: {image: y}\n',
      'compose.yaml:2:19: service "web" depends on undefined service "dbx": invalid compose project; did you mean db?',
    ],
    [
      'services:\n  web: {image: "${TAG:?say which}"}\n',
      'compose.yaml:2:16: error while interpolating services.web.image: required variable TAG is missing a value: say which',
    ],
    ['services:\n  web:\n    image: x\n    image: y\n', 'compose.yaml:4:5: the key "image" is there twice'],
    ['services:\n\tweb: x\n', 'compose.yaml:2:1: tab characters must not be used in indentation'],
    [
      'services:\n  "a b": {image: x}\n',
      "compose.yaml:2:3: services additional properties 'a b' not allowed: a name has letters, digits, _ . and -",
    ],
    [
      'services:\n  a: {image: x, container_name: one, scale: 2}\n',
      "compose.yaml:2:33: services.a: can't set container_name and scale as container name must be unique: invalid compose project",
    ],
    ['', 'empty compose file'],
    ['version: "3"\n', 'empty compose file'],
  ])('%j', (yaml, message) => {
    const { exitCode, stderr, stdout } = config(yaml);
    expect(stderr.replace(/^WARN.*\n/gm, '').trim()).toBe(message);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
  });

  test('services that wait for each other are named in a circle', () => {
    expect(config('services: {a: {image: x, depends_on: [b]}, b: {image: x, links: [a]}}').stderr).toContain(
      'dependency cycle detected: a -> b -> a',
    );
  });

  test('no file at all ends with 1', () => {
    expect(drive('docker compose config', { files: {} })).toMatchObject({
      exitCode: 1,
      stderr: 'no configuration file provided: not found\n',
    });
  });

  test('a file that is named and not there, too', () => {
    expect(drive('docker compose -f other.yml config', { files: {} })).toMatchObject({
      exitCode: 1,
      stderr: 'open /work/shop/other.yml: no such file or directory\n',
    });
  });
});

describe('several files', () => {
  const base =
    'services:\n  a:\n    image: x\n    command: one\n    environment: {A: 1, B: 2}\n    ports: ["80:80"]\n    volumes: ["data:/d"]\n    logging: {driver: json-file, options: {max-size: 1m}}\nvolumes: {data: {}}\n';
  const merged = (over: string): unknown => {
    const { stdout, stderr } = drive('docker compose -f base.yaml -f over.yaml config', {
      files: { 'base.yaml': base, 'over.yaml': over },
    });
    expect(stderr).toBe('');
    return (load(stdout) as { services: { a: unknown } }).services.a;
  };

  test('mappings are joined, commands replaced, lists added to', () => {
    expect(merged('services: {a: {command: two, environment: [B=3, C=4], ports: ["81:81"]}}')).toMatchObject({
      command: ['two'],
      environment: { A: '1', B: '3', C: '4' },
      ports: [{ target: 80 }, { target: 81 }],
    });
  });

  test('the same port or mount target is there once', () => {
    expect(merged('services: {a: {ports: ["80:80"], volumes: ["./x:/d"]}}')).toMatchObject({
      ports: [{ target: 80 }],
      volumes: [{ type: 'bind', target: '/d' }],
    });
  });

  test('options of one logging driver are not given to another', () => {
    expect(merged('services: {a: {logging: {driver: none}}}')).toMatchObject({ logging: { driver: 'none' } });
    expect(merged('services: {a: {logging: {driver: none}}}')).not.toHaveProperty('logging.options');
  });

  test('!reset and !override drop what came before', () => {
    expect(merged('services: {a: {environment: !reset null, ports: !override ["9:9"]}}')).not.toHaveProperty(
      'environment',
    );
    expect(merged('services: {a: {ports: !override ["9:9"]}}')).toHaveProperty('ports', [
      { mode: 'ingress', target: 9, published: '9', protocol: 'tcp' },
    ]);
  });

  const built = (files: Readonly<Record<string, string>>): unknown => {
    const line = `docker compose ${Object.keys(files)
      .map((name) => `-f ${name}`)
      .join(' ')} config`;
    const { stdout, stderr } = drive(line, { files });
    expect(stderr).toBe('');
    return (load(stdout) as { services: { a: unknown } }).services.a;
  };

  test('a part of build in a later file leaves context and Dockerfile as they are', () => {
    const files = {
      'one.yaml': 'services: {a: {build: {context: ./app, dockerfile: Own}}}',
      'two.yaml': 'services: {a: {build: {args: {V: 1}}}}',
    };
    expect(built(files)).toMatchObject({ build: { context: '/work/shop/app', dockerfile: 'Own', args: { V: '1' } } });
  });

  test('a later name without a value takes the value away; a null elsewhere says nothing', () => {
    const files = {
      'one.yaml': 'services: {a: {image: x, environment: {A: 1, B: 2}, labels: {l: 1}}}',
      'two.yaml': 'services: {a: {environment: {A: }, labels: , image: }}',
    };
    expect(built(files)).toMatchObject({ image: 'x', environment: { A: null, B: '2' }, labels: { l: '1' } });
  });

  test('!reset and !override in a service count for what it extends', () => {
    const yaml = `services:
  base: {image: x, command: [one], ports: ["80:80"], environment: {A: 1}}
  a:
    extends: base
    command: !reset null
    ports: !override ["9:9"]
`;
    expect(built({ 'compose.yaml': yaml })).toMatchObject({ environment: { A: '1' }, ports: [{ published: '9' }] });
    expect(built({ 'compose.yaml': yaml })).not.toHaveProperty('command');
  });

  test('two mounts of one target are one: the last', () => {
    expect(built({ 'compose.yaml': 'services: {a: {image: x, volumes: ["./one:/d", "./two:/d"]}}' })).toMatchObject({
      volumes: [{ source: '/work/shop/two' }],
    });
  });

  test('documents of one file are like several files', () => {
    const yaml = 'services: {a: {image: x}}\n---\nservices: {a: {environment: {A: 1}}}\n';
    expect(built({ 'compose.yaml': yaml })).toMatchObject({ image: 'x', environment: { A: '1' } });
  });

  test('what is included cannot be said otherwise in the same file', () => {
    const { stderr, exitCode } = config('include: [sub/c.yaml]\nservices: {b: {image: z}}', {
      files: { 'sub/c.yaml': 'services: {b: {image: y}}' },
    });
    expect([exitCode, stderr]).toEqual([1, 'compose.yaml:1:11: services.b conflicts with imported resource\n']);
  });

  test('the override beside the usual name counts unasked', () => {
    const { stdout } = config('services: {a: {image: x}}', {
      files: { 'compose.override.yaml': 'services: {a: {image: y}}' },
    });
    expect(load(stdout)).toMatchObject({ services: { a: { image: 'y' } } });
  });

  test('a service extends one of another file, whose paths start there', () => {
    const { stdout } = config('services: {a: {extends: {file: base/c.yaml, service: s}, environment: {B: 2}}}', {
      files: { 'base/c.yaml': 'services: {s: {image: x, environment: {A: 1}, volumes: ["./v:/v"]}}' },
    });
    expect(load(stdout)).toMatchObject({
      services: { a: { image: 'x', environment: { A: '1', B: '2' }, volumes: [{ source: '/work/shop/base/v' }] } },
    });
  });

  test('what is included is there, with its own .env', () => {
    const { stdout } = config('include: [sub/c.yaml]\nservices: {a: {image: x, depends_on: [b]}}', {
      files: { 'sub/c.yaml': 'services: {b: {image: "y:${TAG}", build: .}}', 'sub/.env': 'TAG=7' },
    });
    expect(load(stdout)).toMatchObject({ services: { b: { image: 'y:7', build: { context: '/work/shop/sub' } } } });
  });
});

describe('variables, names and profiles', () => {
  test('the environment counts more than .env, and that more than a default', () => {
    const yaml = 'services: {a: {image: "x:${A:-1}-${B:-1}-${C:-1}"}}';
    const { stdout } = config(yaml, { files: { '.env': 'A=2\nB=2' }, env: { A: '3' } });
    expect(load(stdout)).toMatchObject({ services: { a: { image: 'x:3-2-1' } } });
  });

  test('a variable that is not set is told', () => {
    expect(config('services: {a: {image: "x$TAG"}}').stderr).toBe(
      'WARN[0000] The "TAG" variable is not set. Defaulting to a blank string.\n',
    );
  });

  test('version counts for nothing, and what is for a swarm is named', () => {
    const { stderr, exitCode } = config(
      'version: "3"\nservices: {a: {image: x, deploy: {placement: {constraints: [a]}}}}',
    );
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/`version` is obsolete/);
    expect(stderr).toMatch(/services\.a\.deploy\.placement is for a swarm/);
  });

  test.each([
    ['docker compose config', {}, 'shop'],
    ['docker compose -p other config', {}, 'other'],
    ['docker compose config', { COMPOSE_PROJECT_NAME: 'env-name' }, 'env-name'],
    ['docker compose --project-directory /x/My.App -f compose.yaml config', {}, 'myapp'],
  ])('%s in %j is called %s', (line, env, name) => {
    expect(load(config('services: {a: {image: x}}', { line, env }).stdout)).toMatchObject({
      name,
      networks: { default: { name: `${name}_default` } },
    });
  });

  test.each([
    ['{"name": "json", "services": {"a": {"image": "x"}}}', 'json'],
    ['name: My_Project\nservices: {a: {image: x}}', 'my_project'],
    ['services: {a: {image: x}}\n---\nname: second', 'second'],
  ])('%j is called %s', (yaml, name) => {
    expect(load(config(yaml).stdout)).toMatchObject({ name });
  });

  test('a name that is given from outside must fit', () => {
    const { exitCode, stderr } = config('services: {a: {image: x}}', { line: 'docker compose -p My config' });
    expect([exitCode, stderr]).toEqual([1, expect.stringMatching(/^invalid project name "My": must consist only of/)]);
  });

  test('the .env of the working folder counts where COMPOSE_FILE names a file elsewhere, and more than that beside it', () => {
    const files = {
      '.env': 'COMPOSE_FILE=sub/c.yaml\nA=here',
      'sub/.env': 'A=there\nB=there',
      'sub/c.yaml': 'services: {a: {image: "x:$A-$B"}}',
    };
    expect(load(drive('docker compose config', { files }).stdout)).toMatchObject({
      services: { a: { image: 'x:here-there' } },
    });
    const env = { COMPOSE_DISABLE_ENV_FILE: '1', COMPOSE_FILE: 'sub/c.yaml', A: 'a', B: 'b' };
    expect(load(drive('docker compose config', { files, env }).stdout)).toMatchObject({
      services: { a: { image: 'x:a-b' } },
    });
  });

  test('a name of the file counts more than that of the folder', () => {
    expect(load(config('name: ${N:-mine}\nservices: {a: {image: x}}').stdout)).toMatchObject({ name: 'mine' });
  });

  const profiled = 'services: {a: {image: x}, b: {image: y, profiles: [dev]}, c: {image: z, profiles: [test]}}';
  test.each([
    ['docker compose config --services', {}, 'a\n'],
    ['docker compose --profile dev config --services', {}, 'a\nb\n'],
    ['docker compose config --services', { COMPOSE_PROFILES: 'dev,test' }, 'a\nb\nc\n'],
    ['docker compose config --profiles', {}, 'dev\ntest\n'],
    ['docker compose config --images', {}, 'x\n'],
    ['docker compose config -q', {}, ''],
  ])('%s with %j prints %j', (line, env, printed) => {
    expect(config(profiled, { line, env }).stdout).toBe(printed);
  });

  test('values of env_file come first, those of environment count more', () => {
    const { stdout } = config(
      'services: {a: {image: x, env_file: [one.env, {path: none.env, required: false}], environment: {B: 3}}}',
      { files: { 'one.env': 'A=1\nB=2' } },
    );
    expect(load(stdout)).toMatchObject({ services: { a: { environment: { A: '1', B: '3' } } } });
  });
});
