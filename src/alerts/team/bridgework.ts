/** Two sides come to share a plan, and part again: each in one transaction, with the cards and the log that follow. */
import { randomBytes, randomUUID } from 'node:crypto';
import { accept, barredUntil, CODE_BYTES, codeFrom, endable, ended, offer, TRIES_COUNT_FOR, triesThatCount } from '../../domain/team/bridge.ts';
import { copyFor } from '../../domain/team/bridge-view.ts';
import type { Bridgework, Ended, Ending, NotTaken, Offer, Taking } from '../../domain/team/bridgework.ts';
import type { Bridge, WholeResponse } from '../../domain/team/response.ts';
import { isSameSide, type Side } from '../../domain/team/task.ts';
import type { Instant } from '../../domain/time.ts';
import type { Store } from '../../store/store.ts';
import { editCards } from './arrange.ts';
import { readTries, WRONG_CODES } from './bodies.ts';
import { begin, readPlan, settleFreed, type TeamworkDeps, tell } from './teamwork.ts';

const PLAN_ID_LENGTH = 8;

export function createBridgework({ store, now }: TeamworkDeps): Bridgework {
  return {
    offer: (asked) => store.transaction((trx) => offerPlan(trx, asked, now()), 'planning'),
    look: (taking) => store.transaction((trx) => readCode(trx, taking, now()), 'planning'),
    take: (taking) => store.transaction((trx) => takePlan(trx, taking, now()), 'planning'),
    end: (ending) => store.transaction((trx) => endBridge(trx, ending, now()), 'planning'),
  };
}

async function offerPlan(store: Store, { response: id, by, shows, codeHash }: Offer, now: Instant): ReturnType<Bridgework['offer']> {
  const response = (await store.teams.find(id))?.response;
  if (response === undefined || !isSameSide(response.side, by.side)) return { refused: 'not-there' };
  const offered = offer({ id: randomUUID(), response, shows, codeHash, now }, await store.teams.bridgesOf(id));
  if ('refused' in offered) return offered;
  await put(store, offered.bridge);
  await tell(store, { response: id, by, what: 'bridge-offer', now });
  return offered.bridge;
}

/** Bridges change in transactions that wait for each other, so that nobody else wrote it meanwhile. */
async function put(store: Store, bridge: Bridge): Promise<void> {
  if (bridge.version === 1) await store.teams.addBridge(bridge);
  else if (!(await store.teams.putBridge(bridge))) throw new Error('a bridge changed while nobody else could change it');
}

async function readCode(store: Store, taking: Taking, now: Instant): Promise<Bridge | NotTaken> {
  const { codeHash, side, channel } = taking;
  const tries = await triesOf(store, side);
  const until = barredUntil(tries, now);
  if (until !== null) return { refused: 'barred', until };
  const taken = accept(await store.teams.bridgeByCode(codeHash), { partner: side, channel, now });
  if ('bridge' in taken) return taken.bridge;
  if (taken.refused === 'no-code') await countTry(store, side, [...triesThatCount(tries, now), now]);
  return taken;
}

function subjectOf({ platform, installation }: Side): string {
  return `${platform}:${installation}`;
}

async function triesOf(store: Store, side: Side): Promise<readonly Instant[]> {
  const kept = await store.wakeups.find(WRONG_CODES, subjectOf(side));
  return kept === null ? [] : readTries(kept);
}

async function countTry(store: Store, side: Side, tries: readonly Instant[]): Promise<void> {
  await store.wakeups.set({ kind: WRONG_CODES, subject: subjectOf(side), dueAt: Math.max(...tries) + TRIES_COUNT_FOR, body: JSON.stringify(tries) });
}

async function takePlan(store: Store, taking: Taking, now: Instant): Promise<Bridge | NotTaken> {
  const bridge = await readCode(store, taking, now);
  if ('refused' in bridge) return bridge;
  await put(store, bridge);
  await tell(store, { response: bridge.response, by: null, what: 'bridge', now });
  await store.teams.putCard({ response: bridge.response, channel: taking.channel, ref: null });
  await editCards(store, bridge.response, now);
  return bridge;
}

async function endBridge(store: Store, ending: Ending, now: Instant): Promise<Ended | { readonly refused: 'not-there' }> {
  const { response: id, by } = ending;
  const bridge = endable(await store.teams.bridgesOf(id), by.side);
  if (bridge === null) return { refused: 'not-there' };
  // From here on nothing of the partner is done on it any more: what it has is read after that.
  await put(store, ended(bridge));
  const plan = await readPlan(store, id);
  if (plan === null) return { refused: 'not-there' };
  const { partner, partnerChannel } = bridge;
  if (partner === null || partnerChannel === null) {
    await tell(store, { response: id, by, what: 'bridge-end', now });
    return { withdrawn: true, copy: null, freed: 0 };
  }
  const copy = await keepCopy(store, { ...ending, whole: plan.whole, bridge, partner, channel: partnerChannel }, now);
  await store.teams.takeOut(id, partner);
  await store.teams.removeCard({ response: id, channel: partnerChannel });
  await tell(store, { response: id, by: isSameSide(bridge.owner, by.side) ? by : null, what: 'bridge-end', now });
  const held = plan.whole.tasks.filter(({ holder, doneAt }) => holder !== null && isSameSide(holder.side, partner) && doneAt === null);
  await settleFreed(store, { id, numbers: held.map(({ number }) => number), now });
  return { withdrawn: false, copy, freed: held.length };
}

interface Keeping extends Ending {
  readonly whole: WholeResponse;
  readonly bridge: Bridge;
  readonly partner: Side;
  readonly channel: string;
}

/** The card that the partner has becomes that of its copy. */
async function keepCopy(store: Store, { whole, bridge, partner, channel, by, called }: Keeping, now: Instant): Promise<string | null> {
  const [there] = await store.subscriptions.channelsBy([channel]);
  if (there === undefined) return null;
  const id = codeFrom(randomBytes(CODE_BYTES)).slice(0, PLAN_ID_LENGTH).toLowerCase();
  const card = (await store.teams.cards(whole.response.id)).find((one) => one.channel === channel);
  await begin(store, copyFor(whole, { partner, channel, shows: bridge.ownerShows, id, called, now }), { by: isSameSide(partner, by.side) ? by : null, now });
  await store.teams.putCard({ response: id, channel, ref: card?.ref ?? null });
  await tell(store, { response: id, by: isSameSide(partner, by.side) ? by : null, what: 'bridge-copy', now });
  return id;
}
