/** A small sound calendar as files, for tests to break one thing in. */
import { CalendarError, type CalendarText, faultText, loadCalendar } from '../../../src/calendar/load.ts';

const HEADER = 'version: 1\nchecked: 2026-07-01\n';

const FILES: Record<string, string> = {
  'sources.yaml': `${HEADER}
sources:
  ohchr: { url: 'https://www.ohchr.org/', class: official, says: The calendar. }
  press: { url: 'https://press.example/', class: media, says: A report. }
places:
  upr_main: { url: 'https://www.ohchr.org/upr', publishes: Everything. }
`,
  'states.yaml': `${HEADER}names_source: [ohchr]
states:
  - { code: KEN, iso2: KE, region: African, names: { en: Kenya, fr: Kenya, es: Kenya, ru: Кения, zh: 肯尼亚, ar: كينيا } }
  - { code: USA, iso2: US, region: WEOG, names: { en: United States of America, fr: États-Unis, es: Estados Unidos, ru: США, zh: 美国, ar: أمريكا } }
`,
  'hrc-sessions.yaml': `${HEADER}
sessions:
  - session: 61
    dates: { date: 2026-02-23, until: 2026-03-31, certainty: published, source: [ohchr] }
`,
  'holidays.yaml': `${HEADER}
years:
  - { year: 2025, days: unknown, source: [ohchr] }
`,
  'rules.yaml': `${HEADER}
rules:
  advance_questions_working_days: { what: Ten days, exactly: 10, certainty: fixed-rule, source: [ohchr] }
`,
  'sessions/50.yaml': `session: 50
cycle: 4
version: 1
checked: 2026-07-01
dates: { date: 2025-11-03, until: 2025-11-14, certainty: published, source: [ohchr] }
deadlines:
  stakeholder_submission: { date: 2025-04-07, certainty: published, source: [ohchr] }
states:
  - state: KEN
    review: { date: 2025-11-07, certainty: published, source: [ohchr] }
`,
};

/** The files, with one or more replaced; null takes a file away. */
export function aFolder(changed: Record<string, string | null> = {}): readonly CalendarText[] {
  return Object.entries({ ...FILES, ...changed }).flatMap(([file, text]) => (text === null ? [] : [{ file, text }]));
}

/** A file of the sound calendar with a piece of its text replaced. */
export function edited(file: string, from: string, to: string): Record<string, string> {
  const text = FILES[file] ?? '';
  if (!text.includes(from)) throw new Error(`${file} does not hold ${JSON.stringify(from)}`);
  return { [file]: text.replace(from, to) };
}

/** Every fault of a calendar, as it is printed; empty when it is sound. */
export function faultsOf(changed: Record<string, string | null>): readonly string[] {
  try {
    loadCalendar(aFolder(changed));
    return [];
  } catch (cause) {
    if (!(cause instanceof CalendarError)) throw cause;
    return cause.faults.map(faultText);
  }
}

/** The operator moves Kenya's deadline of session 50. */
export function operatorText(date: string, version = 1, checked = '2026-07-05'): string {
  return `session: 50
version: ${version}
checked: ${checked}
deadlines:
  stakeholder_submission: { date: ${date}, certainty: published, source: [ohchr] }
`;
}
