/** Each stand-in does on the lab engine what lessons ask of the real image. A cold machine makes them all here first. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ensureImages, type ProvidedImage } from '../../src/lab/images/images.ts';
import { answer, containersOf, until } from './lab-containers.ts';
import { labSuite } from './lab.ts';

const signal = new AbortController().signal;
const names = [
  'debian:stable-slim',
  'ubuntu:latest',
  'python:3.9-slim',
  'python:alpine',
  'node:20',
  'nginx:alpine',
  'httpd:2.4',
  'redis:alpine',
  'postgres:16',
  'registry:2',
  'gcc:latest',
  'golang:latest',
  'curlimages/curl:latest',
  'rancher/mirrored-pause:3.6',
  'busybox:latest',
];

labSuite('stand-in images', ({ socketPath }) => {
  const containers = containersOf(socketPath);
  const { engine, run, start } = containers;
  let provided: readonly ProvidedImage[] = [];

  beforeAll(async () => {
    provided = await ensureImages(names, { signal });
  }, 600_000);

  const volumes: string[] = [];
  afterAll(async () => {
    await containers[Symbol.asyncDispose]();
    for (const volume of volumes) await engine('DELETE', `/volumes/${volume}`);
  });

  /** A test of a stand-in; skipped where Docker Hub answers, and images are the real ones. */
  function standInTest(name: string, body: () => Promise<void>): void {
    test(name, { timeout: 120_000 }, async (context) => {
      context.skip(
        provided.some(({ origin }) => origin === 'registry'),
        'Docker Hub answers: no stand-ins',
      );
      await body();
    });
  }

  const inspect = async (image: string): Promise<{ Id: string; RootFS: { Layers: readonly string[] } }> => {
    const [name = '', tag = ''] = image.split(':');
    await engine('POST', `/images/create?fromImage=${name}&tag=${tag}`);
    return JSON.parse((await engine('GET', `/images/${image}/json`)).body.toString()) as never;
  };

  standInTest('two tags are one image; images share the base layer', async () => {
    expect((await inspect('python:alpine')).Id).toBe((await inspect('python:3.9-slim')).Id);
    const [base] = (await inspect('debian:stable-slim')).RootFS.Layers;
    for (const image of ['python:alpine', 'redis:alpine', 'ubuntu:latest'])
      expect((await inspect(image)).RootFS.Layers).toEqual([base, expect.stringMatching(/^sha256:/)]);
  });

  describe('systems', () => {
    standInTest('debian and ubuntu have bash, and say what they are', async () => {
      const debian = await run('debian:stable-slim', {
        Cmd: ['bash', '-c', '. /etc/os-release; echo $ID; ls /dev/shm'],
      });
      expect(debian).toMatchObject({ exitCode: 0, output: expect.stringMatching(/^(debian|ubuntu)\n$/) as string });
      const ubuntu = await run('ubuntu:latest', { Cmd: ['cat', '/etc/os-release'] });
      expect(ubuntu.output).toMatch(/^PRETTY_NAME=".*standing in for Ubuntu"$/m);
    });

    standInTest('gcc and go make static programs that run', async () => {
      const c = 'echo "#include <stdio.h>\nint main(void) { puts(\\"from c\\"); }" > a.c; gcc -static -o a a.c && ./a';
      expect(await run('gcc:latest', { Cmd: ['bash', '-c', c] })).toEqual({ exitCode: 0, output: 'from c\n' });
      const go = `pwd; mkdir x; cd x; printf 'module x\n' > go.mod
printf 'package main\nimport ("fmt"; "net/http")\nfunc main() { fmt.Println("from go", http.StatusOK) }\n' > main.go
CGO_ENABLED=0 go build -o x . && ./x && go build . && which go && stat -c %a /root`;
      expect(await run('golang:latest', { Cmd: ['sh', '-c', go] })).toEqual({
        exitCode: 0,
        output: '/go\nfrom go 200\n/usr/local/go/bin/go\n700\n',
      });
    });

    standInTest('pause collects orphans that end, and ends with 0 when it is told to', async () => {
      const pause = await start('rancher/mirrored-pause:3.6');
      const other = await start('busybox:latest', {
        Cmd: ['sh', '-c', '(sleep 0.1 & exec true) ; exec sleep 1000'],
        HostConfig: { PidMode: `container:${pause.id}` },
      });
      expect((await other.exec('cat', '/proc/1/cmdline')).output).toBe('/pause\0');
      await until(async () => {
        const { output } = await other.exec('sh', '-c', 'cat /proc/[0-9]*/comm /proc/[0-9]*/stat');
        expect(output).not.toMatch(/ Z |^true$|sleep 0/m);
        expect(output.match(/^sleep$/gm)).toHaveLength(1);
      });
      // killed after the engine's patience, it would be 137
      expect(await pause.stop()).toBe(0);
    });
  });

  describe('languages', () => {
    standInTest('python: the requirements of a web app are met offline, and it serves', async () => {
      const install = 'printf "flask\\nredis\\npsycopg2-binary\\n" > r.txt && pip install --no-cache-dir -r r.txt';
      const { exitCode, output } = await run('python:3.9-slim', { Cmd: ['sh', '-c', install] });
      expect(exitCode).toBe(0);
      for (const name of ['flask', 'redis', 'psycopg2-binary'])
        expect(output).toContain(`Requirement already satisfied: ${name} in`);
      const app = `from flask import Flask
import psycopg2, redis
app = Flask(__name__)
app.add_url_rule('/', 'home', lambda: 'from flask')
app.run('0.0.0.0', 5000)`;
      const flask = await start('python:alpine', { Cmd: ['python', '-c', app] });
      expect(await answer(`http://${flask.address}:5000/`)).toEqual({ status: 200, body: 'from flask' });
    });

    standInTest('node: runs a file by name, as node; npm is there', async () => {
      const server = `require('http').createServer((_, reply) => reply.end('from node')).listen(3000)`;
      const node = await start('node:20', { Cmd: ['-e', server], User: 'node' });
      expect(await answer(`http://${node.address}:3000/`)).toEqual({ status: 200, body: 'from node' });
      expect((await node.exec('sh', '-c', 'id -u; id -g; echo $HOME')).output).toBe('1000\n1000\n/home/node\n');
      const file = await run('node:20', {
        Cmd: [
          'sh',
          '-c',
          'cd /tmp && echo "console.log(String(6 * 7))" > a.js && docker-entrypoint.sh a.js && npm --version',
        ],
      });
      expect(file).toMatchObject({ exitCode: 0, output: expect.stringMatching(/^42\n\d+\.\d+/) as string });
    });
  });

  describe('servers', () => {
    standInTest('nginx: serves its page and its templates, logs to the container, stops at once', async () => {
      const site = 'server { listen 81; location / { return 200 "$GREETING at $uri"; } }';
      const first = 'mkdir /etc/nginx/templates; echo "$SITE" > /etc/nginx/templates/more.conf.template';
      const nginx = await start('nginx:alpine', {
        Entrypoint: ['sh', '-c', `${first}; unset SITE; exec /docker-entrypoint.sh nginx -g 'daemon off;'`],
        Env: ['GREETING=hello', `SITE=${site.replaceAll('$GREETING', '${GREETING}')}`],
      });
      expect((await answer(`http://${nginx.address}/`)).body).toContain('<title>Welcome to nginx!</title>');
      expect((await answer(`http://${nginx.address}:81/x`)).body).toBe('hello at /x');
      await until(async () => expect(await nginx.logs()).toContain('"GET / HTTP/1.1" 200'));
      expect((await nginx.exec('curl', '-fsS', 'http://localhost/none')).exitCode).toBe(22);
      expect(await nginx.stop()).toBe(0);
    });

    standInTest('curl fetches by arguments alone', async () => {
      const nginx = await start('nginx:alpine');
      await answer(`http://${nginx.address}/`);
      const page = await run('curlimages/curl:latest', { Cmd: ['-s', `http://${nginx.address}/`] });
      expect(page.output).toContain('Welcome to nginx!');
    });

    standInTest('httpd: serves its folder, logs to the container, stops at once', async () => {
      const httpd = await start('httpd:2.4');
      expect((await answer(`http://${httpd.address}/`)).body).toContain('It works!');
      expect((await httpd.exec('sh', '-c', 'echo new > htdocs/new.html; pwd')).output).toBe('/usr/local/apache2\n');
      expect((await answer(`http://${httpd.address}/new.html`)).body).toBe('new\n');
      await until(async () => expect(await httpd.logs()).toContain('"GET /new.html HTTP/1.1" 200'));
      expect(await httpd.stop()).toBe(0);
    });

    standInTest('registry: refuses without login; with one it takes an image and gives it back', async () => {
      const line = (await run('httpd:2.4', { Cmd: ['htpasswd', '-Bbn', 'learner', 'secret'] })).output.trim();
      const registry = await start('registry:2', {
        Entrypoint: ['sh', '-c', 'echo "$LINE" > /htpasswd; exec /entrypoint.sh /etc/docker/registry/config.yml'],
        Env: [
          `LINE=${line}`,
          'REGISTRY_AUTH=htpasswd',
          'REGISTRY_AUTH_HTPASSWD_REALM=lessons',
          'REGISTRY_AUTH_HTPASSWD_PATH=/htpasswd',
        ],
        HostConfig: { PortBindings: { '5000/tcp': [{ HostIp: '127.0.0.1', HostPort: '' }] } },
      });
      expect((await answer(`http://${registry.address}:5000/v2/`)).status).toBe(401);
      const login = { headers: { authorization: `Basic ${Buffer.from('learner:secret').toString('base64')}` } };
      expect((await answer(`http://${registry.address}:5000/v2/`, login)).status).toBe(200);

      const seen = JSON.parse((await engine('GET', `/containers/${registry.id}/json`)).body.toString()) as {
        NetworkSettings: { Ports: Record<string, readonly { HostPort: string }[]> };
      };
      const name = `127.0.0.1:${seen.NetworkSettings.Ports['5000/tcp']?.[0]?.HostPort ?? ''}/lab-images-test`;
      const auth = (password: string): Record<string, string> => ({
        'x-registry-auth': Buffer.from(JSON.stringify({ username: 'learner', password })).toString('base64url'),
      });
      await inspect('busybox:latest');
      await engine('POST', `/images/busybox:latest/tag?repo=${encodeURIComponent(name)}&tag=1`);
      const push = async (password: string): Promise<string> =>
        (await engine('POST', `/images/${name}/push?tag=1`, {}, auth(password))).body.toString();
      expect(await push('wrong')).toMatch(/no basic auth credentials|unauthorized|denied/);
      expect(await push('secret')).toMatch(/digest: sha256:/);
      await engine('DELETE', `/images/${name}:1`);
      const pulled = await engine(
        'POST',
        `/images/create?fromImage=${encodeURIComponent(name)}&tag=1`,
        {},
        auth('secret'),
      );
      expect(pulled.body.toString()).toMatch(/Digest: sha256:/);
      expect((await engine('DELETE', `/images/${name}:1`)).status).toBe(200);
    });
  });

  describe('stores', () => {
    standInTest('redis: answers, to other containers too; runs as redis; keeps its data in /data', async () => {
      const redis = await start('redis:alpine');
      await until(async () => expect((await redis.exec('redis-cli', 'ping')).output).toBe('PONG\n'));
      const cli = ['redis-cli', '-h', redis.address];
      expect((await run('redis:alpine', { Cmd: [...cli, 'set', 'a', '1'] })).output).toBe('OK\n');
      expect((await redis.exec('sh', '-c', 'stat -c %U /proc/1; pwd')).output).toBe('redis\n/data\n');
      expect(await redis.stop()).toBe(0);
      const own = await start('redis:alpine', {
        Cmd: ['redis-server', '--requirepass', 'secret', '--appendonly', 'yes'],
      });
      await until(async () => expect((await own.exec('redis-cli', 'ping')).output).toMatch(/NOAUTH/));
      expect((await own.exec('redis-cli', '-a', 'secret', '--no-auth-warning', 'ping')).output).toBe('PONG\n');
    });

    standInTest('postgres: refuses to start without a password, and says how to give one', async () => {
      const { exitCode, output } = await run('postgres:16');
      expect(exitCode).toBe(1);
      expect(output).toContain('superuser password is not specified');
      expect(output).toContain('-e POSTGRES_PASSWORD=');
    });

    standInTest(
      'postgres: makes user and database, runs what is in initdb.d, wants the password, keeps its data',
      async () => {
        const folder = '/docker-entrypoint-initdb.d';
        const prepare = `echo 'CREATE TABLE visits (who text);' > ${folder}/1.sql
echo "psql -U learner -d shop -c \\"INSERT INTO visits VALUES ('first')\\"" > ${folder}/2.sh`;
        const volume = `lab-images-test-${process.pid}`;
        volumes.push(volume);
        const wish = {
          Entrypoint: ['sh', '-c', `${prepare}\nexec docker-entrypoint.sh postgres`],
          Env: ['POSTGRES_PASSWORD=secret', 'POSTGRES_USER=learner', 'POSTGRES_DB=shop'],
          HostConfig: { Binds: [`${volume}:/var/lib/postgresql/data`] },
        };
        const postgres = await start('postgres:16', wish);
        const query = (address: string, password: string): ReturnType<typeof run> =>
          run('postgres:16', {
            Cmd: [
              'psql',
              '-h',
              address,
              '-U',
              'learner',
              '-d',
              'shop',
              '-P',
              'pager=off',
              '-Atc',
              'SELECT who FROM visits',
            ],
            Env: [`PGPASSWORD=${password}`],
          });
        await until(async () => expect(await postgres.logs()).toMatch(/init process complete[^]*ready to accept/));
        expect(await query(postgres.address, 'secret')).toEqual({ exitCode: 0, output: 'first\n' });
        expect((await query(postgres.address, 'wrong')).output).toContain('password authentication failed');
        expect(
          (await postgres.exec('sh', '-c', 'stat -c %U /proc/1; id -u postgres; pg_isready; echo $LANG')).output,
        ).toMatch(/^postgres\n999\n.*accepting connections\nen_US\.utf8\n$/);
        expect(await postgres.stop()).toBe(0);

        const again = await start('postgres:16', wish);
        await until(async () => expect(await again.logs()).toMatch(/Skipping initialization[^]*ready to accept/));
        expect((await query(again.address, 'secret')).output).toBe('first\n');
        await engine('DELETE', `/containers/${postgres.id}?v=1`);
        await engine('DELETE', `/containers/${again.id}?v=1&force=1`);
        expect((await engine('DELETE', `/volumes/${volume}`)).status).toBe(204);
      },
    );
  });
});
