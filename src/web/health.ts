import { Hono } from 'hono';

/** Everything may be found but what only who has the link should see, and what is for machines. */
const ROBOTS = `User-agent: *
Disallow: /private/
Disallow: /metrics
Disallow: /readyz
`;

/** Pages that belong to no platform: whether the process lives, and who may look around. What it has to say of its work is `upr-watch doctor`'s. */
export function createHealth(): Hono {
  const app = new Hono();
  app.get('/healthz', (context) => context.text('ok'));
  app.get('/robots.txt', (context) => context.text(ROBOTS, 200, { 'cache-control': 'public, max-age=86400' }));
  app.notFound((context) => context.text('There is nothing here.\n', 404));
  return app;
}
