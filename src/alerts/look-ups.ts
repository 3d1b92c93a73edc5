/** What the operator is asked to look up, once a week: what nobody has looked at for long, and what nobody looked for when it was due. */
import { isoWeek, nextDigest } from '../domain/alerts/digest.ts';
import { lookUps } from '../domain/alerts/look-ups.ts';
import type { CalendarFacts } from '../domain/calendar/facts.ts';
import { staleFacts } from '../domain/calendar/stale.ts';
import { dayOf, GENEVA, type Instant } from '../domain/time.ts';
import type { Logger } from '../lib/log.ts';
import type { Store, Wakeup } from '../store/store.ts';
import { tellOperator } from './delivery/notices.ts';
import { readWork } from './work.ts';

/** Who keeps the calendar of this bot. */
export interface Keeper {
  /** The operator's channel; null = the log. */
  readonly operator: string | null;
  /** The facts in force. */
  readonly facts: () => CalendarFacts;
}

const WEEKLY = { day: 1, hour: '09:00' } as const;
const SUBJECT = 'operator';

/** Lets the operator have the list every Monday morning; what was arranged before goes on. */
export function listWeekly(store: Store, now: Instant): Promise<void> {
  return store.wakeups.put({ kind: 'look-ups', subject: SUBJECT, dueAt: nextDigest(WEEKLY, GENEVA, now), body: '{}' });
}

/** The list of the week that `wakeup` fell due in, once; none when everything was looked at. */
export async function tellLookUps({ store, log, keeper }: { store: Store; log: Logger; keeper: Keeper }, wakeup: Wakeup, now: Instant): Promise<void> {
  await store.wakeups.set({ ...wakeup, dueAt: nextDigest(WEEKLY, GENEVA, now) });
  const awaited = await awaitedDeadlines(store);
  const picture = awaited.size === 0 ? null : ((await store.calendar.picture())?.picture ?? null);
  const list = lookUps(
    staleFacts(keeper.facts(), now),
    [...awaited].flatMap((id) => picture?.deadlines.get(id) ?? []),
  );
  if (list === null) return;
  const key = `look-ups|${isoWeek(dayOf(wakeup.dueAt, GENEVA))}`;
  const told = await tellOperator({ store, log, operator: keeper.operator, now }, { notice: { about: 'stale', ...list }, key });
  if (!told) log.warn({ facts: list.items.length + list.more }, 'There are facts to look up; `upr-watch calendar stale` names them');
}

/** Dates whose check waits for a look. */
async function awaitedDeadlines(store: Store): Promise<ReadonlySet<string>> {
  const works = (await store.wakeups.of('check')).map(({ body }) => readWork((JSON.parse(body) as { work: string }).work));
  return new Set(works.flatMap((work) => (work.type === 'lead' ? work.deadline : [])));
}
