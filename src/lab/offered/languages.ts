/** Python and Node. */
import type { StandIn } from '../images/stand-in.ts';
import { program, pathVariable } from '../images/stand-in.ts';

/**
 * The programs are where the real image has them, and pip may install. `psycopg2-binary` is psycopg2 with its C
 * library packed in: here the library is the system's, and pip is told that the requirement is met.
 */
const pythonScript = `for name in python python3; do ln -s /usr/bin/python3 "/usr/local/bin/$name"; done
for name in pip pip3; do ln -s /usr/bin/pip3 "/usr/local/bin/$name"; done
rm -f /usr/lib/python3*/EXTERNALLY-MANAGED
python3 - <<'END'
import importlib.metadata as metadata, pathlib
version = metadata.version('psycopg2')
folder = pathlib.Path(f'/usr/lib/python3/dist-packages/psycopg2_binary-{version}.dist-info')
folder.mkdir()
(folder / 'METADATA').write_text(f'Metadata-Version: 2.1\\nName: psycopg2-binary\\nVersion: {version}\\n')
(folder / 'INSTALLER').write_text('docker-tutor lab\\n')
(folder / 'RECORD').write_text('')
END`;

const nodeEntrypoint = `#!/bin/sh
set -e
# Options, and what is no program, are for node: "docker run node app.js" runs node app.js.
if [ "\${1#-}" != "\${1}" ] || [ -z "$(command -v "\${1}")" ] || { [ -f "\${1}" ] && ! [ -x "\${1}" ]; }; then
  set -- node "$@"
fi
exec "$@"
`;

export const languageImages: readonly StandIn[] = [
  {
    repository: 'library/python',
    summary: 'python and pip, with flask, gunicorn, requests, redis and psycopg2',
    root: {
      from: 'debian',
      packages: [
        'python3',
        'python3-pip',
        'python3-flask',
        'python3-redis',
        'python3-psycopg2',
        'python3-requests',
        'gunicorn',
      ],
      script: pythonScript,
    },
    config: { Cmd: ['python3'], Env: [pathVariable('/usr/local/bin'), 'LANG=C.UTF-8'] },
  },
  {
    repository: 'library/node',
    summary: 'node and npm',
    root: {
      from: 'debian',
      packages: [],
      accounts: [{ name: 'node', id: 1000, home: '/home/node', shell: '/bin/bash' }],
      files: { 'usr/local/bin/docker-entrypoint.sh': program(nodeEntrypoint) },
      node: true,
    },
    config: { Entrypoint: ['docker-entrypoint.sh'], Cmd: ['node'], Env: [pathVariable()] },
  },
];
