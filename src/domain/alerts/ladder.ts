import type { DeadlineKind } from '../calendar/kinds.ts';

/**
 * - `alert`: a message of its own
 * - `digest`: only listed in the next digest; makes no alert
 * - `check`: looks whether the thing due was seen; speaks only on the word of a sourced look (design.md §6)
 */
export type LeadMode = 'alert' | 'digest' | 'check';
export type LeadUnit = 'day' | 'working-day' | 'hour' | 'minute';

/** One step of a ladder: how long before a date (after it, for a check) and how it speaks. */
export interface Lead {
  /** As written without its mark: `60d`, `5wd`, `3h`, `10min`, `+14d`. Unique in a ladder; part of the once-key. */
  readonly key: string;
  readonly mode: LeadMode;
  readonly unit: LeadUnit;
  /** Whole units before the date; negative after it. */
  readonly before: number;
}

/** The one alert that stands for all hour leads and a 0-day lead of a date whose hour is not published. */
export const TODAY: Lead = { key: 'today', mode: 'alert', unit: 'day', before: 0 };

/** Leads a kind, largest first. A kind without an entry has no leads: it is listed and its changes are posted. */
export type Ladder = Readonly<Partial<Record<DeadlineKind, readonly Lead[]>>>;

const UNITS: Record<string, LeadUnit> = { d: 'day', wd: 'working-day', h: 'hour', min: 'minute' };

/**
 * Reads a lead as an operator writes it: `60d` (digest), `60d!` (a message of its own), `+1d?` (a check one day after).
 * Null when it is not one.
 */
export function readLead(text: string): Lead | null {
  const match = /^(\+?)(\d{1,3})(d|wd|h|min)([!?]?)$/.exec(text.trim());
  if (match === null) return null;
  const [, after, count, unit = '', mark] = match;
  const mode: LeadMode = mark === '!' ? 'alert' : mark === '?' ? 'check' : 'digest';
  if ((after === '+') !== (mode === 'check')) return null;
  const lead = { key: `${after}${count}${unit}`, mode, unit: UNITS[unit] ?? 'day', before: Number(count) * (after === '+' ? -1 : 1) };
  return lead.before === 0 ? { ...lead, before: 0 } : lead;
}
