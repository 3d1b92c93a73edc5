/** A date that moved while the message that tells it was under way: whoever amended what was told of it did not see it yet. */
import { becameOf, touchesTold } from '../../domain/alerts/told-date.ts';
import type { Instant } from '../../domain/time.ts';
import type { Alert, Store } from '../../store/store.ts';
import { amendAll, movedBy } from '../amend.ts';
import type { Memory } from '../memory.ts';
import { placeOf } from '../views.ts';
import type { Letter } from './letter.ts';

/** A message that arrived, as its platform names it. */
export interface Arrived {
  readonly letter: Letter;
  readonly ref: unknown;
}

/** Amends those that told a date which is another one by now. The calendar in memory may be older than the store's. */
export async function amendOvertaken(store: Store, arrived: readonly Arrived[], memory: Memory, now: Instant): Promise<void> {
  const told = arrived.filter(({ letter }) => letter.type === 'leads');
  if (told.length === 0) return;
  const latest = (await store.calendar.latest())?.id ?? 0;
  const moved = latest === memory.revision ? new Set() : await movedSince(store, memory.revision);
  const isOvertaken =
    ({ channel }: Letter) =>
    ({ type, deadline, whenKey }: Alert) =>
      type === 'lead' && (moved.has(deadline) || becameOf(whenKey, memory.views.of(placeOf(channel)).versions.get(deadline ?? '')?.deadline ?? null) !== null);
  const overtaken = told.filter(({ letter }) => letter.alerts.some(isOvertaken(letter)));
  const messages = overtaken.map(({ letter: { channel, delivery }, ref }) => ({
    ...{ channel: channel.id, lane: channel.lane, place: placeOf(channel), delivery: delivery.id, ref },
    deadlines: [],
  }));
  await amendAll(store, messages, { amending: movedBy(latest), now });
}

async function movedSince(store: Store, revision: number): Promise<ReadonlySet<string | null>> {
  const moved = new Set<string | null>();
  for (const { id } of await store.calendar.revisionsAfter(revision)) {
    const [ofAll, ofTeams] = [await store.calendar.changesOf(id), await store.calendar.teamChangesOf(id)];
    for (const { change } of [...ofAll, ...ofTeams]) {
      if (change.about === 'date' && touchesTold(change)) moved.add((change.after ?? change.before)?.id ?? null);
    }
  }
  return moved;
}
