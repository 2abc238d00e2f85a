# The images of Veet, one target each: app and gatekeeper. LiveKit's is infra/media/Dockerfile, Caddy's deploy/caddy/Dockerfile.
# Nothing is run on the processor that an image is for, so one machine builds amd64 and arm64.

FROM --platform=$BUILDPLATFORM node:24.21.0-slim AS packages
WORKDIR /veet
COPY package.json package-lock.json .npmrc ./
# Without install scripts: the one there is would fetch a second Node.
RUN npm ci --ignore-scripts

FROM packages AS source
COPY . .

FROM source AS gatekeeper-build
RUN node scripts/images/bundle.ts gatekeeper /out/gatekeeper.mjs && touch -d @0 /out /out/gatekeeper.mjs

FROM source AS app-build
RUN node scripts/images/app-tree.ts /out

# Node alone: npm and what else is in its image would be a third of ours.
FROM node:24.21.0-alpine AS node
FROM alpine:3.24 AS runtime
COPY --from=node /usr/local/bin/node /usr/local/bin/node
# What Node was linked with, at the paths where it looks for it.
COPY --from=node /lib/ld-musl-* /lib/
COPY --from=node /usr/lib/libstdc++.so.6 /usr/lib/libgcc_s.so.1 /usr/lib/
ENV NODE_ENV=production
USER 65534:65534

FROM runtime AS gatekeeper
COPY --from=gatekeeper-build /out/gatekeeper.mjs /gatekeeper.mjs
CMD ["node", "/gatekeeper.mjs"]

FROM runtime AS app
WORKDIR /veet
COPY --from=app-build /out .
ENV NEXT_TELEMETRY_DISABLED=1
EXPOSE 3000
CMD ["node", "scripts/images/app.mjs"]
