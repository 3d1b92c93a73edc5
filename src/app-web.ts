/** What goes over the web, put together: the calendar that is followed, the one that is published, and our own listener. */
import type { Adapter } from './adapters/adapter.ts';
import { feedToldOf } from './alerts/delivery/notices.ts';
import type { CalendarHome } from './calendar/effective.ts';
import { PUBLIC_REACH } from './calendar/feed/fetch.ts';
import { createFeedFollower, type FeedFollower } from './calendar/feed/follow.ts';
import { createFeedPage } from './calendar/feed/publish.ts';
import type { LiveCalendar } from './calendar/live.ts';
import type { Config } from './config.ts';
import type { Instant } from './domain/time.ts';
import type { Clock } from './lib/clock.ts';
import type { Logger } from './lib/log.ts';
import type { Store } from './store/store.ts';
import { feedRoute } from './web/calendar-feed.ts';
import { createWeb, type Web } from './web/listener.ts';

interface WebTools {
  readonly config: Config;
  readonly store: Store;
  readonly calendar: LiveCalendar;
  readonly clock: Clock;
  readonly log: Logger;
}

export interface FollowedFeed extends WebTools {
  readonly home: CalendarHome;
  readonly now: () => Instant;
  readonly mayAsk: () => Promise<boolean>;
  /** The channel that hears what is wrong with it; null = the log. */
  readonly operator: string | null;
}

/** Null where no feed is followed. */
export function openFeed({ config: { feed }, calendar, operator, ...deps }: FollowedFeed): FeedFollower | null {
  if (feed === null) return null;
  const { log, now } = deps;
  return createFeedFollower({
    ...{ ...deps, url: feed.url, key: feed.key, reach: PUBLIC_REACH, apply: calendar.reload, random: Math.random },
    tell: (news, store) => feedToldOf({ store, log, operator, now: now() }, news),
  });
}

export interface OwnWeb extends WebTools {
  readonly adapters: ReadonlyMap<string, Adapter>;
}

/** Null where nobody asks for it: neither the operator nor a platform. */
export function openWeb({ config: { web, signingKey }, store, calendar, clock, log, adapters }: OwnWeb): Web | null {
  const page = createFeedPage(signingKey);
  const published = async () => ({ facts: calendar.facts(), published: (await store.calendar.latestOfAll())?.at ?? 0 });
  const pages = web.isOn ? [feedRoute(async (tag) => page(await published(), tag))] : [];
  const routes = [...[...adapters.values()].flatMap((adapter) => adapter.routes), ...pages];
  return web.isOn || routes.length > 0 ? createWeb({ ...web, routes, clock, log }) : null;
}
