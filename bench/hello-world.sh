#!/bin/sh
# The steps of scenarios/hello-world with the docker CLI, for bench.mjs. DOCKER_HOST names the engine.
set -eu
name=bench-greeter-$$
docker version
docker pull hello-world
docker images hello-world
docker run --name "$name" hello-world
docker ps
docker ps -a
docker logs "$name"
docker rm "$name"
docker rmi hello-world
