/** Listens over HTTP, at our own web server: https://docs.slack.dev/apis/events-api/using-http-request-urls. */
import { once } from 'node:events';
import { HTTPReceiver } from '@slack/bolt';
import type { Logger } from '../../lib/log.ts';
import type { Route } from '../adapter.ts';
import { boltOn, type Hear, quietly } from './bolt.ts';
import type { Ears } from './receive.ts';
import { createMemory } from './repeats.ts';

interface HttpParts {
  readonly signingSecret: string;
  readonly log: Logger;
  readonly hear: Hear;
}

const PATH = '/slack/events';
/** A form with everything filled in is far below it. */
const LARGEST_BODY = 1_000_000;

/** Bolt checks the signature and its age before anything is looked at. */
export function createHttpEars({ signingSecret, log, hear }: HttpParts): Ears & { readonly route: Route } {
  const receiver = new HTTPReceiver({ signingSecret, endpoints: [PATH], bodyLimit: LARGEST_BODY, logger: quietly(log) });
  const cameBefore = createMemory();
  let listens = false;
  const made = boltOn(receiver, { hear, log, socketMode: false });

  const handle: Route['handle'] = async (request, response) => {
    if (!listens) {
      response.writeHead(503, { 'Retry-After': '30', 'Content-Type': 'text/plain' }).end('UPR Watch does not listen to Slack at the moment.');
      return;
    }
    const signature = request.headers['x-slack-signature'];
    // Nothing is signed twice in the same way: it is a repeat, of Slack or of somebody who overheard it.
    if (typeof signature === 'string' && cameBefore(signature)) {
      log.warn('A request of Slack came a second time; it was not heard again');
      response.writeHead(200).end();
      return;
    }
    try {
      receiver.requestListener(request, response);
    } catch {
      // Anything but a POST to the path itself is none of Bolt's.
      response.writeHead(404).end();
    }
    if (!response.writableFinished && !response.destroyed) await once(response, 'close');
  };

  return {
    route: { path: PATH, handle },
    start: async () => {
      await made;
      listens = true;
    },
    stop: async () => {
      listens = false;
    },
  };
}
