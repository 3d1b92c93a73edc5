/**
 * What every channel must be told, by brute force from the sentences of design.md §5 to §7 and the list of edits: which
 * leads, which changes, at which tick, and nothing else. No code of the bot.
 */
import { DAY, follows, graceOf, isQuiet, over } from '../oracle.ts';
import { LISTENERS, type Listener, leadsOf } from './channels.ts';
import { datesOf, type Known, SURENESS } from './dates.ts';
import type { Step } from './script.ts';
import { FIRST, SESSIONS, type Sheet } from './sheet.ts';

/** One thing told, in words that sort by time. */
export interface Line {
  readonly at: number;
  readonly channel: string;
  /** A date, or the listing that something happened to. */
  readonly about: string;
  readonly what: string;
}

/** What became of a date or a review; news until it is told. */
interface News {
  readonly at: number;
  readonly about: string;
  readonly before: Known | null;
  readonly after: Known | null;
  /** What happened to a review; null for a date. */
  readonly happened: { readonly what: string; readonly state: string; readonly session: number } | null;
}

interface Lead {
  readonly date: Known;
  readonly lead: string;
  readonly at: number;
}

/** A channel with what it waits to be told. */
interface Ear {
  readonly channel: Listener;
  readonly from: number;
  news: News[];
  leads: Lead[];
  /** What was said of a day, whatever became of it in between. */
  readonly said: Set<string>;
}

export function mustBeTold(steps: readonly Step[]): readonly Line[] {
  const lines: Line[] = [];
  let [sheet, dates, ticked] = [FIRST, datesOf(FIRST), steps[0]?.at ?? 0];
  const since = new Map<string, number>();
  const listen = (channel: Listener, from: number): Ear => ({ channel, from, news: [], leads: [], said: new Set() });
  const ears = LISTENERS.filter(({ later }) => !later).map((channel) => listen(channel, ticked));
  for (const step of steps) {
    if (step.does === 'follow') ears.push(listen(LISTENERS.find(({ id }) => id === step.channel) as Listener, step.at));
    if (step.does === 'edit') {
      const after = datesOf(step.edited.sheet);
      for (const [id, date] of after) if (dayText(dates.get(id)) !== dayText(date)) since.set(id, step.at);
      const news = newsOf({ sheet, dates }, { sheet: step.edited.sheet, dates: after }, step.at);
      for (const ear of ears) ear.news.push(...news.filter((item) => ear.from < item.at && hears(ear.channel, item)));
      [sheet, dates] = [step.edited.sheet, after];
    }
    if (step.does !== 'tick') continue;
    for (const ear of ears) {
      for (const date of dates.values()) ear.leads.push(...leadsDue(ear, date, { after: Math.max(ticked, since.get(date.id) ?? 0), now: step.at }));
      lines.push(...tell(ear, dates, step.at));
    }
    ticked = step.at;
  }
  return lines;
}

interface State {
  readonly sheet: Sheet;
  readonly dates: ReadonlyMap<string, Known>;
}

/** What channels hear of: where a date is, how sure it is, a second value beside it, the days of a review, what happened to it. */
function newsOf(before: State, after: State, at: number): readonly News[] {
  const changed = [...after.dates].flatMap(([id, date]): News[] => {
    const old = before.dates.get(id) ?? null;
    const what = becameOf(old, date);
    return what !== null && isCountedOn(old, date, what) ? [{ at, about: id, before: old, after: date, happened: null }] : [];
  });
  const happened = SESSIONS.flatMap((session) =>
    after.sheet[session].listings.flatMap(({ state, events }) => {
      const known = before.sheet[session].listings.find((other) => other.state === state)?.events.length ?? 0;
      return events.slice(known).map(({ what }): News => ({ at, about: `${session}-${state}`, before: null, after: null, happened: { what, state, session } }));
    }),
  );
  return [...happened, ...changed];
}

function dayText(date: Known | null | undefined): string {
  return date === null || date === undefined || date.day === '' ? '' : `${date.day} ${date.time ?? 'by day'}`;
}

function becameOf(before: Known | null, after: Known): string | null {
  const [old, now] = [dayText(before), dayText(after)];
  if (old === '' && now !== '') return 'announced';
  if (old !== '' && now === '') return 'withdrawn';
  if (old !== now) return 'moved';
  if (before === null) return null;
  if (now === '') return before.range === after.range ? null : 'range-moved';
  const surer = (SURENESS[after.certainty] ?? 0) - (SURENESS[before.certainty] ?? 0);
  if (surer !== 0) return surer > 0 ? 'surer' : 'doubtful';
  if (after.others.length === 0 || after.others.join() === before.others.join()) return null;
  if (before.others.length === 0) return 'conflict-opened';
  return after.others.some((other) => other !== old && !before.others.includes(other)) ? 'conflict-changed' : null;
}

/** Channels hear of dates that stand; of a second value only beside a published one. */
function isCountedOn(before: Known | null, after: Known, what: string): boolean {
  if (what === 'range-moved') return after.kind === 'review' && after.stands;
  if (what.startsWith('conflict-')) return after.stands && after.certainty === 'published';
  return after.stands && (what !== 'withdrawn' || before?.stands === true);
}

const OF_PARTICIPATION = ['absent', 'non-participation-announced', 'postponed', 'rescheduled', 'postponement-requested', 'cooperation-resumed'];

function hears(channel: Listener, { after, happened }: News): boolean {
  if (happened === null) return after !== null && !channel.participation && follows(channel, after);
  const { what, state, session } = happened;
  const ofContributions = what.startsWith('contributions-');
  if (channel.participation) return ofContributions || OF_PARTICIPATION.includes(what);
  return follows(channel, { state, session, kind: ofContributions ? 'stakeholder_submission' : 'review' });
}

/** Leads that fire now; what lay behind when the date appeared was said by that message. */
function leadsDue(ear: Ear, date: Known, { after, now }: { readonly after: number; readonly now: number }): readonly Lead[] {
  if (!date.fires || ear.channel.participation || !follows(ear.channel, date)) return [];
  return leadsOf(date, ear.channel)
    .filter(({ at, speaks }) => speaks && at > after && at <= now && at >= ear.from)
    .map(({ lead, at }) => ({ date, lead, at }))
    .filter((lead) => !ear.said.has(keyOf(lead)) && !ear.leads.some((other) => keyOf(other) === keyOf(lead)));
}

function keyOf({ date, lead }: Lead): string {
  return `${date.id} ${dayText(date)} ${lead}`;
}

/** By night a channel hears only of what ends within a day. */
function isFree(channel: Listener, concerned: readonly (Known | null)[], now: number): boolean {
  const last = concerned.some((date) => date !== null && date.day !== '' && over(date) >= now && over(date) - DAY <= now);
  return last || !isQuiet(now, channel);
}

function tell(ear: Ear, dates: ReadonlyMap<string, Known>, now: number): readonly Line[] {
  const { channel } = ear;
  const line = (about: string, what: string): Line => ({ at: now, channel: channel.id, about, what });
  const free = ear.news.filter(({ before, after }) => isFree(channel, [before, after], now));
  ear.news = ear.news.filter((item) => !free.includes(item));
  const happened = free.flatMap((item) => (item.happened === null ? [] : [line(item.about, item.happened.what)]));
  const changed = [
    ...Map.groupBy(
      free.filter((item) => item.happened === null),
      ({ about }) => about,
    ),
  ].flatMap(([about, items]) => {
    const [before, last, known] = [items[0]?.before ?? null, items.at(-1)?.after ?? null, dates.get(about) ?? null];
    // Of a date that does not stand nothing more is told: what waited is told as it is now.
    const after = known?.stands === false ? known : last;
    const what = after === null ? null : becameOf(before, after);
    // Sources that agree again before anybody heard that they differed, or differ on what does not stand any more: nothing is said.
    if (what?.startsWith('conflict-') === true && (known?.others.length === 0 || known?.stands === false)) return [];
    return after === null || what === null || !isCountedOn(before, { ...after, stands: true }, what)
      ? []
      : [line(about, `${what} ${placeText(before)} → ${placeText(after)}`)];
  });
  const ready = ear.leads.filter(({ date }) => isFree(channel, [date], now));
  ear.leads = ear.leads.filter((lead) => !ready.includes(lead));
  const stands = ready.filter(({ date }) => dates.get(date.id)?.fires === true && dayText(dates.get(date.id)) === dayText(date));
  for (const lead of stands) ear.said.add(keyOf(lead));
  const leads = stands.map(({ date, lead, at }) => {
    const folded = changed.some(({ about }) => about === date.id);
    const late = now - at > graceOf(at, date, leadsOf(date, channel));
    return line(date.id, `${lead} ${folded ? 'in a correction' : late ? 'in a catch-up' : 'on time'}`);
  });
  return [...happened, ...changed, ...leads];
}

/** Where a date is; the days in which a review is expected. */
function placeText(date: Known | null): string {
  if (date === null) return '-';
  if (date.day === '') return date.kind === 'review' ? date.range : '-';
  return `${date.day}${date.time === null ? '' : ` ${date.time}`}`;
}
