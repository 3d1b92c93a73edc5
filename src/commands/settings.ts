import { nextDigest } from '../domain/alerts/digest.ts';
import type { Instant } from '../domain/time.ts';
import type { ChannelSettings, Voice } from '../message/content.ts';
import { formatSettings, formatSettled } from '../message/format-settings.ts';
import type { NewChannel } from '../store/store.ts';
import type { Ask, Run } from './asked.ts';
import { asStored, type ChannelChange, changeChannel, muteNow, newChannel } from './channel.ts';
import { mayManage } from './may-manage.ts';
import { textOf } from './read-options.ts';
import { clearOf, clockOf, digestDayOf, keepOf, ladderOf, languageOf, quietOf, roleOf, switchOf, zoneOf } from './read-settings.ts';
import { UserError } from './user-error.ts';

type Change = (channel: NewChannel) => NewChannel;

/** Roles that a channel may name as those who manage it; more than a team has. */
const MOST_MANAGERS = 25;

/** Shows how the channel hears; with options, changes all of them or none. */
export const runSettings: Run = async (ask) => {
  const changes = changesAsked(ask);
  const message =
    changes.length === 0 ? shown(ask) : settled(ask, await changeChannel(ask, (channel) => changes.reduce((made, change) => change(made), channel)));
  return { message, audience: 'asker', again: null };
};

function shown(ask: Ask) {
  const { channel, now, platform } = ask;
  const defaults = newChannel(ask);
  const current = channel === null ? defaults : asStored(channel);
  return formatSettings({ settings: settingsOf(current, now), defaults: settingsOf(defaults, now), platform }, inZone(ask.voice, current.timing.zone));
}

function settled(ask: Ask, { before, after }: ChannelChange) {
  const { now, by, platform } = ask;
  const { digest, timing, managers } = after;
  const speaksFrom = muteNow(after, now)?.until ?? now;
  const answer = {
    before: settingsOf(before, now),
    after: settingsOf(after, now),
    platform,
    nextDigest: digest === null ? null : nextDigest(digest, timing.zone, speaksFrom),
    shutOut: !mayManage({ by, channel: { managers } }),
  };
  return formatSettled(answer, inZone(ask.voice, timing.zone));
}

/** What the channel hears is told by its own clock. */
export function inZone({ reader, words }: Voice, zone: string): Voice {
  return { words, reader: { ...reader, zone } };
}

function settingsOf(channel: NewChannel, now: Instant): ChannelSettings {
  const { timing, locale, quiet, digest, mentionRole, managers, discreet, teamRole, keepDays } = channel;
  return { ...timing, locale, quiet, digest, mentionRole, managers, discreet, teamRole, keepDays, mute: muteNow(channel, now) };
}

/** All options read, before anything is changed. @throws UserError for the first that cannot be read. */
function changesAsked(ask: Ask): readonly Change[] {
  const all = [timingChange(ask), digestChange(ask), listenChange(ask), mentionChange(ask), managerChange(ask), teamChange(ask), clearChange(ask)];
  return all.filter((change) => change !== null);
}

function timingChange(ask: Ask): Change | null {
  const asked = onlyGiven({ zone: zoneOf(ask), hour: clockOf(ask, 'alert-hour'), ladder: ladderOf(ask) });
  return asked === null ? null : (channel) => ({ ...channel, timing: { ...channel.timing, ...asked } });
}

function listenChange(ask: Ask): Change | null {
  const quiet = quietOf(ask);
  const asked = onlyGiven({ locale: languageOf(ask), discreet: switchOf(ask, 'discreet') });
  if (quiet === null && asked === null) return null;
  return (channel) => ({ ...channel, ...asked, ...(quiet === null ? {} : { quiet: quiet === 'none' ? null : quiet }) });
}

/** Comes after a change of the alert hour, which a day without an hour of its own has. */
function digestChange(ask: Ask): Change | null {
  const [day, hour] = [digestDayOf(ask), clockOf(ask, 'digest-hour')];
  if (day === null && hour === null) return null;
  if (day === 'off' && hour !== null) throw new UserError(ask.words('settings.off-with-hour'));
  if (day === 'off') return (channel) => ({ ...channel, digest: null });
  return (channel) => {
    const on = day ?? channel.digest?.day;
    if (on === undefined) throw new UserError(ask.words('settings.hour-without-day'));
    return { ...channel, digest: { day: on, hour: hour ?? channel.timing.hour } };
  };
}

function mentionChange(ask: Ask): Change | null {
  const mentionRole = roleOf(ask, 'mention-role');
  return mentionRole === null ? null : (channel) => ({ ...channel, mentionRole });
}

function managerChange(ask: Ask): Change | null {
  const role = roleOf(ask, 'manage-role');
  if (role === null) return null;
  return (channel) => {
    const managers = [...new Set([...channel.managers, role])];
    if (managers.length > MOST_MANAGERS) throw new UserError(ask.words('settings.too-many-managers', { most: MOST_MANAGERS }));
    return { ...channel, managers };
  };
}

function teamChange(ask: Ask): Change | null {
  const asked = onlyGiven({ teamRole: roleOf(ask, 'team-role'), keepDays: keepOf(ask) });
  return asked === null ? null : (channel) => ({ ...channel, ...asked });
}

function clearChange(ask: Ask): Change | null {
  const cleared = clearOf(ask);
  if (cleared === null) return null;
  if (textOf(ask, cleared) !== null) throw new UserError(ask.words('settings.set-and-clear', { name: cleared }));
  const without = { 'mention-role': { mentionRole: null }, 'manage-role': { managers: [] }, 'team-role': { teamRole: null }, mute: { mute: null } }[cleared];
  return (channel) => ({ ...channel, ...without });
}

/** Null where nothing was given. */
function onlyGiven<T extends object>(options: T): { [K in keyof T]?: NonNullable<T[K]> } | null {
  const given = Object.entries(options).filter(([, value]) => value !== null);
  return given.length === 0 ? null : (Object.fromEntries(given) as { [K in keyof T]?: NonNullable<T[K]> });
}
