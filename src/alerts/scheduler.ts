/** When ticks happen. The only room that knows node-cron. */
import { createTask, type ScheduledTask } from 'node-cron';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/log.ts';
import type { TrustedTime } from './trusted-time.ts';

export interface SchedulerDeps {
  readonly clock: Clock;
  readonly time: TrustedTime;
  readonly log: Logger;
  /** One guarded tick; the scheduler never runs two at once. */
  readonly tick: (now: number) => Promise<void>;
}

export interface Scheduler {
  start(): void;
  /** Stops new ticks and waits for the one that runs. */
  stop(): Promise<void>;
}

/** One beat a minute, in UTC, so that no daylight saving time can skip it. */
const EVERY_MINUTE = '* * * * *';
const PULSE = 1_000;
/** After a jump larger than this the cron task is made anew: node-cron stops firing when the clock is set back. */
const JUMP = 2_000;

/**
 * A cron beat a minute and a pulse a second call the same tick. The pulse keeps minutes punctual and works when the
 * wall clock jumps and cron's own timer is lost.
 */
export function createScheduler({ clock, time, log, tick }: SchedulerDeps): Scheduler {
  const stopping = new AbortController();
  let running: Promise<void> | null = null;
  let failing = false;
  let beat = newBeat();

  function newBeat(): ScheduledTask {
    return createTask(EVERY_MINUTE, () => guarded(), { timezone: 'UTC', noOverlap: true, suppressMissedWarning: true });
  }

  function guarded(): Promise<void> {
    if (stopping.signal.aborted) return Promise.resolve();
    running ??= oneTick().finally(() => {
      running = null;
    });
    return running;
  }

  async function oneTick(): Promise<void> {
    try {
      const now = time.now();
      if (Math.abs(time.drift) > JUMP) await clockJumped();
      void time.settle(); // a reference that is slow to answer keeps no tick waiting
      await tick(now);
      if (failing) log.info('Ticks go on');
      failing = false;
    } catch (cause) {
      // Said once: a database that is away for a night would fill the log with one line a second.
      if (!failing) log.error({ err: cause }, 'A tick failed; it is tried again every second');
      failing = true;
    }
  }

  async function clockJumped(): Promise<void> {
    log.warn({ byMs: Math.round(time.drift), doubted: time.doubted }, 'The clock jumped');
    await beat.destroy();
    beat = newBeat();
    await beat.start();
  }

  async function pulse(): Promise<void> {
    while (!stopping.signal.aborted) {
      await guarded();
      // On the second, for what is due is due on the minute.
      await clock.sleep(PULSE - (time.read() % PULSE), stopping.signal);
    }
  }

  let pulsing: Promise<void> = Promise.resolve();
  return {
    start: () => {
      void beat.start();
      pulsing = pulse();
    },
    stop: async () => {
      stopping.abort();
      await beat.destroy();
      await pulsing;
      await running;
    },
  };
}
