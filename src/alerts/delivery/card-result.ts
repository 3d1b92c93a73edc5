/** What became of a card, or of what was told below it: where it is now is kept with the result of its message. */
import type { Instant } from '../../domain/time.ts';
import type { Logger } from '../../lib/log.ts';
import type { DeliveryResult, Store } from '../../store/store.ts';
import { CARD_PACE, editCards } from '../team/arrange.ts';
import { planOf } from '../team/bodies.ts';
import type { Letter } from './letter.ts';
import { readCard } from './team-look.ts';

export async function recordCard(
  { store, log, now }: { readonly store: Store; readonly log: Logger; readonly now: Instant },
  letter: Letter,
  result: DeliveryResult,
): Promise<void> {
  const channel = letter.channel.id;
  if (letter.below !== undefined && result.outcome === 'failed') {
    const { response, card } = letter.below;
    log.info({ channel, reason: result.reason }, 'What is done for a plan cannot be told in a thread here; /upr plan log has it');
    if (await isStill(store, { response, channel, id: card.id })) await store.teams.putCard({ response, channel, ref: { ...card, threads: false } });
  }
  if (letter.type !== 'card') return;
  const response = planOf({ type: 'card', body: letter.alerts[0]?.body ?? null }) ?? '';
  if (letter.edits === null && result.outcome === 'sent') {
    await store.teams.putCard({ response, channel, ref: result.ref });
    if (letter.card?.again === true) await editCards(store, response, now + CARD_PACE);
  }
  // Somebody deleted it: the next change posts another.
  if (result.outcome === 'failed' && result.reason === 'message-gone' && (await isStill(store, { response, channel, id: letter.edits?.id ?? '' }))) {
    await store.teams.putCard({ response, channel, ref: null });
  }
}

async function isStill(
  store: Store,
  { response, channel, id }: { readonly response: string; readonly channel: string; readonly id: string },
): Promise<boolean> {
  const card = (await store.teams.cards(response)).find((one) => one.channel === channel);
  return card !== undefined && readCard(card)?.ref.id === id;
}
