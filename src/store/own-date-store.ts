/** What the house asks of a database for installations that see a date otherwise than all. */
import type { DeadlineId } from '../domain/calendar/deadline.ts';
import type { Correction, OwnView } from '../domain/calendar/team.ts';
import type { Place, RecordedChange, VersionedDeadline } from './store.ts';

/**
 * Date versions of installations count from here on, far above those of all, so that one number names one date in a
 * channel whichever of the two it hears.
 */
export const FIRST_TEAM_VERSION = 1_000_000;

/** What an installation sees otherwise from a revision on. */
export interface TeamRevision {
  readonly place: Place;
  readonly own: OwnView;
  /** For this installation alone. */
  readonly changes: readonly RecordedChange[];
  /** Dates of which it does not hear what changed for all. */
  readonly apart: readonly DeadlineId[];
}

export interface TeamView {
  readonly place: Place;
  readonly own: OwnView;
  /** Of the dates it sees otherwise. */
  readonly versions: ReadonlyMap<DeadlineId, VersionedDeadline>;
  readonly corrections: readonly Correction[];
}

export interface OwnDateStore {
  /** Of every installation, or of one, in the order of the dates' ids. */
  corrections(place?: Place): Promise<readonly { readonly place: Place; readonly correction: Correction }[]>;
  /** In place of an earlier one of the same date. */
  put(place: Place, correction: Correction): Promise<void>;
  withdraw(place: Place, deadline: DeadlineId): Promise<void>;
  /** Of every installation that has corrections, or sees a date otherwise. */
  views(): Promise<readonly TeamView[]>;
  /** Installations that heard of this date from their own view at that revision. */
  apart(revision: number, deadline: DeadlineId): Promise<readonly Place[]>;
}
