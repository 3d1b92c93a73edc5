/** Who listens to the small calendar: other zones, hours, ladders and wishes, a night, one that hears only of participation, one that comes later. */
import type { Selector } from '../../../src/domain/alerts/subscription.ts';
import type { ChannelPlan, LadderPlan } from '../a-bot.ts';
import { dayPlus, firings, firstShown, type OracleChannel, type OracleDate, wallClock } from '../oracle.ts';

const LADDERS = {
  full: {
    stakeholder_submission: ['30d!', '7d!', '1d!', '3h!', '10d'],
    national_report: ['14d!', '1d!'],
    presession: ['7d!', '2h!'],
    presession_statement: ['3d!'],
    advance_questions: ['3d!'],
    review: ['7d!', '1d!', '1h!'],
    recommendations_circulated: ['1d!', '0d!'],
  },
  short: { stakeholder_submission: ['7d!', '1d!'], national_report: ['7d!'], review: ['3d!', '0d!'], presession_statement: ['1d!'] },
} as const satisfies LadderPlan;

export const LADDER_PLAN: LadderPlan = LADDERS;

export interface Listener extends OracleChannel {
  /** Hears only what happens to the taking part of States. */
  readonly participation: boolean;
  /** Not there from the start. */
  readonly later: boolean;
}

interface Asks {
  readonly zone: string;
  readonly hour: string;
  readonly ladder: keyof typeof LADDERS;
  readonly quiet?: { readonly from: string; readonly to: string };
  readonly wish?: { readonly states?: readonly string[]; readonly sessions?: readonly number[]; readonly kinds?: Selector['kinds'] };
  readonly participation?: true;
  readonly later?: true;
}

const ASKS: Readonly<Record<string, Asks>> = {
  geneva: { zone: 'Europe/Zurich', hour: '09:00', ladder: 'full' },
  apia: { zone: 'Pacific/Apia', hour: '08:00', ladder: 'short', wish: { kinds: ['stakeholder_submission', 'review'] } },
  newyork: { zone: 'America/New_York', hour: '23:30', ladder: 'full', quiet: { from: '20:00', to: '09:00' } },
  participation: { zone: 'Europe/Zurich', hour: '09:00', ladder: 'full', participation: true },
  kathmandu: { zone: 'Asia/Kathmandu', hour: '07:15', ladder: 'full', wish: { sessions: [55] }, later: true },
};

export const LISTENERS: readonly Listener[] = Object.entries(ASKS).map(([id, { zone, hour, ladder, quiet = null, wish = {}, participation, later }]) => ({
  ...{ id, zone, hour, ladder: LADDERS[ladder], quiet, participation: participation ?? false, later: later ?? false },
  wishes: [{ states: wish.states ?? null, kinds: wish.kinds ?? null, sessions: wish.sessions ?? null }],
}));

/** The same for the bot. */
export function planOf(id: string): ChannelPlan {
  const { zone, hour, ladder, quiet = null, wish = {}, participation } = ASKS[id] as Asks;
  return { id, zone, hour, ladder, quiet, follows: [participation === true ? { ...wish, news: 'participation' } : wish] };
}

const fired = new Map<string, ReturnType<typeof firings>>();

/** Every lead of a date in a channel with the instant it fires, whether or not the date stands. */
export function leadsOf(date: OracleDate, channel: Listener): ReturnType<typeof firings> {
  const key = `${channel.id} ${date.kind} ${date.day} ${date.time}`;
  const known = fired.get(key) ?? firings({ ...date, fires: date.day !== '' }, channel);
  fired.set(key, known);
  return known;
}

/** When the night ends in which `at` lies; null by day. */
export function morningAfter(at: number, { quiet, zone }: Listener): number | null {
  if (quiet === null) return null;
  const [day = '', time = ''] = wallClock(at, zone).split(' ');
  if (time < quiet.to) return firstShown(day, quiet.to, zone);
  return time >= quiet.from ? firstShown(dayPlus(day, 1), quiet.to, zone) : null;
}
