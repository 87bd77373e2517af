# docker-tutor as an image. Build: docker build -t docker-tutor .
# Run, with the engine's socket mounted and its group given, since the program is not root in here:
#   docker run --rm -it -v /var/run/docker.sock:/var/run/docker.sock \
#     --group-add "$(stat -c %g /var/run/docker.sock)" docker-tutor run hello-world
ARG NODE_IMAGE=node:24-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN npm run build && npm pack --ignore-scripts --pack-destination /tmp

FROM ${NODE_IMAGE}
COPY --from=build /tmp/docker-tutor-*.tgz /tmp/docker-tutor.tgz
RUN npm install --global --offline --no-audit --no-fund /tmp/docker-tutor.tgz && rm /tmp/docker-tutor.tgz
USER node
WORKDIR /home/node
ENTRYPOINT ["docker-tutor"]
CMD ["--help"]
