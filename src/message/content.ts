/** What the formatter is handed: facts, already chosen. It decides the words and nothing else. */

import type { Lead } from '../domain/alerts/ladder.ts';
import type { Selector } from '../domain/alerts/subscription.ts';
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
  | { readonly type: 'catch-up'; readonly ahead: readonly LeadItem[]; readonly passed: readonly LeadItem[] }
  | { readonly type: 'notice'; readonly notice: Notice };

/** What the owner of a channel, or the operator, is told about it, once, elsewhere if need be. */
export type Notice = PausedNotice | TokenNotice | UnsayableNotice;

/** A channel that cannot be told any more. Its alerts are paused until somebody acts. */
export interface PausedNotice {
  readonly about: 'paused';
  readonly platform: string;
  /** As the platform names it: free text. */
  readonly channel: string;
  readonly reason: 'forbidden' | 'channel-gone' | 'installation-gone';
  /** The rights that are missing, as the platform names them; empty when the platform does not say. */
  readonly missing: readonly string[];
  /** How many alerts were due there and were not said. */
  readonly unsaid: number;
}

/** The token or the settings of a lane are not accepted. What is due there waits, and nothing is lost. */
export interface TokenNotice {
  readonly about: 'token';
  readonly platform: string;
  readonly lane: string;
}

/** One message that cannot be said, though the channel is in order: a fault of the bot. */
export interface UnsayableNotice {
  readonly about: 'unsayable';
  readonly platform: string;
  /** As the platform names it: free text. */
  readonly channel: string;
  /** The platform did not take it, or it could not be put into words. */
  readonly why: 'rejected' | 'format';
  /** How many alerts were due there and were not said. */
  readonly unsaid: number;
}

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

/** All about one date, with what the calendar recorded of it, the latest first. */
export interface DeadlineAnswer {
  readonly deadline: Deadline;
  readonly history: readonly { readonly at: Instant; readonly change: Change }[];
}

/** When in the day a channel hears of dates that have no hour. */
export interface Hearing {
  readonly zone: Zone;
  readonly hour: string;
}

export interface FollowedAnswer {
  readonly wish: Selector;
  /** The channel followed exactly this before. */
  readonly again: boolean;
  readonly next: NextAnswer;
  readonly timing: Hearing;
  /** When the first alert is due; null when no date ahead alerts. */
  readonly first: Instant | null;
  /** Instants of the next 30 days at which something is due. */
  readonly messages: number;
}

export interface FollowingAnswer {
  readonly wishes: readonly Selector[];
  /** What could not be posted and waits until somebody follows it again. */
  readonly paused: readonly Selector[];
  readonly timing: Hearing;
}

export interface UnfollowedAnswer {
  readonly ended: readonly Selector[];
  /** What the channel goes on to follow. */
  readonly left: number;
}
