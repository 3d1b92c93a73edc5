/** A programme that subscribed to `/calendar.ics` a year ago, and comes by while maintainers edit the calendar. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ICAL from 'ical.js';
import { expect, onTestFinished, test } from 'vitest';
import { revise } from '../../../src/calendar/revise.ts';
import { EVERYTHING } from '../../../src/domain/alerts/subscription.ts';
import type { Deadline } from '../../../src/domain/calendar/deadline.ts';
import { openSqlite } from '../../../src/store/sqlite.ts';
import { eventsOf } from '../../../src/web/events.ts';
import { type Filter, wantedBy } from '../../../src/web/filter.ts';
import { writeIcs } from '../../../src/web/ics.ts';
import { createReading } from '../../../src/web/reading.ts';
import { aVoice } from '../../support/a-voice.ts';
import { EDIT_KINDS, edit } from '../../support/edits/edit.ts';
import { factsOf } from '../../support/edits/files.ts';
import { FIRST } from '../../support/edits/sheet.ts';
import { dayPlus, wallClock } from '../../support/oracle.ts';
import { SEED } from '../../support/seed.ts';

const DAY = 86_400_000;
const BEGINS = Date.parse('2026-01-05T12:00:00Z');
const STEPS = 120;

interface Entry {
  readonly sequence: number;
  readonly stamp: string;
  readonly start: string;
  readonly end: string;
  readonly status: string;
}

/** Every event of a feed, as a parser that is not ours reads it. */
function parsed(text: string): ReadonlyMap<string, Entry> {
  const calendar = new ICAL.Component(ICAL.parse(text) as never);
  const entries = calendar.getAllSubcomponents('vevent').map((event): [string, Entry] => {
    const value = (name: string) => String(event.getFirstPropertyValue(name) ?? '');
    return [
      value('uid'),
      { sequence: Number(value('sequence')), stamp: value('dtstamp'), start: value('dtstart'), end: value('dtend'), status: value('status') },
    ];
  });
  expect(new Set(entries.map(([uid]) => uid)).size).toBe(entries.length);
  return new Map(entries);
}

/**
 * What RFC 5546 §2.1.5 asks of who takes up events: the higher SEQUENCE counts, with equal ones the later DTSTAMP. An event
 * that is only missing stays, as where somebody imports a file: only CANCELLED takes it out.
 */
function aClient() {
  const known = new Map<string, Entry>();
  return {
    take: (feed: ReadonlyMap<string, Entry>) => {
      for (const [uid, entry] of feed) {
        const has = known.get(uid);
        if (has === undefined || entry.sequence > has.sequence || (entry.sequence === has.sequence && entry.stamp >= has.stamp)) known.set(uid, entry);
      }
    },
    shows: () => shown(known),
  };
}

const inOrder = (lines: readonly string[]) => [...lines].sort();
const shown = (feed: ReadonlyMap<string, Entry>) =>
  inOrder([...feed].filter(([, { status }]) => status !== 'CANCELLED').map(([uid, { start, end, status }]) => `${uid} ${start} ${end} ${status}`));

/** What the calendar itself says, by brute force. */
function expected(deadlines: Iterable<Deadline>, filter: Filter): readonly string[] {
  const lines = [...deadlines].flatMap(({ id, when, until, certainty, standing, holidaysUnknown }) => {
    const isDay = when.precision === 'day' || when.precision === 'minute';
    if (when.from === null || when.to === null || (!isDay && !filter.estimated)) return [];
    if (standing === 'moved-away' || standing === 'fallen') return [];
    const sure = isDay && standing === 'standing' && (certainty === 'published' || certainty === 'fixed-rule') && holidaysUnknown.length === 0;
    const status = sure ? 'CONFIRMED' : 'TENTATIVE';
    if (when.time === null) return [`${id}@upr-watch ${when.from} ${dayPlus(until ?? when.to, 1)} ${status}`];
    // Geneva is one hour ahead of UTC in winter and two in summer.
    const utc = [1, 2].map((ahead) => Date.parse(`${when.from}T${when.time}:00Z`) - ahead * 3_600_000);
    const at = utc.find((instant) => wallClock(instant, when.zone).slice(0, 16).replace('T', ' ') === `${when.from} ${when.time}`) ?? 0;
    return [`${id}@upr-watch ${new Date(at).toISOString().slice(0, 19)}Z  ${status}`];
  });
  return inOrder(lines);
}

const choices = (step: number) => {
  const number = (salt: number) => Math.abs(Math.imul((SEED % 1_000_003) + step * 7_919 + salt, 2_654_435_761) >> 8);
  return { kind: EDIT_KINDS[number(1) % EDIT_KINDS.length] ?? 'move', which: number(2) % 10_000, how: number(3) % 10_000 };
};

test('After each change of a year a subscribed programme shows what the calendar says, whether it comes each time or now and then', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'upr-watch-'));
  const store = await openSqlite({ file: join(folder, 'upr-watch.db') });
  onTestFinished(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });
  let facts = factsOf(FIRST);
  await revise(store, facts, { now: BEGINS, reason: 'the start' });
  const seen = async () => {
    const picture = (await store.calendar.picture())?.picture ?? { deadlines: new Map(), reviews: new Map() };
    return { picture, sources: new Map(), revision: (await store.calendar.latest())?.id ?? 0 };
  };
  const read = createReading({ store, facts: () => facts, seen });
  const filters: readonly Filter[] = [false, true].map((estimated) => ({ selector: EVERYTHING, certainties: null, estimated }));
  const subscribed = filters.map((filter) => ({ filter, always: aClient(), seldom: aClient(), before: new Map() as ReadonlyMap<string, Entry> }));
  let sheet = FIRST;
  let changed = 0;
  for (let step = 0; step < STEPS; step += 1) {
    const now = BEGINS + Math.floor((step * 365 * DAY) / STEPS);
    const { kind, ...choice } = choices(step);
    const edited = edit(sheet, kind, choice, now);
    if (edited !== null) {
      sheet = edited.sheet;
      facts = factsOf(sheet);
      await revise(store, facts, { now, reason: 'an edit' });
      changed += 1;
    }
    const reading = await read(now);
    for (const client of subscribed) {
      const { filter, always, seldom, before } = client;
      const events = eventsOf({ picture: reading.picture, courses: reading.courses, wanted: wantedBy(filter, facts), estimated: filter.estimated }, now);
      const feed = parsed(writeIcs({ name: 'UPR', events, made: reading.made, publicUrl: null }, aVoice({ now, facts })));
      const calendar = expected(reading.picture.deadlines.values(), filter);
      always.take(feed);
      if (step % 17 === 16) {
        seldom.take(feed);
        expect(seldom.shows()).toEqual(calendar);
      }
      expect(always.shows()).toEqual(calendar);
      for (const [uid, entry] of feed) {
        const was = before.get(uid);
        if (was === undefined) continue;
        const same = [was, entry].map(({ start, end, status }) => [start, end, status].join());
        // RFC 5546 §2.1.4: what an event means to whoever keeps the day free raises its number.
        if (same[0] !== same[1]) expect([uid, entry.sequence > was.sequence]).toEqual([uid, true]);
        else expect(entry.sequence).toBeGreaterThanOrEqual(was.sequence);
      }
      client.before = feed;
    }
  }
  expect(changed).toBeGreaterThan(STEPS / 2);
});
