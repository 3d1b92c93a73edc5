/** The feeds of the calendar: `/calendar.ics` and `/changes.atom` for all, `/private/<token>.ics` for who has the link of a channel. */
import { createHash } from 'node:crypto';
import type { Context, Hono } from 'hono';
import { wishesOf } from '../domain/alerts/wish.ts';
import type { Deadline } from '../domain/calendar/deadline.ts';
import { dayOf, GENEVA, type Instant, startOfDay } from '../domain/time.ts';
import { hashOfToken, TOKEN } from '../lib/token.ts';
import type { Voice } from '../message/content.ts';
import type { Words } from '../message/words.ts';
import type { Store } from '../store/store.ts';
import { writeAtom } from './atom.ts';
import { eventsOf } from './events.ts';
import { type Filter, readFilter, wantedBy, wantedIn } from './filter.ts';
import { writeIcs } from './ics.ts';
import type { Read, Reading } from './reading.ts';

export interface FeedDeps {
  readonly read: Read;
  readonly store: Pick<Store, 'feedLinks' | 'subscriptions'>;
  readonly words: (locale: string) => Words;
  /** Of the feeds for all. */
  readonly locale: string;
  readonly publicUrl: string | null;
  readonly now: () => Instant;
}

const CALENDAR = 'text/calendar; charset=utf-8';
const ATOM = 'application/atom+xml; charset=utf-8';
/** A proxy may keep what all may read for some minutes. */
const FOR_ALL = { 'cache-control': 'public, max-age=300', 'access-control-allow-origin': '*' };
const FOR_ONE = { 'cache-control': 'private, no-cache', 'x-robots-tag': 'noindex' };
const LINK = new RegExp(`^(${TOKEN})\\.ics$`);
/** Calendars that were asked for with the same filter, each kept until it changes. */
const KEPT = 16;

export function addFeeds(app: Hono, deps: FeedDeps): void {
  const kept = new Map<string, { readonly reading: Reading; readonly body: string }>();

  app.get('/calendar.ics', async (context) => {
    const now = deps.now();
    const reading = await deps.read(now);
    const filter = readFilter(new URL(context.req.url).searchParams, reading.facts);
    if (typeof filter === 'string') return context.text(deps.words(deps.locale)('feeds.no-such', { name: filter }), 400);
    const today = dayOf(now, GENEVA);
    const key = JSON.stringify([today, filter]);
    const last = kept.get(key);
    const body =
      last?.reading === reading ? last.body : calendarText({ reading, filter, wanted: wantedBy(filter, reading.facts), name: 'feeds.calendar-name' }, today);
    kept.delete(key);
    kept.set(key, { reading, body });
    for (const oldest of [...kept.keys()].slice(0, -KEPT)) kept.delete(oldest);
    return answer(context, body, { ...FOR_ALL, 'content-type': CALENDAR });
  });

  app.get('/changes.atom', async (context) => {
    const { told, made, facts } = await deps.read(deps.now());
    const telling = { words: deps.words(deps.locale), reader: { ...READER, locale: deps.locale, facts } };
    return answer(context, writeAtom({ told, made, publicUrl: deps.publicUrl }, telling), { ...FOR_ALL, 'content-type': ATOM });
  });

  app.get('/private/:link', async (context) => {
    const channel = await channelOf(context.req.param('link'));
    if (channel === null) return context.notFound();
    const now = deps.now();
    const reading = await deps.read(now, { platform: channel.platform, id: channel.installation });
    const filter = readFilter(new URL(context.req.url).searchParams, reading.facts);
    if (typeof filter === 'string') return context.text(deps.words(channel.locale)('feeds.no-such', { name: filter }), 400);
    const follows = (await deps.store.subscriptions.ofChannels([channel.id])).filter(({ status }) => status === 'active');
    const wishes = wishesOf(
      follows.map(({ selector }) => selector),
      reading.facts.states,
    );
    const own = { reading, filter, wanted: both(wantedIn(wishes, null), wantedBy(filter, reading.facts)), name: 'feeds.calendar-of-channel' };
    const body = calendarText({ ...own, locale: channel.locale, discreet: channel.discreet }, dayOf(now, GENEVA));
    return answer(context, body, { ...FOR_ONE, 'content-type': CALENDAR });
  });

  async function channelOf(link: string) {
    const token = LINK.exec(link)?.[1];
    const id = token === undefined ? null : await deps.store.feedLinks.channelOf(hashOfToken(token));
    const [channel = null] = id === null ? [] : await deps.store.subscriptions.channelsBy([id]);
    return channel;
  }

  interface Wanted {
    readonly reading: Reading;
    readonly filter: Filter;
    readonly wanted: (deadline: Deadline) => boolean;
    readonly name: string;
    readonly locale?: string;
    readonly discreet?: boolean;
  }

  /** Told as on the morning of the day, so that it is the same text all day. */
  function calendarText({ reading, filter, wanted, name, locale = deps.locale, discreet = false }: Wanted, today: string): string {
    const { picture, courses, facts, made } = reading;
    const now = startOfDay(today, GENEVA);
    const words = deps.words(locale);
    const voice: Voice = { words, reader: { ...READER, locale, discreet, now, facts } };
    const events = eventsOf({ picture, courses, wanted, estimated: filter.estimated }, now);
    return writeIcs({ name: words(name), events, made, publicUrl: deps.publicUrl }, voice);
  }
}

/** Official dates are told by Geneva's clock. */
const READER = { zone: GENEVA, discreet: false, mentionRole: null };

function both<T>(one: (value: T) => boolean, other: (value: T) => boolean): (value: T) => boolean {
  return (value) => one(value) && other(value);
}

/** Not sent again to whoever has it (RFC 9110 §13.1.2). */
function answer(context: Context, body: string, headers: Readonly<Record<string, string>>): Response {
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
  const has = (context.req.header('if-none-match') ?? '').split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag);
  return has ? context.body(null, 304, { ...headers, etag }) : context.body(body, 200, { ...headers, etag });
}
