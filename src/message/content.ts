/** What the formatter is handed: facts, already chosen. It decides the words and nothing else. */

import type { Digest, DigestTime } from '../domain/alerts/digest.ts';
import type { Lead } from '../domain/alerts/ladder.ts';
import type { Mute } from '../domain/alerts/mute.ts';
import type { QuietHours } from '../domain/alerts/quiet-hours.ts';
import type { Selector } from '../domain/alerts/subscription.ts';
import type { ToldDate } from '../domain/alerts/told-date.ts';
import type { Deadline } from '../domain/calendar/deadline.ts';
import type { Change } from '../domain/calendar/diff.ts';
import type { CalendarFacts, SessionFacts, SourceId, StateCode } from '../domain/calendar/facts.ts';
import type { DeadlineKind } from '../domain/calendar/kinds.ts';
import type { OffPathReview, StaysOpen } from '../domain/calendar/participation.ts';
import type { Review } from '../domain/calendar/review.ts';
import type { When } from '../domain/calendar/when.ts';
import type { Day, Instant, Zone } from '../domain/time.ts';
import type { PlanStaysContent } from './content-plan-stays.ts';
import type { HandsWanted, TeamContent } from './content-team.ts';
import type { FeedNotice, StaleNotice } from './operator-notices.ts';
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
  /** `open`: what stays open in each State whose review stalls by one of the changes. */
  | { readonly type: 'changes'; readonly changes: readonly Change[]; readonly open?: OpenNow }
  | { readonly type: 'catch-up'; readonly ahead: readonly LeadItem[]; readonly passed: readonly LeadItem[] }
  | { readonly type: 'notice'; readonly notice: Notice }
  | { readonly type: 'digest'; readonly digest: Digest; readonly hands?: readonly HandsWanted[] }
  /** `checked`: the last day on which somebody looked at a source of what the channel follows. */
  | { readonly type: 'silence'; readonly checked: Day | null }
  | AmendmentContent
  | TeamContent
  | PlanStaysContent;

/** What a posted message told, as it is known now, and why it is worded anew. */
export interface AmendmentContent {
  readonly type: 'amendment';
  /** What stands, with the dates of now; empty where nothing of it does. */
  readonly items: readonly LeadItem[];
  /** What is not as the message told it. */
  readonly changed: readonly ToldDate[];
  readonly why: 'passed' | 'silenced' | 'moved';
  /** The end of a silence; null where there is none. */
  readonly until: Instant | null;
}

/** What stakeholders can still count on when reviews stall, and the dates ahead that other bodies and the Council have. */
export interface OpenNow {
  readonly states: readonly StaysOpen[];
  readonly dates: readonly Deadline[];
}

/** What the owner of a channel, or the operator, is told about it, once, elsewhere if need be. */
export type Notice = PausedNotice | TokenNotice | UnsayableNotice | ContestedNotice | FeedNotice | StaleNotice;

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

/** Two layers of the calendar differ on a date and neither outranks the other. */
export interface ContestedNotice {
  readonly about: 'contested';
  /** `session`: the days of a session. */
  readonly kind: DeadlineKind | 'session';
  readonly session: number | null;
  readonly council: number | null;
  /** Null for a date of a whole session, of the Council or of another body. */
  readonly state: StateCode | null;
  /** What was laid over the calendar, and what the calendar below it says. */
  readonly above: ContestedValue;
  readonly below: ContestedValue;
  /** The day from which the calendar below says so. */
  readonly since: Day;
  /** Whose date is the earlier one. */
  readonly drives: 'above' | 'below';
}

interface ContestedValue {
  readonly when: When;
  readonly source: readonly SourceId[];
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
  /** Kinds that were asked for and of which no date is on record, ahead or awaited. */
  readonly silent?: readonly DeadlineKind[];
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

/** Reviews off the ordinary path, and what else can be done. */
export interface ParticipationAnswer {
  readonly cycle: number;
  /** The one State that was asked for; null = all. */
  readonly state: StateCode | null;
  readonly reviews: readonly OffPathReview[];
  /** Dates ahead of other bodies and of the Council. */
  readonly dates: readonly Deadline[];
}

/** All about one date, with what the calendar recorded of it, the latest first. */
export interface DeadlineAnswer {
  readonly deadline: Deadline;
  /** What all others see, where the team of who asks sees it otherwise; null = the date is not there for them. */
  readonly shared?: Deadline | null;
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
  /** When the first message is due; null when no date ahead alerts. */
  readonly first: Instant | null;
  /** Messages that are due in the next 30 days. */
  readonly messages: number;
  /** Whether the bot may post here is not known now. */
  readonly unchecked: boolean;
  /** Everybody of the server or workspace can read what is posted here. */
  readonly everyoneReads: boolean;
  readonly discreet: boolean;
  /** Null where the channel is not muted now. */
  readonly mute: Mute | null;
}

export interface FollowingAnswer {
  readonly wishes: readonly Selector[];
  /** What could not be posted and waits until somebody follows it again. */
  readonly paused: readonly Selector[];
  readonly timing: Hearing;
  /** Null where nobody keeps the channel silent. */
  readonly mute: Mute | null;
}

export interface UnfollowedAnswer {
  readonly ended: readonly Selector[];
  /** What the channel goes on to follow. */
  readonly left: number;
}

/** How a channel hears, set by somebody or by default. */
export interface ChannelSettings extends Hearing {
  readonly ladder: string;
  readonly locale: string;
  readonly quiet: QuietHours | null;
  readonly digest: DigestTime | null;
  readonly mentionRole: string | null;
  readonly managers: readonly string[];
  readonly discreet: boolean;
  readonly teamRole: string | null;
  /** How long plans are kept after their date, in days. */
  readonly keepDays: number;
  /** Null where there is none, or it is over. */
  readonly mute: Mute | null;
}

export interface SettingsAnswer {
  readonly settings: ChannelSettings;
  readonly defaults: ChannelSettings;
  readonly platform: string;
}

export interface SettledAnswer {
  readonly before: ChannelSettings;
  readonly after: ChannelSettings;
  readonly platform: string;
  /** When the channel has its next digest; null where it has none. */
  readonly nextDigest: Instant | null;
  /** Whoever asked may not change the settings any more. */
  readonly shutOut: boolean;
}
