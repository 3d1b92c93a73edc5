/** From drawn acts to what happens when: edits, restarts, followers who come, and the instants at which the bot ticks. */
import { LISTENERS, type Listener, leadsOf, morningAfter } from './channels.ts';
import { datesOf } from './dates.ts';
import { type Choice, EDIT_KINDS, type Edited, type EditKind, edit } from './edit.ts';
import { FIRST, type Sheet } from './sheet.ts';

export const ACTS = ['restart', 'older image', 'broken file', 'follow', ...EDIT_KINDS] as const;

export interface Act extends Choice {
  readonly what: 'restart' | 'older image' | 'broken file' | 'follow' | EditKind;
  /** Minutes later, days later, or some minutes before or after the next lead fires. */
  readonly when: 'soon' | 'days' | 'by a lead';
  readonly wait: number;
  /** Whether the bot ticks before the next act, or sleeps for hours. */
  readonly next: 'tick' | 'no tick' | 'sleep';
}

export type Step = { readonly at: number } & (
  | { readonly does: 'tick' }
  | { readonly does: 'edit'; readonly edited: Edited }
  | { readonly does: 'restart' | 'older image' | 'broken file'; readonly which: number }
  | { readonly does: 'follow'; readonly channel: string }
);

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
export const BEGINS = Date.parse('2026-01-05T12:00:30Z');

/** Everything in order, with a tick whenever something can be due, until nothing is ahead any more. */
export function scriptOf(acts: readonly Act[]): readonly Step[] {
  const steps: Step[] = [{ at: BEGINS, does: 'tick' }];
  const waiting = LISTENERS.filter(({ later }) => later).map(({ id }) => id);
  let [now, sheet, awake] = [BEGINS, FIRST, BEGINS];
  for (const act of acts) {
    const at = timeOf(act, now, sheet);
    steps.push(...ticks(sheet, now, at, awake));
    const near = act.when === 'by a lead' ? nextDue(sheet, now, act)?.date : undefined;
    const step = stepOf(near === undefined ? act : { ...act, near }, at, { sheet, waiting });
    steps.push(step);
    if (step.does === 'edit') sheet = step.edited.sheet;
    if (step.does !== 'edit' && step.does !== 'broken file') awake = at;
    else if (act.next !== 'tick') awake = Math.max(awake, at + (act.next === 'sleep' ? (1 + (act.wait % 60)) * HOUR : 0));
    const soon = at + MINUTE / 4;
    if (awake <= at && (act.next === 'tick' || step.does !== 'edit')) steps.push({ at: soon, does: 'tick' });
    now = soon;
  }
  const end = Math.max(now, duesOf(sheet).at(-1)?.at ?? now) + DAY;
  return [...steps, ...ticks(sheet, now, end, awake), { at: end, does: 'tick' }];
}

/** At half a minute, so that nobody asks what comes first. */
function timeOf(act: Act, now: number, sheet: Sheet): number {
  const { when, wait } = act;
  const wanted = {
    soon: now + (1 + (wait % 90)) * MINUTE,
    days: now + (1 + (wait % 3)) * DAY + ((wait * 37) % 1_440) * MINUTE,
    'by a lead': Math.min(nextDue(sheet, now, act)?.at ?? now, now + 5 * DAY) + ([-7, -1, 1, 7, 40, 120][wait % 6] ?? 0) * MINUTE,
  }[when];
  return Math.floor(Math.max(wanted, now + MINUTE) / MINUTE) * MINUTE + MINUTE / 2;
}

/** Every other time one that a channel hears of in the morning only. */
function nextDue(sheet: Sheet, now: number, { wait }: Act): Due | undefined {
  return duesOf(sheet).find(({ at, waits }) => at > now + MINUTE && (waits || wait % 4 < 2));
}

/** The act as asked for, or the next in turn that is possible now. */
function stepOf(
  { what, when: _when, wait: _wait, next: _next, ...choice }: Act,
  at: number,
  { sheet, waiting }: { readonly sheet: Sheet; readonly waiting: string[] },
): Step {
  const { which } = choice;
  if (what === 'follow') {
    const channel = waiting.shift();
    return channel === undefined ? { at, does: 'restart', which } : { at, does: 'follow', channel };
  }
  if (what === 'restart' || what === 'older image' || what === 'broken file') return { at, does: what, which };
  const begin = EDIT_KINDS.indexOf(what);
  for (const [turn] of EDIT_KINDS.entries()) {
    const kind = EDIT_KINDS[(begin + turn) % EDIT_KINDS.length] ?? what;
    const edited = edit(sheet, kind, choice, at);
    if (edited !== null) return { at, does: 'edit', edited };
  }
  return { at, does: 'restart', which };
}

interface Due {
  readonly at: number;
  readonly date: string;
  /** It comes by night. */
  readonly waits: boolean;
}

const dues = new WeakMap<Sheet, readonly Due[]>();

/** When leads of the sheet fire, in order. */
function duesOf(sheet: Sheet): readonly Due[] {
  const known = dues.get(sheet);
  if (known !== undefined) return known;
  const all = [...datesOf(sheet).values()].flatMap((date) =>
    LISTENERS.flatMap((channel) => leadsOf(date, channel).map(({ at }): Due => ({ at, date: date.id, waits: morningAfter(at, channel) !== null }))),
  );
  const sorted = all.sort((a, b) => a.at - b.at);
  dues.set(sheet, sorted);
  return sorted;
}

/** After `from` and before `until`, but for the time asleep: leads, and the mornings after anything that came by night. */
function ticks(sheet: Sheet, from: number, until: number, awake: number): readonly Step[] {
  const leads = duesOf(sheet)
    .map(({ at }) => at)
    .filter((due) => due > from && due < until);
  const mornings = [from, awake, ...leads].flatMap((at) => LISTENERS.flatMap((channel: Listener) => morningAfter(at, channel) ?? []));
  const all = new Set([...leads, ...mornings, awake].filter((at) => at > from && at < until && at >= awake));
  return [...all].sort((a, b) => a - b).map((at) => ({ at, does: 'tick' }));
}
