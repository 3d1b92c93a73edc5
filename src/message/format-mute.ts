/** A channel that is silent for a while, and one that speaks again. */
import type { Mute } from '../domain/alerts/mute.ts';
import { clockTimeOf, dayOf, type Instant, type Zone } from '../domain/time.ts';
import { message } from './build.ts';
import type { Voice } from './content.ts';
import { instantLine } from './dates.ts';
import { dayText } from './days.ts';
import { listItem, plainText } from './inline.ts';
import type { Line, Message } from './message.ts';
import type { Words } from './words.ts';

/** In few words, for a choice: `1 December 2026, 09:00`. */
export function untilText(at: Instant, zone: Zone, words: Words): string {
  return words('mute.until-text', { day: dayText(dayOf(at, zone), 'short', words), time: clockTimeOf(at, zone) });
}

/** That it is silent, until when, and why. */
export function mutedLine(mute: Mute, voice: Voice): Line {
  return voice.words.line('mute.line', { until: muteInLine(mute, voice) });
}

/** Until when, and why. */
export function muteInLine({ until, reason }: Mute, voice: Voice): Line {
  return voice.words.line('mute.in-line', { until: instantLine(until, voice), reason });
}

/** @param before the mute in whose place it is; null where the channel was not silent. */
export function formatMuted(mute: Mute, before: Mute | null, voice: Voice): Message {
  const { words } = voice;
  const instead = before === null || before.until === mute.until ? [] : [words.line('mute.instead', { until: instantLine(before.until, voice) })];
  const follows = [plainText(words('mute.waits')), plainText(words('mute.breaks-through')), plainText(words('mute.no-digests'))];
  return message({
    tone: 'quiet',
    title: words('mute.title'),
    body: [mutedLine(mute, voice), ...instead, ...follows.map((line) => listItem(line, words))],
    footer: plainText(words('mute.end')),
  });
}

/** @param before the mute that ended; null where there was none. */
export function formatUnmuted(before: Mute | null, voice: Voice): Message {
  const { words } = voice;
  if (before === null) return message({ tone: 'info', title: words('unmute.was-not'), body: [plainText(words('unmute.nothing'))] });
  return message({
    tone: 'info',
    title: words('unmute.title'),
    body: [words.line('unmute.was', { until: instantLine(before.until, voice) }), plainText(words('unmute.waited'))],
  });
}
