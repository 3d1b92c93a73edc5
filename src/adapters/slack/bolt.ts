/** Bolt, with nothing of it but its ears: what comes is handed on as it is, and every token stays with the client. */
import { App, type Logger as BoltLogger, LogLevel, type Receiver } from '@slack/bolt';
import type { Logger } from '../../lib/log.ts';

/** Tells Slack that something came, once; false when it was told before. What it may say depends on what came. */
export type Ack = (said?: object) => Promise<boolean>;

/** Takes whatever Slack sent; Bolt has acknowledged an event before, so that it comes without an {@link Ack}. */
export type Hear = (body: unknown, ack: Ack | null) => void;

/** Makes a receiver of Bolt hand everything to `hear`. */
export async function boltOn(receiver: Receiver, { hear, log, socketMode }: { hear: Hear; log: Logger; socketMode: boolean }): Promise<App> {
  const app = new App({
    receiver,
    socketMode,
    deferInitialization: true,
    // Nothing is asked before something is acknowledged; whose it is, is found out after that.
    authorize: async () => ({}),
    ignoreSelf: false,
    convoStore: false,
    logger: quietly(log),
  });
  app.use(async (args) => hear(args.body, 'ack' in args && args.ack !== undefined ? once(args.ack as (said?: object) => Promise<void>) : null));
  app.error(async (cause) => log.warn({ err: { name: cause.name, message: cause.message } }, 'Bolt could not take what Slack sent'));
  await app.init();
  return app;
}

/** What Bolt warns of, without what it was about: further arguments may hold what people wrote. */
export function quietly(log: Logger): BoltLogger {
  const warn = (text: unknown) => log.warn({ text: typeof text === 'string' ? text : 'something' }, 'Bolt warns');
  const nothing = () => undefined;
  return { debug: nothing, info: nothing, warn, error: warn, setLevel: nothing, setName: nothing, getLevel: () => LogLevel.WARN };
}

function once(ack: (said?: object) => Promise<void>): Ack {
  let isSaid = false;
  return async (said) => {
    if (isSaid) return false;
    isSaid = true;
    await ack(said);
    return true;
  };
}
