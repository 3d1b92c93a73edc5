/** The last look at channels whose turn it is, and the marking of what they are told. */
import { createHash } from 'node:crypto';
import { type Instant, MINUTE } from '../../domain/time.ts';
import type { Marks } from '../../message/content.ts';
import type { Message } from '../../message/message.ts';
import type { Channel, NewDelivery } from '../../store/store.ts';
import type { Memory } from '../memory.ts';
import { isTeamType } from '../team/bodies.ts';
import { placeOf } from '../views.ts';
import type { Composition, Draft } from './compose.ts';
import { lastLooks } from './last-look.ts';
import type { Hearer, Letter } from './letter.ts';
import { unsayable } from './notices.ts';
import type { CommitDeps } from './record.ts';

/** A message this late is on time to a reader. */
const UNSAID_LATENESS = 2 * MINUTE;

/** Under the same key, which cannot make a second message. */
export async function beginAgain({ store, worker }: CommitDeps, letters: readonly Letter[]): Promise<readonly Letter[]> {
  const begun: Letter[] = [];
  for (const letter of letters) {
    const delivery = await store.alerts.again(letter.delivery, worker);
    if (delivery !== null) begun.push({ ...letter, delivery, tries: letter.tries + 1 });
  }
  return begun;
}

interface Chosen {
  readonly channel: Channel;
  readonly draft: Draft;
  readonly message: Message;
  readonly key: string;
}

/** Marks one message a channel. Answers what is to be posted, and which channels have more to say. */
export async function beginNew(
  deps: CommitDeps,
  picks: readonly string[],
  memory: Memory,
  now: Instant,
): Promise<{ letters: readonly Letter[]; more: readonly string[] }> {
  const { store, worker, adapters } = deps;
  const chosen: Chosen[] = [];
  const more: string[] = [];
  for (const { channel, composition } of await lastLooks(deps, picks, memory, now)) {
    await giveUp(deps, composition, now);
    await holdBack(deps, composition);
    const [draft, ...rest] = composition.drafts;
    if (draft === undefined) continue;
    if (rest.length > 0) more.push(channel.id);
    const hearer = { ...channel, sources: memory.views.of(placeOf(channel)).sources };
    const message = await worded(deps, hearer, draft, now);
    if (message !== null) chosen.push({ channel, draft, message, key: deliveryKey(draft) });
  }
  const deliveries = chosen.map(({ channel, draft, message, key }): NewDelivery => {
    const kept = (adapters.get(channel.platform)?.repeatSafeMs(channel.target) ?? 0) > 0;
    const { type, alerts, folded } = draft;
    return {
      ...{ channel: channel.id, lane: channel.lane, onceKey: key, type, title: isTeamType(type) ? type : message.title },
      message: kept && draft.edits === null && draft.below === undefined ? JSON.stringify(message) : null,
      alerts: alerts.map(({ id }) => id),
      folded: folded.map(({ id }) => id),
    };
  });
  const begun = await store.alerts.begin(deliveries, worker, now);
  const letters = chosen.flatMap(({ channel, draft, message, key }, index): Letter[] => {
    const delivery = begun[index];
    const alerts = [...draft.alerts, ...draft.folded.map((alert) => ({ ...alert, reason: 'folded' }))];
    const { type, edits, card, below } = draft;
    const beside = { ...(card === undefined ? {} : { card }), ...(below === undefined ? {} : { below }) };
    return delivery === undefined ? [] : [{ delivery, channel, type, message, edits, ...beside, key, alerts, begunAt: now, tries: 0 }];
  });
  return { letters, more };
}

/** A message that cannot be put into words keeps no other waiting: it has failed, and the operator hears of it. */
async function worded(deps: CommitDeps, channel: Hearer, draft: Draft, now: Instant): Promise<Message | null> {
  try {
    return deps.format(draft.content, marksOf(draft, now), channel, now);
  } catch (cause) {
    const { store, log, operator, counted } = deps;
    const ids = [...draft.alerts, ...draft.folded].map(({ id }) => id);
    log.error({ err: cause, channel: channel.id, alerts: ids }, 'A message could not be put into words');
    await store.alerts.giveUp(ids, { state: 'failed', reason: 'it could not be put into words' }, now);
    counted.push((tally) => tally.settled('failed', ids.length));
    if (draft.type !== 'notice') await unsayable({ store, log, operator, now }, channel, { key: `${ids[0]}`, why: 'format', unsaid: ids.length });
    return null;
  }
}

async function giveUp({ store, counted }: CommitDeps, { superseded }: Composition, now: Instant): Promise<void> {
  const groups = new Map<string, number[]>();
  for (const { alert, reason } of superseded) groups.set(reason, [...(groups.get(reason) ?? []), alert.id]);
  for (const [reason, ids] of groups) await store.alerts.giveUp(ids, { state: 'superseded', reason }, now);
  if (superseded.length > 0) counted.push((tally) => tally.settled('superseded', superseded.length));
}

async function holdBack({ store }: CommitDeps, { held }: Composition): Promise<void> {
  const groups = Map.groupBy(held, ({ until }) => until);
  for (const [until, entries] of groups)
    await store.alerts.hold(
      entries.map(({ alert }) => alert.id),
      until,
    );
}

/** The same alerts give the same key, also after a restart. */
function deliveryKey(draft: Draft): string {
  const keys = [...draft.alerts, ...draft.folded].map((alert) => `${alert.channel}|${alert.onceKey}`).sort();
  return createHash('sha256')
    .update(`${draft.type}\n${keys.join('\n')}`)
    .digest('base64url')
    .slice(0, 25);
}

function marksOf(draft: Draft, now: Instant): Marks {
  const late = Math.max(0, ...draft.alerts.map((alert) => now - alert.dueAt));
  const said = draft.type === 'leads' && late > UNSAID_LATENESS ? late : null;
  return { mayBeRepeat: draft.alerts.some((alert) => alert.repeats > 0), late: said };
}
