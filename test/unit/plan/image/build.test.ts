/** What docker build reads before it asks: the Dockerfile's needs, where it is, and the flags that become the query. */
import { describe, expect, test } from 'vitest';
import { withoutSecrets } from '../../../../src/api/redact.ts';
import { parseCommand } from '../../../../src/command/parse.ts';
import { addressPools } from '../../../../src/plan/network/address-pools.ts';
import { assume } from '../../../../src/plan/assume.ts';
import type { Assumed } from '../../../../src/plan/assume.ts';
import { needsOf } from '../../../../src/dockerfile/needs.ts';
import type { PlanContext } from '../../../../src/plan/effects.ts';
import { relativePath } from '../../../../src/plan/relative-path.ts';
import { planOf } from '../../../fixtures/plan-of.ts';
import { utc } from '../../../fixtures/utc.ts';

const context: PlanContext = {
  cwd: '/home/ann/app',
  env: { TOKEN: 'from env' },
  now: 0,
  zone: utc,
  apiVersion: '1.51',
  terminal: false,
  client: { version: '0', node: 'v20', os: 'linux', arch: 'x64' },
};

function assumed(line: string, files: Readonly<Record<string, string>> = { Dockerfile: 'FROM a\n' }): Assumed {
  const command = parseCommand(line, { env: context.env, cwd: context.cwd, home: '/home/ann' });
  return assume(planOf(command, context), (path) => files[path]);
}

describe('a Dockerfile', () => {
  test.each([
    ['FROM a\nRUN make\nCOPY --from=b --chown=1 x /\nADD x /\n', []],
    ['FROM a\nRUN --mount=type=cache,target=/c make\n', ['RUN --mount=type=cache']],
    ['FROM a\nRUN --mount=target=/c,type=bind make\n', ['RUN --mount=type=bind']],
    ['FROM a\nrun \\\n  # why\n  --network=none \\\n  make\n', ['RUN --network']],
    ['FROM a\nCOPY --chmod=600 --link x /\n', ['COPY --chmod', 'COPY --link']],
    ['FROM a\nADD --checksum=sha256:x http://y /\n', ['ADD --checksum']],
    ['FROM a\nRUN <<EOF\nmake\nEOF\n', ['RUN <<']],
    ['FROM a\nRUN echo --mount=type=cache\n', []],
    ['FROM a\n# RUN --mount=type=cache\n', []],
    ['FROM a\nRUN echo $((1<<2))\nRUN cat<<EOF\n', []],
    ['FROM a\nCOPY <<EOF /x\nRUN --mount=type=cache x\nEOF\n', ['COPY <<']],
    ['FROM a\nONBUILD RUN <<EOF\nx\nEOF\n', ['ONBUILD RUN <<']],
    ['FROM a\nRUN --mount="type=cache,target=/c"\n', ['RUN --mount=type=cache']],
    ['FROM a\nRUN --mount=target=/c make\n', ['RUN --mount']],
    ['FROM a\n# escape=`\nRUN a `\nCOPY --link x /\n', ['COPY --link']],
  ])('%j needs BuildKit for %j', (text, buildkit) => {
    expect(needsOf(text).buildkit).toEqual(buildkit);
  });

  test('that wants a secret or ssh needs a session', () => {
    expect(
      needsOf('RUN --mount=type=ssh x\nRUN --mount=type=secret,id=a y\nRUN --mount=type=cache z\n').session,
    ).toEqual(['RUN --mount=type=ssh', 'RUN --mount=type=secret']);
  });

  test.each([
    ['# syntax=docker/dockerfile:1\nFROM a', 'docker/dockerfile:1'],
    ['# escape=`\n#syntax = x\nFROM a', 'x'],
    ['# a comment\n# syntax=x\nFROM a', undefined],
    ['FROM a\n# syntax=x', undefined],
  ])('%j names %j as its syntax', (text, syntax) => {
    expect(needsOf(text).syntax).toBe(syntax);
  });
});

describe('docker build', () => {
  test('uses the classic builder, which shows each layer, unless only BuildKit can', () => {
    expect(assumed('docker build .').requests[0]?.query).not.toHaveProperty('version');
    const kit = assumed('docker build -q .', { Dockerfile: '# syntax=x\nRUN --mount=type=cache,target=/c y\n' });
    expect(kit.requests[0]).toMatchObject({ query: { version: '2' }, upload: { plainSyntax: true } });
    expect(kit.notes.join(' ')).toMatch(/only BuildKit knows this.*# syntax=x is left out/);
  });

  test.each([
    'FROM --platform=$BUILDPLATFORM busybox',
    'FROM --platform=${TARGETPLATFORM} busybox',
    'FROM busybox\nARG TARGETARCH\nRUN echo $TARGETARCH',
  ])('BuildKit alone knows the platforms in %j', (text) => {
    expect(needsOf(text).buildkit).toHaveLength(1);
  });

  test('a default of one’s own needs no BuildKit', () => {
    expect(needsOf('FROM busybox\nARG TARGETARCH=amd64').buildkit).toEqual([]);
  });

  test.each([
    [undefined, true, '2'],
    [undefined, false, undefined],
    ['0', true, undefined],
    ['1', false, '2'],
    ['true', false, '2'],
  ])(
    'DOCKER_BUILDKIT is %j, the engine prefers BuildKit: %j, so the version is %j',
    (asked, prefersBuildkit, version) => {
      const command = parseCommand('docker build .', { env: {}, cwd: context.cwd, home: '/home/ann' });
      const env = asked === undefined ? {} : { DOCKER_BUILDKIT: asked };
      const { requests } = assume(planOf(command, { ...context, env, prefersBuildkit }), () => 'FROM a\n');
      expect(requests[0]?.query?.['version']).toBe(version);
    },
  );

  test.each([
    [{ DOCKER_BUILDKIT: '0' }, true],
    [{ DOCKER_BUILDKIT: 'False' }, true],
    [{ DOCKER_BUILDKIT: '1' }, false],
    [{}, false],
  ])('with %j docker calls the builder a legacy: %j', (env, says) => {
    const command = parseCommand('docker build .', { env: {}, cwd: context.cwd, home: '/home/ann' });
    const plan = planOf(command, { ...context, env });
    const first = plan.next().value;
    const written = typeof first === 'object' && first.do === 'write' ? first.text : '';
    expect(written.startsWith('DEPRECATED: The legacy builder is deprecated')).toBe(says);
  });

  test.each([
    ['docker build --progress=fast .', {}, 'ERROR: invalid progress mode fast'],
    ['docker build .', { BUILDKIT_PROGRESS: 'fast' }, 'ERROR: invalid progress mode fast'],
    ['docker build --progress rawjson .', {}, 'does not print the progress as rawjson'],
  ])('%s with %j is stopped before a request', (line, env, says) => {
    const command = parseCommand(line, { env: {}, cwd: context.cwd, home: '/home/ann' });
    const built = assume(planOf(command, { ...context, env, prefersBuildkit: true }), () => 'FROM a\n');
    expect(built).toMatchObject({ exitCode: 1, requests: [], refusal: expect.stringContaining(says) as string });
  });

  test('hands BuildKit files, secrets and agents in a session, and none of them in the request', () => {
    const [request] = assumed(
      'docker build --secret id=TOKEN --secret id=f,src=f.txt --ssh a=agent.sock -f sub/web.Dockerfile -o out .',
      { 'sub/web.Dockerfile': 'FROM a\n' },
    ).requests;
    expect(request?.query).toMatchObject({
      version: '2',
      remote: 'client-session',
      dockerfile: 'web.Dockerfile',
      outputs: '[{"Type":"tar","Attrs":{}}]',
    });
    expect(request?.session).toEqual({
      secrets: [
        { id: 'TOKEN', value: 'from env' },
        { id: 'f', file: 'f.txt' },
      ],
      ssh: [{ id: 'a', socket: 'agent.sock' }],
      output: { to: 'folder', path: 'out' },
    });
    expect(JSON.stringify(request && withoutSecrets(request))).not.toContain('from env');
  });

  test.each([
    [
      'docker build --push -t reg.test/a -t reg.test/a:2 .',
      ['/build', '/images/reg.test/a/push latest', '/images/reg.test/a/push 2'],
    ],
    ['docker buildx build -o type=registry -t reg.test/a .', ['/build', '/images/reg.test/a/push latest']],
    ['docker build -o type=image,push=true -t reg.test/a .', ['/build', '/images/reg.test/a/push latest']],
    ['docker build -o type=image -t reg.test/a .', ['/build']],
    ['docker build --provenance=false --sbom disabled=true -t a .', ['/build']],
  ])('%s asks for %j', (line, paths) => {
    const { requests, refusal } = assumed(line);
    expect(refusal).toBeUndefined();
    expect(
      requests.map(({ path, query }) => [path, ...(query?.['tag'] === undefined ? [] : [query['tag']])].join(' ')),
    ).toEqual(paths);
  });

  test.each([
    ['docker build --push .', 'ERROR: failed to build: tag is needed when pushing to registry'],
    ['docker build --push -o out -t a .', 'either writes the result into files or pushes it'],
  ])('%s is stopped', (line, says) => {
    const { exitCode, refusal, requests } = assumed(line);
    expect(exitCode).toBe(1);
    expect(refusal).toContain(says);
    expect(requests.map(({ path }) => path)).not.toContain('/build');
  });

  test('attaches records in the conversation that BuildKit has with buildx', () => {
    const { requests } = assumed('docker build --provenance mode=max --sbom=true -t a .');
    expect(requests.at(-1)).toMatchObject({
      path: '/moby.buildkit.v1.Control/Solve',
      query: { attests: '{"provenance":"mode=max","sbom":""}' },
    });
  });

  test('takes dockerfile where there is no Dockerfile', () => {
    expect(assumed('docker build sub', { 'sub/dockerfile': 'FROM a\n' }).requests[0]).toMatchObject({
      query: { dockerfile: 'dockerfile' },
      upload: { folder: 'sub', dockerfile: 'dockerfile' },
    });
  });

  test('is explained where there is no Dockerfile at all, and says that there is none', () => {
    const { requests, notes, exitCode } = assumed('docker build -t x .', {});
    expect(requests.map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /build']);
    expect(notes).toEqual(['Dockerfile cannot be read: a build needs its Dockerfile']);
    expect(exitCode).toBe(0);
  });

  test('sends a Dockerfile from outside under a name that stays the same', () => {
    const line = 'docker build -f ../Dockerfile .';
    const [first, second] = [assumed(line), assumed(line)].map(({ requests }) => requests[0]);
    expect(first?.query?.['dockerfile']).toMatch(/^\.dockerfile\.[0-9a-f]{20}$/);
    expect(first).toEqual(second);
    expect(first?.upload).toMatchObject({
      folder: '.',
      dockerfile: '../Dockerfile',
      sentAs: first?.query?.['dockerfile'],
    });
  });

  test.each([
    'https://example.com/x.tar.gz',
    'https://github.com/a/b.git#main:sub',
    'git@github.com:a/b.git',
    'github.com/a/b',
  ])('has the engine fetch %s', (remote) => {
    const [request] = assumed(`docker build -f sub/Dockerfile '${remote}'`).requests;
    expect(request?.query).toMatchObject({ remote, dockerfile: 'sub/Dockerfile' });
    expect(request?.upload).toBeUndefined();
  });

  test('gives an argument without a value the one of the environment, or none', () => {
    expect(
      JSON.parse(
        assumed('docker build --build-arg TOKEN --build-arg GONE --build-arg A= .').requests[0]?.query?.['buildargs'] ??
          '',
      ),
    ).toEqual({ TOKEN: 'from env', GONE: null, A: '' });
  });

  test('sends every name it is given', () => {
    expect(assumed('docker build -t a -t b:2 .').requests[0]?.query?.['t']).toBe('a\nb:2');
  });
});

test.each([
  ['.', 'Dockerfile', 'Dockerfile'],
  ['app', 'app/docker/Dockerfile', 'docker/Dockerfile'],
  ['app', 'Dockerfile', '../Dockerfile'],
  ['/srv/x', '/srv/y/D', '../y/D'],
  ['../other/', './D', '../app/D'],
  ['C:\\work', 'C:\\work\\sub\\D', 'sub/D'],
])('from %s, %s is %s', (folder, file, seen) => {
  expect(relativePath(folder, file, '/home/ann/app')).toBe(seen);
});

describe('addresses of a network', () => {
  test('go to the subnet they are in, IPv6 in any spelling', () => {
    const flags = {
      subnet: ['10.1.0.0/16', '2001:db8::/64'],
      gateway: ['2001:0db8:0:0::1', '10.1.0.1'],
      'ip-range': ['10.1.128.0/17'],
      'aux-address': [
        { key: 'a', value: '10.1.0.5' },
        { key: 'b', value: '2001:db8::ffff:1.2.3.4' },
      ],
    };
    expect(addressPools(flags)).toEqual([
      { Subnet: '10.1.0.0/16', Gateway: '10.1.0.1', IPRange: '10.1.128.0/17', AuxiliaryAddresses: { a: '10.1.0.5' } },
      { Subnet: '2001:db8::/64', Gateway: '2001:0db8:0:0::1', AuxiliaryAddresses: { b: '2001:db8::ffff:1.2.3.4' } },
    ]);
  });

  test.each([
    [{ subnet: ['10.1.0.0/16'], gateway: ['10.2.0.1'] }, 'no matching subnet for gateway 10.2.0.1'],
    [{ subnet: ['10.0.0.0/8', '10.1.0.0/16'] }, 'multiple overlapping subnet configuration is not supported'],
    [
      { subnet: ['10.0.0.0/16', '10.1.0.0/16'], gateway: ['10.0.0.1', '10.0.0.2'] },
      'cannot configure multiple gateways (10.0.0.2, 10.0.0.1) for the same subnet (10.0.0.0/16)',
    ],
    [{ gateway: ['10.0.0.1'] }, 'every ip-range or gateway must have a corresponding subnet'],
  ])('%j is refused: %s', (flags, words) => {
    expect(() => addressPools(flags)).toThrow(words);
  });
});
