/** Messages that were posted and are not true any more as they stand: they are edited, through the lanes. */
import { z } from 'zod';
import { passesAt } from '../domain/calendar/when.ts';
import { DAY, type Instant } from '../domain/time.ts';
import type { NewAlert, Store, Told } from '../store/store.ts';
import { placeOf, samePlace } from './views.ts';
import type { MovedWork } from './work.ts';

/** Why a message is worded anew: its date is over, or is not as it was told, or the channel wants to hear no more for a while. */
export type AmendReason = 'passed' | 'silenced' | 'moved';

const target = z.object({ installation: z.string(), channel: z.string(), thread: z.string().exactOptional() });

const amendment = z.object({
  /** The delivery that posted it. */
  delivery: z.int(),
  ref: z.object({ target, id: z.string() }),
  why: z.enum(['passed', 'silenced', 'moved']),
  /** Until when a channel is silent; null when it is not any more. */
  until: z.number().nullable(),
});

export type Amendment = z.infer<typeof amendment>;

/** Reads what an alert of type `amendment` carries; throws on anything else. */
export function readAmendment(text: string): Amendment {
  return amendment.parse(JSON.parse(text));
}

export interface Amending {
  readonly why: AmendReason;
  readonly until: Instant | null;
  /** Once a message and key. */
  readonly key: string;
}

/** The message as one thing to do once; null where its platform did not name it. */
function amendmentOf({ channel, lane, delivery, ref }: Told, { why, until, key }: Amending, now: Instant): NewAlert | null {
  const named = amendment.safeParse({ delivery, ref, why, until });
  if (!named.success) return null;
  const nothingDated = { deadline: null, version: 0, whenKey: '', lead: '', revision: null, seq: null } as const;
  const onceKey = `amend|${delivery}|${why}|${key}`;
  return {
    ...nothingDated,
    channel,
    lane,
    onceKey,
    type: 'amendment',
    body: JSON.stringify(named.data),
    dueAt: now,
    grace: Number.MAX_SAFE_INTEGER,
    notBefore: now,
  };
}

/** Messages looked up in one transaction. */
const CHUNK = 200;

/** Amends the last message in each channel that it concerns and that told of a date, from the channel after `cursor`; answers where to go on, null at the end. */
export async function amendTold(
  store: Store,
  deadline: string,
  cursor: string,
  { amending, concerns, now }: { amending: Amending; concerns: (told: Told) => boolean; now: Instant },
): Promise<string | null> {
  const told = await store.alerts.toldOf({ deadline, cursor, limit: CHUNK });
  await amendAll(store, told.filter(concerns), { amending, now });
  return told.length < CHUNK ? null : (told.at(-1)?.channel ?? null);
}

/**
 * Amends the last message in each channel that it concerns for each day or instant that it told of a date, from the delivery after
 * `cursor`; answers where to go on, null at the end. A message once a revision, of however many dates it told.
 */
export async function amendMoved(
  store: Store,
  { deadline, revision, since }: MovedWork,
  cursor: string,
  { concerns, now }: { concerns: (told: Told) => boolean; now: Instant },
): Promise<string | null> {
  const told = await store.alerts.toldDates({ deadline, since, cursor: Number(cursor), limit: CHUNK });
  await amendAll(store, told.filter(concerns), { amending: movedBy(revision), now });
  return told.length < CHUNK ? null : `${told.at(-1)?.delivery}`;
}

/** What they told is not as it was told since that revision. */
export function movedBy(revision: number): Amending {
  return { why: 'moved', until: null, key: `${revision}` };
}

/** Amends these messages, each once a key; those that their platform did not name stay as they are. */
export function amendAll(store: Store, told: readonly Told[], { amending, now }: { amending: Amending; now: Instant }): Promise<void> {
  const alerts = told.map((message) => amendmentOf(message, amending, now)).filter((alert) => alert !== null);
  return store.alerts.add(alerts, now);
}

/** How far back messages are amended when a channel falls silent, and how many. */
const [LOOK_BACK, MOST] = [45 * DAY, 10];

/** Amends what a channel was told lately of dates that are ahead; `until` is null when it is not silent any more. */
export async function amendSilenced(
  store: Store,
  channel: string,
  { ahead, until, now }: { ahead: (deadline: string) => boolean; until: Instant | null; now: Instant },
) {
  const told = (await store.alerts.toldIn(channel, now - LOOK_BACK)).filter(({ deadlines }) => deadlines.some(ahead)).slice(0, MOST);
  await amendAll(store, told, { amending: { why: 'silenced', until, key: `${until ?? `ended at ${now}`}` }, now });
}

/** Whether a date is ahead, by the calendar as a store has it and a channel sees it. */
export async function aheadIn(store: Store, channel: string, now: Instant): Promise<(deadline: string) => boolean> {
  const stored = await store.calendar.picture();
  const [here] = await store.subscriptions.channelsBy([channel]);
  const views = here === undefined ? [] : await store.ownDates.views();
  const own = views.find(({ place }) => here !== undefined && samePlace(place, placeOf(here)))?.own.deadlines;
  return (id) => {
    const deadline = own?.get(id) ?? stored?.picture.deadlines.get(id);
    return deadline !== undefined && (passesAt(deadline.when) ?? 0) > now;
  };
}
