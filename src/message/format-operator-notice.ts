import type { LookUp } from '../domain/alerts/look-ups.ts';
import type { Draft } from './build.ts';
import { shorten } from './clean.ts';
import type { Voice } from './content.ts';
import { briefDate, dayInline, instantLine } from './dates.ts';
import { bucket } from './group.ts';
import { bold, joinLines, link, listItem, plainText } from './inline.ts';
import type { Line } from './message.ts';
import { stateName } from './names.ts';
import type { FeedNotice, StaleNotice } from './operator-notices.ts';
import { hostOf, sourceLinks } from './sources.ts';

/** A fault may name many places of a feed; the log has it whole. */
const LONGEST_REASON = 600;

/** What is wrong with a feed, since when, and that the last good one stays in force. */
export function formatFeed({ host, reason, since }: FeedNotice, voice: Voice): Draft {
  const { words } = voice;
  const at = instantLine(since, voice);
  if (reason === null) return { tone: 'info', title: words('notice.feed.well', { host }), body: [words.line('notice.feed.was', { since: at })] };
  return {
    tone: 'warning',
    title: words('notice.feed.title', { host }),
    body: [
      words.line('notice.feed.why', { host, reason: shorten(reason, LONGEST_REASON), since: at }),
      plainText(words('notice.feed.stays')),
      words.line('notice.feed.to-do'),
    ],
  };
}

/** What to look up, by session, with the pages where it is, and how a look is recorded. */
export function formatStale({ items, more }: StaleNotice, voice: Voice): Draft {
  const { words } = voice;
  const groups = bucket(items, ({ session, council }) => (session === null ? `council ${council}` : `session ${session}`));
  return {
    tone: 'info',
    title: words('notice.stale.title', { count: items.length + more }),
    body: [
      plainText(words('notice.stale.why')),
      ...groups.flatMap((group) => [[bold(whereOf(group[0], voice))], ...group.map((item) => itemLine(item, voice))]),
      ...(more === 0 ? [] : [plainText(words('notice.stale.more', { count: more }))]),
      ...recordLines(items, voice),
    ],
  };
}

function whereOf({ session, council }: LookUp, { words }: Voice): string {
  return session === null ? words('who.council', { council: council ?? 0 }) : words('who.session', { session });
}

function itemLine(item: LookUp, voice: Voice): Line {
  const { words } = voice;
  const { id, kind, state, when } = item;
  const what = kind === 'session' ? words('notice.stale.days') : words(`kind.${kind}`);
  const parts: Line[] = [
    plainText(state === null ? what : words('title.of', { who: stateName(state, voice), what })),
    when.from === null ? plainText(words('certainty.unknown')) : briefDate(when, words),
    lookLine(item, voice),
    joinLines([item.source.length === 0 ? [] : sourceLinks(item.source, voice), placeLine(item, voice)], words('list.comma')),
    plainText(id),
  ];
  return listItem(joinLines(parts, words('separator')), words);
}

function lookLine({ awaited, checked }: LookUp, { words }: Voice): Line {
  if (awaited) return plainText(words('notice.stale.awaited'));
  return checked === null ? words.line('source.never') : words.line('source.checked', { day: dayInline(checked, 'short', words) });
}

/** The page where it is published, where that is none of its sources. */
function placeLine({ place, source }: LookUp, { reader }: Voice): Line {
  const url = reader.facts.places.get(place)?.url;
  const known = source.some((id) => reader.facts.sources.get(id)?.url === url);
  return url === undefined || known ? [] : [link(hostOf(url), url)];
}

/** The commands for the first of each kind; `54-KEN-national_report` and the like may stand together in one. */
function recordLines(items: readonly LookUp[], { words }: Voice): readonly Line[] {
  const [stale, awaited] = [items.find((item) => !item.awaited), items.find((item) => item.awaited)];
  const line = (item: LookUp | undefined, key: string) =>
    item === undefined ? [] : [plainText(words(key, { fact: item.id, source: item.source[0] ?? 'SOURCE' }))];
  return [...line(stale, 'notice.stale.record'), ...line(awaited, 'notice.stale.record-awaited')];
}
