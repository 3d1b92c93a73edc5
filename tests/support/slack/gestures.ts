/** What a person does, and what they see of the answer: some of it with the acknowledgement, more of it later. */
import type { Option } from './bodies.ts';
import type { Delivery } from './deliveries.ts';
import { type Read, readOf, type Shown, shownOf } from './reading.ts';
import type { Message, Sight, World } from './store.ts';
import type { Views } from './views.ts';

/** What came of it. Messages and modal are those of the moment in which one asks. */
export interface Outcome {
  readonly acked: boolean;
  /** By the machine's clock. */
  readonly ackMs: number | null;
  readonly ackBody: unknown;
  /** What Slack says to the person instead: the bot did not answer in time, or could not be reached. */
  readonly error: Delivery['error'];
  /** Of the request URL, when it was an error. */
  readonly status: number | null;
  /** What appeared or changed before the person, in order. */
  readonly messages: readonly Read[];
  /** The last of them, or the modal. */
  readonly text: string;
  /** True when only the person saw the last of them. */
  readonly ephemeral: boolean;
  readonly modal: Shown | null;
  /** What a select offers. */
  readonly options: readonly Option[];
  /** What a form complains of, by block. */
  readonly errors: Readonly<Record<string, string>>;
}

export interface Gesture {
  readonly id: string;
  readonly user: string;
  readonly channel: string | null;
  readonly messages: Message[];
  /** The root of the modals that were opened. */
  root: string | null;
  options: readonly Option[];
  errors: Readonly<Record<string, string>>;
  isOver: boolean;
  /** Nothing else was done there since, so what is said there is taken for the answer. */
  isLatest: boolean;
  wake(): void;
}

export type Gestures = ReturnType<typeof createGestures>;

export function createGestures(world: World, views: Views) {
  const { patienceMs = 1_000 } = world.plan;
  const gestures: Gesture[] = [];

  const concerns = ({ id, user, channel, isLatest }: Gesture, sight: Sight): boolean => {
    if (sight.kind === 'home') return isLatest && sight.user === user && channel === null;
    if (sight.gesture !== undefined) return sight.gesture === id;
    if (!isLatest || sight.kind !== 'message' || (sight.message.onlyFor ?? user) !== user) return false;
    return [channel, `D${user}`].includes(sight.message.channel);
  };

  world.watch((sight) => {
    for (const gesture of gestures.filter((one) => concerns(one, sight))) {
      if (sight.kind === 'message' && !gesture.messages.includes(sight.message)) gesture.messages.push(sight.message);
      if (sight.kind === 'deleted') gesture.messages.splice(0, gesture.messages.length, ...gesture.messages.filter((one) => one !== sight.message));
      if (sight.kind === 'view') gesture.root = views.get(sight.view)?.root ?? gesture.root;
      gesture.isOver = true;
      gesture.wake();
    }
  });

  function shown({ root }: Gesture): Shown | null {
    const top = root === null ? undefined : views.topOf(root);
    return top === undefined ? null : shownOf(top);
  }

  return {
    begin: (user: string, channel: string | null): Gesture => {
      for (const one of gestures) if (one.user === user && one.channel === channel && one.isOver) one.isLatest = false;
      const shared = { id: world.newId('G'), user, channel, messages: [], root: null };
      const gesture: Gesture = { ...shared, options: [], errors: {}, isOver: false, isLatest: true, wake: () => {} };
      gestures.push(gesture);
      return gesture;
    },
    /** Where something was done. */
    channelOf: (id: string | null): string | null => gestures.find((one) => one.id === id)?.channel ?? null,
    /** Waits until something is seen, but not for ever. */
    look: async (gesture: Gesture): Promise<void> => {
      if (gesture.isOver) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, patienceMs);
        gesture.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      gesture.isOver = true;
    },
    outcome: (gesture: Gesture, delivery: Delivery): Outcome => ({
      ...{ acked: delivery.ackMs !== null, ackMs: delivery.ackMs, ackBody: delivery.body, error: delivery.error, status: delivery.status },
      ...{ options: gesture.options, errors: gesture.errors },
      get messages() {
        return gesture.messages.map(readOf);
      },
      get modal() {
        return shown(gesture);
      },
      get text() {
        return shown(gesture)?.text ?? this.messages.at(-1)?.text ?? delivery.error ?? '';
      },
      get ephemeral() {
        return this.messages.at(-1)?.ephemeral ?? false;
      },
    }),
  };
}
