# SPDX-License-Identifier: EUPL-1.2
#
# Faseport as a container, without Redis: compose.yaml brings one. The base image has Node itself, so the `node` package,
# which gives developers the right version, is left out with the other development dependencies. What is installed is
# fixed by package-lock.json; to fix the base too, write its digest behind the tag (node:24-slim@sha256:…).
#
#   docker build -t faseport .
#   docker run --read-only --tmpfs /tmp --env-file .env -e REDIS_URL=redis://… -p 3000:3000 \
#     -v "$PWD/config/kommune.yaml:/app/config/kommune.yaml:ro" faseport

FROM docker.io/library/node:24-slim AS made
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# Without what is optional too: a peer of the queue board would bring TypeScript.
RUN npm ci --omit=dev --omit=optional --no-audit
# The list of what lies there. Told to omit instead, npm sbom leaves out what a development dependency uses as well.
RUN npm pkg delete devDependencies && npm sbom --sbom-format=cyclonedx > sbom.cdx.json && rm package-lock.json .npmrc
COPY package.json LICENSE ./
COPY config ./config
COPY scripts ./scripts
COPY src ./src
# The image's user reads it all, also when it was checked out with a strict umask.
RUN chmod -R u=rwX,go=rX LICENSE package.json config scripts src

FROM docker.io/library/node:24-slim
LABEL org.opencontainers.image.title="Faseport" \
  org.opencontainers.image.description="Puts back every card move on a municipality's innovation board that skips a political decision" \
  org.opencontainers.image.licenses="EUPL-1.2"
# A worker has no door; here it has the port to itself, and can be watched there. npm writes where it may, and asks nobody
# whether there is a newer one.
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 FASEPORT_WORKER_PORT=3000 \
  npm_config_cache=/tmp/npm npm_config_update_notifier=false
WORKDIR /app
COPY --from=made /app ./

# By number, so that Kubernetes can see that it is not root.
USER 1000:1000
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["node", "scripts/alive.ts"]

# As process 1, Node gets the container's SIGTERM itself and ends what is under way; npm would stand in between.
# The two flags are those of npm start: without them V8 takes what the machine has.
CMD ["node", "--max-semi-space-size=8", "--max-old-space-size=192", "src/main.ts"]
