import { formatPreview } from '../message/format-preview.ts';
import type { Ask, Run } from './asked.ts';
import { muteNow, timingOf } from './channel.ts';
import { followsOf } from './following.ts';
import { MONTH, nextDigestOf, willSend } from './sending.ts';

/** Messages that the answer tells of. */
const SHOWN = 10;
/** What waits was due within so long. */
const WAITS = 3 * MONTH;

/** The next messages of this channel, and how many come in a month. */
export const runPreview: Run = async (ask) => {
  const selectors = (await followsOf(ask)).map(({ selector }) => selector);
  const { messages, inAMonth } = willSend(ask, selectors);
  const answer = {
    follows: selectors.length,
    zone: timingOf(ask).zone,
    messages: messages.slice(0, SHOWN),
    more: Math.max(0, messages.length - SHOWN),
    inAMonth,
    digest: nextDigestOf(ask),
    mute: muteNow(ask.channel, ask.now),
    waiting: await waitingIn(ask),
  };
  const again = { command: 'preview', options: {} };
  return { message: formatPreview(answer, ask.voice), audience: 'asker', again, share: selectors.length === 0 ? null : again };
};

/** How much is due and not said yet. */
async function waitingIn({ deps, channelId, now }: Ask): Promise<number> {
  const rows = await deps.store.alerts.proof(now - WAITS, channelId);
  return rows.filter(({ state, type }) => state === 'pending' && type !== 'amendment').length;
}
