import { describe, expect, test } from 'vitest';
import { type Adapter, ChatError, type Listener, type Presence } from '../../../src/adapters/adapter.ts';
import { createReceiving } from '../../../src/commands/receiving.ts';
import { CLAIM_TIMES, createClaim, type Leases } from '../../../src/lib/claim.ts';
import { createLog } from '../../../src/lib/log.ts';
import { aClock } from '../../support/a-clock.ts';
import { createFakeAdapter } from '../../support/fake-platform/adapter.ts';

const SECOND = 1_000;
type Clock = ReturnType<typeof aClock>;

/** Leases that run out by the virtual clock; the real ones do by that of their database. */
function leasesOn(clock: Clock): Leases {
  const held = new Map<string, { readonly owner: string; readonly until: number }>();
  return {
    take: async (name, owner, forMs) => {
      const holder = held.get(name);
      if (holder !== undefined && holder.owner !== owner && holder.until > clock.monotonic()) return false;
      held.set(name, { owner, until: clock.monotonic() + forMs });
      return true;
    },
    all: async () => [...held].map(([name, { owner, until }]) => ({ name, owner, leftMs: until - clock.monotonic() })),
    release: async (name, owner) => void (held.get(name)?.owner === owner && held.delete(name)),
  };
}

/** Two processes on two platforms, and who listens where. */
function twoProcesses(
  onStart: (process: string, platform: string) => Promise<void> = async () => {},
  onPresence: (news: Presence) => Promise<void> = async () => {},
) {
  const clock = aClock(Date.parse('2026-07-10T12:00:00Z'));
  const [leases, gone, listening, starts] = [leasesOn(clock), new Set<string>(), new Set<string>(), [] as string[]];
  /** To whom each start that began to listen tells what it hears, in order. */
  const told: Listener[] = [];
  const lines: string[] = [];
  const log = createLog('info', { write: (line: string) => void lines.push(line) });
  const process = (owner: string) => {
    const adapter = (platform: 'discord' | 'slack'): [string, Adapter] => {
      const start = async (listener: Listener) => {
        starts.push(`${owner} ${platform} +${clock.monotonic() / SECOND}`);
        await onStart(owner, platform);
        listening.add(`${owner} ${platform}`);
        told.push(listener);
      };
      const stop = async () => void listening.delete(`${owner} ${platform}`);
      return [platform, { ...createFakeAdapter({ flavour: platform, url: 'http://127.0.0.1:1' }), start, stop }];
    };
    const claimOf = (name: string) => createClaim({ leases, clock, owner, isGone: (name_) => gone.has(name_), times: CLAIM_TIMES }, name);
    const onRequest = () => Promise.reject(new Error('nobody asks'));
    return createReceiving({ adapters: new Map([adapter('discord'), adapter('slack')]), claimOf, onRequest, onPresence, log });
  };
  const [one, two] = [process('one'), process('two')];
  /** Each of these processes looks once a second. */
  const pass = async (seconds: number, ...alive: readonly (typeof one)[]): Promise<void> => {
    for (let second = 0; second < seconds; second += 1) {
      for (const receiving of alive) await receiving.look();
      await new Promise((resolve) => setImmediate(resolve));
      clock.pass(SECOND);
    }
  };
  const listeners = () => [...listening].sort();
  return { one, two, pass, gone, listeners, starts, told, logged: (text: string) => lines.filter((line) => line.includes(text)).length };
}

const ONE = ['one discord', 'one slack'];
const TWO = ['two discord', 'two slack'];

describe('Several processes that may listen', () => {
  test('listen once a platform; the others stand by', async () => {
    const { one, two, pass, listeners, starts } = twoProcesses();
    await pass(120, one, two);

    expect(listeners()).toEqual(ONE);
    expect(starts).toHaveLength(2);
  });

  test('take over at the next look when the first has stopped', async () => {
    const { one, two, pass, listeners } = twoProcesses();
    await pass(10, one, two);
    await one.stop();
    const between = listeners();
    await pass(3, one, two);

    expect([between, listeners()]).toEqual([[], TWO]);
  });

  test('take over at the next look when the first can be seen to have ended', async () => {
    const { one, two, pass, listeners, gone } = twoProcesses();
    await pass(10, one, two);
    gone.add('one');
    await pass(3, two);

    expect(listeners()).toEqual([...ONE, ...TWO]); // what a dead process held on to is not there any more
  });

  test('take over within thirty seconds when the first says nothing any more, and it stops when it comes back', async () => {
    const { one, two, pass, listeners } = twoProcesses();
    await pass(10, one, two);
    await pass(20, two);
    const early = listeners();
    await pass(10, two);
    const taken = listeners();
    await pass(6, one, two);

    expect([early, taken, listeners()]).toEqual([ONE, [...ONE, ...TWO], TWO]);
  });
});

describe('A platform that lets nobody listen', () => {
  test('is logged and tried again after five seconds, then ten, and another platform is not held up', async () => {
    let failures = 2;
    const { one, pass, listeners, starts, logged } = twoProcesses(async (_, platform) => {
      if (platform === 'discord' && failures > 0) {
        failures -= 1;
        throw new Error('no gateway');
      }
    });
    await pass(1, one);
    const early = listeners();
    await pass(60, one);

    expect(early).toEqual(['one slack']);
    expect(starts.filter((start) => start.includes('discord'))).toEqual(['one discord +0', 'one discord +6', 'one discord +17']);
    expect([listeners(), logged('Listening could not begin')]).toEqual([ONE, 2]);
  });

  test('here is tried by another process meanwhile', async () => {
    const { one, two, pass, listeners } = twoProcesses(async (process) => {
      if (process === 'one') throw new Error('no gateway');
    });
    await pass(3, one, two);

    expect(listeners()).toEqual(TWO);
  });

  test('and never answers keeps no look waiting, and is left to another process within thirty seconds', async () => {
    const { one, two, pass, listeners } = twoProcesses((process, platform) =>
      process === 'one' && platform === 'discord' ? new Promise(() => undefined) : Promise.resolve(),
    );
    await pass(30, one, two);

    expect(listeners()).toEqual(['one slack', 'two discord']);
  });
});

describe('A platform that ends what was listened to', () => {
  const LOST = new ChatError('unavailable', { detail: 'closed with 4000' });

  test('is tried again after a rest, longer each time, and another platform goes on', async () => {
    const { one, pass, listeners, starts, told, logged } = twoProcesses();
    await pass(10, one);
    for (let time = 0; time < 3; time += 1) {
      told.at(-1)?.lost(LOST); // slack began last at first, and is what is lost each time
      await pass(1, one);
      expect(listeners()).toEqual(['one discord']);
      await pass(40, one);
    }

    expect(starts.map((start) => start.replace('one ', ''))).toEqual(['discord +0', 'slack +0', 'slack +15', 'slack +61', 'slack +112']);
    expect([listeners(), logged('Listening ended')]).toEqual([ONE, 3]);
  });

  test('after ten steady minutes is tried again as soon as the first time', async () => {
    const { one, pass, starts, told } = twoProcesses();
    await pass(1, one);
    for (let time = 0; time < 3; time += 1) {
      told.at(-1)?.lost(LOST);
      await pass(610, one);
    }

    expect(starts.filter((start) => start.includes('slack'))).toEqual(['one slack +0', 'one slack +6', 'one slack +616', 'one slack +1226']);
  });

  test('here is taken over by another process at its next look', async () => {
    const { one, two, pass, listeners, told } = twoProcesses();
    await pass(10, one, two);
    told.at(-1)?.lost(LOST);
    await pass(2, one, two);

    expect(listeners()).toEqual(['one discord', 'two slack']);
  });

  test('is heard once: what an earlier listening says later ends nothing', async () => {
    const { one, pass, listeners, starts, told, logged } = twoProcesses();
    await pass(10, one);
    const early = told.at(-1);
    early?.lost(LOST);
    early?.lost(LOST);
    await pass(10, one);
    early?.lost(LOST);
    await pass(2, one);

    expect([listeners(), starts.length, logged('Listening ended')]).toEqual([ONE, 3, 1]);
  });

  test('as this process stops is left at that', async () => {
    const { one, pass, listeners, starts, told, logged } = twoProcesses();
    await pass(10, one);
    await one.stop();
    told.at(-1)?.lost(LOST);
    await pass(20, one);

    expect([listeners(), starts.length, logged('Listening ended')]).toEqual([[], 2, 0]);
  });
});

describe('Where the bot is', () => {
  test('is handed on, and what cannot be recorded is logged and breaks nothing', async () => {
    const heard: Presence[] = [];
    const { one, pass, listeners, told, logged } = twoProcesses(undefined, async (news) => {
      heard.push(news);
      if (news.what === 'left') throw new Error('the database is away');
    });
    await pass(1, one);
    for (const what of ['joined', 'left'] as const) await told[0]?.presence({ platform: 'discord', what, installation: '100' });

    expect(heard.map(({ what }) => what)).toEqual(['joined', 'left']);
    expect([listeners(), logged('could not be recorded')]).toEqual([ONE, 1]);
  });
});
