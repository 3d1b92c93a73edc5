/** Terms of the review that the bot explains. What is said of each is in the catalogue; where it is written is here. */

export interface Term {
  readonly id: string;
  /** Where it can be read; null where no page says it better than another. */
  readonly source: string | null;
}

const RES_5_1 = 'https://right-docs.org/doc/a-hrc-res-5-1/';

/** In the order in which a review runs. */
export const TERMS: readonly Term[] = [
  { id: 'upr', source: RES_5_1 },
  { id: 'working-group', source: RES_5_1 },
  { id: 'cycle', source: 'https://right-docs.org/doc/a-hrc-dec-17-119' },
  { id: 'stakeholder-submission', source: 'https://www.ohchr.org/en/hr-bodies/upr/ngos-nhris' },
  { id: 'national-report', source: RES_5_1 },
  { id: 'compilation-and-summary', source: RES_5_1 },
  { id: 'nhri', source: 'https://www.ohchr.org/en/hr-bodies/upr/ngos-nhris' },
  { id: 'troika', source: RES_5_1 },
  { id: 'pre-session', source: 'https://www.upr-info.org/en/upr-process/pre-sessions/frequently-asked-questions' },
  { id: 'advance-questions', source: 'https://right-docs.org/doc/a-hrc-prst-8-1' },
  { id: 'recommendation', source: RES_5_1 },
  { id: 'working-group-report', source: 'https://upr-info.org/en/news/new-procedure-publication-draft-working-group-reports' },
  { id: 'addendum', source: 'https://www.upr-info.org/en/newsletter/upr-trax-no3-5th-session-glance' },
  { id: 'written-statement', source: 'http://www2.ohchr.org/english/bodies/hrcouncil/guidelines.htm' },
  { id: 'speakers-list', source: 'https://upr-info.org/en/news/new-modalities-ngos-register-speakers-list-upr-reports-adoption' },
  { id: 'outcome', source: RES_5_1 },
  { id: 'mid-term-report', source: 'https://upr-info.org/en/news/good-practices-upr-mid-term-reporting' },
  { id: 'non-cooperation', source: 'https://www.upr-info.org/en/news/non-cooperation-upr-paving-way' },
  { id: 'certainty', source: null },
];
