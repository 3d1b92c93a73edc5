/** When a lead fires (design.md §6). Pure: the same date, ladder and channel settings always give the same instants. */
import { alerts, type Deadline } from '../calendar/deadline.ts';
import { passesAt, type When } from '../calendar/when.ts';
import { type Holidays, workingDaysBefore } from '../calendar/working-days.ts';
import { addDays, atWallClock, type ClockTime, type Day, HOUR, type Instant, MINUTE, type Zone } from '../time.ts';
import { type Lead, TODAY } from './ladder.ts';

/** What of a channel decides when its leads fire. */
export interface Timing {
  readonly zone: Zone;
  /** Wall-clock time at which leads in days fire. */
  readonly hour: ClockTime;
}

export interface Moment {
  readonly lead: Lead;
  readonly at: Instant;
  /** How late it may be said by itself; later it goes into a catch-up. */
  readonly grace: number;
}

/** A lead must leave this long before the deadline, else it fires one local day earlier. */
const LEAST_NOTICE = 3 * HOUR;
const LONGEST_GRACE = 6 * HOUR;

/** Every moment of a deadline for one timing, in time order; none for a date that does not alert. Digest leads included. */
export function momentsOf(deadline: Deadline, leads: readonly Lead[], timing: Timing, holidays: Holidays): readonly Moment[] {
  const { when } = deadline;
  const ends = passesAt(when);
  if (!alerts(deadline) || when.from === null || ends === null) return [];
  const fired = effectiveLeads(leads, when).map((lead) => ({ lead, at: firesAt(lead, when, timing, holidays) }));
  fired.sort((a, b) => a.at - b.at || b.lead.before - a.lead.before);
  const speaking = fired.filter(({ lead }) => lead.mode !== 'digest');
  return fired.map((moment) => ({ ...moment, grace: graceOf(moment, speaking, ends) }));
}

/** A date known to the day only has no hour to count from: one "today" alert stands for its hour leads and a 0-day lead. */
function effectiveLeads(leads: readonly Lead[], when: When): readonly Lead[] {
  if (when.time !== null) return leads;
  const isToday = (lead: Lead) => lead.mode !== 'check' && (lead.unit === 'hour' || lead.unit === 'minute' || (lead.unit === 'day' && lead.before === 0));
  const rest = leads.filter((lead) => !isToday(lead));
  return rest.length === leads.length ? rest : [...rest, TODAY];
}

function firesAt(lead: Lead, when: When, timing: Timing, holidays: Holidays): Instant {
  const day = when.from ?? '';
  if (lead.unit === 'hour') return officialInstant(when) - lead.before * HOUR;
  if (lead.unit === 'minute') return officialInstant(when) - lead.before * MINUTE;
  if (lead.unit === 'working-day') return onLocalDay(workingDaysBefore(day, lead.before, holidays).day, when, timing);
  if (lead.before < 0) return atWallClock(addDays(day, -lead.before), timing.hour, timing.zone);
  return onLocalDay(addDays(day, -lead.before), when, timing);
}

function officialInstant(when: When): Instant {
  return atWallClock(when.from ?? '', when.time ?? '00:00', when.zone);
}

/**
 * The channel's alert hour on that calendar day. A lead that would then come less than three hours before the end fires
 * one local day earlier: the "today" of a morning review, not its "in 7 days". An instant early in the official day can
 * lie on the channel's day before that one; then two.
 */
function onLocalDay(day: Day, when: When, { zone, hour }: Timing): Instant {
  const ends = passesAt(when) ?? 0;
  let back = 0;
  while (back < 2 && ends - atWallClock(addDays(day, -back), hour, zone) < LEAST_NOTICE) back += 1;
  return atWallClock(addDays(day, -back), hour, zone);
}

/** The smaller of six hours and half the gap to the next thing said of this date: a lead, or the deadline itself. */
function graceOf(moment: { readonly at: Instant }, speaking: readonly { readonly at: Instant }[], ends: Instant): number {
  const next = speaking.find((other) => other.at > moment.at)?.at ?? Number.MAX_SAFE_INTEGER;
  const until = moment.at < ends ? Math.min(next, ends) : next;
  return Math.min(LONGEST_GRACE, Math.floor((until - moment.at) / 2));
}
