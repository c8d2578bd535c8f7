# SPDX-License-Identifier: EUPL-1.2
#
# Faseport as a container. Redis is not in it: give REDIS_URL (with the append-only file on and maxmemory-policy
# noeviction). The image runs Node itself, so the `node` package, which gives developers the right version, is left out
# with the other development dependencies.
#
#   docker build -t faseport .
#   docker run --env-file .env -e REDIS_URL=redis://redis:6379 -p 3000:3000 \
#     -v "$PWD/config/kommune.yaml:/app/config/kommune.yaml:ro" faseport

FROM node:24-slim

ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000
WORKDIR /app

COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --no-audit && npm cache clean --force

COPY LICENSE ./
COPY config ./config
COPY scripts ./scripts
COPY src ./src

USER node
EXPOSE 3000

HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["node", "--eval", "fetch(`http://127.0.0.1:${process.env.PORT}/livez`).then((it) => process.exit(it.ok ? 0 : 1), () => process.exit(1))"]

# As process 1, Node gets the container's SIGTERM itself and ends what is under way; npm would stand in between.
# The two flags are those of npm start: without them V8 takes what the machine has.
CMD ["node", "--max-semi-space-size=8", "--max-old-space-size=192", "src/main.ts"]
