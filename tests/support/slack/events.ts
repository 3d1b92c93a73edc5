/** Events: what happens in a workspace and is told to the bot. */
import type { Deliveries } from './deliveries.ts';
import type { Gestures, Outcome } from './gestures.ts';
import { appIdOf } from './plan.ts';
import type { World } from './store.ts';
import type { Views } from './views.ts';

export interface Event {
  readonly type: string;
  readonly [field: string]: unknown;
}

export interface EventOptions {
  /** The same again is a repeat; new when left out. */
  readonly eventId?: string;
  /** It was tried so often before. */
  readonly retryNum?: number;
}

interface Parts {
  readonly world: World;
  readonly deliveries: Deliveries;
  readonly views: Views;
  readonly gestures: Gestures;
}

export function createEvents({ world, deliveries, views, gestures }: Parts) {
  const { plan } = world;

  async function send(team: string, event: Event, { eventId = world.newId('Ev'), retryNum = 0 }: EventOptions = {}) {
    const authorization = { enterprise_id: null, team_id: team, user_id: world.teams.get(team)?.botUser, is_bot: true, is_enterprise_install: false };
    const payload = {
      ...{ token: 'verification', team_id: team, context_team_id: team, context_enterprise_id: null, api_app_id: appIdOf(plan) },
      ...{ event: { event_ts: world.newTs(), ...event }, type: 'event_callback', event_id: eventId, event_time: Math.floor(plan.now() / 1_000) },
      ...{ authorizations: [authorization], is_ext_shared_channel: false, event_context: `4-${eventId}` },
    };
    return await deliveries.deliver({ type: 'events_api', payload, accepts: false, what: `event ${event.type}`, attempts: retryNum });
  }

  return {
    /** What the app hears when it was thrown out, or its tokens were. */
    ended: (team: string, what: 'revoked' | 'uninstalled'): void => {
      void send(team, { type: 'tokens_revoked', tokens: { oauth: [], bot: [world.teams.get(team)?.botUser] } });
      if (what === 'uninstalled') void send(team, { type: 'app_uninstalled' });
    },
    control: {
      /** Tells the bot of something; resolves with the acknowledgement. */
      event: async (team: string, event: Event, options?: EventOptions): Promise<Outcome> => {
        const gesture = gestures.begin('', '');
        return gestures.outcome(gesture, await send(team, event, options));
      },
      /** Somebody opens the Home of the bot, and looks whether it changes. */
      openHome: async (user: string): Promise<Outcome> => {
        const by = world.users.get(user);
        if (by === undefined) throw new Error(`There is nobody called ${user}`);
        const gesture = gestures.begin(user, null);
        const before = views.get(world.homes.get(user)?.id ?? '');
        const seen = before === undefined ? {} : { view: views.payload(before) };
        const event = { type: 'app_home_opened', user, channel: world.directWith(by).id, tab: 'home', ...seen };
        const delivery = await send(by.team, event);
        if (delivery.ackMs !== null) await gestures.look(gesture);
        gesture.root = world.homes.get(user)?.id ?? null;
        return gestures.outcome(gesture, delivery);
      },
    },
  };
}
