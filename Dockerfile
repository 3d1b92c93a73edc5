# UPR Watch as one small image: no build step, no package of its own to compile, nobody's rights but its own.
FROM node:24-slim
ENV NODE_ENV=production HOST=0.0.0.0 WEB=on UPR_WATCH_DATA=/data NODE_COMPILE_CACHE=/app/.cache
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund && npm cache clean --force
COPY bin bin
COPY src src
COPY config config
COPY deploy deploy
# Warms the compile cache, so that the first start is as quick as the next. Nothing of it is written any more afterwards.
RUN node deploy/warm.js && mkdir -p /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --retries=3 CMD node deploy/healthcheck.js
ENTRYPOINT ["node", "--max-semi-space-size=1", "bin/upr-watch.js"]
CMD ["start"]
