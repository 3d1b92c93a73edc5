/** People who use the bot: what they do is delivered to it, and resolves with what they see of the answer. */
import { createAnswering } from './answering.ts';
import { everyElement, type Option, type Placed } from './bodies.ts';
import type { Deliveries, Delivery } from './deliveries.ts';
import { fieldsOf, inputOf, type Value } from './fields.ts';
import type { Gesture, Gestures, Outcome } from './gestures.ts';
import { domainOf, echoed, escaped } from './payloads.ts';
import { appIdOf, type User } from './plan.ts';
import type { Responses } from './responses.ts';
import { createScenes, type Place, type Seen } from './scenes.ts';
import type { World } from './store.ts';
import type { Views } from './views.ts';

export interface Typed {
  readonly channel: string;
  readonly user: string;
  readonly text: string;
  /** `/upr` when left out. */
  readonly command?: string;
}

interface Parts {
  readonly world: World;
  readonly deliveries: Deliveries;
  readonly views: Views;
  readonly responses: Responses;
  readonly gestures: Gestures;
}

export function createUsers({ world, deliveries, views, responses, gestures }: Parts) {
  const answering = createAnswering({ world, views, responses });
  const offers = new Map<string, readonly Option[]>();
  const appId = appIdOf(world.plan);
  const { person, place, shared, find, elementOf, scene } = createScenes(world, views);

  const trigger = (gesture: Gesture, { id: user, team }: User, within: string | null = null) => views.trigger({ team, user, gesture: gesture.id, within });

  async function conclude(gesture: Gesture, delivery: Delivery): Promise<Outcome> {
    if (delivery.ackMs !== null) await gestures.look(gesture);
    return gestures.outcome(gesture, delivery);
  }

  async function act(seen: Seen, { block, element }: Placed, fields: object, by: User): Promise<Outcome> {
    const { message, view } = seen;
    const gesture = gestures.begin(by.id, message?.channel ?? null);
    gesture.root = view?.root ?? null;
    const where = { team: by.team, channel: message?.channel ?? '', user: by.id, gesture: gesture.id, source: message };
    const action = { type: element.type, action_id: element.action_id, block_id: block.block_id, ...echoed(fields), action_ts: world.newTs() };
    const payload = {
      ...{ type: 'block_actions', ...shared(by), ...scene(seen), is_enterprise_install: false, trigger_id: trigger(gesture, by, view?.id) },
      ...(message === null ? {} : { response_url: responses.issue(where), state: { values: {} } }),
      actions: [action],
    };
    const delivery = await deliveries.deliver({ type: 'interactive', payload, accepts: false, what: `block_actions ${element.action_id}` });
    return await conclude(gesture, delivery);
  }

  return {
    /** Sends a slash command. */
    command: async ({ channel, user, text, command = '/upr' }: Typed): Promise<Outcome> => {
      const by = person(user);
      const { id, name, team } = place(channel, by);
      const gesture = gestures.begin(by.id, id);
      const where = { team, channel: id, user: by.id, gesture: gesture.id, source: null };
      const payload = {
        ...{ token: 'verification', team_id: team, team_domain: domainOf(team), channel_id: id, channel_name: name, user_id: by.id, user_name: by.name },
        ...{
          command,
          text: escaped(text),
          api_app_id: appId,
          is_enterprise_install: 'false',
          response_url: responses.issue(where),
          trigger_id: trigger(gesture, by),
        },
      };
      const delivery = await deliveries.deliver({ type: 'slash_commands', payload, accepts: true, what: command });
      answering.command(where, delivery.body);
      return await conclude(gesture, delivery);
    },
    /** Presses a button. */
    press: async (where: Place, actionId: string, user: string): Promise<Outcome> => {
      const by = person(user);
      const seen = find(where, by);
      const placed = elementOf(seen, actionId);
      const { type, text, value, url } = placed.element;
      if (type !== 'button') throw new Error(`${actionId} is no button`);
      return await act(seen, placed, { text, ...(value === undefined ? {} : { value }), ...(url === undefined ? {} : { url }) }, by);
    },
    /** Chooses something in a select, a picker or an overflow menu. */
    choose: async (where: Place, id: string, value: Value, user: string): Promise<Outcome> => {
      const by = person(user);
      const seen = find(where, by);
      const placed = elementOf(seen, id);
      const { action_id = '' } = placed.element;
      const fields = fieldsOf(placed.element, value, offers.get(action_id));
      if (seen.view !== null) seen.view.values[placed.block.block_id ?? ''] = { [action_id]: { type: placed.element.type, ...fields } };
      return await act(seen, placed, fields, by);
    },
    /** Types into a select that asks the bot what to offer. */
    suggest: async (where: Place, id: string, typed: string, user: string): Promise<Outcome> => {
      const by = person(user);
      const seen = find(where, by);
      const { element, block } = elementOf(seen, id);
      const { type, action_id = '', min_query_length = 3 } = element;
      if (!type.includes('external')) throw new Error(`${id} does not ask the bot`);
      const gesture = gestures.begin(by.id, seen.message?.channel ?? null);
      if (typed.length < min_query_length) throw new Error(`${id} asks the bot from ${min_query_length} letters on`);
      const payload = { type: 'block_suggestion', ...shared(by), ...scene(seen), action_id, block_id: block.block_id, value: typed };
      const delivery = await deliveries.deliver({ type: 'interactive', payload, accepts: true, what: `block_suggestion ${action_id}` });
      gesture.options = answering.suggestion(delivery);
      offers.set(action_id, gesture.options);
      return gestures.outcome(gesture, delivery);
    },
    /** Sends a form, its fields named by block or by action; what is left out stays as the bot or the person had it. */
    submit: async ({ id }: { readonly id: string }, values: Readonly<Record<string, Value>>, user: string): Promise<Outcome> => {
      const by = person(user);
      const { view } = find({ id }, by);
      if (view === null || view.view.submit == null) throw new Error('The view cannot be sent');
      const inputs = everyElement(view.view.blocks).filter(({ block }) => block.type === 'input');
      const stranger = Object.keys(values).find((key) => !inputs.some(({ element, block }) => [element.action_id, block.block_id].includes(key)));
      if (stranger !== undefined) throw new Error(`The form has no field ${stranger}`);
      for (const placed of inputs) {
        const [{ action_id = '' }, { block_id = '' }] = [placed.element, placed.block];
        view.values[block_id] = { [action_id]: inputOf(placed, values[action_id] ?? values[block_id], offers.get(action_id)) };
      }
      const gesture = gestures.begin(by.id, gestures.channelOf(view.gesture));
      gesture.root = view.root;
      const payload = { type: 'view_submission', ...shared(by), view: views.payload(view), response_urls: [], trigger_id: trigger(gesture, by, view.id) };
      const what = `view_submission ${view.view.callback_id ?? ''}`;
      const delivery = await deliveries.deliver({ type: 'interactive', payload: { ...payload, is_enterprise_install: false }, accepts: true, what });
      const isAnswered = answering.submission(view, delivery, gesture);
      return isAnswered ? gestures.outcome(gesture, delivery) : await conclude(gesture, delivery);
    },
    /** Closes a form. The bot hears of it only if it asked to. */
    dismiss: async ({ id }: { readonly id: string }, user: string): Promise<void> => {
      const by = person(user);
      const { view } = find({ id }, by);
      if (view === null) return;
      views.close(view, view.view.clear_on_close === true);
      if (view.view.notify_on_close !== true) return;
      const payload = { type: 'view_closed', ...shared(by), view: views.payload(view), is_cleared: false, is_enterprise_install: false };
      await deliveries.deliver({ type: 'interactive', payload, accepts: false, what: `view_closed ${view.view.callback_id ?? ''}` });
    },
  };
}
