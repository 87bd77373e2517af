/**
 * Ways in which a stranger's lesson might do harm, an entry each: what it does, and how it ends. On the engine there are,
 * of the user's, the container my-db (which writes to the volume my-data, on the network my-net), and the image
 * mine/secret:1 (their ids are %db% and %secret%), and beside the engine a program at the port %port% of this machine, a folder
 * %folder% with the file note, and the variables CANARY and MY_PASSWORD where the lesson is run.
 * The lesson requires busybox, has the name {{box}} for a container of its own, and no permission.
 */
import type { Permission } from '../../src/permission-name.ts';
import { savedArchive } from './saved-archive.ts';

export interface Way {
  readonly name: string;
  /** Docker commands of one step. */
  readonly lines: readonly string[];
  /** Files that its workspace starts with: path → text. */
  readonly files?: Readonly<Record<string, string>>;
  /** Lines typed into its last command. */
  readonly input?: readonly string[];
  /** What a second step asks. */
  readonly request?: object;
  /** Expectations of the last step. */
  readonly expect?: readonly object[];
  /** Images that it says it requires, beside busybox. */
  readonly images?: readonly string[];
  /**
   * The permission that its refusal names. `kept`: what is the user's is left as it is. `taken`: a name is the user's, and
   * stays where it points. `unseen`: refused, and no permission would do. `nothing`: it goes through, and there
   * is nothing of the user's in it. `stopped`: by a limit. `not performed`: no command that
   * docker-tutor performs. Several: one on some engines, another on others.
   */
  readonly ends: Ending | readonly Ending[];
}

export type Ending = Permission | 'kept' | 'taken' | 'unseen' | 'nothing' | 'stopped' | 'not performed';

const compose = (service: object, more: object = {}) => ({
  'compose.yaml': JSON.stringify({ services: { web: { image: 'busybox', command: 'true', ...service } }, ...more }),
});
const up = ['docker compose up -d'];
/** A service that is built; of what, the Dockerfile says. */
const built = (build: object, text = 'FROM busybox\n') => ({
  ...compose({ image: undefined, build: { context: '.', ...build } }),
  ...dockerfile(text),
});
const dockerfile = (text: string) => ({ Dockerfile: text });
/** Leaves a link to the user’s folder in the workspace. */
const linking = 'docker run --rm -v .:/w busybox ln -s %folder% /w/out';
const own = 'docker run -d --name {{box}} busybox sleep 100';

const manifestOf = (...RepoTags: string[]): string =>
  JSON.stringify([{ Config: `${'a'.repeat(64)}.json`, RepoTags, Layers: [] }]);

export const ways: readonly Way[] = [
  // reads what is the user's
  { name: 'inspect of a container', lines: ['docker inspect my-db'], ends: 'container:my-db' },
  { name: 'inspect by kind', lines: ['docker container inspect my-db'], ends: 'container:my-db' },
  { name: 'inspect of a volume', lines: ['docker volume inspect my-data'], ends: 'volume:my-data' },
  { name: 'inspect of a network', lines: ['docker network inspect my-net'], ends: 'network:my-net' },
  { name: 'inspect of an image', lines: ['docker image inspect mine/secret:1'], ends: 'image:mine/secret:1' },
  { name: 'history of an image', lines: ['docker history mine/secret:1'], ends: 'image:mine/secret:1' },
  { name: 'logs', lines: ['docker logs my-db'], ends: 'container:my-db' },
  { name: 'top', lines: ['docker top my-db'], ends: 'container:my-db' },
  { name: 'stats', lines: ['docker stats --no-stream my-db'], ends: 'container:my-db' },
  { name: 'diff', lines: ['docker diff my-db'], ends: 'container:my-db' },
  { name: 'port', lines: ['docker port my-db'], ends: 'container:my-db' },
  { name: 'wait', lines: ['docker wait my-db'], ends: 'container:my-db' },
  { name: 'export', lines: ['docker export -o x.tar my-db'], ends: 'container:my-db' },
  { name: 'cp out of a container', lines: ['docker cp my-db:/data/note .'], ends: 'container:my-db' },
  { name: 'a check of a container', lines: [own], expect: [{ container: { name: 'my-db' } }], ends: 'container:my-db' },
  { name: 'a check of a volume', lines: [own], expect: [{ volume: { name: 'my-data' } }], ends: 'volume:my-data' },
  {
    name: 'a check inside a container',
    lines: [own],
    expect: [{ exec: { container: 'my-db', command: 'cat /data/note' } }],
    ends: 'container:my-db',
  },
  {
    name: 'a check of logs',
    lines: [own],
    expect: [{ logs: { container: 'my-db', contains: 'x' } }],
    ends: 'container:my-db',
  },

  // sends it away, or makes another thing of it
  { name: 'tag', lines: ['docker tag mine/secret:1 localhost:5999/x'], ends: 'image:mine/secret:1' },
  { name: 'push of the user’s image', lines: ['docker push mine/secret:1'], ends: 'image:mine/secret:1' },
  { name: 'push of a public image', lines: ['docker pull busybox', 'docker push busybox'], ends: 'registry:docker.io' },
  {
    name: 'push to an unknown registry on this machine',
    lines: ['docker pull busybox', 'docker tag busybox localhost:5999/x', 'docker push localhost:5999/x'],
    ends: 'registry:localhost:5999',
  },
  { name: 'save', lines: ['docker save -o x.tar mine/secret:1'], ends: 'image:mine/secret:1' },
  {
    name: 'save of several',
    lines: ['docker pull busybox', 'docker save -o x.tar busybox mine/secret:1'],
    ends: 'image:mine/secret:1',
  },
  { name: 'commit', lines: ['docker commit my-db taken'], ends: 'container:my-db' },
  { name: 'login anywhere', lines: ['docker login -u me -p word 127.0.0.1:5999'], ends: 'registry:127.0.0.1:5999' },
  {
    name: 'an import that the engine fetches',
    lines: ['docker import http://localhost:5999/x.tar y'],
    ends: 'address:localhost:5999',
  },

  // uses it in a container of its own
  { name: 'run of the user’s image', lines: ['docker run --rm mine/secret:1 env'], ends: 'image:mine/secret:1' },
  {
    name: 'run of the user’s image, said to be required',
    lines: ['docker run --rm mine/secret:1 env'],
    images: ['mine/secret:1'],
    ends: 'image:mine/secret:1',
  },
  { name: 'create of the user’s image', lines: ['docker create mine/secret:1'], ends: 'image:mine/secret:1' },
  {
    name: 'an image as a mount',
    lines: ['docker run --rm --mount type=image,source=mine/secret:1,target=/x busybox true'],
    ends: 'image:mine/secret:1',
  },
  { name: 'a volume', lines: ['docker run --rm -v my-data:/x busybox cat /x/note'], ends: 'volume:my-data' },
  {
    name: 'a volume, read-only',
    lines: ['docker run --rm -v my-data:/x:ro busybox cat /x/note'],
    ends: 'volume:my-data',
  },
  {
    name: 'a volume as a mount',
    lines: ['docker run --rm --mount type=volume,source=my-data,target=/x,readonly busybox true'],
    ends: 'volume:my-data',
  },
  {
    name: 'volumes of a container',
    lines: ['docker run --rm --volumes-from my-db:ro busybox cat /data/note'],
    ends: 'container:my-db',
  },
  { name: 'a link', lines: ['docker run --rm --link my-db:db busybox env'], ends: 'container:my-db' },
  {
    name: 'processes of a container',
    lines: ['docker run --rm --pid container:my-db busybox killall sleep'],
    ends: 'container:my-db',
  },
  {
    name: 'the network of a container',
    lines: ['docker run --rm --network container:my-db busybox true'],
    ends: 'container:my-db',
  },
  {
    name: 'memory of a container',
    lines: ['docker run --rm --ipc container:my-db busybox true'],
    ends: 'container:my-db',
  },
  { name: 'a network', lines: ['docker run --rm --network my-net busybox true'], ends: 'network:my-net' },
  {
    name: 'an alias on a network',
    lines: ['docker run -d --network my-net --network-alias my-db busybox sleep 100'],
    ends: 'network:my-net',
  },
  {
    name: 'network connect',
    lines: [own, 'docker network connect --alias my-db my-net {{box}}'],
    ends: 'network:my-net',
  },
  {
    name: 'network connect of the user’s container',
    lines: ['docker network create {{box}}', 'docker network connect {{box}} my-db'],
    ends: 'kept',
  },
  { name: 'network disconnect', lines: ['docker network disconnect my-net my-db'], ends: 'network:my-net' },
  { name: 'exec', lines: ['docker exec my-db cat /data/note'], ends: 'container:my-db' },
  { name: 'attach', lines: ['docker attach my-db'], ends: 'container:my-db' },

  // in a build
  {
    name: 'FROM',
    lines: ['docker build -t {{box}} .'],
    files: dockerfile('FROM mine/secret:1\nRUN env\n'),
    ends: 'image:mine/secret:1',
  },
  {
    name: 'FROM by a variable',
    lines: ['docker build -t {{box}} --build-arg X=secret:1 .'],
    files: dockerfile('ARG X\nFROM mine/$X\nRUN env\n'),
    ends: 'image:mine/secret:1',
  },
  {
    name: 'FROM by what only the builder knows',
    lines: ['docker build -t {{box}} .'],
    files: dockerfile('FROM mine/secret:${TARGETARCH}\nRUN env\n'),
    ends: 'unseen',
  },
  {
    name: 'a secret of a build',
    lines: ['docker build -t {{box}} --secret id=x,src=/etc/passwd .'],
    files: dockerfile('FROM busybox\nRUN --mount=type=secret,id=x cat /run/secrets/x\n'),
    ends: 'bind-outside-workspace',
  },
  {
    name: 'a build into a folder',
    lines: ['docker build -o /var/tmp/out .'],
    files: dockerfile('FROM busybox\n'),
    ends: 'bind-outside-workspace',
  },
  {
    name: 'COPY --from',
    lines: ['docker build -t {{box}} .'],
    files: dockerfile('FROM busybox\nCOPY --from=mine/secret:1 /etc /x\n'),
    ends: 'image:mine/secret:1',
  },
  {
    name: 'RUN --mount from',
    lines: ['docker build -t {{box}} .'],
    files: dockerfile('FROM busybox\nRUN --mount=type=bind,"from=mine/secret:1",target=/x ls /x\n'),
    ends: 'image:mine/secret:1',
  },
  {
    name: 'a build’s network',
    lines: ['docker build --network container:my-db .'],
    files: dockerfile('FROM busybox\n'),
    ends: 'container:my-db',
  },
  {
    name: 'a build on a network',
    lines: ['docker build --network my-net .'],
    files: dockerfile('FROM busybox\n'),
    ends: 'network:my-net',
  },
  {
    name: 'a build’s cache',
    lines: ['docker build --cache-from mine/secret:1 .'],
    files: dockerfile('FROM busybox\n'),
    ends: 'image:mine/secret:1',
  },
  {
    name: 'ADD of an address',
    lines: ['docker build .'],
    files: dockerfile('FROM busybox\nADD http://localhost:5999/x /\n'),
    ends: 'address:localhost:5999',
  },
  { name: 'a context from afar', lines: ['docker build http://localhost:5999/x.tar'], ends: 'address:localhost:5999' },
  {
    name: 'a Dockerfile that is typed',
    lines: ['docker build -'],
    input: ['FROM mine/secret:1', 'RUN env'],
    ends: 'privileged',
  },

  // in Compose
  {
    name: 'Compose: the user’s image',
    lines: up,
    files: compose({ image: 'mine/secret:1' }),
    ends: 'image:mine/secret:1',
  },
  {
    name: 'Compose: an external volume',
    lines: up,
    files: compose({ volumes: ['data:/x'] }, { volumes: { data: { external: true, name: 'my-data' } } }),
    ends: 'volume:my-data',
  },
  {
    name: 'Compose: a volume by its name',
    lines: up,
    files: compose({ volumes: ['data:/x'] }, { volumes: { data: { name: 'my-data' } } }),
    ends: 'volume:my-data',
  },
  {
    name: 'Compose: an external network',
    lines: up,
    files: compose({ networks: ['net'] }, { networks: { net: { external: true, name: 'my-net' } } }),
    ends: 'network:my-net',
  },
  {
    name: 'Compose: network_mode',
    lines: up,
    files: compose({ network_mode: 'container:my-db' }),
    ends: 'container:my-db',
  },
  { name: 'Compose: pid', lines: up, files: compose({ pid: 'container:my-db' }), ends: 'container:my-db' },
  { name: 'Compose: ipc', lines: up, files: compose({ ipc: 'container:my-db' }), ends: 'container:my-db' },
  {
    name: 'Compose: volumes_from',
    lines: up,
    files: compose({ volumes_from: ['container:my-db:ro'] }),
    ends: 'container:my-db',
  },
  {
    name: 'Compose: a driver of volumes',
    lines: up,
    files: compose(
      { volumes: ['data:/x'] },
      { volumes: { data: { driver_opts: { type: 'tmpfs', o: 'bind', device: '/etc' } } } },
    ),
    ends: 'bind-outside-workspace',
  },
  {
    name: 'Compose: a log driver',
    lines: up,
    files: compose({ logging: { driver: 'syslog', options: { 'syslog-address': 'tcp://127.0.0.1:5999' } } }),
    ends: 'log-driver:syslog',
  },
  {
    name: 'Compose: a capability',
    lines: up,
    files: compose({ cap_add: ['NET_ADMIN'] }),
    ends: 'capability:NET_ADMIN',
  },

  // leaves its limits
  { name: 'a capability', lines: ['docker run --rm --cap-add NET_ADMIN busybox true'], ends: 'capability:NET_ADMIN' },
  { name: 'a strong capability', lines: ['docker run --rm --cap-add sys_ptrace busybox true'], ends: 'privileged' },
  { name: 'a runtime', lines: ['docker run --rm --runtime crun busybox true'], ends: 'runtime:crun' },
  { name: 'a control group', lines: ['docker run --rm --cgroup-parent /x busybox true'], ends: 'privileged' },
  {
    name: 'a log driver',
    lines: ['docker run --rm --log-driver syslog --log-opt syslog-address=tcp://127.0.0.1:5999 busybox true'],
    ends: 'log-driver:syslog',
  },
  {
    name: 'an address for the engine’s own log driver',
    lines: ['docker run --rm --log-opt gelf-address=udp://127.0.0.1:5999 busybox true'],
    ends: 'log-driver:default',
  },
  {
    name: 'the machine by a name',
    lines: ['docker run --rm --add-host m:host-gateway busybox true'],
    ends: 'host-network',
  },
  {
    name: 'a namespace that no docker has',
    lines: ['docker run --rm --network ns:/proc/1/ns/net busybox true'],
    ends: 'unseen',
  },
  {
    name: 'an annotation',
    lines: ['docker run --rm --annotation org.systemd.property.X=1 busybox true'],
    // an engine before API 1.43 does not know it: docker sends nothing
    ends: ['privileged', 'nothing'],
  },
  { name: 'exec with every right', lines: [own, 'docker exec --privileged {{box}} true'], ends: 'privileged' },
  {
    name: 'a folder as a tmpfs',
    lines: ['docker volume create --opt type=tmpfs --opt o=bind --opt device=/etc {{box}}'],
    ends: 'bind-outside-workspace',
  },
  {
    name: 'a folder as NFS',
    lines: [
      'docker run --rm --mount type=volume,target=/x,volume-opt=type=nfs,volume-opt=o=bind,volume-opt=device=/etc busybox true',
    ],
    ends: 'bind-outside-workspace',
  },
  {
    name: 'another machine’s folder',
    lines: ['docker volume create --opt type=nfs --opt o=addr=127.0.0.1 --opt device=:/x {{box}}'],
    ends: 'address:127.0.0.1:2049',
  },
  { name: 'a driver of volumes', lines: ['docker volume create -d rexray {{box}}'], ends: 'driver:rexray' },
  {
    name: 'a bridge of the machine',
    lines: ['docker network create -o com.docker.network.bridge.name=docker0 {{box}}'],
    ends: 'host-network',
  },
  { name: 'addresses of others', lines: ['docker network create --subnet 8.8.8.0/24 {{box}}'], ends: 'host-network' },

  // changes what is the user's: it stays
  { name: 'rm', lines: ['docker rm -f my-db'], ends: 'kept' },
  { name: 'stop', lines: ['docker stop my-db'], ends: 'kept' },
  { name: 'kill', lines: ['docker kill my-db'], ends: 'kept' },
  { name: 'rename', lines: ['docker rename my-db x'], ends: 'kept' },
  { name: 'update', lines: ['docker update --memory 32m my-db'], ends: 'kept' },
  { name: 'volume rm', lines: ['docker volume rm my-data'], ends: 'kept' },
  // the command itself looks at it first
  { name: 'network rm', lines: ['docker network rm my-net'], ends: 'network:my-net' },
  { name: 'rmi', lines: ['docker rmi mine/secret:1'], ends: 'kept' },
  { name: 'cp into a container', lines: ['docker cp note my-db:/x'], files: { note: 'x' }, ends: 'container:my-db' },

  // names that would come to stand for something else
  { name: 'a tag over the user’s', lines: ['docker pull busybox', 'docker tag busybox mine/secret:1'], ends: 'taken' },
  { name: 'a commit over the user’s', lines: [own, 'docker commit {{box}} mine/secret:1'], ends: 'taken' },
  {
    name: 'a build over the user’s',
    lines: ['docker build -t mine/secret:1 .'],
    files: dockerfile('FROM busybox\n'),
    ends: 'taken',
  },
  {
    name: 'Compose: a build over the user’s, by another tag',
    lines: up,
    files: built({ tags: ['mine/secret:1'] }),
    ends: 'taken',
  },
  { name: 'volume create over the user’s', lines: ['docker volume create my-data'], ends: 'taken' },
  {
    name: 'an archive that brings the user’s name',
    lines: ['docker load -i x.tar'],
    files: { 'x.tar': savedArchive({ 'manifest.json': manifestOf('mine/secret:1') }) },
    ends: 'taken',
  },
  {
    name: 'an archive that brings it in its index',
    lines: ['docker load -i x.tar'],
    files: {
      'x.tar': savedArchive({
        'manifest.json': manifestOf('free:1'),
        'index.json': JSON.stringify({
          schemaVersion: 2,
          manifests: [
            {
              digest: `sha256:${'a'.repeat(64)}`,
              annotations: { 'io.containerd.image.name': 'docker.io/mine/secret:1' },
            },
          ],
        }),
      }),
    },
    ends: 'taken',
  },
  {
    name: 'a build that pulls anew',
    lines: ['docker build --pull .'],
    files: dockerfile('FROM busybox\n'),
    ends: 'kept',
  },
  {
    name: 'a build for another platform',
    lines: ['docker build .'],
    files: dockerfile('FROM --platform=linux/arm64 busybox\n'),
    ends: 'taken',
  },

  // by an id
  { name: 'logs by an id', lines: ['docker logs %db%'], ends: 'container:%db%' },
  { name: 'run by an id', lines: ['docker run --rm %secret% env'], ends: 'image:%secret%' },
  {
    name: 'FROM an id',
    lines: ['docker build .'],
    files: dockerfile('FROM %secret%\nRUN env\n'),
    ends: 'image:%secret%',
  },

  // by the beginning of an id
  { name: 'rm by a beginning', lines: ['docker rm -f %db-start%'], ends: 'kept' },
  { name: 'stop by a beginning', lines: ['docker stop %db-start%'], ends: 'kept' },
  { name: 'rmi by a beginning', lines: ['docker rmi -f %secret-start%'], ends: 'kept' },
  { name: 'rmi by a beginning of the digest', lines: ['docker rmi -f sha256:%secret-start%'], ends: 'kept' },
  {
    name: 'network rm by a beginning',
    lines: ['docker network rm %net-start%'],
    ends: 'network:%net-start%',
  },
  {
    name: 'inspect by a beginning',
    lines: ['docker container inspect %db-start%'],
    ends: 'container:%db-start%',
  },
  { name: 'inspect of anything by a beginning', lines: ['docker inspect %net-start%'], ends: 'network:%net-start%' },
  { name: 'exec by a beginning', lines: ['docker exec %db-start% cat /data/note'], ends: 'container:%db-start%' },
  { name: 'commit by a beginning', lines: ['docker commit %db-start% x'], ends: 'container:%db-start%' },
  { name: 'save by a beginning', lines: ['docker save -o x.tar %secret-start%'], ends: 'image:%secret-start%:latest' },
  { name: 'tag by a beginning', lines: ['docker tag %secret-start% x'], ends: 'image:%secret-start%:latest' },
  {
    name: 'a check by a beginning',
    lines: [own],
    expect: [{ logs: { container: '%db-start%', contains: 'canary' } }],
    ends: 'container:%db-start%',
  },
  {
    name: 'volumes by a beginning',
    lines: ['docker run --rm --volumes-from %db-start% busybox cat /data/note'],
    ends: 'container:%db-start%',
  },
  {
    name: 'a link by a beginning',
    lines: ['docker run --rm --link %db-start%:x busybox env'],
    ends: 'container:%db-start%',
  },
  {
    name: 'a network by a beginning',
    lines: ['docker run --rm --network %net-start% busybox true'],
    ends: 'network:%net-start%',
  },
  {
    name: 'the network of a container by a beginning',
    lines: ['docker run --rm --network container:%db-start% busybox true'],
    ends: 'container:%db-start%',
  },
  {
    name: 'network connect by a beginning',
    lines: [own, 'docker network connect %net-start% {{box}}'],
    ends: 'network:%net-start%',
  },
  {
    name: 'network connect of a beginning',
    lines: ['docker network create {{box}}', 'docker network connect {{box}} %db-start%'],
    ends: 'kept',
  },
  {
    name: 'an image by a beginning',
    lines: ['docker run --rm %secret-start% env'],
    images: ['%secret-start%'],
    ends: 'image:%secret-start%:latest',
  },
  {
    name: 'an image as a mount, by a beginning',
    lines: ['docker run --rm --mount type=image,source=%secret-start%,target=/x busybox true'],
    ends: 'image:%secret-start%:latest',
  },
  {
    name: 'FROM a beginning',
    lines: ['docker build .'],
    files: dockerfile('FROM %secret-start%\nRUN env\n'),
    ends: 'image:%secret-start%:latest',
  },
  // a name of its own, which the engine would read as a beginning once nothing is called so
  {
    name: 'a network whose namesake has gone at the start',
    lines: [
      'docker network create %net-start%',
      'docker create --name {{box}} --network %net-start% busybox sleep 100',
      'docker network rm %net-start%',
      'docker start {{box}}',
    ],
    ends: 'nothing',
  },
  {
    name: 'Compose: a network by a beginning',
    lines: up,
    files: compose({ networks: ['net'] }, { networks: { net: { name: '%net-start%' } } }),
    ends: 'network:%net-start%',
  },
  {
    name: 'a container whose namesake has gone',
    lines: ['docker run -d --name %db-start% busybox sleep 100', 'docker rm -f %db-start%', 'docker rm -f %db-start%'],
    ends: 'kept',
  },
  {
    name: 'processes of a container whose namesake has gone at the start',
    lines: [
      'docker run -d --name %db-start% busybox sleep 100',
      'docker create --name {{box}} --pid container:%db-start% busybox killall sleep',
      'docker rm -f %db-start%',
      'docker start -a {{box}}',
    ],
    ends: 'nothing',
  },
  {
    name: 'the network of a container that is still to come',
    lines: ['docker create --name {{box}} --network container:my-next-db busybox true'],
    ends: 'nothing',
  },

  // a build, by what its readers may take differently
  {
    name: 'ONBUILD of an image of its own',
    lines: [own, "docker commit --change 'ONBUILD COPY --from=mine/secret:1 / /x' {{box}} {{box}}:1", 'docker build .'],
    files: dockerfile('FROM hostile-box:1\n'),
    ends: 'image:mine/secret:1',
  },
  {
    name: 'ADD of an address in quotes',
    lines: ['docker build .'],
    files: dockerfile('FROM busybox\nADD "http://localhost:5999/x" /\n'),
    ends: 'address:localhost:5999',
  },
  {
    name: 'ADD of an address with an escape',
    lines: ['docker build .'],
    files: dockerfile('FROM busybox\nADD h\\ttp://localhost:5999/x /\n'),
    ends: 'address:localhost:5999',
  },
  {
    name: 'ADD of an address put together',
    lines: ['docker build .'],
    files: dockerfile('FROM busybox\nENV U=p\nADD htt${U}://localhost:5999/x /\n'),
    ends: 'unseen',
  },
  {
    name: 'another reader of the Dockerfile',
    lines: ['docker build --build-arg BUILDKIT_SYNTAX=evil/reader .'],
    files: dockerfile('FROM busybox\nRUN --mount=type=tmpfs,target=/t true\n'),
    ends: 'privileged',
  },
  {
    name: 'a Dockerfile that begins with a byte order mark',
    lines: ['docker build .'],
    files: dockerfile('\uFEFFFROM mine/secret:1\n'),
    ends: 'image:mine/secret:1',
  },
  {
    name: 'Compose: FROM',
    lines: up,
    files: built({}, 'FROM mine/secret:1\n'),
    ends: 'image:mine/secret:1',
  },
  { name: 'Compose: a build’s network', lines: up, files: built({ network: 'host' }), ends: 'host-network' },
  {
    name: 'Compose: a build’s cache',
    lines: up,
    files: built({ cache_from: ['mine/secret:1'] }),
    ends: 'image:mine/secret:1',
  },
  { name: 'Compose: a context outside', lines: up, files: built({ context: '/etc' }), ends: 'bind-outside-workspace' },

  // files of this machine
  {
    name: 'an env file',
    lines: ['docker run --rm --env-file /etc/hostname busybox true'],
    ends: 'bind-outside-workspace',
  },
  {
    name: 'a profile',
    lines: ['docker run --rm --security-opt seccomp=/etc/hostname busybox true'],
    ends: 'bind-outside-workspace',
  },
  {
    name: 'save outside',
    lines: ['docker pull busybox', 'docker save -o ../x busybox'],
    ends: 'bind-outside-workspace',
  },
  { name: 'cp outside', lines: [own, 'docker cp {{box}}:/etc/hostname ..'], ends: 'bind-outside-workspace' },
  { name: 'import from outside', lines: ['docker import /etc/hostname x'], ends: 'bind-outside-workspace' },
  {
    name: 'a mount of everything',
    lines: ['docker run --rm --mount type=bind,src=/,dst=/x busybox true'],
    ends: 'engine-socket',
  },
  {
    name: 'Compose: a secret',
    lines: up,
    files: compose({ secrets: ['s'] }, { secrets: { s: { file: '/etc/hostname' } } }),
    ends: 'bind-outside-workspace',
  },
  {
    name: 'Compose: a config',
    lines: up,
    files: compose({ configs: ['s'] }, { configs: { s: { file: '/etc/hostname' } } }),
    ends: 'bind-outside-workspace',
  },
  {
    name: 'Compose: an env file',
    lines: up,
    files: compose({ env_file: '/etc/hostname' }),
    ends: 'bind-outside-workspace',
  },
  {
    name: 'Compose: extends',
    lines: up,
    files: compose({ extends: { file: '/etc/hostname', service: 'x' } }),
    ends: 'bind-outside-workspace',
  },
  {
    name: 'Compose: include',
    lines: up,
    files: compose({}, { include: ['/etc/hostname'] }),
    ends: 'bind-outside-workspace',
  },

  // ports and registries of the user's
  {
    name: 'a request to this machine',
    lines: [own],
    request: { url: 'http://localhost:%port%/' },
    ends: 'address:localhost:%port%',
  },
  {
    name: 'a request to it by another spelling',
    lines: [own],
    request: { url: 'http://127.1:%port%/' },
    ends: 'address:127.0.0.1:%port%',
  },
  {
    name: 'push to a port that the run has for UDP',
    lines: [
      'docker run -d --name {{box}} -p 5998:5998/udp busybox sleep 100',
      'docker pull busybox',
      'docker tag busybox localhost:5998/x',
      'docker push localhost:5998/x',
    ],
    ends: 'registry:localhost:5998',
  },
  {
    name: 'push to a port that the run has at another address',
    lines: [
      'docker run -d --name {{box}} -p 127.0.0.2:5998:5998 busybox sleep 100',
      'docker pull busybox',
      'docker tag busybox localhost:5998/x',
      'docker push localhost:5998/x',
    ],
    ends: 'registry:localhost:5998',
  },
  {
    name: 'push to localhost, where the run has a port by IPv4 alone',
    lines: [
      'docker run -d --name {{box}} -p 127.0.0.1:5996:5996 busybox sleep 100',
      'docker pull busybox',
      'docker tag busybox localhost:5996/x',
      'docker push localhost:5996/x',
    ],
    ends: 'registry:localhost:5996',
  },
  {
    name: 'pull from a registry on this machine',
    lines: ['docker pull localhost:5999/x'],
    images: ['localhost:5999/x'],
    ends: 'registry:localhost:5999',
  },
  {
    name: 'run from a registry on this machine',
    lines: ['docker run --rm 127.0.0.1:5999/x'],
    images: ['127.0.0.1:5999/x'],
    ends: 'registry:127.0.0.1:5999',
  },
  {
    name: 'COPY --from a registry on this machine',
    lines: ['docker build .'],
    files: dockerfile('FROM busybox\nCOPY --from=localhost:5999/x / /x\n'),
    ends: 'registry:localhost:5999',
  },
  {
    name: 'search at a registry on this machine',
    lines: ['docker search localhost:5999/x'],
    ends: 'registry:localhost:5999',
  },

  // the environment of whoever runs it
  { name: 'a variable', lines: ['docker run --rm -e CANARY busybox env'], ends: 'nothing' },
  { name: 'a variable for exec', lines: [own, 'docker exec -e CANARY {{box}} env'], ends: 'nothing' },
  {
    name: 'a variable on the line',
    lines: ['docker run --rm busybox echo $CANARY ${MY_PASSWORD}'],
    ends: 'not performed',
  },
  {
    name: 'a variable by a file',
    lines: ['docker run --rm --env-file e busybox env'],
    files: { e: 'CANARY\nMY_PASSWORD\n' },
    ends: 'nothing',
  },
  {
    name: 'a variable for a build',
    lines: ['docker build --no-cache --build-arg CANARY .'],
    files: dockerfile('FROM busybox\nARG CANARY\nRUN echo $CANARY\n'),
    ends: 'nothing',
  },
  {
    name: 'Compose: variables',
    lines: ['docker compose config', 'docker compose run --rm web'],
    files: compose({
      command: 'env',
      environment: ['CANARY', 'X=${CANARY}', 'Y=${MY_PASSWORD:-}'],
      labels: { x: '$CANARY' },
    }),
    ends: 'nothing',
  },
  {
    name: 'Compose: variables of a build',
    lines: ['docker compose build --no-cache'],
    files: built({ args: ['CANARY'] }, 'FROM busybox\nARG CANARY\nRUN echo $CANARY\n'),
    ends: 'nothing',
  },
  {
    name: 'Compose: a secret of the environment',
    lines: ['docker compose run --rm web'],
    files: compose({ command: 'cat /run/secrets/s', secrets: ['s'] }, { secrets: { s: { environment: 'CANARY' } } }),
    ends: 'nothing',
  },

  // the docker command’s own settings
  { name: 'another engine', lines: ['docker -H tcp://127.0.0.1:%port% ps'], ends: 'nothing' },
  {
    name: 'settings of its own',
    lines: ['docker --config . pull busybox'],
    files: { 'config.json': '{"credsStore":"evil"}' },
    ends: 'kept',
  },
  {
    name: 'the engine’s socket and the user’s logins',
    lines: ['docker run --rm --use-api-socket busybox true'],
    ends: 'not performed',
  },
  {
    name: 'labels by a file',
    lines: ['docker run --rm --label-file %folder%/note busybox true'],
    ends: 'bind-outside-workspace',
  },
  {
    name: 'its id into a file',
    lines: ['docker run --rm --cidfile %folder%/id busybox true'],
    ends: 'bind-outside-workspace',
  },

  // links that its containers leave in the workspace
  {
    name: 'cp through a link',
    lines: [linking, 'docker run --name {{box}} busybox true', 'docker cp {{box}}:/etc/hostname out/x'],
    ends: 'bind-outside-workspace',
  },
  {
    name: 'cp of what a link leads to',
    lines: [
      linking,
      'docker run --name {{box}} busybox true',
      'docker cp -L out/note {{box}}:/n',
      'docker cp {{box}}:/n -',
    ],
    ends: 'bind-outside-workspace',
  },
  { name: 'save through a link', lines: [linking, 'docker save -o out/x busybox'], ends: 'bind-outside-workspace' },
  {
    name: 'an env file that is a link',
    lines: [linking, 'docker run --rm --env-file out/note busybox env'],
    ends: 'bind-outside-workspace',
  },
  {
    name: 'a Dockerfile that is a link',
    lines: [linking, 'docker build -f out/note .'],
    ends: 'bind-outside-workspace',
  },
  {
    name: 'a context that is a link',
    lines: [linking, 'docker build -f /dev/null out'],
    ends: 'bind-outside-workspace',
  },
  {
    name: 'a mount of a link',
    lines: [linking, 'docker run --rm -v ./out:/x busybox cat /x/note'],
    ends: 'bind-outside-workspace',
  },
  {
    name: 'a compose file that is a link',
    lines: [linking, 'docker compose -f out/note config'],
    ends: 'bind-outside-workspace',
  },
  {
    name: 'an id file through a link',
    lines: [linking, 'docker build --iidfile out/id .'],
    files: dockerfile('FROM busybox\n'),
    ends: 'bind-outside-workspace',
  },

  // a build, by forms of BuildKit
  {
    name: 'FROM in a here-document, which an older engine reads',
    lines: ['docker build --no-cache .'],
    files: dockerfile('FROM busybox\nRUN <<#x\nFROM mine/secret:1\nRUN env; cat /data/note\n#x\n'),
    ends: ['nothing', 'unseen'],
  },
  {
    name: 'RUN --mount in capitals',
    lines: ['docker build .'],
    files: dockerfile('FROM busybox\nRUN --mount=type=bind,FROM=mine/secret:1,target=/x ls /x\n'),
    ends: 'image:mine/secret:1',
  },
  {
    name: 'RUN --mount of a cache that begins as an image',
    lines: ['docker build .'],
    files: dockerfile('FROM busybox\nRUN --mount=type=cache,from=mine/secret:1,target=/x ls /x\n'),
    ends: 'image:mine/secret:1',
  },
  {
    name: 'RUN --mount by a variable',
    lines: ['docker build .'],
    files: dockerfile('ARG X=mine\nFROM busybox\nARG X\nRUN --mount=from=$X/secret:1,target=/x ls /x\n'),
    ends: 'unseen',
  },
  {
    name: 'RUN --mount of the user’s secrets',
    lines: ['docker build --secret id=s,env=CANARY .'],
    files: dockerfile('FROM busybox\nRUN --mount=type=secret,id=s cat /run/secrets/s\n'),
    ends: 'nothing',
  },
  {
    name: 'a named context',
    lines: ['docker build --build-context x=docker-image://mine/secret:1 .'],
    files: dockerfile('FROM x\nRUN env\n'),
    ends: 'image:mine/secret:1',
  },
  {
    name: 'a build’s output',
    lines: ['docker build -o %folder% .'],
    files: dockerfile('FROM busybox\n'),
    ends: 'bind-outside-workspace',
  },

  // Compose: what is built
  {
    name: 'Compose: an inline FROM',
    lines: up,
    files: built({ dockerfile_inline: 'FROM mine/secret:1\n' }),
    ends: 'image:mine/secret:1',
  },
  {
    name: 'Compose: a context from afar',
    lines: up,
    files: built({ context: 'http://localhost:%port%/x.tar' }),
    ends: 'address:localhost:%port%',
  },
  {
    name: 'Compose: a named context',
    lines: up,
    files: built({ additional_contexts: { x: 'docker-image://mine/secret:1' } }, 'FROM x\n'),
    ends: 'nothing',
  },
  { name: 'Compose: a build’s ssh', lines: up, files: built({ ssh: ['default'] }), ends: 'nothing' },
  { name: 'Compose: a build’s secrets', lines: up, files: { ...built({ secrets: ['s'] }) }, ends: 'nothing' },
  { name: 'Compose: a build’s rights', lines: up, files: built({ privileged: true }), ends: 'nothing' },
  {
    name: 'Compose: a build’s container',
    lines: up,
    files: built({ network: 'container:my-db' }),
    ends: 'container:my-db',
  },
  {
    name: 'Compose: a build’s host names',
    lines: up,
    files: built({ extra_hosts: ['m:host-gateway'] }),
    ends: 'host-network',
  },
  {
    name: 'Compose: a Dockerfile outside',
    lines: up,
    files: built({ dockerfile: '%folder%/note' }),
    ends: 'bind-outside-workspace',
  },

  // Compose: what else it knows
  {
    name: 'Compose: a provider',
    lines: up,
    files: compose({ image: undefined, provider: { type: 'model' } }),
    ends: 'nothing',
  },
  {
    name: 'Compose: the engine’s socket and the logins',
    lines: up,
    files: compose({ use_api_socket: true }),
    ends: 'nothing',
  },
  {
    name: 'Compose: a hook with every right',
    lines: up,
    files: compose({ command: 'sleep 9', post_start: [{ command: 'true', privileged: true }] }),
    ends: 'nothing',
  },
  {
    name: 'Compose: labels by a file',
    lines: up,
    files: compose({ label_file: '%folder%/note' }),
    ends: 'bind-outside-workspace',
  },
  { name: 'Compose: the machine’s users', lines: up, files: compose({ userns_mode: 'host' }), ends: 'privileged' },
  { name: 'Compose: the machine’s control groups', lines: up, files: compose({ cgroup: 'host' }), ends: 'privileged' },
  { name: 'Compose: graphics cards', lines: up, files: compose({ gpus: 'all' }), ends: 'privileged' },
  {
    name: 'Compose: include from afar',
    lines: up,
    files: compose({}, { include: ['oci://localhost:%port%/x'] }),
    ends: 'nothing',
  },

  // devices and more of the engine’s machine
  { name: 'graphics cards', lines: ['docker run --rm --gpus all busybox true'], ends: 'privileged' },
  { name: 'a device', lines: ['docker run --rm --device /dev/kmsg busybox true'], ends: 'privileged' },
  {
    name: 'rules for devices',
    lines: ["docker run --rm --device-cgroup-rule 'a *:* rwm' busybox true"],
    ends: 'privileged',
  },
  {
    name: 'no protection',
    lines: ['docker run --rm --security-opt seccomp=unconfined busybox true'],
    ends: 'privileged',
  },
  {
    name: 'a parameter of the kernel',
    lines: ['docker run --rm --sysctl kernel.panic=1 busybox true'],
    ends: 'not performed',
  },
  { name: 'last to be killed', lines: ['docker run --rm --oom-score-adj -1000 busybox true'], ends: 'privileged' },
  { name: 'a plugin', lines: ['docker plugin install --grant-all-permissions vieux/sshfs'], ends: 'not performed' },
  {
    name: 'a volume’s driver by run',
    lines: ['docker run --rm --volume-driver rexray -v {{box}}:/x busybox true'],
    ends: 'driver:rexray',
  },

  // whom it asks
  {
    name: 'a redirect to this machine',
    lines: [
      `docker run -d --name {{box}} -p 5997:80 busybox sh -c 'while :; do printf "HTTP/1.1 302 Found\\r\\nLocation: http://localhost:%port%/\\r\\nContent-Length: 0\\r\\n\\r\\n" | nc -l -p 80; done'`,
    ],
    request: { url: 'http://127.0.0.1:5997/' },
    ends: ['nothing', 'stopped'],
  },
  { name: 'a request by IPv6', lines: [own], request: { url: 'http://[::1]:%port%/' }, ends: 'address:[::1]:%port%' },
  {
    name: 'a request by IPv4 in IPv6',
    lines: [own],
    request: { url: 'http://[::ffff:127.0.0.1]:%port%/' },
    ends: 'address:[::ffff:7f00:1]:%port%',
  },
  {
    name: 'a request to every address',
    lines: [own],
    request: { url: 'http://0.0.0.0:%port%/' },
    ends: 'address:0.0.0.0:%port%',
  },
  {
    name: 'a request to its own port at another address',
    lines: ['docker run -d --name {{box}} -p 127.0.0.2:%port%:80 busybox sleep 100'],
    request: { url: 'http://localhost:%port%/' },
    ends: 'address:localhost:%port%',
  },
  {
    name: 'a check of a registry',
    lines: [own],
    expect: [{ registry: { at: 'localhost:%port%', repository: 'x' } }],
    ends: 'nothing',
  },
  {
    name: 'a check of a registry by IPv4',
    lines: [own],
    expect: [{ registry: { at: '127.0.0.1:%port%', repository: 'x' } }],
    ends: 'nothing',
  },
  {
    name: 'push by IPv4',
    lines: ['docker pull busybox', 'docker tag busybox 127.0.0.1:%port%/x', 'docker push 127.0.0.1:%port%/x'],
    ends: 'registry:127.0.0.1:%port%',
  },
  {
    name: 'push by IPv6',
    lines: ['docker pull busybox', 'docker tag busybox [::1]:%port%/x', 'docker push [::1]:%port%/x'],
    // where busybox is the user's, it is left without another name, and nothing is there to be pushed
    ends: ['registry:[::1]:%port%', 'kept'],
  },
  { name: 'login by IPv6', lines: ['docker login -u me -p word [::1]:%port%'], ends: 'registry:[::1]:%port%' },

  // what never ends
  {
    name: 'a pattern that takes for ever',
    lines: ["docker run --rm busybox sh -c 'printf a%%.0s $(seq 60); echo !'".replaceAll('%%', '%')],
    expect: [{ output: { matches: '^(a+)+$' } }],
    ends: 'stopped',
  },
];
