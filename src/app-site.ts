/** The pages, put together: the answers that a chat gets, of what all see. */
import { render as renderDiscord } from './adapters/discord/render.ts';
import { render as renderSlack } from './adapters/slack/render.ts';
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
import type { Words } from './message/words.ts';
import type { Store } from './store/store.ts';
import type { SiteDeps } from './web/site.ts';
import type { Answers } from './web/view.ts';

/** What became of one date that its page tells of. */
const HISTORY = 50;

/** What the pages are put together from: only what all see is in reach. */
export interface SiteParts {
  readonly config: { readonly channels: readonly { readonly locale: string }[]; readonly web: Pick<Config['web'], 'host' | 'port' | 'publicUrl'> };
  readonly store: { readonly calendar: Pick<Store['calendar'], 'historyOf'> };
  readonly calendar: Pick<LiveCalendar, 'facts'>;
  readonly words: (locale: string) => Words;
  readonly recall: (now: Instant) => Promise<{ readonly picture: Picture }>;
  readonly now: () => Instant;
}

/** The pages, with the answers that a chat gets, of what all see. */
export function siteOf({ config, store, calendar, words, recall, now }: SiteParts): SiteDeps {
  const spoken = words(config.channels[0]?.locale ?? 'en');
  const more = (count: number) => spoken('adapter.more', { count });
  return {
    words: spoken,
    now,
    facts: calendar.facts,
    picture: async (at) => (await recall(at)).picture,
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
