/** What goes over the web, put together: the calendar that is followed, the one that is published, and our own listener. */
import type { Adapter } from './adapters/adapter.ts';
import { feedToldOf } from './alerts/delivery/notices.ts';
import type { Recall } from './alerts/memory.ts';
import { siteOf } from './app-site.ts';
import type { CalendarHome } from './calendar/effective.ts';
import { PUBLIC_REACH } from './calendar/feed/fetch.ts';
import { createFeedFollower, type FeedFollower } from './calendar/feed/follow.ts';
import { createFeedPage } from './calendar/feed/publish.ts';
import type { LiveCalendar } from './calendar/live.ts';
import type { Config } from './config.ts';
import type { Instant } from './domain/time.ts';
import type { Clock } from './lib/clock.ts';
import type { Logger } from './lib/log.ts';
import type { Metrics } from './lib/metrics.ts';
import type { Words } from './message/words.ts';
import type { Store } from './store/store.ts';
import { feedRoute } from './web/calendar-feed.ts';
import { addFeeds, type FeedDeps } from './web/feeds.ts';
import { createHealth } from './web/health.ts';
import { createWeb, type Web } from './web/listener.ts';
import { addMachines, type Check } from './web/machines.ts';
import { createReading, type ReadingDeps } from './web/reading.ts';
import { addPages } from './web/site.ts';

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
  readonly recall: Recall['recall'];
  readonly words: (locale: string) => Words;
  readonly now: () => Instant;
  readonly metrics: Metrics;
  readonly checks: readonly Check[];
}

/** Null where nobody asks for it: neither the operator nor a platform. */
export function openWeb(deps: OwnWeb): Web | null {
  const { config, calendar, clock, log, adapters, store } = deps;
  const { web, signingKey } = config;
  const routes = [...adapters.values()].flatMap((adapter) => adapter.routes);
  if (!web.isOn) return routes.length > 0 ? createWeb({ ...web, routes, clock, log }) : null;
  const page = createFeedPage(signingKey);
  const published = async () => ({ facts: calendar.facts(), published: (await store.calendar.latestOfAll())?.at ?? 0 });
  const pages = createHealth();
  addMachines(pages, { checks: deps.checks, metrics: deps.metrics.text, clock, log });
  addFeeds(pages, feedsOf(deps));
  addPages(pages, siteOf(deps));
  return createWeb({ ...web, routes, own: [feedRoute(async (tag) => page(await published(), tag))], pages, clock, log });
}

function feedsOf({ config, store, calendar, recall, words, now }: OwnWeb): FeedDeps {
  const seen: ReadingDeps['seen'] = async (at, place) => {
    const { revision, views } = await recall(at);
    const { picture, sources } = views.of(place);
    return { picture, sources, revision };
  };
  const read = createReading({ store, facts: calendar.facts, seen });
  return { read, store, words, locale: config.unnamed.locale, publicUrl: config.web.publicUrl, now };
}
