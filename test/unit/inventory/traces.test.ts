/** What a line's own requests, answers and messages say that it has done. */
import { describe, expect, test } from 'vitest';
import { tracesIn, tracesOf } from '../../../src/inventory/traces.ts';
import type { Asked, Trace } from '../../../src/inventory/traces.ts';
import type { Message, Request } from '../../../src/api/request.ts';

const id = `sha256:${'ab'.repeat(32)}`;
const hello = 'docker.io/library/hello-world:latest';
const made = (kind: 'container' | 'network' | 'volume', it?: string): Trace => ({
  trace: 'made',
  kind,
  ...(it !== undefined && { id: it }),
});
const actedOn = (kind: 'container' | 'network' | 'volume', name: string): Trace => ({ trace: 'acted-on', kind, name });
const named = (name: string): Trace => ({ trace: 'image-name', name });
const image = (it: string): Trace => ({ trace: 'image', id: it });
const service = (name: string): Trace => ({ trace: 'service', name });

function asked(line: string, rest: Pick<Request, 'query' | 'body'> = {}, answer?: unknown): Asked {
  const [method = '', path = ''] = line.split(' ');
  return { request: { method: method as Request['method'], path, ...rest }, answer };
}

describe('a request and its answer', () => {
  test.each<[Asked, readonly Trace[]]>([
    [asked('POST /containers/create', {}, { Id: 'c1' }), [made('container', 'c1'), made('volume')]],
    // Ctrl-C came before the answer
    [asked('POST /containers/create'), [made('container'), made('volume')]],
    [asked('POST /containers/web/start'), [actedOn('container', 'web')]],
    [asked('POST /containers/web/stop'), [actedOn('container', 'web')]],
    [asked('POST /containers/web/rename', { query: { name: 'other' } }), [actedOn('container', 'web')]],
    [asked('POST /containers/web/exec', {}, { Id: 'e1' }), [actedOn('container', 'web')]],
    [asked('DELETE /containers/web'), [actedOn('container', 'web')]],
    // its end is awaited, not brought about
    [asked('POST /containers/web/wait'), []],
    [asked('GET /containers/web/json', {}, { Id: 'c1' }), []],
    [
      asked('POST /containers/prune', {}, { ContainersDeleted: ['c1', 'c2'], SpaceReclaimed: 5 }),
      [actedOn('container', 'c1'), actedOn('container', 'c2')],
    ],
    [asked('POST /containers/prune', {}, { ContainersDeleted: null, SpaceReclaimed: 0 }), []],
    [asked('POST /networks/create', {}, { Id: 'n1' }), [made('network', 'n1')]],
    [asked('POST /networks/net/connect', { body: { Container: 'web' } }), [actedOn('container', 'web')]],
    [asked('DELETE /networks/net'), [actedOn('network', 'net')]],
    [asked('POST /networks/prune', {}, { NetworksDeleted: ['net'] }), [actedOn('network', 'net')]],
    [asked('POST /volumes/create', { body: { Name: 'data' } }, { Name: 'data' }), [made('volume', 'data')]],
    [asked('DELETE /volumes/data'), [actedOn('volume', 'data')]],
    [asked('POST /volumes/prune', {}, { VolumesDeleted: ['data'] }), [actedOn('volume', 'data')]],
    [asked('POST /images/create', { query: { fromImage: 'hello-world', tag: 'latest' } }), [named(hello)]],
    [
      asked('POST /images/create', { query: { fromImage: 'docker.io/library/hello-world', tag: id } }),
      [named(`docker.io/library/hello-world@${id}`)],
    ],
    [asked('POST /images/create', { query: { fromSrc: '-', repo: 'me/app:1' } }), [named('docker.io/me/app:1')]],
    [asked('POST /images/create', { query: { fromSrc: '-' } }), []],
    [
      asked('POST /images/hello-world/tag', { query: { repo: 'localhost:5000/a', tag: '2' } }),
      [named('localhost:5000/a:2')],
    ],
    [
      asked('POST /commit', { query: { container: 'web', repo: 'app' } }, { Id: id }),
      [named('docker.io/library/app:latest'), image(id)],
    ],
    [asked('POST /commit', { query: { container: 'web' } }, { Id: id }), [image(id)]],
    [
      asked('POST /build', { query: { t: 'a\nb:2' } }, [{ aux: { ID: id } }]),
      [named('docker.io/library/a:latest'), named('docker.io/library/b:2')],
    ],
    [
      asked('DELETE /images/hello-world', {}, [{ Untagged: 'hello-world:latest' }, { Deleted: id }]),
      [named(hello), named(hello), image(id)],
    ],
    [
      // also what the guard has removed itself is answered so
      asked('POST /images/prune', {}, { ImagesDeleted: [{ Untagged: 'a:1' }, { Deleted: id }], SpaceReclaimed: 1 }),
      [named('docker.io/library/a:1'), image(id)],
    ],
    [asked('POST /images/prune', {}, { ImagesDeleted: null }), []],
    [asked('POST /images/hello-world/push'), []],
    [asked('POST /build/prune'), []],
    [
      asked('POST /services/create', { body: { Name: 'web', TaskTemplate: { ContainerSpec: { Image: 'nginx' } } } }),
      [named('docker.io/library/nginx:latest'), service('web'), made('container'), made('volume')],
    ],
    [asked('DELETE /services/web'), [service('web'), made('container'), made('volume')]],
    [asked('POST /swarm/leave'), [{ trace: 'swarm' }, made('container'), made('network'), made('volume')]],
    [asked('POST /auth', { body: { password: 'secret' } }), []],
    // never sent
    [asked('POST /no/such/thing'), []],
  ])('%j', (one, traces) => {
    expect(tracesOf(one)).toEqual(traces);
  });
});

describe('a message', () => {
  test.each<[Message, readonly Trace[]]>([
    [{ status: 'Status: Downloaded newer image for hello-world:latest' }, [named(hello)]],
    // the base of a build
    [{ status: 'Status: Image is up to date for hello-world:latest' }, [named(hello)]],
    [{ stream: 'Loaded image: hello-world:latest\n' }, [named(hello)]],
    [{ stream: `Loaded image ID: ${id}\n` }, [image(id)]],
    [{ status: id }, [image(id)]],
    [{ aux: { ID: id } }, [image(id)]],
    [{ status: 'Pulling from library/hello-world', id: 'latest' }, []],
    [{ stream: 'Step 1/2 : FROM hello-world\n' }, []],
    // a program's own words in a build are no image's name
    [{ stream: 'I said: Loaded image: hello-world\n' }, []],
  ])('%j', (message, traces) => {
    expect(tracesIn(message)).toEqual(traces);
  });
});
