# The images of Veet, one target each: app, gatekeeper, redis-bridge.

FROM --platform=$BUILDPLATFORM node:24.21.0-slim AS packages
WORKDIR /veet
COPY package.json package-lock.json .npmrc ./
# Without install scripts: the one there is would fetch a second Node.
RUN npm ci --ignore-scripts

FROM packages AS source
COPY . .

FROM source AS gatekeeper-build
RUN node scripts/images/bundle.ts gatekeeper /out/gatekeeper.mjs && touch -d @0 /out /out/gatekeeper.mjs

FROM source AS redis-bridge-build
RUN node scripts/images/bundle.ts redis-bridge /out/redis-bridge.mjs

FROM source AS app-build
ENV NEXT_TELEMETRY_DISABLED=1
RUN node node_modules/next/dist/bin/next build

FROM node:24.21.0-slim AS gatekeeper
COPY --from=gatekeeper-build /out/gatekeeper.mjs /gatekeeper.mjs
USER 65534:65534
CMD ["node", "/gatekeeper.mjs"]

FROM node:24.21.0-slim AS redis-bridge
COPY --from=redis-bridge-build /out/redis-bridge.mjs /redis-bridge.mjs
USER 65534:65534
CMD ["node", "/redis-bridge.mjs"]

FROM node:24.21.0-slim AS app
WORKDIR /veet
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1
COPY package.json package-lock.json .npmrc next.config.mjs ./
RUN npm ci --ignore-scripts --omit=dev
COPY lib lib
COPY scripts scripts
COPY public public
COPY --from=app-build /veet/.next .next
USER 65534:65534
EXPOSE 3000
CMD ["node", "--conditions=react-server", "scripts/start.ts"]
