import { describe, expect, test } from 'vitest';
import { asOf } from '../../../src/domain/calendar/as-of.ts';
import { avenueDates, avenuesOf, fitOf } from '../../../src/domain/calendar/avenues.ts';
import { derivePicture } from '../../../src/domain/calendar/derive.ts';
import type { Avenue, CalendarFacts } from '../../../src/domain/calendar/facts.ts';
import { minuteWhen } from '../../../src/domain/calendar/when.ts';
import { aDateFact, someFacts } from '../../support/a-calendar.ts';
import { at } from '../../support/a-voice.ts';
import { shippedFacts } from '../../support/shipped.ts';

const NOW = at('2026-11-24');
const shipped = await shippedFacts();
const HEARINGS: Avenue = {
  id: 'iachr-hearings',
  kind: 'iachr_hearing_request',
  applies: { group: 'oas', members: ['PER', 'USA'], unclear: ['FRA'] },
  place: 'iachr_sessions',
  source: ['ohchr'],
  checked: '2026-11-24',
  dates: {
    '198': aDateFact(minuteWhen('2026-12-20', '23:59', 'America/New_York'), { known: '2026-11-20' }),
    '199': aDateFact(minuteWhen('2027-04-20', '23:59', 'America/New_York')),
  },
};
const FACTS: CalendarFacts = { ...someFacts(), avenues: new Map([[HEARINGS.id, HEARINGS]]) };
const nextOf = (facts: CalendarFacts, state: string, now = NOW) =>
  avenuesOf(facts, state, avenueDates(derivePicture(facts).deadlines.values(), now)).map(({ fit, next }) => [fit, next?.id ?? null]);

describe('An avenue applies', () => {
  test('to members, perhaps where sources differ or nobody wrote it down, and to nobody else', () => {
    expect(['USA', 'FRA', 'KEN'].map((state) => fitOf(HEARINGS, state))).toEqual(['yes', 'perhaps', 'no']);
    expect(fitOf({ applies: { group: 'CCPR', members: null, unclear: [] } }, 'KEN')).toBe('perhaps');
    expect(fitOf({ applies: 'all' }, 'KEN')).toBe('yes');
  });

  test.each([
    ['USA', 'yes'],
    ['NIC', 'perhaps'],
    ['MMR', undefined],
  ])('as shipped, the Inter-American Commission to %s: %s', (state, fit) => {
    expect(avenuesOf(shipped, state, []).find(({ avenue }) => avenue.kind === 'iachr_hearing_request')?.fit).toBe(fit);
  });
});

describe('Its next date', () => {
  test('is the nearest ahead; null when none is known', () => {
    expect(nextOf(FACTS, 'USA')).toEqual([['yes', 'iachr-hearings-198']]);
    expect(nextOf(FACTS, 'USA', at('2027-01-02'))).toEqual([['yes', 'iachr-hearings-199']]);
    expect(nextOf(FACTS, 'USA', at('2027-05-02'))).toEqual([['yes', null]]);
  });

  test('was not there before it was known', () => {
    expect(nextOf(asOf(FACTS, '2026-11-01'), 'USA', at('2026-11-01'))).toEqual([['yes', 'iachr-hearings-199']]);
  });

  test('is a deadline of no session, about the States it may be of use to, in the zone of its body', () => {
    expect(derivePicture(FACTS).deadlines.get('iachr-hearings-198')).toMatchObject({
      session: null,
      council: null,
      state: null,
      concerns: ['FRA', 'PER', 'USA'],
      when: { zone: 'America/New_York' },
    });
  });
});
