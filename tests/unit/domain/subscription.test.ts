import { describe, expect, test } from 'vitest';
import { EVERYTHING, type Selector, selectedStates, wantsDate } from '../../../src/domain/alerts/subscription.ts';
import { DEADLINE_KINDS, kindFacts } from '../../../src/domain/calendar/kinds.ts';
import { shippedFacts } from '../../support/shipped.ts';

const { states } = await shippedFacts();
const wishing = (more: Partial<Selector>): Selector => ({ ...EVERYTHING, ...more });
const submission = { kind: 'stakeholder_submission', session: 54 } as const;
const statement = { kind: 'hrc_written_statement', session: null } as const;

describe('The States of a subscription', () => {
  test('are all when it names none', () => {
    expect(selectedStates(EVERYTHING, states)).toBeNull();
    expect(selectedStates(wishing({ sessions: [54] }), states)).toBeNull();
  });

  test('are those it names, with those of its regions, each once', () => {
    const found = selectedStates(wishing({ states: ['USA', 'KEN'], regions: ['African'] }), states) ?? [];

    expect(found).toContain('USA');
    expect(found).toContain('UGA');
    expect(found).not.toContain('FRA');
    expect(found.filter((code) => code === 'KEN')).toHaveLength(1);
    expect(found).toHaveLength(55);
  });

  test('are none, not all, when it names an empty list or a region without States', () => {
    expect([selectedStates(wishing({ states: [] }), states), selectedStates(wishing({ regions: ['Atlantis'] }), states)]).toEqual([[], []]);
  });
});

describe('A subscription wants a date', () => {
  test('of every kind of the review when it asks for everything, and of no other body', () => {
    const wanted = DEADLINE_KINDS.filter((kind) => wantsDate(EVERYTHING, { kind, session: 54 }));

    expect(DEADLINE_KINDS.filter((kind) => !wanted.includes(kind)).map((kind) => kindFacts(kind).phase)).toEqual(['related', 'related', 'related']);
  });

  test('of another body when it names that kind', () => {
    expect(wantsDate(wishing({ kinds: ['iachr_hearing_request'] }), { kind: 'iachr_hearing_request', session: null })).toBe(true);
  });

  test('of a kind it names, and no other', () => {
    expect([wantsDate(wishing({ kinds: ['stakeholder_submission'] }), submission), wantsDate(wishing({ kinds: ['review'] }), submission)]).toEqual([
      true,
      false,
    ]);
  });

  test('of a session it names; a date of a Council session belongs to none', () => {
    const wish = wishing({ sessions: [54] });

    expect([wantsDate(wish, submission), wantsDate(wish, { ...submission, session: 53 }), wantsDate(wish, statement)]).toEqual([true, false, false]);
    expect(wantsDate(EVERYTHING, statement)).toBe(true);
  });

  test('for its audience, and dates for everyone', () => {
    const nhri = wishing({ audiences: ['nhri'] });

    expect([wantsDate(nhri, submission), wantsDate(nhri, { kind: 'review', session: 54 }), wantsDate(nhri, statement)]).toEqual([true, true, false]);
  });

  test('only when every wish holds', () => {
    const wish = wishing({ kinds: ['stakeholder_submission'], sessions: [54], audiences: ['civil-society'] });

    expect([
      wantsDate(wish, submission),
      wantsDate({ ...wish, sessions: [53] }, submission),
      wantsDate({ ...wish, audiences: ['mission'] }, submission),
    ]).toEqual([true, false, false]);
  });
});
