/** Who hears of some changes, worked out before they are made. Nothing is written. */
import { setImmediate as breathe } from 'node:timers/promises';
import { deadlineOfChange } from '../domain/alerts/merge-changes.ts';
import { wantsNews } from '../domain/alerts/wish.ts';
import { type Change, isPosted, type Picture } from '../domain/calendar/diff.ts';
import { isOldNews, statesOfChange } from '../domain/calendar/news.ts';
import type { Instant } from '../domain/time.ts';
import type { Place, Store } from '../store/store.ts';

/** Channels that hear the same, in one message each. */
export interface Hearers {
  readonly changes: readonly Change[];
  readonly channels: readonly string[];
}

/** Followers read at a time. */
const PAGE = 500;

/** The channels that `changes` reach, by what each hears; the many first. The same rules as planning (`alerts/plan.ts`, `alerts/fan-out.ts`). */
export async function audienceOf(store: Store, { changes, after }: { changes: readonly Change[]; after: Picture }, now: Instant): Promise<readonly Hearers[]> {
  const told = changes.filter((change) => isPosted(change) && !isOldNews(change, after, now));
  const views = await store.ownDates.views();
  /** What a team corrected it hears of from its own view. */
  const isOwn = ({ platform, id }: Place, change: Change) =>
    views.some(({ place, own }) => place.platform === platform && place.id === id && own.deadlines.has(deadlineOfChange(change) ?? ''));
  const heard = new Map<string, Set<Change>>();
  for (const state of new Set([...told.flatMap(statesOfChange), '*'])) {
    const about = state === '*' ? told : told.filter((change) => statesOfChange(change).includes(state));
    for (let cursor: string | null = ''; cursor !== null && about.length > 0; ) {
      const page: Awaited<ReturnType<Store['subscriptions']['followers']>> = await store.subscriptions.followers({ profile: null, state, cursor, limit: PAGE });
      for (const { channel, place, selector, activeFrom } of page.rows) {
        if (activeFrom >= now) continue;
        const wanted = about.filter((change) => wantsNews(selector, change) && !isOwn(place, change));
        if (wanted.length > 0) heard.set(channel, new Set([...(heard.get(channel) ?? []), ...wanted]));
      }
      cursor = page.cursor;
      await breathe();
    }
  }
  return alike(heard, told);
}

function alike(heard: ReadonlyMap<string, ReadonlySet<Change>>, told: readonly Change[]): readonly Hearers[] {
  const numbers = new Map(told.map((change, index) => [change, index]));
  const groups = new Map<string, { changes: readonly Change[]; channels: string[] }>();
  for (const [channel, wanted] of heard) {
    const changes = told.filter((change) => wanted.has(change));
    const key = changes.map((change) => numbers.get(change)).join();
    const group = groups.get(key) ?? { changes, channels: [] };
    group.channels.push(channel);
    groups.set(key, group);
  }
  return [...groups.values()].sort((a, b) => b.channels.length - a.channels.length || b.changes.length - a.changes.length);
}
