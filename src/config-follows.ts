/** What `upr-watch.yaml` makes channels follow, in the words of the store. */
import { laneOf } from './adapters/adapters.ts';
import type { OwnedSubscription } from './alerts/follow.ts';
import type { ChannelDefaults } from './commands/asked.ts';
import { stateNamed } from './commands/state.ts';
import { UserError } from './commands/user-error.ts';
import { type Config, ConfigError } from './config.ts';
import type { CalendarFacts } from './domain/calendar/facts.ts';
import { GENEVA } from './domain/time.ts';
import type { NewChannel } from './store/store.ts';

/** The installation of everything that the file owns. */
export const FILE_INSTALLATION = 'file';

export function channelsOf(config: Config): readonly NewChannel[] {
  return config.channels.map((channel) => ({
    id: channel.id,
    installation: FILE_INSTALLATION,
    platform: channel.platform,
    lane: laneOf(channel.platform, FILE_INSTALLATION),
    target: { installation: FILE_INSTALLATION, channel: channel.channel },
    timing: { zone: channel.zone, hour: channel.alertHour, ladder: channel.ladder },
    quiet: channel.quietHours,
    locale: channel.locale,
    discreet: channel.discreet,
    mentionRole: channel.mentionRole,
    digest: channel.digest,
    mute: null,
    managers: [],
    teamRole: null,
    keepDays: 180,
  }));
}

/** How a channel hears that began to follow in a chat. */
export function defaultsOf({ unnamed }: Config): ChannelDefaults {
  const { zone, alertHour, ladder, quietHours, digest, locale } = unnamed;
  return { timing: { zone, hour: alertHour, ladder }, quiet: quietHours, digest, locale };
}

/** The operator's channel in the words of the store; it follows nothing. */
export function operatorChannel({ operator }: Config): NewChannel | null {
  if (operator === null) return null;
  const { platform, installation, channel } = operator;
  return {
    id: `operator:${platform}`, // no name in upr-watch.yaml has a colon
    installation,
    platform,
    lane: laneOf(platform, installation),
    target: { installation, channel },
    timing: { zone: GENEVA, hour: '09:00', ladder: 'default' },
    quiet: null,
    locale: 'en',
    discreet: false,
    mentionRole: null,
    digest: null,
    mute: null,
    managers: [],
    teamRole: null,
    keepDays: 180,
  };
}

/** States are found as people type them. @throws ConfigError that names every State it cannot find, with the nearest. */
export function subscriptionsOf(config: Config, facts: CalendarFacts): readonly OwnedSubscription[] {
  const faults: string[] = [];
  const subscriptions = config.subscriptions.map((subscription) => {
    const states = subscription.selector.states?.map((typed) =>
      codeOf(typed, facts, (fault) => faults.push(`upr-watch.yaml: subscriptions.${subscription.id}: ${fault}`)),
    );
    return { ...subscription, selector: { ...subscription.selector, states: states ?? null } };
  });
  if (faults.length > 0) throw new ConfigError(faults);
  return subscriptions;
}

function codeOf(typed: string, facts: CalendarFacts, fault: (text: string) => void): string {
  try {
    return stateNamed(typed, facts).code;
  } catch (cause) {
    if (!(cause instanceof UserError)) throw cause;
    fault(cause.message);
    return typed;
  }
}
