import { describe, expect, test } from 'vitest';
import { asOf, knownDays } from '../../../src/domain/calendar/as-of.ts';
import { derivePicture } from '../../../src/domain/calendar/derive.ts';
import { shippedFacts } from '../../support/shipped.ts';

const facts = await shippedFacts();

/** The review of the United States in session 50, as it was known at the end of a day. */
function usaOn(day: string) {
  const known = asOf(facts, day);
  const { reviews } = derivePicture(known);
  const review = reviews.get('50-USA');
  return {
    stage: review?.stage,
    flags: review?.flags.map((flag) => flag.name) ?? [],
    events: review?.events.map((event) => event.what) ?? [],
    in53: reviews.has('53-USA'),
    movedTo: review?.movedTo,
    note: known.sessions.get(50)?.reviews.find((entry) => entry.state === 'USA')?.review?.note,
  };
}

describe('Of the review of the United States', () => {
  test('nobody knew on 1 July 2025 that it would not take place', () => {
    const known = usaOn('2025-07-01');

    expect(known).toMatchObject({ stage: 'scheduled', events: [], in53: false, movedTo: null });
    expect(known.flags).not.toContain('non-participation-announced');
    expect(known.flags).not.toContain('national-report-overdue');
    expect(known.flags).not.toContain('state-absent');
  });

  test('no note written later is shown on that day', () => {
    expect(usaOn('2025-07-01').note).toBeUndefined();
    expect(JSON.stringify([...asOf(facts, '2025-07-01').sessions.values()].map((session) => session.notes))).not.toContain('13 reviewed');
  });

  test('the announcement and the missing report were known on 28 August 2025, the absence was not', () => {
    const known = usaOn('2025-08-28');

    expect(known).toMatchObject({ stage: 'scheduled', events: ['non-participation-announced', 'documents-published'], in53: false });
    expect(known.flags).toEqual(expect.arrayContaining(['national-report-overdue', 'non-participation-announced', 'documents-partial']));
  });

  test('nothing was known of the announcement the day before it', () => {
    expect(usaOn('2025-08-27').flags).not.toContain('non-participation-announced');
  });

  test('the absence, the decision and session 53 were known on 7 November 2025', () => {
    const known = usaOn('2025-11-07');

    expect(known).toMatchObject({ stage: 'rescheduled', in53: true, movedTo: 53 });
    expect(known.events.slice(-3)).toEqual(['absent', 'non-cooperation-decision', 'rescheduled']);
    expect(usaOn('2025-11-06')).toMatchObject({ stage: 'scheduled', in53: false });
  });

  test('its day was ahead of it for all stakeholders while only the announcement was known', () => {
    const { deadlines } = derivePicture(asOf(facts, '2025-08-28'));

    const usa = [...deadlines.values()].filter((deadline) => deadline.session === 50 && deadline.state === 'USA');
    expect(new Set(usa.map((deadline) => deadline.standing))).toEqual(new Set(['standing']));
  });

  test('the other States were not reviewed before their session', () => {
    const { reviews } = derivePicture(asOf(facts, '2025-11-03'));

    expect([reviews.get('50-BLR')?.stage, reviews.get('50-MNG')?.stage]).toEqual(['held', 'scheduled']);
  });
});

describe('The days on which something became known', () => {
  const days = knownDays(facts);

  test('are in order, each once', () => {
    expect(days).toEqual([...new Set(days)].sort());
  });

  test('hold those of the United States', () => {
    expect(days).toEqual(expect.arrayContaining(['2025-08-28', '2025-11-07']));
  });

  test('are all the days on which the picture changes', () => {
    // A page may be younger than what it tells, so sources are left out.
    const text = (day: string) => JSON.stringify([...derivePicture(asOf(facts, day)).reviews], (key, value) => (key === 'source' ? undefined : value));
    const between = ['2025-08-29', '2025-08-30', '2025-11-08', '2025-11-09'].filter((day) => !days.includes(day));

    expect(between.length).toBeGreaterThan(0);
    for (const day of between) {
      const before = days.findLast((known) => known < day) ?? '';
      expect([day, text(day) === text(before)]).toEqual([day, true]);
    }
  });
});
