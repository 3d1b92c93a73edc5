/** Listens over HTTP, at our own web server: https://docs.slack.dev/apis/events-api/using-http-request-urls. */
import { once } from 'node:events';
import { HTTPReceiver } from '@slack/bolt';
import type { Logger } from '../../lib/log.ts';
import type { Route } from '../adapter.ts';
import { boltOn, type Hear, quietly } from './bolt.ts';
import type { Ears } from './receive.ts';

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
  let listens = false;
  const made = boltOn(receiver, { hear, log, socketMode: false });

  const handle: Route['handle'] = async (request, response) => {
    if (!listens) {
      response.writeHead(503, { 'Retry-After': '30', 'Content-Type': 'text/plain' }).end('UPR Watch does not listen to Slack at the moment.');
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
