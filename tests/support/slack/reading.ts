/** What readers of the channels see, and what a test wants to know beside it. */
import type { Body } from './bodies.ts';
import type { Mention } from './mrkdwn.ts';
import { isIn } from './plan.ts';
import type { Message, World } from './store.ts';
import { textOf, viewText } from './text.ts';
import type { Opened, Views } from './views.ts';

/** A message as somebody sees it. */
export interface Read {
  readonly channel: string;
  readonly ts: string;
  readonly at: number;
  readonly text: string;
  readonly edited: boolean;
  readonly ephemeral: boolean;
  /** The ts of the message that is answered; null outside threads. */
  readonly thread: string | null;
}

/** A view that is open before somebody. */
export interface Shown {
  readonly id: string;
  readonly text: string;
  readonly view: Opened['view'];
  readonly hash: string;
}

/** Names a message. */
export type Ref = Pick<Read, 'channel' | 'ts'>;

export function readOf({ channel, ts, at, body, editedAt, onlyFor, thread }: Message): Read {
  return { channel, ts, at, text: textOf(body), edited: editedAt !== null, ephemeral: onlyFor !== null, thread };
}

export function shownOf({ id, view, hash }: Opened): Shown {
  return { id, text: viewText(view), view, hash };
}

export function createReading(world: World, views: Views) {
  /** Oldest first, each reply under its parent. */
  function ordered(messages: readonly Message[]): readonly Read[] {
    const tops = messages.filter(({ thread }) => thread === null || !messages.some(({ ts }) => ts === thread));
    return tops.flatMap((top) => [top, ...messages.filter(({ thread }) => thread === top.ts)]).map(readOf);
  }

  const inChannel = (id: string) => [...world.messages.values()].filter(({ channel }) => channel === id);
  const change = (id: string, to: object) => {
    const channel = world.channels.get(id);
    if (channel === undefined) throw new Error(`There is no channel ${id}`);
    world.channels.set(id, { ...channel, ...to });
  };

  return {
    /** Breaches of a rule by the bot. A good test ends with none. */
    violations: (): readonly string[] => [...world.violations],
    /** Whom the bot named so that they were told of it. */
    mentions: (): readonly (Mention & { readonly channel: string })[] => [...world.mentions],
    /** What everybody sees in a channel. */
    read: (channel: string): readonly Read[] => ordered(inChannel(channel).filter(({ onlyFor }) => onlyFor === null)),
    /** What one person sees in a channel, with what only they see. */
    seenBy: (user: string, channel: string): readonly Read[] => {
      const place = world.channels.get(channel);
      if (place === undefined || !isIn(place, user)) return [];
      return ordered(inChannel(channel).filter(({ onlyFor }) => onlyFor === null || onlyFor === user));
    },
    /** The channel in which the bot and a person talk alone. */
    direct: (user: string): readonly Read[] => ordered(inChannel(`D${user}`)),
    /** The Home of a person as they see it; null when there is none. */
    home: (user: string): string | null => {
      const home = views.get(world.homes.get(user)?.id ?? '');
      return home === undefined ? null : viewText(home.view);
    },
    /** The Home of a person, to press something in it. */
    homeView: (user: string): { readonly id: string } | null => world.homes.get(user) ?? null,
    /** A view as the person sees it now; null when it is closed. */
    view: (id: string): Shown | null => {
      const view = views.get(id);
      return view === undefined || !view.isOpen ? null : shownOf(view);
    },
    /** A message as the bot wrote it, with the names that Slack gave its blocks. */
    message: ({ channel, ts }: Ref): Body | null => world.messageAt(channel, ts)?.body ?? null,
    archive: (channel: string): void => change(channel, { isArchived: true }),
    /** The bot is no longer in the channel. */
    kick: (channel: string): void => change(channel, { isMember: false }),
    invite: (channel: string): void => change(channel, { isMember: true, isArchived: false }),
    deleteChannel: (channel: string): void => void world.channels.delete(channel),
  };
}
