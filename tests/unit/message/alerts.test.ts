import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Lead, readLead, TODAY } from '../../../src/domain/alerts/ladder.ts';
import type { Deadline } from '../../../src/domain/calendar/deadline.ts';
import type { Change } from '../../../src/domain/calendar/diff.ts';
import { dayWhen, minuteWhen, rangeWhen } from '../../../src/domain/calendar/when.ts';
import { GENEVA, HOUR } from '../../../src/domain/time.ts';
import type { LeadItem } from '../../../src/message/content.ts';
import { formatAlert } from '../../../src/message/format-alert.ts';
import type { Message } from '../../../src/message/message.ts';
import { plainLine } from '../../../src/message/plain.ts';
import { aDateFact, aDeadline, anEvent, aReview, aReviewFacts, aSession, FOURTEEN, someFacts } from '../../support/a-calendar.ts';
import { at, aVoice, ON_TIME } from '../../support/a-voice.ts';

function lead(text: string): Lead {
  return readLead(text) ?? TODAY;
}

function item(deadline: Deadline, more: Partial<LeadItem> = {}): LeadItem {
  return { deadline, review: aReview({ state: deadline.state ?? 'KEN' }), lead: lead('7d!'), ...more };
}

const leads = (items: readonly LeadItem[], voice = aVoice(), marks = ON_TIME) => formatAlert({ type: 'leads', items }, marks, voice);
const changes = (list: readonly Change[], voice = aVoice()) => formatAlert({ type: 'changes', changes: list }, ON_TIME, voice);
const bodyOf = (message: Message) => message.body.map(plainLine);

describe('A lead of one State', () => {
  const message = leads([item(aDeadline())]);

  test('says who, what and when in its title', () => {
    expect(message.title).toBe('Kenya: stakeholder submission due in 7 days');
  });

  test('begins with the official date', () => {
    expect(bodyOf(message)[0]).toBe('Friday, 17 July 2026, Geneva; hour not published; treat as 12:00 Geneva');
  });

  test('names its certainty, its source and the day it was checked', () => {
    expect(message.fallbackText).toContain('Certainty: published');
    expect(plainLine(message.footer)).toBe('Source: ohchr.org (official); checked 5 July 2026');
  });

  test('says "today" with the place where the day is counted', () => {
    expect(leads([item(aDeadline(), { lead: TODAY })], aVoice({ now: at('2026-07-17') })).title).toBe('Kenya: stakeholder submission due today (Geneva)');
  });

  test('is worded by the official date when it is sent one day early', () => {
    expect(leads([item(aDeadline(), { lead: TODAY })], aVoice({ now: at('2026-07-16', '22:00') })).title).toContain('due tomorrow (Geneva)');
  });

  test('says that a date checked long ago may no longer stand', () => {
    expect(plainLine(leads([item(aDeadline({ checked: '2026-05-01' }))]).footer)).toContain('status unknown since 1 May 2026');
    expect(plainLine(leads([item(aDeadline({ checked: '2026-07-02' }))]).footer)).toContain('status unknown since 2 July 2026');
  });

  test('names a source without an address, and counts sources past three', () => {
    const { sources } = someFacts();
    const more = new Map([
      ...sources,
      ['fourth', { id: 'fourth', url: 'https://fourth.example', name: null, notBefore: null, says: '', class: 'media' as const }],
    ]);
    const voice = aVoice({ facts: { ...someFacts(), sources: more } });
    const footer = plainLine(leads([item(aDeadline({ source: ['printed', 'ohchr', 'uprinfo', 'fourth'] }))], voice).footer);
    expect(footer).toBe('Sources: A printed circular (another organisation), ohchr.org (official), upr-info.org (UPR Info) and 1 more; checked 5 July 2026');
  });

  test('shows the value that another source gives', () => {
    const claim = { when: dayWhen('2026-07-22', GENEVA), source: ['press'], known: null };
    expect(leads([item(aDeadline({ disagrees: [claim] }))]).fallbackText).toContain('Another source gives 22 July 2026 (press.example).');
  });

  test('says that a State announced not to take part and that the dates for civil society stand', () => {
    const flags = [{ name: 'non-participation-announced', since: '2025-08-28', source: ['press'] }] as const;
    const text = leads([item(aDeadline({ state: 'USA' }), { review: aReview({ state: 'USA', flags }) })]).fallbackText;
    expect(text).toContain(
      'The United States of America announced on 28 August 2025 that it will not take part in its review (press.example). The dates for civil society stand.',
    );
  });

  test('of the circulation of the recommendations says by which rule', () => {
    const deadline = aDeadline({
      kind: 'recommendations_circulated',
      basis: { by: 'rule', rule: 'recommendations_circulated_hours', anchor: 'review' },
      certainty: 'fixed-rule',
    });
    expect(leads([item(deadline, { lead: TODAY })]).fallbackText).toContain(
      'By rule, the recommendations made in the review are circulated within 48 hours of the review.',
    );
  });
});

describe('Leads of many States', () => {
  const message = leads(FOURTEEN.map((state) => item(aDeadline({ state }))));

  test('with the same date are one line', () => {
    expect(message.title).toBe('14 States, session 54: stakeholder submission due in 7 days');
    expect(message.body).toHaveLength(1);
  });

  test('list every State once', () => {
    expect(plainLine(message.fields.find((field) => field.name === 'States')?.value ?? [])).toBe(
      'AAA, BBB, CCC, DDD, EEE, FFF, France, GGG, HHH, III, JJJ, Kenya, KKK and Peru',
    );
  });

  test('with different dates are different lines, the first date in the title', () => {
    const two = leads([item(aDeadline({ state: 'FRA', when: dayWhen('2026-07-24', GENEVA) })), item(aDeadline())]);
    expect(two.title).toBe('2 States, session 54: 2 dates, the first in 7 days');
    expect(bodyOf(two)[0]).toContain('Kenya');
  });

  test('say a deadline that is due at two leads once', () => {
    expect(leads([item(aDeadline(), { lead: lead('14d!') }), item(aDeadline())]).body).toHaveLength(1);
  });
});

describe('A date of a Council session', () => {
  test('says the session, how long is left to the minute, and the States concerned', () => {
    const deadline = aDeadline({
      kind: 'ngo_speakers_list_open',
      session: null,
      council: 64,
      state: null,
      concerns: ['KEN', 'FRA'],
      when: minuteWhen('2026-07-10', '09:10', GENEVA),
    });
    const message = leads([item(deadline, { review: null, lead: lead('10min!') })]);
    expect(message.title).toBe('Human Rights Council, session 64: list of speakers for NGOs opens in 10 minutes');
    expect(message.fallbackText).toContain('States concerned: France and Kenya');
  });
});

describe('A discreet channel', () => {
  const discreet = aVoice({ discreet: true });

  test('sees no State in the title, nor in the first line of the plain text', () => {
    const message = leads([item(aDeadline())], discreet);
    expect(message.title).toBe('A UPR date in 7 days');
    expect(message.fallbackText.split('\n').slice(0, 2)).toEqual(['A UPR date in 7 days', 'Kenya: stakeholder submission due']);
  });

  test('is told of changes under a neutral title', () => {
    const message = changes([{ about: 'review', what: 'event', review: aReview(), event: anEvent('absent') }], discreet);
    expect(message.title).toBe('A change in the UPR calendar');
    expect(bodyOf(message)[0]).toBe('Kenya');
  });
});

describe('A check', () => {
  const due = aDeadline({
    kind: 'national_report',
    state: 'USA',
    session: 50,
    when: dayWhen('2025-08-04', GENEVA),
    looks: [
      { from: '2025-08-01', to: '2025-08-02', source: 'ohchr', seen: false },
      { from: '2025-08-05', to: '2025-08-24', source: 'press', seen: false },
    ],
  });
  const message = leads([item(due, { lead: lead('+14d?') })], aVoice({ now: at('2025-08-25') }));

  test('says what was looked for, when and where, and that it can still come', () => {
    expect(message.title).toBe('United States of America: national report not seen');
    expect(bodyOf(message)).toEqual([
      'The national report of the United States of America was due on Monday, 4 August 2025 (Geneva). It had not been seen in a look made between 5 and 24 August 2025 (press.example). A report can still come later.',
    ]);
  });

  test('of a look on one day names the day', () => {
    const oneDay = { ...due, looks: [{ from: '2025-08-06', to: '2025-08-06', source: 'press', seen: false }] };
    expect(bodyOf(leads([item(oneDay, { lead: lead('+1d?') })]))[0]).toContain('in a look made on 6 August 2025 (press.example)');
  });

  test('does not mention a role', () => {
    const voice = aVoice({ mentionRole: '42' });
    expect(
      leads([item(due, { lead: lead('+14d?') })], voice)
        .body.flat()
        .some((inline) => inline.type === 'role'),
    ).toBe(false);
  });
});

describe('Marks', () => {
  const voice = aVoice({ mentionRole: '42' });
  const roles = (message: Message) => message.body.flat().filter((inline) => inline.type === 'role');

  test('an alert on time mentions the role of the channel', () => {
    expect(roles(leads([item(aDeadline())], voice))).toEqual([{ type: 'role', id: '42', text: '@role' }]);
  });

  test('a late alert says how late it is and mentions nobody', () => {
    const message = leads([item(aDeadline())], voice, { mayBeRepeat: false, late: 3 * HOUR });
    expect(bodyOf(message)).toContain('Sent 3 hours late.');
    expect(roles(message)).toEqual([]);
  });

  test('what was due is not called due once it passed', () => {
    expect(leads([item(aDeadline())], aVoice({ now: at('2026-07-17') })).title).toBe('Kenya: stakeholder submission due today (Geneva)');
    expect(leads([item(aDeadline())], aVoice({ now: at('2026-07-18') })).title).toBe('Kenya: stakeholder submission passed');
  });

  test('a possible repeat says so', () => {
    expect(bodyOf(leads([item(aDeadline())], voice, { mayBeRepeat: true, late: null }))).toContain('This may be a repeat.');
  });
});

describe('A moved date', () => {
  const moved = (state: string): Change => ({
    about: 'date',
    what: 'moved',
    before: aDeadline({ state, when: dayWhen('2026-07-10', GENEVA) }),
    after: aDeadline({ state }),
  });

  test('is told from old to new with its source', () => {
    const message = changes([moved('KEN')], aVoice({ now: at('2026-06-08') }));
    expect(message.title).toBe('Kenya: stakeholder submission moved to 17 July 2026');
    expect(bodyOf(message)).toEqual([
      'Kenya: stakeholder submission moved from 10 July 2026 to Friday, 17 July 2026, Geneva; hour not published; treat as 12:00 Geneva.',
      '• certainty: published · in 39 days · ohchr.org',
    ]);
  });

  test('of fourteen States is one change', () => {
    const message = changes(FOURTEEN.map(moved));
    expect(message.title).toBe('14 States, session 54: stakeholder submission moved to 17 July 2026');
    expect(message.fallbackText.match(/moved from/g)).toHaveLength(1);
  });

  test('to a month is not said to be gone', () => {
    const before = aDeadline({ when: dayWhen('2026-07-10', GENEVA) });
    const after = aDeadline({ when: rangeWhen('2026-10-01', '2026-10-31', GENEVA), certainty: 'tentative' });
    const message = changes([{ about: 'date', what: 'withdrawn', before, after }]);

    expect(message.title).toBe('Kenya: stakeholder submission expected October 2026, day not set');
    expect(bodyOf(message)).toEqual([
      'Kenya: stakeholder submission is expected October 2026 now; its day is not set. It was 10 July 2026.',
      '• certainty: tentative · ohchr.org',
    ]);
    expect(changes([{ about: 'date', what: 'withdrawn', before, after: null }]).title).toBe('Kenya: stakeholder submission no longer has a date');
  });

  test('that is already past is said as passed', () => {
    expect(changes([moved('KEN')], aVoice({ now: at('2026-08-01') })).fallbackText).toContain('passed');
  });
});

describe('An absence', () => {
  const facts = someFacts([aSession(53, aDateFact(rangeWhen('2026-11-01', '2026-11-30', GENEVA)), { reviews: [aReviewFacts('USA', { from: 50 })] })]);
  const review = aReview({ state: 'USA', session: 50, stage: 'rescheduled' });
  const events = [anEvent('absent'), anEvent('rescheduled', { to: 53, condition: 'an earlier date is possible if the State resumes its cooperation' })];
  const message = changes(
    events.map((event) => ({ about: 'review', what: 'event', review, event })),
    aVoice({ now: at('2025-11-08'), facts }),
  );

  test('and the new session are one title', () => {
    expect(message.title).toBe('United States of America: not present at its review; review put to session 53');
  });

  test('is told in neutral words, with the condition, and no day is made up', () => {
    const text = message.fallbackText;
    expect(text).toContain('The United States of America was not present at its review on 7 November 2025 (press.example).');
    expect(text).toContain('put on 7 November 2025 to session 53; no day is set (press.example).');
    expect(text).toContain('Condition: an earlier date is possible if the State resumes its cooperation.');
  });

  test('says what no longer comes, what stakeholders can still do, and what is open', () => {
    expect(message.fallbackText).toMatch(/are not expected from this session[\s\S]*What stakeholders can still do[\s\S]*Not known yet/);
  });
});

describe('A catch-up', () => {
  test('counts what is ahead and what passed, and lists both', () => {
    const content = {
      type: 'catch-up',
      ahead: [item(aDeadline()), item(aDeadline({ kind: 'national_report' })), item(aDeadline({ state: 'FRA' }))],
      passed: [item(aDeadline({ state: 'PER', when: dayWhen('2026-07-08', GENEVA) }))],
    } as const;
    const message = formatAlert(content, ON_TIME, aVoice());
    expect(message.title).toBe('Catching up: 2 dates ahead, 1 passed');
    expect(bodyOf(message)).toContain('• 8 July 2026 · stakeholder submission · Peru');
    expect(bodyOf(message).join('\n')).toMatch(/Still ahead[\s\S]*France and Kenya[\s\S]*Passed meanwhile[\s\S]*Peru/);
  });
});

describe('Free text', () => {
  const hostile = fc
    .array(fc.constantFrom('<b>', '{x}', "'", '\u202e', '\u0007', '@everyone', '<@&1>', '[a](http://x)', '*', '\n', '{', '#'))
    .map((parts) => parts.join(''));

  test('never becomes another kind of inline', () => {
    const tame = anEvent('rescheduled', { to: 53, condition: 'calm', symbol: 'calm' });
    const shapes = (event: typeof tame) =>
      changes([{ about: 'review', what: 'event', review: aReview(), event }]).body.map((line) => line.map((inline) => inline.type));
    fc.assert(
      fc.property(hostile, (text) => {
        expect(shapes({ ...tame, condition: text, symbol: text })).toEqual(shapes(tame));
      }),
    );
  });
});

describe('The plain text', () => {
  test('holds every text of the message, in its order', () => {
    fc.assert(
      fc.property(fc.subarray(FOURTEEN, { minLength: 1 }), fc.constantFrom('7d!', '1d!', '+1d?'), fc.boolean(), (states, key, discreet) => {
        const message = leads(
          states.map((state) => item(aDeadline({ state }), { lead: lead(key) })),
          aVoice({ discreet }),
        );
        const fields = message.fields.flatMap((field) => [field.name, plainLine(field.value)]);
        let from = 0;
        for (const text of [message.title, ...bodyOf(message), ...fields, plainLine(message.footer)]) {
          from = message.fallbackText.indexOf(text, from);
          expect(from).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });
});
