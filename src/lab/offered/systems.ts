/** Systems, compilers and tools: Debian packages with little around them. */
import type { StandIn } from '../images/stand-in.ts';
import { program, pathVariable } from '../images/stand-in.ts';

const ubuntuRelease = `. /etc/os-release
cat > /etc/os-release.new <<END
PRETTY_NAME="$PRETTY_NAME, standing in for Ubuntu"
NAME="Ubuntu (stand-in)"
ID=ubuntu
ID_LIKE=debian
VERSION_ID="$VERSION_ID"
VERSION_CODENAME=$VERSION_CODENAME
END
rm -f /etc/os-release
mv /etc/os-release.new /etc/os-release`;

const curlEntrypoint = `#!/bin/sh
# Arguments alone are for curl; the name of a program runs that program.
case "\${1:-}" in
  -* | *://*) exec curl "$@" ;;
esac
command -v "\${1:-curl}" >/dev/null 2>&1 || exec curl "$@"
exec "$@"
`;

export const systemImages: readonly StandIn[] = [
  {
    repository: 'library/debian',
    summary: "this machine's Debian or Ubuntu, smallest install",
    root: { from: 'debian', packages: [] },
    config: { Cmd: ['bash'], Env: [pathVariable()] },
  },
  {
    repository: 'library/ubuntu',
    summary: "this machine's Debian or Ubuntu, smallest install",
    root: { from: 'debian', packages: [], script: ubuntuRelease },
    config: { Cmd: ['/bin/bash'], Env: [pathVariable()] },
  },
  {
    repository: 'library/gcc',
    summary: 'gcc and make, for C',
    root: { from: 'debian', packages: ['gcc', 'libc6-dev', 'make'] },
    config: { Cmd: ['bash'], Env: [pathVariable(), 'LD_LIBRARY_PATH=/usr/local/lib64'] },
  },
  {
    repository: 'library/golang',
    summary: 'the go compiler, without cgo',
    root: {
      from: 'debian',
      packages: ['golang-go', 'ca-certificates'],
      // Go before 1.20 does not see by itself that there is no C compiler. A variable of that name wins over it.
      files: { 'root/.config/go/env': { text: 'CGO_ENABLED=0\n' } },
      script: `ln -s "$(readlink -f /usr/lib/go)" /usr/local/go
mkdir -p /go/src /go/bin
chmod -R 1777 /go
rm -rf /usr/share/go-*/test "$(readlink -f /usr/lib/go)"/pkg/*_race
# Into its build cache, so that the first web server does not take half a minute.
go build net/http`,
    },
    config: {
      Cmd: ['bash'],
      Env: [pathVariable('/go/bin', '/usr/local/go/bin'), 'GOTOOLCHAIN=local', 'GOPATH=/go'],
      WorkingDir: '/go',
    },
  },
  {
    repository: 'curlimages/curl',
    summary: 'curl',
    root: {
      from: 'debian',
      packages: ['curl', 'ca-certificates'],
      accounts: [{ name: 'curl_user', id: 100, home: '/home/curl_user' }],
      files: { 'entrypoint.sh': program(curlEntrypoint) },
    },
    config: {
      Entrypoint: ['/entrypoint.sh'],
      Cmd: ['curl'],
      Env: [pathVariable()],
      User: 'curl_user',
      WorkingDir: '/home/curl_user',
    },
  },
];
