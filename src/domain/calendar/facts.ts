/** The calendar as its maintainers write it: facts with where they come from. Deadlines are derived from these. */
import type { Day } from '../time.ts';
import type { Certainty, SourceClass } from './certainty.ts';
import type { DeadlineKind } from './kinds.ts';
import type { When } from './when.ts';

/** ISO 3166-1 alpha-3 code of a State. */
export type StateCode = string;
export type SourceId = string;

export interface Source {
  readonly id: SourceId;
  readonly url: string;
  /** What people call it, where its address does not say; null = the name of the site. */
  readonly name: string | null;
  /** The page cannot be older than this day; null = not known. */
  readonly notBefore: Day | null;
  /** What the page says, in our own words. */
  readonly says: string;
  readonly class: SourceClass;
  /** Named by an installation in a correction of its own, which nobody else sees. */
  readonly byTeam?: true;
}

/** A person's look at a source for something due: `to` is later than `from` when the look is not dated to the day. */
export interface Look {
  readonly from: Day;
  readonly to: Day;
  readonly source: SourceId;
  readonly seen: boolean;
  readonly note?: string;
}

/** Where a fact stands. `known` is the day from which it was known; null means it was never written down, so it counts as always known. */
export interface Provenance {
  readonly certainty: Certainty;
  readonly source: readonly SourceId[];
  readonly checked: Day;
  readonly known: Day | null;
  readonly note?: string;
}

/** Another value that was read for the same thing, or an earlier one. */
export interface Claim {
  readonly when: When;
  readonly source: readonly SourceId[];
  readonly why?: string;
  readonly known: Day | null;
}

export interface DateFact extends Provenance {
  readonly when: When;
  /** Last day of something that lasts several days (a pre-session, a Council session). */
  readonly until: Day | null;
  readonly looks: readonly Look[];
  readonly disagrees: readonly Claim[];
  /** Values that stood before, oldest first; each held until the next one was known. */
  readonly earlier: readonly Claim[];
  /** Stands where two layers of the calendar differ and neither outranks the other. */
  readonly contested?: Contest;
}

/** A date was laid over another, and a later one of an equal or a higher class of source spoke against it. The earlier drives. */
export interface Contest {
  /** The date that does not drive; not contested itself. */
  readonly other: DateFact;
  /** The day from which the lower layer says otherwise. */
  readonly since: Day;
  /** Whose date drives: the one that was laid over, or the one below it. */
  readonly drives: 'above' | 'below';
}

export interface ValueFact<T> extends Provenance {
  readonly value: T;
}

/** What can happen to a review, besides a date passing (domain.md B.2). */
export const EVENT_KINDS = [
  'date-confirmed',
  'held',
  'absent',
  'postponement-requested',
  'postponed',
  'rescheduled',
  'non-participation-announced',
  'cooperation-resumed',
  'non-cooperation-decision',
  'president-reported',
  'national-report-submitted',
  'documents-published',
  'contributions-suspended',
  'contributions-resumed',
  'wg-report-adopted',
  'responses-received',
  'adoption-scheduled',
  'absent-at-adoption',
  'adoption-postponed',
  'outcome-adopted',
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

/** Something that happened. An event without `on` is undated and counts as always known; without `known`, as known on its own day. */
export interface ReviewEvent extends Provenance {
  readonly on: Day | null;
  readonly what: EventKind;
  /** Working Group session that a review is moved to; null when none was named. */
  readonly to: number | null;
  /** Council session concerned, for adoptions. */
  readonly council: number | null;
  /** A condition that a decision attached, in neutral words. */
  readonly condition?: string;
  readonly symbol?: string;
}

export interface ReviewFacts {
  readonly state: StateCode;
  /** Session from which this review was moved here; null for the original listing. */
  readonly from: number | null;
  /** Day from which the listing was known; null = always. */
  readonly known: Day | null;
  readonly listing: Provenance | null;
  readonly review: DateFact | null;
  readonly deadlines: Readonly<Partial<Record<DeadlineKind, DateFact>>>;
  readonly events: readonly ReviewEvent[];
  readonly troika: ValueFact<readonly StateCode[]> | null;
  readonly documents: ValueFact<readonly string[]> | null;
  readonly report: ValueFact<string> | null;
  readonly recommendations: ValueFact<number> | null;
  readonly supported: ValueFact<number> | null;
  readonly note?: string;
}

export interface SessionFacts {
  readonly number: number;
  readonly cycle: number;
  /** First day; `until` is the last. A month or less when no days are published. */
  readonly dates: DateFact;
  /** Stands when a source says that the session took place. */
  readonly held: Provenance | null;
  /** Order and completeness of the list of States. */
  readonly list: (Provenance & { readonly order: string }) | null;
  /** The Council session that adopts (or should adopt) the outcomes. */
  readonly council: (Provenance & { readonly session: number; readonly adopted: boolean }) | null;
  readonly deadlines: Readonly<Partial<Record<DeadlineKind, DateFact>>>;
  readonly reviews: readonly ReviewFacts[];
  readonly notes: readonly string[];
}

export interface CouncilFacts {
  readonly number: number;
  readonly dates: DateFact;
  /** Days on which outcomes were or will be adopted, as far as known. */
  readonly adoptions: DateFact | null;
  readonly deadlines: Readonly<Partial<Record<DeadlineKind, DateFact>>>;
  readonly note?: string;
}

export const REGIONS = ['African', 'Asia-Pacific', 'EEG', 'GRULAC', 'WEOG'] as const;
export type Region = (typeof REGIONS)[number];

export interface State {
  readonly code: StateCode;
  readonly iso2: string;
  readonly member: boolean;
  readonly region: Region | null;
  /** Short names by UN language: en, fr, es, ru, zh, ar. */
  readonly names: Readonly<Record<string, string>>;
  /** What people type besides the names. */
  readonly aliases: readonly string[];
}

/** Official holidays of the UN Office at Geneva in one year; `days` null means that no list was found. */
export interface HolidayYear {
  readonly year: number;
  readonly days: readonly Day[] | null;
  readonly source: readonly SourceId[];
  readonly checked: Day;
  readonly note?: string;
}

/** An offset with its source: a written rule or an observed custom. Days are calendar days unless the name says otherwise. */
export interface Rule {
  readonly id: string;
  readonly certainty: Certainty;
  readonly source: readonly SourceId[];
  readonly checked: Day;
  readonly note?: string;
  /** Smallest and largest offset in the rule's unit; equal for a written rule. */
  readonly min: number;
  readonly max: number;
}

/** A place where a maintainer looks, and what is published there. */
export interface Place {
  readonly id: string;
  readonly url: string;
  readonly publishes: string;
}

/** Whose concern an avenue is: all States, or those of a group (the OAS, or the States parties to a treaty). */
export type Applies =
  | 'all'
  | {
      readonly group: string;
      /** Null = nobody has written down who belongs to it. */
      readonly members: readonly StateCode[] | null;
      /** Sources differ on whether they belong to it. */
      readonly unclear: readonly StateCode[];
    };

/** Where else a State's record can be spoken of, with the dates of that body. Off by default (domain.md B.4). */
export interface Avenue {
  readonly id: string;
  readonly kind: DeadlineKind;
  readonly applies: Applies;
  /** Where a maintainer, and a reader, looks: the id of a place. */
  readonly place: string;
  readonly source: readonly SourceId[];
  readonly checked: Day;
  /** By the name of the body's own session or call. */
  readonly dates: Readonly<Record<string, DateFact>>;
}

export interface CalendarFacts {
  readonly sources: ReadonlyMap<SourceId, Source>;
  readonly places: ReadonlyMap<string, Place>;
  readonly states: ReadonlyMap<StateCode, State>;
  readonly sessions: ReadonlyMap<number, SessionFacts>;
  readonly councils: ReadonlyMap<number, CouncilFacts>;
  readonly holidays: ReadonlyMap<number, HolidayYear>;
  readonly rules: ReadonlyMap<string, Rule>;
  readonly avenues: ReadonlyMap<string, Avenue>;
}
