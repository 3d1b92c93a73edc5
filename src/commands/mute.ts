import { formatMuted, formatUnmuted } from '../message/format-mute.ts';
import type { Message } from '../message/message.ts';
import type { Ask, Run } from './asked.ts';
import { changeChannel, muteNow, timingOf } from './channel.ts';
import { required } from './read-options.ts';
import { reasonOf, untilOf } from './read-settings.ts';
import { inZone } from './settings.ts';

/** Keeps the channel silent for a while, or lets it speak again. What falls due meanwhile is not lost. */
export const runMute: Run = async (ask) => {
  const until = required(untilOf(ask), 'until', ask);
  const reason = reasonOf(ask);
  const message = until === 'end' ? await unmuted(ask) : await muted(ask, until, required(reason, 'reason', ask));
  return { message, audience: 'asker', again: null };
};

async function muted(ask: Ask, until: number, reason: string): Promise<Message> {
  const mute = { until, reason };
  const { before } = await changeChannel(ask, (channel) => ({ ...channel, mute }));
  return formatMuted(mute, muteNow(before, ask.now), inZone(ask.voice, timingOf(ask).zone));
}

async function unmuted(ask: Ask): Promise<Message> {
  const { before } = await changeChannel(ask, (channel) => ({ ...channel, mute: null }));
  return formatUnmuted(muteNow(before, ask.now), inZone(ask.voice, timingOf(ask).zone));
}
