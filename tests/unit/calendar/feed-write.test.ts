import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createFeedPage } from '../../../src/calendar/feed/publish.ts';
import { loadFeed, readFeed } from '../../../src/calendar/feed/read.ts';
import { writeFeed } from '../../../src/calendar/feed/write.ts';
import { loadCalendar } from '../../../src/calendar/load.ts';
import { SOURCE_CLASSES } from '../../../src/domain/calendar/certainty.ts';
import { type CalendarFacts, EVENT_KINDS } from '../../../src/domain/calendar/facts.ts';
import { DEADLINE_KINDS } from '../../../src/domain/calendar/kinds.ts';
import { overlay } from '../../../src/domain/calendar/layers.ts';
import { addDays } from '../../../src/domain/time.ts';
import { shippedFacts } from '../../support/shipped.ts';
import { aFeed } from './a-feed.ts';
import { aFolder } from './a-folder.ts';

const AT = Date.parse('2026-11-24T10:00:00Z');

/** What comes with a bot and is in no feed; nothing else. */
const bare = (facts: CalendarFacts): CalendarFacts => ({ ...facts, sources: new Map(), sessions: new Map(), councils: new Map(), holidays: new Map() });
const readOver = (base: CalendarFacts, text: string) => overlay(base, readFeed({ file: 'feed', text }).layer);

const some = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const day = fc.integer({ min: 0, max: 40_000 }).map((days) => addDays('1990-01-01', days));
const days = fc.tuple(day, day).map(([a, b]) => (a < b ? `${a}..${b}` : `${b}..${a}`));
const month = day.map((text) => text.slice(0, 7));
const date = fc.oneof(day, days, month, fc.constant('unknown'));
const time = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
const note = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 });
const sourceId = fc.constantFrom('a', 'b', 'c_1');
const sources = fc.uniqueArray(sourceId, { minLength: 1 });
const sureness = fc.constantFrom('published', 'tentative', 'voluntary');
const provenance = { certainty: sureness, source: sources, checked: some(day), known: some(day), note: some(note) };
const claim = fc.record({ date, source: sources, known: some(day), why: note });
const look = fc.record({ date: fc.oneof(day, days), source: sourceId, seen: fc.boolean(), note: some(note) });
const around = { checked: some(day), known: some(day), note: some(note), looks: some(fc.array(look, { maxLength: 2 })) };
const claims = { disagrees: some(fc.array(claim, { maxLength: 2 })), earlier: some(fc.array(claim, { maxLength: 2 })) };
const zone = some(fc.constantFrom('America/New_York', 'Africa/Nairobi', 'Europe/Zurich'));
const dateFact = fc.oneof(
  fc.record({ date: fc.constant('unknown'), source: some(sources), zone, ...around, ...claims }),
  fc.record({ date: day, time: some(time), zone, certainty: sureness, source: sources, ...around, ...claims }),
  fc.record({ date: fc.oneof(days, month), certainty: fc.constantFrom('estimated', 'tentative'), source: sources, zone, ...around, ...claims }),
);
const deadlines = some(
  fc.uniqueArray(fc.tuple(fc.constantFrom(...DEADLINE_KINDS), dateFact), { selector: ([kind]) => kind, maxLength: 3 }).map(Object.fromEntries),
);
const number = fc.integer({ min: 1, max: 60 });
const event = fc.record({
  ...{ on: fc.oneof(day, fc.constant('unknown')), what: fc.constantFrom(...EVENT_KINDS), to: some(number), council: some(number) },
  ...{ condition: some(note), symbol: some(note), ...provenance },
});
const review = fc.record({
  ...{
    state: fc.constantFrom('KEN', 'USA', 'FRA'),
    from: some(number),
    known: some(day),
    listing: some(fc.record(provenance)),
    review: some(dateFact),
    deadlines,
  },
  events: some(fc.array(event, { maxLength: 3 })),
  troika: some(fc.record({ value: fc.constant(['KEN', 'FRA']), ...provenance })),
  documents: some(fc.record({ value: fc.array(note, { maxLength: 2 }), ...provenance })),
  report: some(fc.record({ value: note, ...provenance })),
  recommendations: some(fc.record({ value: fc.nat(400), ...provenance })),
  supported: some(fc.record({ value: fc.nat(400), ...provenance })),
  note: some(note),
});
const session = fc.record({
  ...{ session: number, cycle: some(fc.integer({ min: 1, max: 9 })), checked: some(day), dates: some(dateFact), held: some(fc.record(provenance)) },
  list: some(fc.record({ order: note, ...provenance })),
  council: some(fc.record({ session: number, adopted: some(fc.boolean()), ...provenance })),
  deadlines,
  states: some(fc.uniqueArray(review, { selector: ({ state }) => state, maxLength: 3 })),
  notes: some(fc.array(note, { maxLength: 2 })),
});
const source = fc.record({ url: fc.webUrl(), name: some(note), class: fc.constantFrom(...SOURCE_CLASSES), not_before: some(day), says: note });
const feed = fc.record({
  format: fc.constant('upr-watch-calendar'),
  version: fc.constant(1),
  published: fc.constant('2026-11-24T10:00:00Z'),
  checked: day,
  sources: fc.dictionary(sourceId, source),
  sessions: fc.uniqueArray(session, { selector: (one) => one.session, maxLength: 3 }),
  councils: fc.uniqueArray(fc.record({ session: number, dates: dateFact, adoptions: some(dateFact), deadlines, note: some(note) }), {
    selector: (one) => one.session,
    maxLength: 2,
  }),
  holidays: fc.uniqueArray(
    fc.record({
      year: fc.integer({ min: 1990, max: 2100 }),
      days: fc.oneof(fc.constant('unknown'), fc.array(day, { maxLength: 3 })),
      source: sources,
      checked: some(day),
      note: some(note),
    }),
    { selector: ({ year }) => year, maxLength: 3 },
  ),
});

describe('Facts that were written as a feed', () => {
  test('are the same facts when they are read over an empty calendar', () => {
    const empty = bare(loadCalendar(aFolder()).facts);
    fc.assert(
      fc.property(feed, (document) => {
        const facts = readOver(empty, JSON.stringify(document));

        expect(readOver(empty, writeFeed(facts, AT).body)).toEqual(facts);
      }),
    );
  });

  test('are the shipped calendar when that was written', async () => {
    const shipped = await shippedFacts();
    const { body } = writeFeed(shipped, AT);
    const { layer } = loadFeed({ file: 'feed', text: body }, bare(shipped));

    expect(overlay(bare(shipped), layer)).toEqual(shipped);
    expect(Buffer.byteLength(body)).toBeLessThan(1_000_000);
  });

  test('change nothing of the calendar they were written from', async () => {
    const shipped = await shippedFacts();

    expect(overlay(shipped, loadFeed({ file: 'feed', text: writeFeed(shipped, AT).body }, shipped).layer)).toEqual(shipped);
  });

  test('are the same bytes for the same facts, in whatever order they came', async () => {
    const shipped = await shippedFacts();
    const turned = { ...shipped, sources: new Map([...shipped.sources].reverse()), sessions: new Map([...shipped.sessions].reverse()) };

    expect(writeFeed(turned, AT)).toEqual(writeFeed(shipped, AT));
    expect(writeFeed(shipped, AT + 1).etag).not.toBe(writeFeed(shipped, AT).etag);
  });

  test('keep a session that somebody named without its dates', () => {
    const base = loadCalendar(aFolder()).facts;
    const facts = readOver(base, aFeed({ sessions: [{ session: 57, notes: ['Announced.'] }] }));

    expect(readOver(bare(base), writeFeed(facts, AT).body).sessions).toEqual(facts.sessions);
  });

  test('give a claim in another zone the same instant', () => {
    const base = loadCalendar(aFolder()).facts;
    const session = base.sessions.get(50);
    if (session?.deadlines.stakeholder_submission === undefined) throw new Error('The small calendar has no deadline');
    const when = { precision: 'minute', from: '2025-04-08', to: '2025-04-08', time: '23:30', zone: 'America/New_York' } as const;
    const fact = { ...session.deadlines.stakeholder_submission, disagrees: [{ when, source: ['press'], known: null, why: 'x' }] };
    const facts = { ...base, sessions: new Map([[50, { ...session, deadlines: { stakeholder_submission: fact } }]]) };

    const read = readOver(bare(base), writeFeed(facts, AT).body).sessions.get(50)?.deadlines.stakeholder_submission;

    expect(read?.disagrees[0]?.when).toEqual({ precision: 'minute', from: '2025-04-09', to: '2025-04-09', time: '05:30', zone: 'Europe/Zurich' });
  });
});

describe('The page of a feed', () => {
  const facts = loadCalendar(aFolder()).facts;
  const page = createFeedPage(null);

  test('is JSON that anybody may read, with a validator', () => {
    const { status, headers, body } = page({ facts, published: AT }, null);

    expect(status).toBe(200);
    expect(headers).toMatchObject({ 'content-type': 'application/json; charset=utf-8', etag: writeFeed(facts, AT).etag });
    expect(body).toBe(writeFeed(facts, AT).body);
  });

  test.each([(tag: string) => tag, (tag: string) => `W/${tag}`, (tag: string) => `"x", ${tag}`, () => '*'])('is not sent again to whoever has it', (write) => {
    const { etag = '' } = page({ facts, published: AT }, null).headers;

    expect(page({ facts, published: AT }, write(etag))).toMatchObject({ status: 304, body: '', headers: { etag } });
  });

  test('is new when the facts are', () => {
    const { etag = '' } = page({ facts, published: AT }, null).headers;

    expect(page({ facts: { ...facts, sources: new Map() }, published: AT }, etag).status).toBe(200);
    expect(page({ facts, published: AT + 1 }, etag).status).toBe(200);
  });
});
