/** Named steps between a plan and its record at which a process can die. */
import type { Store } from '../../src/store/store.ts';

/** The process is dead; nothing it does later has an effect. */
export class Crash extends Error {
  constructor(step: string) {
    super(`died at ${step}`);
    this.name = 'Crash';
  }
}

export function crashPoints() {
  let [left, dead] = [Number.POSITIVE_INFINITY, false];
  let steps: string[] = [];

  function pass(step: string): void {
    steps.push(step);
    left -= 1;
    if (left < 0) dead = true;
    if (dead) throw new Crash(step);
  }

  /** The same store; before and after each call the process may die. Half a transaction is undone, as the database would. */
  function guard(store: Store): Store {
    const family = <T extends object>(name: string, calls: T): T =>
      new Proxy(calls, {
        get: (target, key) => {
          const call: unknown = Reflect.get(target, key);
          return typeof call === 'function' ? step(`${name}.${String(key)}`, (...input: unknown[]) => call(...input)) : call;
        },
      });
    const step =
      (name: string, call: (...input: unknown[]) => unknown) =>
      async (...input: unknown[]) => {
        pass(`${name}: before`);
        const output = await call(...input);
        pass(`${name}: after`);
        return output;
      };
    return {
      calendar: family('calendar', store.calendar),
      subscriptions: family('subscriptions', store.subscriptions),
      alerts: family('alerts', store.alerts),
      leases: store.leases,
      wakeups: family('wakeups', store.wakeups),
      mark: step('mark', (name) => store.mark(name as string)) as Store['mark'],
      setMark: step('setMark', (name, value) => store.setMark(name as string, value as number)) as Store['setMark'],
      transaction: async (work) => {
        pass('transaction: before');
        const output = await store.transaction((inner) => work(guard(inner)));
        pass('transaction: after');
        return output;
      },
      close: () => store.close(),
    };
  }

  return {
    guard,
    pass,
    isDead: () => dead,
    steps: () => steps as readonly string[],
    arm: (count: number) => {
      left = count;
      steps = [];
    },
    revive: () => {
      [left, dead, steps] = [Number.POSITIVE_INFINITY, false, []];
    },
  };
}
