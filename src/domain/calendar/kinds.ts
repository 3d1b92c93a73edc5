import type { Zone } from '../time.ts';
import { GENEVA } from '../time.ts';

/** Who a date is for (domain.md D.3). A subscription may ask for one audience. */
export const AUDIENCES = ['civil-society', 'nhri', 'un-entity', 'state', 'mission', 'everyone'] as const;
export type Audience = (typeof AUDIENCES)[number];

/**
 * What a date hangs on: the Working Group session it belongs to, the review day of one State, or the Council session
 * that adopts the outcome. `related` dates belong to other bodies and are off by default (domain.md B.4).
 */
export type Phase = 'before-review' | 'review' | 'after-review' | 'related';

interface KindFacts {
  readonly phase: Phase;
  readonly audience: readonly Audience[];
  /** Always shown for a review, even when nothing is known, so that a gap is seen. */
  readonly core: boolean;
  /** A date of a Council session, shared by every State whose outcome that session takes up. */
  readonly council: boolean;
  /** Where a maintainer looks for it: the id of a place in sources.yaml. */
  readonly place: string;
  readonly zone: Zone;
}

type Options = Partial<Pick<KindFacts, 'core' | 'council' | 'zone'>>;

function kind(phase: Phase, audience: readonly Audience[], place: string, options: Options = {}): KindFacts {
  return { phase, audience, place, core: false, council: false, zone: GENEVA, ...options };
}

/** Every dated step of a review, in the order of domain.md A.2 and D.3. */
export const KINDS = {
  cycle_calendar: kind('before-review', ['everyone'], 'ohchr_cycles'),
  national_consultation: kind('before-review', ['civil-society', 'nhri'], 'uprinfo_country'),
  recommendation_matrix: kind('before-review', ['everyone'], 'upr_main'),
  submission_portal_open: kind('before-review', ['civil-society', 'nhri'], 'ohchr_ngos'),
  stakeholder_submission: kind('before-review', ['civil-society', 'nhri'], 'ohchr_ngos', { core: true }),
  un_entity_contribution: kind('before-review', ['un-entity'], 'ohchr_cycles', { core: true }),
  troika_selection: kind('before-review', ['everyone'], 'upr_main'),
  national_report: kind('before-review', ['state', 'everyone'], 'ohchr_cycles', { core: true }),
  documents_published: kind('before-review', ['everyone'], 'upr_main', { core: true }),
  presession_application: kind('before-review', ['civil-society', 'nhri'], 'uprinfo_presessions', { core: true }),
  presession_statement: kind('before-review', ['civil-society', 'nhri'], 'uprinfo_presessions'),
  presession: kind('before-review', ['civil-society', 'nhri', 'mission'], 'uprinfo_presessions', { core: true }),
  in_country_presession: kind('before-review', ['civil-society', 'nhri'], 'uprinfo_country'),
  embassy_and_mission_lobbying: kind('before-review', ['civil-society'], 'uprinfo_country'),
  advance_questions: kind('before-review', ['mission', 'civil-society'], 'upr_main', { core: true }),
  wg_speakers_list: kind('before-review', ['state', 'mission'], 'upr_main'),
  side_event_request: kind('before-review', ['civil-society'], 'upr_main'),
  review: kind('review', ['everyone'], 'upr_main', { core: true }),
  recommendations_circulated: kind('after-review', ['everyone'], 'upr_main', { core: true }),
  wg_report_adopted: kind('after-review', ['everyone'], 'upr_main', { core: true }),
  factual_corrections: kind('after-review', ['state', 'mission'], 'upr_main'),
  addendum: kind('after-review', ['state', 'civil-society'], 'upr_main', { core: true }),
  hrc_programme_of_work: kind('after-review', ['everyone'], 'hrcportal', { council: true }),
  hrc_written_statement: kind('after-review', ['civil-society'], 'hrcportal', { core: true, council: true }),
  nhri_written_submission: kind('after-review', ['nhri'], 'hrcportal', { council: true }),
  hrc_states_list: kind('after-review', ['state', 'mission'], 'hrcportal', { council: true }),
  ngo_speakers_list_open: kind('after-review', ['civil-society'], 'hrcportal', { core: true, council: true }),
  ngo_video_statement: kind('after-review', ['civil-society'], 'hrcportal', { council: true }),
  outcome_adoption: kind('after-review', ['everyone'], 'hrcportal', { core: true }),
  item6_general_debate: kind('after-review', ['everyone'], 'hrcportal', { council: true }),
  president_report: kind('after-review', ['everyone'], 'hrcportal', { council: true }),
  hc_letter: kind('after-review', ['everyone'], 'upr_main'),
  mid_term_report: kind('after-review', ['state', 'civil-society', 'nhri'], 'uprinfo_country'),
  next_review: kind('after-review', ['everyone'], 'ohchr_cycles'),
  iachr_hearing_request: kind('related', ['civil-society', 'state'], 'iachr_sessions', { zone: 'America/New_York' }),
  treaty_body_input: kind('related', ['civil-society', 'nhri'], 'ohchr_ccpr'),
  special_procedure_call: kind('related', ['everyone'], 'ohchr_calls'),
} as const satisfies Record<string, KindFacts>;

export type DeadlineKind = keyof typeof KINDS;
export const DEADLINE_KINDS = Object.keys(KINDS) as DeadlineKind[];

export function kindFacts(name: DeadlineKind): KindFacts {
  return KINDS[name];
}

export function isDeadlineKind(name: string): name is DeadlineKind {
  return Object.hasOwn(KINDS, name);
}
