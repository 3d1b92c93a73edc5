/** Named steps between a plan and its record at which a process can die. */
import type { Store } from '../../src/store/store.ts';

/** The process is dead; nothing it does later has an effect. */
export class Crash extends Error {
  constructor(step: string) {
    super(`died at ${step}`);
    this.name = 'Crash';
  }
}

/** The n-th step from 0 after it was armed, or the n-th from 1 of a name. */
export type DeathPoint = number | { readonly step: string; readonly nth: number };

/** `die` ends the process; without it a death is played by throwing at this step and at each one after it. */
export function crashPoints(die: () => void = () => undefined) {
  let armed: DeathPoint = Number.POSITIVE_INFINITY;
  let dead = false;
  let steps: string[] = [];
  let ofName = 0;

  function isThere(step: string): boolean {
    if (typeof armed === 'number') return steps.length > armed;
    if (step === armed.step) ofName += 1;
    return ofName >= armed.nth;
  }

  function pass(step: string): void {
    steps.push(step);
    if (isThere(step)) dead = true;
    if (dead) die();
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
      ownDates: family('ownDates', store.ownDates),
      subscriptions: family('subscriptions', store.subscriptions),
      alerts: family('alerts', store.alerts),
      leases: family('leases', store.leases),
      wakeups: family('wakeups', store.wakeups),
      installations: family('installations', store.installations),
      feedLinks: family('feedLinks', store.feedLinks),
      secrets: family('secrets', store.secrets),
      teams: family('teams', store.teams),
      scrub: () => store.scrub(),
      time: () => store.time(),
      mark: step('mark', (name) => store.mark(name as string)) as Store['mark'],
      setMark: step('setMark', (name, value) => store.setMark(name as string, value as number)) as Store['setMark'],
      transaction: async (work, alone) => {
        pass('transaction: before');
        const output = await store.transaction((inner) => work(guard(inner)), alone);
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
    arm: (point: DeathPoint) => {
      [armed, ofName, steps] = [point, 0, []];
    },
    revive: () => {
      [armed, dead, ofName, steps] = [Number.POSITIVE_INFINITY, false, 0, []];
    },
  };
}
