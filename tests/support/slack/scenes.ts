/** Where somebody does something: who they are, what they see there, and how Slack tells of it. */
import { everyElement, type Placed } from './bodies.ts';
import { domainOf, echoed, messagePayload, whoPayload } from './payloads.ts';
import { appIdOf, type Channel, isIn, type User } from './plan.ts';
import type { Ref } from './reading.ts';
import type { Message, World } from './store.ts';
import type { Opened, Views } from './views.ts';

/** A message, or a view. */
export type Place = Ref | { readonly id: string };

export interface Seen {
  readonly message: Message | null;
  readonly view: Opened | null;
}

export function createScenes(world: World, views: Views) {
  const person = (id: string): User => {
    const user = world.users.get(id);
    if (user === undefined) throw new Error(`There is nobody called ${id}`);
    return user;
  };

  const place = (id: string, user: User): Channel => {
    const channel = world.channels.get(id);
    if (channel === undefined || channel.team !== user.team || !isIn(channel, user.id)) throw new Error(`${user.id} is not in a channel ${id}`);
    return channel;
  };

  const teamPayload = (team: string) => ({ id: team, domain: domainOf(team) });
  const shared = (user: User) => ({
    token: 'verification',
    api_app_id: appIdOf(world.plan),
    team: teamPayload(user.team),
    user: whoPayload(user),
    enterprise: null,
  });

  function find(where: Place, by: User): Seen {
    if ('id' in where) {
      const view = views.get(where.id) ?? null;
      if (view === null || !view.isOpen || view.user !== by.id) throw new Error('The view is not open');
      return { message: null, view };
    }
    const message = world.messageAt(where.channel, where.ts) ?? null;
    if (message === null) throw new Error('The message is gone');
    if ((message.onlyFor ?? by.id) !== by.id) throw new Error('Only another person sees this message');
    place(message.channel, by);
    return { message, view: null };
  }

  /** An element by its action id, or by the block that holds it. */
  function elementOf({ message, view }: Seen, id: string): Placed {
    const all = everyElement(message?.body.blocks ?? view?.view.blocks);
    const found = all.find(({ element }) => element.action_id === id) ?? all.find(({ block }) => block.block_id === id);
    if (found === undefined) throw new Error(`Nothing is shown that is called ${id}`);
    return found;
  }

  /** Where it was done, as Slack tells of it. */
  function scene({ message, view }: Seen) {
    if (view !== null) return { container: { type: 'view', view_id: view.id }, view: views.payload(view) };
    if (message === null) return {};
    const { channel, ts, onlyFor } = message;
    return {
      container: { type: 'message', message_ts: ts, channel_id: channel, is_ephemeral: onlyFor !== null },
      channel: { id: channel, name: world.channels.get(channel)?.name ?? '' },
      message: echoed(messagePayload(world, message)),
    };
  }

  return { person, place, shared, find, elementOf, scene };
}
