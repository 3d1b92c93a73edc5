/** Modals and Home: triggers that open them, their stack, and what changes them. */
import { randomBytes } from 'node:crypto';
import { type Answer, ok, Refusal, refusalOf } from './answers.ts';
import { named, type View } from './bodies.ts';
import { decoded } from './chat.ts';
import { flawsOfAnyView } from './checks.ts';
import { type Call, type Methods, text } from './methods.ts';
import { appIdOf, botIdOf } from './plan.ts';
import type { World } from './store.ts';

const TRIGGER_MS = 3_000;
const STACK = 3;

interface Trigger {
  readonly team: string;
  readonly user: string;
  readonly gesture: string;
  readonly at: number;
  /** The modal in which it was pulled. */
  readonly within: string | null;
  isUsed: boolean;
}

/** A view as somebody has it open. */
export interface Opened {
  readonly id: string;
  readonly team: string;
  readonly user: string;
  readonly gesture: string | null;
  readonly root: string;
  readonly previous: string | null;
  /** What is filled in, by block and action. */
  readonly values: Record<string, Record<string, object>>;
  view: View;
  hash: string;
  isOpen: boolean;
}

export type Views = ReturnType<typeof createViews>;

export function createViews(world: World) {
  const { now } = world.plan;
  const triggers = new Map<string, Trigger>();
  const opened = new Map<string, Opened>();

  /** The view, when Slack takes it; what is wrong with it is remembered. */
  function checked(route: string, given: unknown, type: View['type']): View {
    const view = decoded(given, 'invalid_arguments') as View;
    const flaws = flawsOfAnyView(view);
    const misplaced = flaws.length === 0 && view.type !== type ? [{ path: ['view', 'type'], message: `must be ${type}` }] : flaws;
    if (misplaced.length > 0) world.violate(route, misplaced);
    const refusal = refusalOf(misplaced, 'invalid_arguments');
    if (refusal !== null) throw refusal;
    const taken = [...opened.values()].some((one) => one.isOpen && view.external_id !== undefined && one.view.external_id === view.external_id);
    if (taken && route !== 'views.update') throw new Refusal('duplicate_external_id');
    return { ...view, blocks: named(view.blocks, () => world.newId('b')) };
  }

  const newHash = () => `${world.newTs()}.${randomBytes(4).toString('hex')}`;

  function add(view: View, owner: Pick<Opened, 'team' | 'user' | 'gesture'>, previous: Opened | null): Opened {
    const id = world.newId('V');
    const added: Opened = { ...owner, id, root: previous?.root ?? id, previous: previous?.id ?? null, values: {}, view, hash: newHash(), isOpen: true };
    opened.set(id, added);
    world.show({ kind: 'view', view: id, ...(owner.gesture === null ? {} : { gesture: owner.gesture }) });
    return added;
  }

  function change(one: Opened, view: View): Opened {
    one.view = view;
    one.hash = newHash();
    world.show({ kind: 'view', view: one.id, ...(one.gesture === null ? {} : { gesture: one.gesture }) });
    return one;
  }

  /** A trigger opens one thing, within three seconds. */
  function pull({ args, workspace }: Call): Trigger {
    const trigger = triggers.get(text(args.trigger_id));
    if (trigger === undefined || trigger.team !== workspace.team) throw new Refusal('invalid_trigger_id');
    if (trigger.isUsed) throw new Refusal('exchanged_trigger_id');
    if (now() > trigger.at + TRIGGER_MS) throw new Refusal('expired_trigger_id');
    return trigger;
  }

  function stackOf({ id, previous }: Opened): readonly string[] {
    const below = previous === null ? undefined : opened.get(previous);
    return below === undefined ? [id] : [id, ...stackOf(below)];
  }

  function pushOn(below: Opened | undefined, view: View, owner: Pick<Opened, 'team' | 'user' | 'gesture'>): Opened {
    if (below === undefined || !below.isOpen) throw new Refusal('invalid_trigger_id');
    if (stackOf(below).length >= STACK) throw new Refusal('push_limit_reached');
    return add(view, owner, below);
  }

  function open(call: Call): Answer {
    const view = checked(call.method, call.args.view, 'modal');
    const trigger = pull(call);
    trigger.isUsed = true;
    return ok({ view: payload(add(view, trigger, null)) });
  }

  function push(call: Call): Answer {
    const view = checked(call.method, call.args.view, 'modal');
    const trigger = pull(call);
    const pushed = pushOn(opened.get(trigger.within ?? ''), view, trigger);
    trigger.isUsed = true;
    return ok({ view: payload(pushed) });
  }

  function update(call: Call): Answer {
    const { view_id, external_id, hash } = call.args;
    const one = [...opened.values()].find(
      ({ id, view, isOpen }) => isOpen && (id === view_id || (external_id !== undefined && view.external_id === external_id)),
    );
    const view = checked(call.method, call.args.view, one?.view.type ?? 'modal');
    if (one === undefined || one.team !== call.workspace.team) throw new Refusal('not_found');
    if (hash !== undefined && hash !== one.hash) throw new Refusal('hash_conflict');
    return ok({ view: payload(change(one, view)) });
  }

  function publish(call: Call): Answer {
    const { team } = call.workspace;
    const view = checked(call.method, call.args.view, 'home');
    const user = world.users.get(text(call.args.user_id));
    if (user === undefined || user.team !== team) throw new Refusal('invalid_arguments');
    const before = opened.get(world.homes.get(user.id)?.id ?? '');
    if (before !== undefined && call.args.hash !== undefined && call.args.hash !== before.hash) throw new Refusal('hash_conflict');
    const home = before === undefined ? add(view, { team, user: user.id, gesture: null }, null) : change(before, view);
    world.homes.set(user.id, { team, id: home.id });
    world.show({ kind: 'home', user: user.id });
    return ok({ view: payload(home) });
  }

  function payload({ id, team, view, hash, root, previous, values }: Opened) {
    return {
      ...{ private_metadata: '', callback_id: '', external_id: '', clear_on_close: false, notify_on_close: false, close: null, submit: null, ...view },
      ...{ id, team_id: team, state: { values }, hash, root_view_id: root, previous_view_id: previous },
      ...{ app_id: appIdOf(world.plan), app_installed_team_id: team, bot_id: botIdOf({ team }) },
    };
  }

  const methods: Methods = {
    'views.open': { as: 'bot', tier: 100, args: ['trigger_id', 'view'], handle: open },
    'views.push': { as: 'bot', tier: 100, args: ['trigger_id', 'view'], handle: push },
    'views.update': { as: 'bot', tier: 100, args: ['view_id', 'external_id', 'hash', 'view'], handle: update },
    'views.publish': { as: 'bot', tier: 100, args: ['user_id', 'hash', 'view'], handle: publish },
  };

  return {
    methods,
    payload,
    get: (id: string): Opened | undefined => opened.get(id),
    /** The view that lies on top of a stack; undefined when it is closed. */
    topOf: (root: string): Opened | undefined => [...opened.values()].findLast((one) => one.root === root && one.isOpen),
    trigger: (by: Omit<Trigger, 'at' | 'isUsed'>): string => {
      const id = `${triggers.size + 1}.${by.team}.${randomBytes(8).toString('hex')}`;
      triggers.set(id, { ...by, at: now(), isUsed: false });
      return id;
    },
    close: (one: Opened, all: boolean): void => {
      for (const other of all ? opened.values() : [one]) if (other.root === one.root) other.isOpen = false;
    },
    /** What an acknowledgement says: the same view changed, or one on top of it. */
    answer: (one: Opened, action: 'update' | 'push', given: unknown): Opened => {
      const view = checked('acknowledgement', given, 'modal');
      return action === 'update' ? change(one, view) : pushOn(one, view, one);
    },
  };
}
