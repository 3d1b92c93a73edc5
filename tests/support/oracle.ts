/**
 * What channels must be told, worked out by brute force from the sentences of design.md §6 and §7 alone: no code of the
 * bot, no luxon. Every instant is a multiple of five minutes, so clocks are read in steps of five.
 */

export interface OracleDate {
  readonly id: string;
  readonly kind: string;
  readonly state: string;
  readonly session: number;
  readonly day: string;
  /** Null for a date known to the day. */
  readonly time: string | null;
  readonly zone: string;
  /** Published, by a fixed rule or tentative, and known to the day: the others never fire. */
  readonly fires: boolean;
}

export interface OracleWish {
  readonly states: readonly string[] | null;
  readonly kinds: readonly string[] | null;
  readonly sessions: readonly number[] | null;
}

export interface OracleChannel {
  readonly id: string;
  readonly zone: string;
  readonly hour: string;
  /** Leads as written, by kind. */
  readonly ladder: Readonly<Record<string, readonly string[]>>;
  readonly quiet: { readonly from: string; readonly to: string } | null;
  readonly wishes: readonly OracleWish[];
}

export type OracleStep = { readonly tick: number } | { readonly revise: number; readonly dates: readonly OracleDate[] };

/** One lead that must have been told, by which tick and how. */
export interface MustBeSaid {
  readonly channel: string;
  readonly deadline: string;
  readonly date: string;
  readonly lead: string;
  readonly at: number;
  readonly how: 'on time' | 'in a catch-up' | 'in a correction';
}

const STEP = 5 * 60_000;
const HOUR = 60 * 60_000;
export const DAY = 24 * HOUR;

const clocks = new Map<string, Intl.DateTimeFormat>();

/** What a wall clock shows: `2026-07-17 09:00`. */
export function wallClock(at: number, zone: string): string {
  let clock = clocks.get(zone);
  if (clock === undefined) {
    clock = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
    clocks.set(zone, clock);
  }
  return clock.format(at);
}

const reached = new Map<string, number>();

/** The first instant at which the wall clock shows `day time` or, where it skips that, something later. */
export function firstShown(day: string, time: string, zone: string): number {
  const wanted = `${day} ${time}`;
  const key = `${wanted} ${zone}`;
  let at = reached.get(key);
  if (at === undefined) {
    at = Date.parse(`${day}T${time}:00Z`) - 16 * HOUR;
    // No clock goes back by more than an hour or two.
    while (wallClock(at + 4 * HOUR, zone) < wanted) at += HOUR;
    while (wallClock(at, zone) < wanted) at += STEP;
    reached.set(key, at);
  }
  return at;
}

export function dayPlus(day: string, days: number): string {
  return new Date(Date.parse(`${day}T12:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

/** When it is over: the instant, or the end of its day in its zone. */
export function over({ day, time, zone }: OracleDate): number {
  return time === null ? firstShown(dayPlus(day, 1), '00:00', zone) : firstShown(day, time, zone);
}

interface Firing {
  readonly lead: string;
  readonly at: number;
  readonly speaks: boolean;
}

/** Every lead of a date in a channel with the instant it fires. */
export function firings(date: OracleDate, channel: Pick<OracleChannel, 'zone' | 'hour' | 'ladder'>): readonly Firing[] {
  if (!date.fires) return [];
  const found = (channel.ladder[date.kind] ?? []).map((written) => firing(written, date, channel));
  const leads = found.filter((lead) => lead !== 'today');
  if (found.length > leads.length) leads.push({ lead: 'today', at: alertHour(date, 0, channel), speaks: true });
  return leads.sort((a, b) => a.at - b.at);
}

function firing(written: string, date: OracleDate, channel: Pick<OracleChannel, 'zone' | 'hour'>): Firing | 'today' {
  const [, count = '', unit = '', mark] = /^(\d+)(d|wd|h|min)(!?)$/.exec(written) ?? [];
  const lead = `${count}${unit}`;
  const speaks = mark === '!';
  const countsFromAnHour = unit === 'h' || unit === 'min';
  if (date.time === null && (countsFromAnHour || lead === '0d')) return 'today';
  if (countsFromAnHour) return { lead, at: over(date) - Number(count) * (unit === 'h' ? HOUR : 60_000), speaks };
  const back = unit === 'wd' ? workingDaysBack(date.day, Number(count)) : Number(count);
  return { lead, at: alertHour(date, back, channel), speaks };
}

/** The alert hour so many calendar days before; a day earlier while it lies under three hours before the end. */
function alertHour(date: OracleDate, daysBefore: number, { zone, hour }: Pick<OracleChannel, 'zone' | 'hour'>): number {
  let day = dayPlus(date.day, -daysBefore);
  while (over(date) - firstShown(day, hour, zone) < 3 * HOUR) day = dayPlus(day, -1);
  return firstShown(day, hour, zone);
}

function workingDaysBack(day: string, count: number): number {
  let back = 0;
  for (let left = count; left > 0; ) {
    back += 1;
    if (![0, 6].includes(new Date(`${dayPlus(day, -back)}T12:00:00Z`).getUTCDay())) left -= 1;
  }
  return back;
}

/** Grace: six hours, or half the gap to what comes next: a lead that speaks, or the deadline. */
export function graceOf(at: number, date: OracleDate, all: readonly Firing[]): number {
  const next = [...all.filter((other) => other.speaks).map((other) => other.at), over(date)].filter((other) => other > at);
  return Math.min(6 * HOUR, (Math.min(...next) - at) / 2);
}

/** True in the night of the channel. */
export function isQuiet(at: number, { quiet, zone }: Pick<OracleChannel, 'quiet' | 'zone'>): boolean {
  if (quiet === null || quiet.from === quiet.to) return false;
  const time = wallClock(at, zone).slice(11);
  return quiet.from < quiet.to ? time >= quiet.from && time < quiet.to : time >= quiet.from || time < quiet.to;
}

/** Outside the quiet hours, or when the last day before the date has begun and it is not over. */
function mayBeSaid(date: OracleDate, channel: OracleChannel, now: number): boolean {
  return !isQuiet(now, channel) || (over(date) >= now && over(date) - DAY <= now);
}

export function follows({ wishes }: Pick<OracleChannel, 'wishes'>, { state, kind, session }: Pick<OracleDate, 'state' | 'kind' | 'session'>): boolean {
  return wishes.some(
    (wish) =>
      (wish.states === null || wish.states.includes(state)) &&
      (wish.kinds === null || wish.kinds.includes(kind)) &&
      (wish.sessions === null || wish.sessions.includes(session)),
  );
}

export const dateText = ({ day, time, zone }: Pick<OracleDate, 'day' | 'time' | 'zone'>) => `${day} ${time ?? ''} ${zone}`;

/** One date that a channel must be told has moved. */
export interface Correction {
  readonly channel: string;
  readonly deadline: string;
  readonly at: number;
  readonly from: string;
  readonly to: string;
}

interface Current {
  readonly date: OracleDate;
  readonly since: number;
}

/**
 * Lives through the steps. The first step gives the calendar with which the bot starts and every channel begins to listen.
 * What a date was when the bot last ticked is what followers know of it.
 */
export function whatMustBeSaid(
  channels: readonly OracleChannel[],
  steps: readonly OracleStep[],
): { leads: readonly MustBeSaid[]; corrections: readonly Correction[] } {
  const leads: MustBeSaid[] = [];
  const corrections: Correction[] = [];
  const [first] = steps;
  const begins = first === undefined ? 0 : 'tick' in first ? first.tick : first.revise;
  const current = new Map<string, Current>();
  let lastTold = new Map<string, OracleDate>();
  for (const [index, step] of steps.entries()) {
    if ('revise' in step) {
      for (const date of step.dates) {
        if (index === 0) lastTold.set(date.id, date);
        const before = current.get(date.id);
        if (before === undefined || dateText(before.date) !== dateText(date))
          current.set(date.id, { date, since: index === 0 ? Number.NEGATIVE_INFINITY : step.revise });
      }
      continue;
    }
    for (const channel of channels) {
      const followed = [...current.values()].filter(({ date }) => follows(channel, date));
      const moved = followed.filter(({ date }) => dateText(lastTold.get(date.id) ?? date) !== dateText(date));
      for (const { date } of moved)
        corrections.push({ channel: channel.id, deadline: date.id, at: step.tick, from: dateText(lastTold.get(date.id) ?? date), to: dateText(date) });
      for (const entry of followed) leads.push(...leadsDue(channel, entry, { begins, now: step.tick, told: leads, corrected: moved.includes(entry) }));
    }
    lastTold = new Map([...current].map(([id, { date }]) => [id, date]));
  }
  return { leads, corrections };
}

interface Tick {
  readonly begins: number;
  readonly now: number;
  readonly told: readonly MustBeSaid[];
  readonly corrected: boolean;
}

function leadsDue(channel: OracleChannel, { date, since }: Current, { begins, now, told, corrected }: Tick): readonly MustBeSaid[] {
  const all = firings(date, channel);
  return all.flatMap(({ lead, at, speaks }) => {
    if (!speaks || at > now || at <= since || at <= begins) return [];
    const entry = { channel: channel.id, deadline: date.id, date: dateText(date), lead };
    if (told.some((said) => said.channel === entry.channel && said.deadline === entry.deadline && said.date === entry.date && said.lead === lead)) return [];
    if (!mayBeSaid(date, channel, now)) return [];
    const late = now - at > graceOf(at, date, all);
    return [{ ...entry, at: now, how: corrected ? 'in a correction' : late ? 'in a catch-up' : 'on time' }];
  });
}
