import { describe, expect, test } from 'vitest';
import { dayWhen, minuteWhen, rangeWhen, unknownWhen } from '../../../src/domain/calendar/when.ts';
import { GENEVA } from '../../../src/domain/time.ts';
import { asKnown } from '../../../src/message/as-known.ts';
import { formatNext } from '../../../src/message/format-next.ts';
import { formatSession } from '../../../src/message/format-session.ts';
import { formatState } from '../../../src/message/format-state.ts';
import { groupDeadlines } from '../../../src/message/group.ts';
import { plainLine } from '../../../src/message/plain.ts';
import { aDateFact, aDeadline, anEvent, aReview, aSession, FOURTEEN, someFacts } from '../../support/a-calendar.ts';
import { aVoice } from '../../support/a-voice.ts';

const unknown = (kind: 'national_report' | 'un_entity_contribution') =>
  aDeadline({ kind, when: unknownWhen(GENEVA), certainty: 'unknown', checked: null, source: [], basis: { by: 'nothing' } });

describe('The next dates', () => {
  const estimate = aDeadline({
    kind: 'documents_published',
    when: rangeWhen('2026-11-20', '2026-12-12', GENEVA),
    certainty: 'estimated',
    basis: { by: 'rule', rule: 'documents_published_days', anchor: 'session' },
  });
  const message = formatNext(
    {
      upcoming: groupDeadlines([estimate, aDeadline()]),
      unknown: groupDeadlines([unknown('national_report'), unknown('un_entity_contribution')]),
      more: 0,
    },
    aVoice(),
  );
  const body = message.body.map(plainLine);

  test('are one line each, in time order: date, what, certainty, time left, source, check', () => {
    expect(message.title).toBe('Kenya: next UPR dates');
    expect(body[0]).toBe(
      '• Friday, 17 July 2026, Geneva; hour not published; treat as 12:00 Geneva · stakeholder submission · published · in 7 days · ohchr.org (official), checked 5 July 2026',
    );
  });

  test('show an estimate as a range without a countdown', () => {
    expect(body[1]).toBe(
      '• between 20 November and 12 December 2026 · publication of the documents for the review · estimated from past sessions · ohchr.org (official), checked 5 July 2026',
    );
  });

  test('end with what is not published, and where it would be', () => {
    expect(body.slice(2)).toEqual(['Not published yet', '• contribution of UN entities, national report. Where to look: ohchr-cycles.example']);
  });

  test('of many States name six and count the others', () => {
    const many = formatNext({ upcoming: groupDeadlines(FOURTEEN.map((state) => aDeadline({ state }))), unknown: [], more: 0 }, aVoice());
    expect(many.body).toHaveLength(1);
    expect(many.fallbackText).toContain('AAA, BBB, CCC, DDD, EEE, FFF and 8 more');
  });

  test('say so when none is known', () => {
    expect(formatNext({ upcoming: [], unknown: [], more: 0 }, aVoice()).fallbackText).toContain('No date ahead is known.');
    expect(formatNext({ upcoming: [], unknown: [], more: 0, silent: ['iachr_hearing_request'] }, aVoice()).fallbackText).toContain(
      'request for a hearing of the Inter-American Commission on Human Rights. Where to look: iachr-sessions.example',
    );
  });

  test('say how many are not shown', () => {
    expect(formatNext({ upcoming: groupDeadlines([aDeadline()]), unknown: [], more: 3 }, aVoice()).fallbackText).toContain('3 more dates are not shown here.');
  });

  test('put the official hour before that of the reader', () => {
    const deadline = aDeadline({ when: minuteWhen('2026-07-17', '15:00', GENEVA) });
    const line = formatNext({ upcoming: groupDeadlines([deadline]), unknown: [], more: 0 }, aVoice({ zone: 'America/New_York' })).fallbackText;
    expect(line.indexOf('15:00 Geneva time')).toBeLessThan(line.indexOf('09:00 Eastern Time'));
  });

  test('name no State in the title of a discreet channel', () => {
    expect(formatNext({ upcoming: groupDeadlines([aDeadline()]), unknown: [], more: 0 }, aVoice({ discreet: true })).title).toBe('Next UPR dates');
  });
});

describe('The certainty of a computed date', () => {
  const rule = (more: Parameters<typeof aDeadline>[0]) =>
    formatNext(
      {
        upcoming: groupDeadlines([
          aDeadline({ kind: 'advance_questions', basis: { by: 'rule', rule: 'advance_questions_working_days', anchor: 'review' }, ...more }),
        ]),
        unknown: [],
        more: 0,
      },
      aVoice(),
    ).fallbackText;

  test('names the rule', () => {
    expect(rule({ certainty: 'fixed-rule' })).toContain('by rule: ten UN working days before the review ·');
  });

  test('names the anchor where the anchor is tentative', () => {
    expect(rule({ certainty: 'tentative' })).toContain('ten UN working days before the review; the date of the review is tentative');
  });

  test('of a voluntary report says that nobody is obliged', () => {
    const facts = someFacts();
    const rule = { id: 'mid_term_months', certainty: 'voluntary', source: [], checked: '2026-07-01', min: 30, max: 30 } as const;
    const report = aDeadline({ kind: 'mid_term_report', certainty: 'estimated', basis: { by: 'rule', rule: rule.id, anchor: 'adoption' } });
    const voice = aVoice({ facts: { ...facts, rules: new Map([[rule.id, rule]]) } });
    expect(formatNext({ upcoming: groupDeadlines([report]), unknown: [], more: 0 }, voice).fallbackText).toContain(
      'voluntary, with no official deadline; estimated',
    );
  });

  test('is tentative where the UN holidays are not known', () => {
    expect(rule({ certainty: 'tentative', holidaysUnknown: [2026] })).toContain('by rule: ten UN working days before the review; tentative');
  });
});

describe('Where a State stands', () => {
  const by = anEvent('rescheduled', { to: 53 });
  const left = aReview({
    state: 'USA',
    session: 50,
    stage: 'rescheduled',
    by,
    movedTo: 53,
    flags: [{ name: 'non-participation-announced', since: '2025-08-28', source: ['press'] }],
  });
  const now = aReview({ state: 'USA', session: 53, movedFrom: 50 });
  const month = aDeadline({
    kind: 'review',
    state: 'USA',
    session: 53,
    when: rangeWhen('2026-11-01', '2026-11-30', GENEVA),
    certainty: 'tentative',
    basis: { by: 'rule', rule: 'within_session', anchor: 'session' },
  });
  const passed = aDeadline({ kind: 'national_report', state: 'USA', session: 50, when: dayWhen('2025-08-04', GENEVA) });
  const fallen = aDeadline({ kind: 'addendum', state: 'USA', session: 50, when: dayWhen('2026-09-01', GENEVA), standing: 'fallen' });
  const text = formatState(
    {
      state: 'USA',
      reviews: [
        { review: left, deadlines: [passed, fallen] },
        { review: now, deadlines: [month] },
      ],
    },
    aVoice(),
  ).fallbackText;

  test('is told with the stage, since when, and by whose word', () => {
    expect(text).toContain('Review rescheduled since 7 November 2025 (press.example)');
  });

  test('shows a moved review as a session without a day, and counts nothing down', () => {
    expect(text).toContain('Session 53 of the Working Group (cycle 4), no day set');
    expect(text).toContain('November 2026 · review');
    expect(text).not.toMatch(/in \d+ (days|hours)/);
  });

  test('does not say that dates stand once the review has left the session', () => {
    expect(text).toContain('will not take part in its review (press.example).\n');
  });

  test('keeps what passed and what no longer stands apart', () => {
    expect(text).toContain('Dates passed\n• 4 August 2025 · national report');
    expect(text).toContain(
      'Dates that do not stand\n• 1 September 2026 · addendum (views of the State on the recommendations) · not expected, as the review did not take place',
    );
  });

  test('says so when a State is not listed', () => {
    expect(formatState({ state: 'USA', reviews: [] }, aVoice()).fallbackText).toContain('The United States of America is not listed');
  });
});

describe('A session', () => {
  const session = aSession(54, aDateFact(dayWhen('2027-01-18', GENEVA), { until: '2027-01-29', certainty: 'tentative' }));
  const groups = groupDeadlines([aDeadline(), aDeadline({ kind: 'review', when: dayWhen('2027-01-20', GENEVA) })]);
  const message = formatSession({ session, reviews: [aReview({ stage: 'date-confirmed' }), aReview({ state: 'FRA' })], groups }, aVoice());

  test('says its dates, how sure they are, and by whose word', () => {
    expect(plainLine(message.fields[0]?.value ?? [])).toBe(
      'Monday, 18 January 2027 to Friday, 29 January 2027, Geneva · tentative · ohchr.org (official) · checked 5 July 2026',
    );
  });

  test('has a row for each State: its day, or that no day is set, and its stage', () => {
    expect(message.table?.rows.map((row) => row.map(plainLine))).toEqual([
      ['Kenya', '20 January 2027', 'date confirmed'],
      ['France', 'no day set', 'scheduled'],
    ]);
  });

  test('lists the dates ahead', () => {
    expect(message.fallbackText).toContain('stakeholder submission · Kenya');
  });
});

describe('An answer as of an earlier day', () => {
  const answer = formatNext({ upcoming: groupDeadlines([aDeadline()]), unknown: [], more: 0 }, aVoice());

  test('says the day, and that undated knowledge counts as always known', () => {
    const told = asKnown(answer, '2026-07-01', aVoice());

    expect(told.fallbackText).toContain('As known on 1 July 2026. A date that does not say from when it was known counts as always known.');
    expect(told.body).toEqual(answer.body);
  });

  test('is the answer itself where everything that is known is used', () => {
    expect(asKnown(answer, null, aVoice())).toBe(answer);
  });
});
