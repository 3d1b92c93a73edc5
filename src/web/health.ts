import { Hono } from 'hono';

/** Pages that belong to no platform: whether the process lives. What it has to say of its work is `upr-watch doctor`'s. */
export function createHealth(): Hono {
  const app = new Hono();
  app.get('/healthz', (context) => context.text('ok'));
  app.notFound((context) => context.text('There is nothing here.\n', 404));
  return app;
}
