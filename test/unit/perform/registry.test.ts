/** What a registry has under a name: asked of a real HTTP server, and printed as docker 28.2 and buildx 0.29 print the same answers. */
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseCommand } from '../../../src/command/parse.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import { contextIn } from '../../../src/permission/plan-context.ts';
import { perform } from '../../../src/perform/perform.ts';
import { planOf } from '../../fixtures/plan-of.ts';

const digest = (sign: string): string => `sha256:${sign.repeat(64)}`;
const oci = 'application/vnd.oci.image';
const entry = (sign: string, more: object): object => ({
  mediaType: `${oci}.manifest.v1+json`,
  digest: digest(sign),
  size: 457,
  ...more,
});
const list = {
  schemaVersion: 2,
  mediaType: `${oci}.index.v1+json`,
  manifests: [
    entry('1', { annotations: { arch: 'amd64' }, platform: { architecture: 'amd64', os: 'linux' } }),
    entry('2', {
      platform: {
        variant: 'v8',
        architecture: 'amd64',
        os: 'windows',
        'os.version': '10.0.1',
        'os.features': ['win32k'],
      },
    }),
    entry('3', {}),
  ],
};
const image = { schemaVersion: 2, mediaType: `${oci}.manifest.v1+json`, layers: [], config: { size: 2 } };
const has: Readonly<Record<string, object>> = { 'team/app/manifests/multi': list, 'team/app/manifests/one': image };

let server: Server;
let registry: string;
beforeAll(async () => {
  server = createServer(({ url = '', headers }, answer) => {
    const found = has[url.replace('/v2/', '')];
    if (url.includes('/private/') && headers.authorization !== `Basic ${Buffer.from('me:secret').toString('base64')}`)
      answer.writeHead(401, { 'www-authenticate': 'Basic realm="here"' }).end();
    else if (!found && !url.includes('/private/')) answer.writeHead(404).end('{}');
    else {
      const type = (found as { mediaType?: string } | undefined)?.mediaType ?? image.mediaType;
      answer
        .writeHead(200, { 'content-type': type, 'docker-content-digest': digest('0') })
        .end(JSON.stringify(found ?? image));
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  registry = `127.0.0.1:${String((server.address() as AddressInfo).port)}`;
});
afterAll(() => server.close());

interface Said {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function said(line: string): Promise<Said> {
  const printed = { stdout: '', stderr: '' };
  const login = { server: registry, username: 'me', password: 'secret' };
  const exitCode = await perform(
    planOf(parseCommand(line.split(' ')), contextIn({ cwd: '/', env: {}, terminal: false }, '1.51')),
    {
      engine: {} as Engine,
      cwd: '/',
      signal: AbortSignal.timeout(10_000),
      credentials: {
        find: () => Promise.resolve(login),
        all: () => Promise.resolve([login]),
        keep: () => Promise.resolve(undefined),
        forget: () => Promise.resolve(),
      },
      io: {
        stdout: (chunk) => void (printed.stdout += chunk.toString()),
        stderr: (chunk) => void (printed.stderr += chunk.toString()),
        question: () => Promise.reject(new Error('nobody answers')),
      },
      observe: () => undefined,
    },
  );
  return { exitCode, ...printed };
}

describe('docker manifest inspect', () => {
  test('lists the platforms of a name, with what is known of each', async () => {
    const { stdout } = await said(`docker manifest inspect --insecure ${registry}/team/app:multi`);
    const { manifests } = JSON.parse(stdout) as { manifests: readonly object[] };
    expect(manifests[1]).toEqual({
      mediaType: `${oci}.manifest.v1+json`,
      size: 457,
      digest: digest('2'),
      platform: {
        architecture: 'amd64',
        os: 'windows',
        'os.version': '10.0.1',
        'os.features': ['win32k'],
        variant: 'v8',
      },
    });
    expect(manifests[2]).toMatchObject({ platform: { architecture: '', os: '' } });
    expect(stdout).toMatch(/^\{\n {3}"schemaVersion": 2,\n {3}"mediaType"/);
  });

  test('shows one image as it is, laid out', async () => {
    const { stdout } = await said(`docker manifest inspect --insecure ${registry}/team/app:one`);
    expect(stdout).toBe(`${JSON.stringify(image, undefined, '\t')}\n`);
  });

  test.each([
    ['REGISTRY/team/app:none', 'no such manifest: REGISTRY/team/app:none'],
    ['REGISTRY/team/app', 'no such manifest: REGISTRY/team/app:latest'],
    ['BAD', 'invalid reference format: repository name (library/BAD) must be lowercase'],
    ['list alpine', 'No such manifest: docker.io/library/alpine:latest'],
    [
      '127.0.0.1:1/x',
      'failed to configure transport: error pinging v2 registry: Get "https://127.0.0.1:1/v2/": dial tcp 127.0.0.1:1: connect: connection refused',
    ],
  ])('%s: %s', async (name, message) => {
    const { exitCode, stderr } = await said(`docker manifest inspect --insecure ${name.replace('REGISTRY', registry)}`);
    expect(exitCode).toBe(1);
    expect(stderr.replaceAll(registry, 'REGISTRY')).toBe(`${message}\n`);
  });
});

describe('docker buildx imagetools inspect', () => {
  test('says it in words', async () => {
    const name = `${registry}/team/app:multi`;
    expect(await said(`docker buildx imagetools inspect ${name}`)).toEqual({
      exitCode: 0,
      stdout: `Name:      ${name}
MediaType: ${oci}.index.v1+json
Digest:    ${digest('0')}
           
Manifests: 
  Name:        ${name}@${digest('1')}
  MediaType:   ${oci}.manifest.v1+json
  Platform:    linux/amd64
  Annotations: 
    arch: amd64
              
  Name:       ${name}@${digest('2')}
  MediaType:  ${oci}.manifest.v1+json
  Platform:   windows/amd64/v8
  OSVersion:  10.0.1
  OSFeatures: win32k
              
  Name:       ${name}@${digest('3')}
  MediaType:  ${oci}.manifest.v1+json
`,
      stderr: '',
    });
  });

  test('--raw is what the registry sent', async () => {
    expect(await said(`docker buildx imagetools inspect --raw ${registry}/team/app:one`)).toEqual({
      exitCode: 0,
      stdout: JSON.stringify(image),
      stderr: '',
    });
  });

  test('shows the login that is kept, where one is wanted', async () => {
    expect(await said(`docker buildx imagetools inspect ${registry}/private/app`)).toMatchObject({ exitCode: 0 });
  });

  test('says that there is nothing', async () => {
    expect(await said(`docker buildx imagetools inspect ${registry}/team/none`)).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: `ERROR: ${registry}/team/none:latest: not found\n`,
    });
  });
});
