#!/bin/sh
# The steps of scenarios/hello-world with the docker CLI, for bench.mjs. DOCKER_HOST names the engine.
#   hello-world.sh           only the commands
#   hello-world.sh checked   and after each what the scenario expects of output and engine
set -eu
name=bench-greeter-$$
checks=${1:-none}
said=

step() {
  said=$("$@")
  printf '%s\n' "$said"
}

# Of the output: costs no call of the engine.
says() { [ "$checks" = none ] || printf '%s\n' "$said" | grep -Eq "$1"; }
# Of the engine: a call, whose answer must match.
shows() {
  [ "$checks" != none ] || return 0
  wanted=$1
  shift
  "$@" | grep -Eq "$wanted"
}
lacks() { [ "$checks" = none ] || ! "$@" >/dev/null 2>&1; }

step docker version
says 'Client:'
says 'Server:'
shows '^[0-9]+\.[0-9]+$' docker version --format '{{.Server.APIVersion}}'
step docker pull hello-world
shows 'hello-world:latest' docker image inspect --format '{{.RepoTags}}' hello-world:latest
says '^Status: '
step docker images hello-world
says '^hello-world '
shows '/hello' docker image inspect --format '{{.Config.Cmd}}' hello-world
step docker run --name "$name" hello-world
says 'Hello from Docker!'
shows '^exited 0 hello-world$' docker container inspect --format '{{.State.Status}} {{.State.ExitCode}} {{.Config.Image}}' "$name"
shows 'Hello from Docker!' docker logs "$name"
step docker ps
says 'CONTAINER ID'
step docker ps -a
says "Exited \\(0\\).*$name"
step docker logs "$name"
says 'Hello from Docker!'
step docker inspect --format '{{.State.Status}} {{.State.ExitCode}} {{.Config.Image}}' "$name"
says '^exited 0 hello-world$'
step docker rm "$name"
lacks docker container inspect "$name"
shows 'hello-world' docker image inspect --format '{{.RepoTags}}' hello-world
step docker rmi hello-world
lacks docker image inspect hello-world:latest
