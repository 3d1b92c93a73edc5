/** What the formatter is handed: facts, already chosen. It decides the words and nothing else. */

import type { Lead } from '../domain/alerts/ladder.ts';
import type { Deadline } from '../domain/calendar/deadline.ts';
import type { Change } from '../domain/calendar/diff.ts';
import type { CalendarFacts, SessionFacts } from '../domain/calendar/facts.ts';
import type { Review } from '../domain/calendar/review.ts';
import type { Instant, Zone } from '../domain/time.ts';
import type { Words } from './words.ts';

/** One lead of one deadline that is due to be said. */
export interface LeadItem {
  readonly deadline: Deadline;
  /** The listing it belongs to; null for a date of a Council session. */
  readonly review: Review | null;
  readonly lead: Lead;
}

/** What one delivery says. */
export type AlertContent =
  | { readonly type: 'leads'; readonly items: readonly LeadItem[] }
  | { readonly type: 'changes'; readonly changes: readonly Change[] }
  | { readonly type: 'catch-up'; readonly ahead: readonly LeadItem[]; readonly passed: readonly LeadItem[] };

/** Who reads it, when, and with which names at hand. */
export interface Reader {
  readonly now: Instant;
  readonly zone: Zone;
  readonly locale: string;
  /** Neutral title, the State only inside the message (lock screens). */
  readonly discreet: boolean;
  /** Platform id of the role that alerts mention; null mentions nobody. */
  readonly mentionRole: string | null;
  readonly facts: CalendarFacts;
}

/** Who is spoken to, and in which words: what every format is given beside its facts. */
export interface Voice {
  readonly reader: Reader;
  readonly words: Words;
}

/** Marks of a delivery that the reader must see. */
export interface Marks {
  /** A send whose outcome is unknown is being repeated. */
  readonly mayBeRepeat: boolean;
  /** Milliseconds late when past what a reader would call on time; null when on time. */
  readonly late: number | null;
}

/** Deadlines of one kind, session and date, told as one line with its States. */
export interface DeadlineGroup {
  /** The first of the group; all share kind, session or Council session, date, certainty and standing. */
  readonly sample: Deadline;
  readonly deadlines: readonly Deadline[];
}

/** Answers of the commands that look things up. */
export interface NextAnswer {
  readonly upcoming: readonly DeadlineGroup[];
  /** What nobody has published yet, and where it would be. */
  readonly unknown: readonly DeadlineGroup[];
  /** Upcoming groups left out by the limit. */
  readonly more: number;
}

export interface StateAnswer {
  readonly state: string;
  readonly reviews: readonly { readonly review: Review; readonly deadlines: readonly Deadline[] }[];
}

export interface SessionAnswer {
  readonly session: SessionFacts;
  readonly reviews: readonly Review[];
  readonly groups: readonly DeadlineGroup[];
}
