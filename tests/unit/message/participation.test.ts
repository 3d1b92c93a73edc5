import { describe, expect, test } from 'vitest';
import type { Avenue } from '../../../src/domain/calendar/facts.ts';
import { type Happening, OFF_PATH, type OffPathReview } from '../../../src/domain/calendar/participation.ts';
import type { Stage } from '../../../src/domain/calendar/review.ts';
import { rangeWhen } from '../../../src/domain/calendar/when.ts';
import { GENEVA } from '../../../src/domain/time.ts';
import { avenueLine } from '../../../src/message/avenue-lines.ts';
import { formatParticipation } from '../../../src/message/format-participation.ts';
import { plainLine } from '../../../src/message/plain.ts';
import { aDeadline, anEvent, aReview, someFacts } from '../../support/a-calendar.ts';
import { aVoice } from '../../support/a-voice.ts';

function happening(what: Happening['what'], more: Partial<Happening> = {}): Happening {
  const event = what === 'report-not-seen' ? null : anEvent(what, { to: 55, condition: 'an earlier date is possible' });
  const certainty = event === null ? null : event.certainty;
  return { what, since: '2025-11-07', source: ['press'], certainty, review: aReview(), event, settled: false, ...more };
}

function entry(more: Partial<OffPathReview> = {}): OffPathReview {
  const open = { state: 'KEN', submission: null, suspended: false };
  return { state: 'KEN', happenings: [happening('absent')], current: aReview(), day: null, open, ...more };
}

const said = (reviews: readonly OffPathReview[], voice = aVoice()) => formatParticipation({ cycle: 4, state: 'KEN', reviews, dates: [] }, voice);

describe('A review off the ordinary path', () => {
  test.each(OFF_PATH)('by %s is told with day, source and class, dated or not, and nobody is judged', (what) => {
    for (const since of ['2025-11-07', null]) {
      const { fallbackText } = said([entry({ happenings: [happening(what, { since })] })]);

      expect(fallbackText).toContain('press.example (media)');
      expect(fallbackText).not.toMatch(/undefined|null|[{}]|refus|reject|boycott| {2}/i);
    }
  });

  test.each([
    ['scheduled', 'no day is set'],
    ['postponed', 'no session after session 54 is named'],
    ['adoption-postponed', 'No session of the Human Rights Council is assumed'],
  ] satisfies readonly [Stage, string][])('stands where it stands: %s', (stage, words) => {
    expect(said([entry({ current: aReview({ stage }) })]).fallbackText).toContain(words);
  });

  test('names its day where one is set, its range where none is, and an old look as such', () => {
    const day = aDeadline({ kind: 'review', checked: '2026-01-01' });
    const month = { ...day, when: rangeWhen('2026-11-01', '2026-11-30', GENEVA) };

    expect(said([entry({ day })]).fallbackText).toContain('session 54, Friday, 17 July 2026');
    expect(said([entry({ day })]).fallbackText).toContain('status unknown since 1 January 2026');
    expect(said([entry({ day: month })]).fallbackText).toContain('session 54, November 2026; no day is set');
  });

  test('says until when submissions stand, that they are suspended, or that no date is known', () => {
    const open = (more: Partial<OffPathReview['open']>) => said([entry({ open: { state: 'KEN', submission: null, suspended: false, ...more } })]).fallbackText;

    expect(open({ submission: aDeadline() })).toContain('Stakeholder submissions stand until Friday, 17 July 2026');
    expect(open({ suspended: true })).toContain('not received until further notice');
    expect(open({})).toContain('whether new ones are received is not known');
  });

  test('that is settled says so, without avenues', () => {
    expect(said([entry({ happenings: [happening('absent', { settled: true })] })]).fallbackText).toContain('It is back on the ordinary path.');
  });

  test('is not named in the title where titles are to name no State', () => {
    expect(said([entry()], aVoice({ discreet: true })).title).not.toContain('Kenya');
  });
});

describe('The line of other avenues', () => {
  const avenue = (applies: Avenue['applies'], more: Partial<Avenue> = {}): Avenue => {
    return { id: 'a', kind: 'treaty_body_input', applies, place: 'ohchr_ccpr', source: ['ohchr'], checked: '2026-11-24', dates: {}, ...more };
  };
  const line = (one: Avenue, dates = [aDeadline({ kind: one.kind, session: null, state: null, council: 64 })]) =>
    plainLine(avenueLine('KEN', dates, aVoice({ facts: { ...someFacts(), avenues: new Map([['a', one]]) } })));

  test('says where to look, and "if" where nobody wrote down that it applies', () => {
    expect(line(avenue('all'))).toBe('Other avenues: input to a treaty body (where to look: ohchr-ccpr.example).');
    expect(line(avenue({ group: 'CCPR', members: null, unclear: [] }))).toContain('if the State is a party to the International Covenant');
    expect(line(avenue({ group: 'CAT', members: null, unclear: [] }))).toContain('if the State is a party to CAT');
    expect(line(avenue({ group: 'oas', members: ['USA'], unclear: [] }))).toBe('');
  });

  test('names the date of the Council where one is ahead, and an expected one as such', () => {
    const council = avenue('all', { kind: 'hrc_written_statement' });
    const range = aDeadline({
      kind: 'hrc_written_statement',
      session: null,
      state: null,
      when: rangeWhen('2026-09-01', '2026-09-30', GENEVA),
      certainty: 'estimated',
    });

    expect(line(council)).toContain('written statement to the Human Rights Council, 17 July 2026 (published;');
    expect(line(council, [range])).toContain('expected September 2026');
  });
});
