FROM node:24-slim
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0 UPR_WATCH_DATA=/data NODE_COMPILE_CACHE=/app/.cache
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --omit=optional --ignore-scripts && npm cache clean --force
COPY bin bin
COPY src src
COPY config config
# Warms the compile cache, so that the first start is as quick as the next.
RUN node bin/upr-watch.js calendar check && mkdir -p /data && chown -R node:node /data /app/.cache
USER node
VOLUME /data
STOPSIGNAL SIGTERM
ENTRYPOINT ["node", "--max-semi-space-size=1", "bin/upr-watch.js"]
CMD ["start"]
