# Both architectures in one tag: docker buildx build --platform linux/amd64,linux/arm64 -t onestory --push .
# Three stages: the compiler and the development packages stay in the first, npm's cache in the second.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
# Without scripts: `prepare` would build before the sources are here, and the npm package `node` would fetch a second Node.
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.build.json ./
COPY src ./src
COPY web ./web
COPY seeds/*.txt ./seeds/
# By path: node_modules/.bin, which npx puts first on the PATH, holds a `node` that was never fetched.
RUN node node_modules/typescript/bin/tsc -p tsconfig.build.json && node --disable-warning=ExperimentalWarning web/build.ts

FROM node:24-bookworm-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts

FROM node:24-bookworm-slim
ARG VERSION=unknown
ARG REVISION=unknown
LABEL org.opencontainers.image.title="onestory" \
      org.opencontainers.image.description="Raw scraped text in, one clean story out" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.revision="$REVISION"
ENV NODE_ENV=production
WORKDIR /app
# Everything belongs to root: the service can read its files and change none.
COPY --from=dependencies /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY package.json LICENSE ./
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.PORT || 3000) + '/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Node itself, not npm: signals reach it, and it drains on SIGTERM.
CMD ["node", "dist/server.js"]
