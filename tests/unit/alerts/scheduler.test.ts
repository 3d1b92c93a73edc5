import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import { createScheduler, type Scheduler } from '../../../src/alerts/scheduler.ts';
import { type AskTime, createTrustedTime } from '../../../src/alerts/trusted-time.ts';
import { createLog } from '../../../src/lib/log.ts';
import { aClock } from '../../support/a-clock.ts';
import { at } from '../../support/a-voice.ts';

const NOON = at('2026-07-01', '12:00');
const SECOND = 1_000;
const MONTH = 30 * 24 * 3_600 * SECOND;

interface Run {
  readonly scheduler: Scheduler;
  readonly clock: ReturnType<typeof aClock>;
  readonly ticks: number[];
  readonly logged: (text: string) => number;
  /** Seconds go by; whoever woke has its say before the next one. */
  readonly seconds: (count: number) => Promise<void>;
}

async function withScheduler(
  options: { tick?: (now: number) => Promise<void>; references?: readonly AskTime[] },
  use: (run: Run) => Promise<void>,
): Promise<void> {
  const clock = aClock(NOON);
  const [ticks, lines]: [number[], string[]] = [[], []];
  const scheduler = createScheduler({
    clock,
    time: createTrustedTime(clock, options.references ?? []),
    log: createLog('info', { write: (line: string) => void lines.push(line) }),
    tick: async (now) => {
      ticks.push(now);
      await options.tick?.(now);
    },
  });
  const settle = async () => {
    for (let turn = 0; turn < 5; turn += 1) await nextTurn();
  };
  const seconds = async (count: number) => {
    for (let second = 0; second < count; second += 1) {
      clock.pass(SECOND);
      await settle();
    }
  };
  scheduler.start();
  await settle();
  try {
    await use({ scheduler, clock, ticks, logged: (text) => lines.filter((line) => line.includes(text)).length, seconds });
  } finally {
    await scheduler.stop();
  }
}

describe('The scheduler', () => {
  test('ticks at once and every second', async () => {
    await withScheduler({}, async ({ ticks, seconds }) => {
      await seconds(3);

      expect(ticks).toEqual([0, 1, 2, 3].map((second) => NOON + second * SECOND));
    });
  });

  test('never runs two ticks at once', async () => {
    const slow = Promise.withResolvers<void>();
    await withScheduler({ tick: () => slow.promise }, async ({ ticks, seconds }) => {
      await seconds(10);
      expect(ticks).toHaveLength(1);

      slow.resolve();
      await seconds(2);

      expect(ticks.length).toBeGreaterThan(1);
    });
  });

  test('goes on after a tick that failed, and says once that it failed and once that it goes on', async () => {
    let away = true;
    const tick = () => (away ? Promise.reject(new Error('the database is away')) : Promise.resolve());
    await withScheduler({ tick }, async ({ ticks, seconds, logged }) => {
      await seconds(3);
      away = false;
      await seconds(2);

      expect(ticks).toHaveLength(6);
      expect([logged('A tick failed'), logged('Ticks go on')]).toEqual([1, 1]);
    });
  });

  test('a stop waits for the tick that runs and begins no other', async () => {
    const slow = Promise.withResolvers<void>();
    await withScheduler({ tick: () => slow.promise }, async ({ scheduler, ticks, seconds }) => {
      let stopped = false;
      const stopping = scheduler.stop().then(() => {
        stopped = true;
      });
      await seconds(3);
      expect(stopped).toBe(false);

      slow.resolve();
      await stopping;
      await seconds(3);

      expect(ticks).toHaveLength(1);
    });
  });

  test('ticks on trusted time within two seconds of a jump of a month, and says it once', async () => {
    await withScheduler({}, async ({ clock, ticks, seconds, logged }) => {
      await seconds(1);
      clock.setWall(clock.now() + MONTH);
      await seconds(10);

      expect(ticks.at(-1)).toBe(NOON + 11 * SECOND);
      expect(ticks).toHaveLength(12);
      expect(logged('The clock jumped')).toBe(1);
    });
  });

  test('keeps ticking on trusted time while a reference does not answer', async () => {
    const never = new Promise<null>(() => undefined);
    await withScheduler({ references: [() => never] }, async ({ clock, ticks, seconds }) => {
      clock.setWall(NOON + MONTH);
      await seconds(5);

      expect(ticks.at(-1)).toBe(NOON + 5 * SECOND);
    });
  });

  test('believes a clock that is set back an hour, and ticks within two seconds', async () => {
    await withScheduler({}, async ({ clock, ticks, seconds, logged }) => {
      clock.setWall(NOON - 3_600 * SECOND);
      await seconds(2);

      expect(ticks.at(-1)).toBe(NOON - 3_598 * SECOND);
      expect(logged('The clock jumped')).toBe(1);
    });
  });
});

describe('The beat of the minute', () => {
  test('does not tick beside a tick that runs', async () => {
    vi.useFakeTimers({ now: NOON });
    try {
      const slow = Promise.withResolvers<void>();
      await withScheduler({ tick: () => slow.promise }, async ({ ticks }) => {
        await vi.advanceTimersByTimeAsync(200 * SECOND);
        expect(ticks).toHaveLength(1);

        slow.resolve();
        await vi.advanceTimersByTimeAsync(60 * SECOND);

        expect(ticks).toHaveLength(2);
      });
    } finally {
      vi.useRealTimers();
    }
  });
});
