/** `GET /calendar.json`: the calendar in force, for other instances to follow (docs/feed.md). */
import type { Route } from '../adapters/adapter.ts';

/** What is answered, whole. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** @param answer given the request's `If-None-Match` */
export function feedRoute(answer: (ifNoneMatch: string | null) => Promise<Answer>): Route {
  return {
    path: '/calendar.json',
    handle: async (request, response) => {
      if (request.method !== 'GET' && request.method !== 'HEAD') {
        response.writeHead(405, { allow: 'GET, HEAD' }).end();
        return;
      }
      const { status, headers, body } = await answer(request.headers['if-none-match'] ?? null);
      response.writeHead(status, headers).end(request.method === 'HEAD' ? '' : body);
    },
  };
}
