import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DateFact } from '../../../src/domain/calendar/facts.ts';
import { type Layer, overlay, type SessionPatch } from '../../../src/domain/calendar/layers.ts';
import { dayWhen, minuteWhen, rangeWhen, unknownWhen } from '../../../src/domain/calendar/when.ts';
import { addDays, GENEVA } from '../../../src/domain/time.ts';
import { aDateFact, anEvent, aReviewFacts, aSession, ruledFacts } from '../../support/a-calendar.ts';

const START = aDateFact(dayWhen('2026-05-04', GENEVA));
const on = (day: string, more: Partial<DateFact> = {}) => aDateFact(dayWhen(day, GENEVA), more);
const SHIPPED = ruledFacts([
  aSession(52, START, {
    deadlines: { stakeholder_submission: on('2025-10-09', { note: 'From the table.' }), national_report: on('2026-02-02') },
    reviews: [aReviewFacts('KEN', { review: on('2026-05-05'), events: [anEvent('date-confirmed', { on: '2026-03-01' })] }), aReviewFacts('FRA')],
    notes: ['As shipped.'],
  }),
]);

function layer(...sessions: SessionPatch[]): Layer {
  return { sources: [], sessions, councils: [], holidays: [] };
}

function aSource(facts: typeof SHIPPED) {
  const [source] = facts.sources.values();
  if (source === undefined) throw new Error('the calendar has no source');
  return source;
}

const session52 = (patch: Omit<SessionPatch, 'number'>) => overlay(SHIPPED, layer({ number: 52, ...patch })).sessions.get(52);

describe('What an operator applied', () => {
  test('overrides the one fact that it gives and leaves every other as shipped', () => {
    const session = session52({ deadlines: { stakeholder_submission: on('2025-10-16', { source: ['uprinfo'] }) } });

    expect(session?.deadlines.stakeholder_submission).toMatchObject({ when: { from: '2025-10-16' }, source: ['uprinfo'] });
    expect(session?.deadlines.national_report).toEqual(SHIPPED.sessions.get(52)?.deadlines.national_report);
    expect(session?.dates).toEqual(START);
    expect(session?.reviews.map((review) => review.state)).toEqual(['KEN', 'FRA']);
  });

  test('keeps the shipped value beside its own, with its source and its note', () => {
    const session = session52({ deadlines: { stakeholder_submission: on('2025-10-16') } });

    expect(session?.deadlines.stakeholder_submission?.disagrees).toEqual([
      { when: dayWhen('2025-10-09', GENEVA), source: ['ohchr'], known: null, why: 'From the table.' },
    ]);
  });

  test('has nothing beside it when it says the same day, and looks add up', () => {
    const look = (from: string) => ({ from, to: from, source: 'ohchr', seen: false });
    const base = overlay(SHIPPED, layer({ number: 52, deadlines: { national_report: on('2026-02-02', { looks: [look('2026-02-03')] }) } }));

    const fact = overlay(base, layer({ number: 52, deadlines: { national_report: on('2026-02-02', { looks: [look('2026-02-09')] }) } })).sessions.get(52)
      ?.deadlines.national_report;

    expect([fact?.disagrees, fact?.looks.map((entry) => entry.from)]).toEqual([[], ['2026-02-03', '2026-02-09']]);
  });

  test('does not hide that two sources disagreed below', () => {
    const claim = { when: dayWhen('2025-10-12', GENEVA), source: ['press'], known: null };
    const base = ruledFacts([aSession(52, START, { deadlines: { stakeholder_submission: on('2025-10-09', { disagrees: [claim] }) } })]);
    const beside = (day: string) =>
      overlay(base, layer({ number: 52, deadlines: { stakeholder_submission: on(day) } }))
        .sessions.get(52)
        ?.deadlines.stakeholder_submission?.disagrees.map((entry) => entry.when.from);

    expect([beside('2025-10-09'), beside('2025-10-16'), beside('2025-10-12')]).toEqual([['2025-10-12'], ['2025-10-12', '2025-10-09'], ['2025-10-09']]);
  });

  test('can say that a date is not known after all', () => {
    const nothing = aDateFact(unknownWhen(GENEVA), { certainty: 'unknown', source: [] });

    const fact = session52({ deadlines: { stakeholder_submission: nothing } })?.deadlines.stakeholder_submission;

    expect([fact?.when.from, fact?.disagrees.map((entry) => entry.when.from)]).toEqual([null, ['2025-10-09']]);
  });

  test('adds its events to those shipped, and its own word on one of them drives', () => {
    const events = [anEvent('date-confirmed', { on: '2026-03-01', source: ['ohchr'], certainty: 'published' }), anEvent('held', { on: '2026-05-05' })];

    const kenya = session52({ reviews: [{ state: 'KEN', events }] })?.reviews[0];

    expect(kenya?.events.map((event) => [event.what, event.source])).toEqual([
      ['date-confirmed', ['ohchr']],
      ['held', ['press']],
    ]);
    expect(kenya?.review?.when.from).toBe('2026-05-05');
  });

  test('can list another State, and another session in the order of numbers', () => {
    const facts = overlay(SHIPPED, layer({ number: 52, reviews: [{ state: 'USA', from: 50 }] }, { number: 51, dates: on('2026-01-19') }));

    expect(facts.sessions.get(52)?.reviews.map((review) => [review.state, review.from])).toEqual([
      ['KEN', null],
      ['FRA', null],
      ['USA', 50],
    ]);
    expect([...facts.sessions.keys()]).toEqual([51, 52]);
  });

  test('brings sources, Council sessions and holidays of its own', () => {
    const council = { number: 63, dates: on('2026-09-07') };
    const holidays = [{ year: 2026, days: ['2026-05-25'], source: ['ohchr'], checked: '2026-07-01' }];
    const source = { ...aSource(SHIPPED), id: 'letter', url: 'https://letter.example' };

    const facts = overlay(SHIPPED, { sources: [source], sessions: [], councils: [council], holidays });

    expect([facts.sources.get('letter'), facts.councils.get(63)?.dates.when.from, facts.holidays.get(2026)?.days]).toEqual([
      source,
      '2026-09-07',
      ['2026-05-25'],
    ]);
    expect(facts.sources.has('ohchr')).toBe(true);
  });

  test('changes nothing of what lies below', () => {
    const before = structuredClone(SHIPPED);

    session52({ deadlines: { stakeholder_submission: on('2025-10-16') }, notes: ['New.'] });

    expect(SHIPPED).toEqual(before);
  });
});

describe('An override that the calendar below speaks against later', () => {
  const OVERRIDE = on('2025-10-16', { checked: '2026-07-05' });
  const later = (day: string, more: Partial<DateFact> = {}) => on(day, { checked: '2026-07-06', ...more });
  const over = (below: DateFact, above: DateFact) => {
    const base = ruledFacts([aSession(52, START, { deadlines: { stakeholder_submission: below } })]);
    return overlay(base, layer({ number: 52, deadlines: { stakeholder_submission: above } })).sessions.get(52)?.deadlines.stakeholder_submission;
  };
  const told = (fact: DateFact | undefined) => [fact?.when.from, fact?.disagrees.map(({ when }) => when.from), fact?.contested?.drives ?? 'not contested'];

  test('is contested, and the earlier of the two drives', () => {
    expect(told(over(later('2025-10-12'), OVERRIDE))).toEqual(['2025-10-12', ['2025-10-16'], 'below']);
    expect(told(over(later('2025-10-20'), OVERRIDE))).toEqual(['2025-10-16', ['2025-10-20'], 'above']);
  });

  test('keeps what it says, since when, and the certainty and the sources of the date that drives', () => {
    const fact = over(later('2025-10-12', { certainty: 'tentative', known: '2026-07-08' }), OVERRIDE);

    expect(fact).toMatchObject({ certainty: 'tentative', contested: { since: '2026-07-08', other: { when: { from: '2025-10-16' }, certainty: 'published' } } });
  });

  test.each([
    ['as old', later('2025-10-12', { checked: '2026-07-05' })],
    ['known before, though looked at later', later('2025-10-12', { known: '2026-06-01' })],
    ['of a lower class of source', later('2025-10-12', { source: ['press'] })],
    ['the same day', later('2025-10-16')],
    ['only less fine', later('2025-10-12', { when: rangeWhen('2025-10-01', '2025-10-31', GENEVA) })],
    ['not known', later('2025-10-12', { when: unknownWhen(GENEVA), certainty: 'unknown' })],
  ])('but not by a date that is %s', (_what, below) => {
    expect(told(over(below, OVERRIDE))[2]).toBe('not contested');
    expect(over(below, OVERRIDE)?.when.from).toBe('2025-10-16');
  });

  test('is contested by a higher class of source, and by the hour of the same day', () => {
    expect(told(over(later('2025-10-20'), { ...OVERRIDE, source: ['uprinfo'] }))[2]).toBe('above');
    expect(over(later('2025-10-16', { when: minuteWhen('2025-10-16', '15:00', GENEVA) }), OVERRIDE)?.when.time).toBe('15:00');
  });

  test('gives way to a date that can alert where it could not, though its range begins earlier', () => {
    const month = on('2025-10-01', { when: rangeWhen('2025-09-01', '2025-10-31', GENEVA), checked: '2026-07-05' });

    expect(told(over(later('2025-10-20'), month))).toEqual(['2025-10-20', ['2025-09-01'], 'below']);
  });

  test('that nothing was found gives way to what was found since, which nobody contests', () => {
    const nothing = aDateFact(unknownWhen(GENEVA), { certainty: 'unknown', source: [], checked: '2026-07-05' });

    expect(told(over(later('2025-10-12'), nothing))).toEqual(['2025-10-12', [], 'not contested']);
  });

  test('is settled by an override checked later, also one that says what stood below', () => {
    const settled = (day: string, checked: string) => told(over(later('2025-10-12'), on(day, { checked })));

    expect([settled('2025-10-16', '2026-07-06'), settled('2025-10-12', '2026-07-05')]).toEqual([
      ['2025-10-16', ['2025-10-12'], 'not contested'],
      ['2025-10-12', [], 'not contested'],
    ]);
  });

  test('is settled where it says that the other stood before', () => {
    const earlier = [{ when: dayWhen('2025-10-12', GENEVA), source: ['ohchr'], known: null }];

    expect(told(over(later('2025-10-12'), { ...OVERRIDE, earlier }))).toEqual(['2025-10-16', [], 'not contested']);
  });

  test('is contested through a layer between them, whichever date drove there', () => {
    const through = (lowest: string, middle: string, top: string) => {
      const between = over(later(lowest), on(middle, { checked: '2026-07-01' })) ?? START;
      return told(over(between, on(top, { checked: '2026-07-05' })));
    };

    expect([through('2025-10-12', '2025-10-10', '2025-10-20'), through('2025-10-12', '2025-10-14', '2025-10-11')]).toEqual([
      ['2025-10-12', ['2025-10-20', '2025-10-10'], 'below'],
      ['2025-10-11', ['2025-10-14', '2025-10-12'], 'above'],
    ]);
  });

  test('stays contested when somebody looks at the date that drives', () => {
    const contested = over(later('2025-10-12'), OVERRIDE) ?? START;

    expect(told(over(contested, { ...contested, checked: '2026-07-20' }))).toEqual(told(contested));
  });
});

describe('Any layer', () => {
  const aDay = fc.integer({ min: 0, max: 5 }).map((days) => on(addDays('2025-10-07', days), { source: ['uprinfo'] }));
  const someEvents = fc.subarray(['held', 'date-confirmed', 'absent'] as const).map((list) => list.map((what) => anEvent(what, { on: '2026-03-01' })));
  const aPatch = fc
    .record({ submission: aDay, look: fc.boolean(), review: aDay, events: someEvents, notes: fc.subarray(['As shipped.', 'New.']) })
    .map(({ submission, look, review, events, notes }): SessionPatch => {
      const looks = look ? [{ from: '2025-11-01', to: '2025-11-01', source: 'ohchr', seen: true }] : [];
      return { number: 52, deadlines: { stakeholder_submission: { ...submission, looks } }, reviews: [{ state: 'KEN', review, events }], notes };
    });

  test('applied twice is as applied once', () => {
    fc.assert(
      fc.property(aPatch, (patch) => {
        const once = overlay(SHIPPED, layer(patch));

        expect(overlay(once, layer(patch))).toEqual(once);
      }),
    );
  });

  test('over dates of any age and class: the two dates are both kept, and twice is as once', () => {
    const aFact = fc
      .record({ day: fc.integer({ min: 0, max: 3 }), checked: fc.integer({ min: 0, max: 3 }), source: fc.constantFrom('ohchr', 'uprinfo', 'press') })
      .map(({ day, checked, source }) => on(addDays('2025-10-07', day), { checked: addDays('2026-07-01', checked), source: [source] }));
    fc.assert(
      fc.property(fc.array(aFact, { minLength: 2, maxLength: 4 }), ([lowest = START, ...layers]) => {
        let facts = ruledFacts([aSession(52, START, { deadlines: { stakeholder_submission: lowest } })]);
        for (const fact of layers) {
          const given = layer({ number: 52, deadlines: { stakeholder_submission: fact } });
          const below = facts.sessions.get(52)?.deadlines.stakeholder_submission;
          facts = overlay(facts, given);
          const merged = facts.sessions.get(52)?.deadlines.stakeholder_submission;
          const days = new Set([merged, ...(merged?.disagrees ?? [])].map((value) => value?.when.from));
          expect([...days]).toEqual(expect.arrayContaining([fact.when.from, below?.when.from]));
          if (merged?.contested !== undefined) expect((merged.when.from ?? '') < (merged.contested.other.when.from ?? '')).toBe(true);
          expect(overlay(facts, given)).toEqual(facts);
        }
      }),
    );
  });

  test('of nothing changes nothing', () => {
    expect(overlay(SHIPPED, layer())).toEqual(SHIPPED);
    expect(overlay(SHIPPED, layer({ number: 52 }))).toEqual(SHIPPED);
  });
});
