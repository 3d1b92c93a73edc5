/** What of the calendar is in force, and what of the layers over the shipped files is not. */
import { type Effective, effectiveCalendar } from '../../calendar/effective.ts';
import { faultRecord } from '../../calendar/feed/faults.ts';
import { feedName } from '../../calendar/feed/take.ts';
import { CalendarError, faultText } from '../../calendar/load.ts';
import { waitingRevisions } from '../../calendar/waiting.ts';
import { contestedDates } from '../../domain/calendar/contested.ts';
import { staleFacts } from '../../domain/calendar/stale.ts';
import { type Instant, toIso } from '../../domain/time.ts';
import type { Store } from '../../store/store.ts';
import { count, type Finding, look, well } from './finding.ts';

/** Files with a fault are named, and nothing that rests on them is looked at. */
export async function calendarFindings(store: Store, home: Parameters<typeof effectiveCalendar>[0], now: Instant): Promise<readonly Finding[]> {
  try {
    const effective = await effectiveCalendar(home, store);
    return [...layers(effective), ...stale(effective, now)];
  } catch (cause) {
    if (!(cause instanceof CalendarError)) throw cause;
    return cause.faults.map((fault) => look('calendar', `${faultText(fault)}; \`upr-watch calendar check\` looks again`));
  }
}

function layers({ facts, passedOver, outdated, setAside }: Effective): readonly Finding[] {
  const contested = contestedDates(facts).map(({ id }) => id);
  return [
    well('calendar', `${facts.sessions.size} sessions, ${facts.sources.size} sources`),
    ...passedOver.map((fault) => look('calendar', `the feed does not fit and is passed over: ${faultText(fault)}`)),
    ...setAside.map((fault) => look('calendar', `set aside until it fits, or is applied anew: ${faultText(fault)}`)),
    ...(outdated.length === 0 ? [] : [well('calendar', `dates of the feed that are older than what is shipped, passed over: ${outdated.join(', ')}`)]),
    ...(contested.length === 0
      ? []
      : [look('calendar', `two sources of equal standing differ: ${contested.join(', ')}; apply one of the dates with a later checked`)]),
  ];
}

function stale({ facts }: Effective, now: Instant): readonly Finding[] {
  const found = staleFacts(facts, now).length;
  if (found === 0) return [];
  const how = '`upr-watch calendar stale` names them with pages, `upr-watch calendar checked` records a look; a newer version brings newer ones';
  return [look('stale', `${count(found, 'fact was', 'facts were')} not looked up for too long; ${how}`)];
}

/** Null where no feed is followed. */
export async function feedFinding(store: Store, feed: { readonly url: string } | null): Promise<Finding | null> {
  if (feed === null) return null;
  const { host } = new URL(feed.url);
  const trouble = await faultRecord(store, feedName(feed.url)).read();
  if (trouble === null) return well('feed', `${host} is followed`);
  const how = 'the last good one stays in force; look at CALENDAR_FEED_URL and CALENDAR_FEED_KEY, and ask its publisher (docs/feed.md)';
  return look('feed', `${host} is not taken since ${toIso(trouble.since)}: it ${trouble.reasons.at(-1)}; ${how}`);
}

/** What nobody approved yet. */
export async function waitingFindings(store: Store): Promise<readonly Finding[]> {
  return (await waitingRevisions(store)).map(({ id, changes, channels }) =>
    look(
      'approval',
      `${id}: ${count(changes, 'change', 'changes')} for ${count(channels, 'channel', 'channels')} wait; upr-watch calendar approve ${id} carries them out`,
    ),
  );
}
