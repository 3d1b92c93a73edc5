import { describe, expect, test } from 'vitest';
import { readLead, TODAY } from '../../../src/domain/alerts/ladder.ts';
import type { LookUp } from '../../../src/domain/alerts/look-ups.ts';
import { CERTAINTIES, SOURCE_CLASSES } from '../../../src/domain/calendar/certainty.ts';
import type { Anchor, Standing } from '../../../src/domain/calendar/deadline.ts';
import type { Change, DateChangeKind } from '../../../src/domain/calendar/diff.ts';
import { EVENT_KINDS } from '../../../src/domain/calendar/facts.ts';
import { DEADLINE_KINDS, kindFacts } from '../../../src/domain/calendar/kinds.ts';
import type { FlagName, Stage } from '../../../src/domain/calendar/review.ts';
import { dayWhen, rangeWhen, unknownWhen } from '../../../src/domain/calendar/when.ts';
import { GENEVA } from '../../../src/domain/time.ts';
import type { AlertContent, Notice, PausedNotice, UnsayableNotice, Voice } from '../../../src/message/content.ts';
import { formatAlert } from '../../../src/message/format-alert.ts';
import { formatNext } from '../../../src/message/format-next.ts';
import { formatSession } from '../../../src/message/format-session.ts';
import { formatState } from '../../../src/message/format-state.ts';
import { groupDeadlines } from '../../../src/message/group.ts';
import type { Message } from '../../../src/message/message.ts';
import { aDateFact, aDeadline, anEvent, aReview, aSession } from '../../support/a-calendar.ts';
import { at, aVoice, ENGLISH, ON_TIME } from '../../support/a-voice.ts';

const STAGES: Record<Stage, true> = {
  planned: true,
  scheduled: true,
  'date-confirmed': true,
  held: true,
  'wg-report-adopted': true,
  'awaiting-responses': true,
  'adoption-scheduled': true,
  'adoption-postponed': true,
  'outcome-adopted': true,
  postponed: true,
  rescheduled: true,
  'not-held-state-absent': true,
};
const FLAGS: Record<FlagName, true> = {
  'national-report-overdue': true,
  'non-participation-announced': true,
  'postponement-requested': true,
  'state-absent': true,
  'non-cooperation-decision': true,
  'president-reporting': true,
  'documents-partial': true,
  'responses-missing': true,
  'state-absent-at-adoption': true,
  'contributions-suspended': true,
  'session-wide-shift': true,
  'conflicting-sources': true,
};
const CHANGES: Record<DateChangeKind, true> = {
  announced: true,
  moved: true,
  withdrawn: true,
  surer: true,
  doubtful: true,
  'conflict-opened': true,
  'conflict-settled': true,
  'conflict-changed': true,
  standing: true,
  'range-moved': true,
  'estimate-moved': true,
  'source-changed': true,
  listed: true,
  dropped: true,
};
const STANDINGS: Record<Standing, true> = { standing: true, suspended: true, 'moved-away': true, fallen: true };
const ANCHORS: Record<Anchor, true> = { session: true, review: true, presession: true, council: true, adoption: true };
const keysOf = <K extends string>(all: Record<K, unknown>) => Object.keys(all) as K[];
const PLACE = { platform: 'discord', channel: 'upr-dates' };
const LOOK_UP: LookUp = { ...aDeadline(), place: 'upr_main', awaited: false };
const NOTICES: Record<Notice['about'], readonly Notice[]> = {
  paused: keysOf<PausedNotice['reason']>({ forbidden: true, 'channel-gone': true, 'installation-gone': true }).flatMap((reason) =>
    [[], ['SEND_MESSAGES'], ['VIEW_CHANNEL', 'SEND_MESSAGES']].map((missing, unsaid) => ({ ...PLACE, about: 'paused', reason, missing, unsaid })),
  ),
  token: ['discord', 'slack', 'console', 'irc'].map((platform) => ({ about: 'token', platform, lane: platform })),
  contested: (['session', 'national_report'] as const).flatMap((kind) =>
    [null, 'KEN'].flatMap((state) =>
      [54, null].map((session) => ({
        ...{ about: 'contested', kind, state: session === null ? null : state, session, council: session === null ? 64 : null },
        above: { when: dayWhen('2026-07-17', GENEVA), source: ['ohchr'] },
        below: { when: rangeWhen('2026-07-01', '2026-07-31', GENEVA), source: ['ohchr', 'press'] },
        ...{ since: '2026-07-06', drives: 'above' },
      })),
    ),
  ),
  unsayable: keysOf<UnsayableNotice['why']>({ rejected: true, format: true }).flatMap((why) =>
    [0, 1, 2].map((unsaid) => ({ ...PLACE, about: 'unsayable', why, unsaid })),
  ),
  feed: ['was answered with status 503', null].map((reason) => ({ about: 'feed', host: 'upr.example', reason, since: at('2026-07-01') })),
  stale: [0, 7].map((more) => ({
    about: 'stale',
    items: [LOOK_UP, { ...LOOK_UP, id: 'hrc65', kind: 'session', session: null, council: 65, state: null, awaited: more === 0 }],
    more,
  })),
};

const VOICES: readonly Voice[] = [aVoice(), aVoice({ discreet: true, zone: 'Asia/Tokyo', mentionRole: '9' })];

/** A message that a person can be shown: every text filled in, nothing of the machinery, nobody blamed. */
function expectReadable(message: Message): void {
  const all = JSON.stringify(message);
  expect(message.title).not.toBe('');
  for (const text of [message.title, message.fallbackText]) {
    expect(text).not.toMatch(/undefined|null|NaN|\[object|[{}<>]|refus| {2}/i);
    expect(text).not.toMatch(/\(\)| ,| \.(\s|$)/);
  }
  expect(all).not.toMatch(/refus/i);
  expect(message.fallbackText.split('\n')[0]).toBe(message.title);
}

function expectAlert(content: AlertContent): void {
  for (const voice of VOICES) expectReadable(formatAlert(content, ON_TIME, voice));
}

describe('Every kind of deadline', () => {
  test.each(DEADLINE_KINDS)('%s has words for a lead, a check, a list and a change', (kind) => {
    const council = kindFacts(kind).council;
    const deadline = aDeadline({ kind, ...(council ? { session: null, council: 64, state: null, concerns: ['KEN', 'FRA'] } : {}) });
    for (const text of ['7d!', '+14d?']) {
      const lead = readLead(text) ?? TODAY;
      expectAlert({ type: 'leads', items: [{ deadline, review: null, lead }] });
      expectAlert({ type: 'catch-up', ahead: [{ deadline, review: null, lead }], passed: [{ deadline, review: null, lead }] });
    }
    expectAlert({
      type: 'changes',
      changes: [{ about: 'date', what: 'moved', before: aDeadline({ kind, when: dayWhen('2026-07-10', GENEVA) }), after: deadline }],
    });
    const groups = groupDeadlines([deadline, { ...deadline, id: 'u', when: unknownWhen(GENEVA), certainty: 'unknown', checked: null, source: [] }]);
    for (const voice of VOICES) expectReadable(formatNext({ upcoming: groups, unknown: groups, more: 1 }, voice));
  });
});

describe('Every event of a review', () => {
  const forms = [
    {},
    { on: null },
    { to: 55, council: 65, condition: 'an earlier date is possible', symbol: 'A/HRC/OM/1' },
    { certainty: 'tentative' as const, source: [] },
  ];

  test.each(EVENT_KINDS)('%s is a sentence, dated or not, with all or none of its details', (what) => {
    for (const form of forms) {
      for (const become of ['event', 'taken-back'] as const)
        expectAlert({ type: 'changes', changes: [{ about: 'review', what: become, review: aReview(), event: anEvent(what, form) }] });
    }
  });

  test.each(EVENT_KINDS)('%s names its source', (what) => {
    const message = formatAlert({ type: 'changes', changes: [{ about: 'review', what: 'event', review: aReview(), event: anEvent(what) }] }, ON_TIME, aVoice());
    expect(message.fallbackText).toContain('press.example');
  });
});

describe('Every change of a date', () => {
  test.each(keysOf(CHANGES))('%s is a sentence for a day, a month and nothing', (what) => {
    const dates = [aDeadline(), aDeadline({ when: rangeWhen('2026-11-01', '2026-11-30', GENEVA), certainty: 'estimated' }), null];
    for (const before of dates) {
      for (const after of dates) {
        if (before === null && after === null) continue;
        if (after === null && (what === 'conflict-opened' || what === 'conflict-changed')) continue;
        const claim = { when: dayWhen('2026-07-22', GENEVA), source: ['press'], known: null };
        const change: Change = { about: 'date', what, before, after: after === null ? null : { ...after, disagrees: [claim] } };
        expectAlert({ type: 'changes', changes: [change] });
      }
    }
  });
});

describe('Every stage, flag, certainty, standing and anchor', () => {
  test.each(keysOf(STAGES))('stage %s with every flag is told for a State and a session', (stage) => {
    for (const since of ['2025-08-28', null]) {
      const flags = keysOf(FLAGS).map((name) => ({ name, since, source: ['press'] }));
      for (const by of [null, anEvent('held'), anEvent('held', { on: null })]) {
        const review = aReview({ stage, flags, by, movedFrom: 50, movedTo: 55 });
        const session = aSession(54, aDateFact(rangeWhen('2027-01-01', '2027-02-28', GENEVA)));
        for (const voice of VOICES) {
          expectReadable(formatState({ state: 'KEN', reviews: [{ review, deadlines: [aDeadline()] }] }, voice));
          expectReadable(formatSession({ session, reviews: [review], groups: groupDeadlines([aDeadline()]) }, voice));
        }
      }
    }
  });

  test.each(CERTAINTIES)('certainty %s has words, whether read or computed, standing or not', (certainty) => {
    for (const standing of keysOf(STANDINGS)) {
      for (const rule of [null, 'within_session', 'advance_questions_working_days', 'council_offset']) {
        for (const anchor of keysOf(ANCHORS)) {
          const deadline = aDeadline({ certainty, standing, basis: rule === null ? { by: 'fact' } : { by: 'rule', rule, anchor } });
          for (const voice of VOICES) expectReadable(formatState({ state: 'KEN', reviews: [{ review: aReview(), deadlines: [deadline] }] }, voice));
        }
      }
    }
  });

  test('every class of source has a name', () => {
    expect(SOURCE_CLASSES.map((name) => ENGLISH[`source.class.${name}`])).toEqual(['official', 'UPR Info', 'another organisation', 'media']);
  });
});

describe('Every notice', () => {
  test.each(keysOf(NOTICES))('about %s is a message that a person can be shown', (about) => {
    for (const notice of NOTICES[about]) expectAlert({ type: 'notice', notice });
  });
});
