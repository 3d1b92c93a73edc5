/** What this channel will be sent for some wishes, as things are known now. */
import { digestAhead, type Forecast, forecast } from '../domain/alerts/forecast.ts';
import type { Selector } from '../domain/alerts/subscription.ts';
import { wishesOf } from '../domain/alerts/wish.ts';
import { DAY, type Instant } from '../domain/time.ts';
import type { Ask } from './asked.ts';
import { muteNow, timingOf } from './channel.ts';

export const MONTH = 30 * DAY;

interface Sending {
  /** In time order. */
  readonly messages: readonly Forecast[];
  /** How many of them come within a month. */
  readonly inAMonth: number;
}

/** Messages ahead. Dates that move change them. */
export function willSend(ask: Ask, selectors: readonly Selector[]): Sending {
  const { deps, facts, picture, now } = ask;
  const hearing = hearingOf(ask);
  const ladder = deps.ladders.get(hearing.timing.ladder) ?? {};
  const messages = forecast({ ...hearing, picture, wishes: wishesOf(selectors, facts.states), ladder, holidays: facts.holidays, now });
  return { messages, inAMonth: messages.filter(({ at }) => at <= now + MONTH).length };
}

/** When the next digest is due; null when none is set. */
export function nextDigestOf(ask: Ask): Instant | null {
  const time = ask.channel === null ? ask.deps.defaults.digest : ask.channel.digest;
  return time === null ? null : digestAhead(time, { ...hearingOf(ask), now: ask.now });
}

/** How the channel hears, or how it would. */
function hearingOf({ deps, channel, now }: Ask) {
  const { quiet } = channel ?? deps.defaults;
  return { timing: timingOf({ deps, channel }), quiet, mute: muteNow(channel, now) };
}
