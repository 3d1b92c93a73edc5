/** What goes over the web, put together: the calendar that is followed, the one that is published, and our own listener. */
import type { Adapter } from './adapters/adapter.ts';
import { render as renderDiscord } from './adapters/discord/render.ts';
import { render as renderSlack } from './adapters/slack/render.ts';
import { feedToldOf } from './alerts/delivery/notices.ts';
import type { Recall } from './alerts/memory.ts';
import type { CalendarHome } from './calendar/effective.ts';
import { PUBLIC_REACH } from './calendar/feed/fetch.ts';
import { createFeedFollower, type FeedFollower } from './calendar/feed/follow.ts';
import { createFeedPage } from './calendar/feed/publish.ts';
import type { LiveCalendar } from './calendar/live.ts';
import { nextAnswer } from './commands/next.ts';
import { participationAnswer } from './commands/participation.ts';
import { sessionAnswer } from './commands/session.ts';
import { stateAnswer } from './commands/state.ts';
import { zonesIn } from './commands/zones.ts';
import type { Config } from './config.ts';
import { EVERYTHING, selectedStates } from './domain/alerts/subscription.ts';
import type { Picture } from './domain/calendar/diff.ts';
import type { Instant } from './domain/time.ts';
import type { Clock } from './lib/clock.ts';
import type { Logger } from './lib/log.ts';
import type { Words } from './message/words.ts';
import type { Store } from './store/store.ts';
import { feedRoute } from './web/calendar-feed.ts';
import { createWeb, type Web } from './web/listener.ts';
import type { SiteDeps } from './web/site.ts';
import type { Answers } from './web/view.ts';

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
  readonly words: (locale: string) => Words;
  readonly memory: Pick<Recall, 'recall'>;
  readonly now: () => Instant;
}

/** Null where nobody asks for it: neither the operator nor a platform. */
export function openWeb({ config, store, calendar, clock, log, adapters, ...deps }: OwnWeb): Web | null {
  const { web, signingKey } = config;
  const page = createFeedPage(signingKey);
  const published = async () => ({ facts: calendar.facts(), published: (await store.calendar.latestOfAll())?.at ?? 0 });
  const pages = web.isOn ? [feedRoute(async (tag) => page(await published(), tag))] : [];
  const routes = [...[...adapters.values()].flatMap((adapter) => adapter.routes), ...pages];
  return web.isOn || routes.length > 0 ? createWeb({ ...web, routes, site: web.isOn ? siteOf({ config, store, calendar, ...deps }) : null, clock, log }) : null;
}

/** What became of one date that its page tells of. */
const HISTORY = 50;

/** What the pages are put together from: only what all see is in reach. */
export interface SiteParts {
  readonly config: { readonly channels: readonly { readonly locale: string }[]; readonly web: Omit<Config['web'], 'isOn'> };
  readonly store: { readonly calendar: Pick<Store['calendar'], 'historyOf'> };
  readonly calendar: Pick<LiveCalendar, 'facts'>;
  readonly words: (locale: string) => Words;
  readonly memory: { recall(now: Instant): Promise<{ readonly picture: Picture }> };
  readonly now: () => Instant;
}

/** The pages, with the answers that a chat gets, of what all see. */
export function siteOf({ config, store, calendar, words, memory, now }: SiteParts): SiteDeps {
  const spoken = words(config.channels[0]?.locale ?? 'en');
  const more = (count: number) => spoken('adapter.more', { count });
  return {
    words: spoken,
    now,
    facts: calendar.facts,
    picture: async (at) => (await memory.recall(at)).picture,
    answers: answersOf(calendar, store),
    payloads: (message) => ({ discord: renderDiscord(message, more), slack: renderSlack(message, more) }),
    zones: zonesIn([]),
    origin: originOf(config.web),
  };
}

/** Where people reach the pages, without a path. What listens everywhere is reached from this machine. */
export function originOf({ host, port, publicUrl }: SiteParts['config']['web']): string {
  const here = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return publicUrl ?? `http://${here.includes(':') ? `[${here}]` : here}:${port}`;
}

function answersOf(calendar: SiteParts['calendar'], store: SiteParts['store']): Answers {
  return {
    next: (picture, { state, region, session, kind }, at) => {
      const states = selectedStates({ ...EVERYTHING, states: state === null ? null : [state], regions: region && [region] }, calendar.facts().states);
      return nextAnswer(picture, { states, sessions: session === null ? null : [session], kinds: kind && [kind], limit: Number.POSITIVE_INFINITY }, at);
    },
    state: stateAnswer,
    session: (picture, number) => sessionAnswer(calendar.facts(), picture, number),
    participation: (picture, at) => participationAnswer(picture, { cycle: null, state: null }, at),
    history: (deadline) => store.calendar.historyOf(deadline, HISTORY),
  };
}
