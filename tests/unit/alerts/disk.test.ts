import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dayWhen } from '../../../src/domain/calendar/when.ts';
import { GENEVA } from '../../../src/domain/time.ts';
import { type Bot, type BotPlan, withBot } from '../../support/a-bot.ts';
import { fillDisk, freeDisk } from '../../support/a-disk.ts';
import { at } from '../../support/a-voice.ts';
import { startPostgres, type TestPostgres } from '../../support/postgres.ts';
import { calendarOf } from '../../support/some-dates.ts';

const PLAN: BotPlan = {
  at: at('2026-07-09', '12:00'),
  facts: calendarOf([{ state: 'KEN', kind: 'stakeholder_submission', when: dayWhen('2026-07-17', GENEVA) }]),
  ladders: { default: { stakeholder_submission: ['7d!', '1d!'] } },
  channels: Array.from({ length: 60 }, (_, index) => ({ id: `channel-${index}` })),
  maxPages: 200,
};
const NINE = at('2026-07-10', '09:00');
const SECOND = 1_000;

/** A tick that may fail, as the scheduler lets it. */
async function tickAt(bot: Bot, now: number): Promise<void> {
  await bot.tickAt(now).catch(() => undefined);
}

/** How often each channel was told, and whether anything was marked as a repeat. */
function told(bot: Bot) {
  const by = Map.groupBy(bot.said(), ({ channel }) => channel);
  return { channels: by.size, most: Math.max(0, ...[...by.values()].map(({ length }) => length)), marked: bot.said().some(({ marks }) => marks.mayBeRepeat) };
}

const ONCE = { channels: 60, most: 1, marked: false };

describe('A disk that fills up while the bot runs', () => {
  test('before anything is due: nothing is sent, and everything once when there is room again, without a restart', async () => {
    await withBot(PLAN, async (bot) => {
      await bot.tickAt(NINE - SECOND);
      await fillDisk(bot.store());
      for (const second of [0, 1, 2, 60, 3_600]) await tickAt(bot, NINE + second * SECOND);
      expect(bot.said()).toEqual([]);

      await freeDisk(bot.store());
      await tickAt(bot, NINE + 3_601 * SECOND);
      await tickAt(bot, NINE + 3_603 * SECOND);

      expect(told(bot)).toEqual(ONCE);
    });
  });

  test('over a message: nothing more is begun that could not be recorded, and what was sent is recorded later and not repeated', async () => {
    await withBot(PLAN, async (bot) => {
      let filled: Promise<void> | null = null;
      bot.whenSaid(() => {
        filled ??= fillDisk(bot.store());
      });
      await tickAt(bot, NINE);
      await filled;
      const before = bot.said().length;
      for (const second of [1, 2, 60]) await tickAt(bot, NINE + second * SECOND);
      expect(before).toBeLessThan(60);
      expect(bot.said()).toHaveLength(before);

      await freeDisk(bot.store());
      for (const second of [61, 62, 64]) await tickAt(bot, NINE + second * SECOND);

      expect(told(bot)).toEqual(ONCE);
      expect(bot.logged('A lane could not read or record')).toBeLessThanOrEqual(2);
      expect(bot.logged('The database answers again')).toBeGreaterThan(0);
    });
  });
});

describe('A PostgreSQL that turns read-only while the bot runs', () => {
  let server: TestPostgres;
  beforeAll(async () => {
    server = await startPostgres();
  }, 60_000);
  afterAll(() => server.stop());

  /** As when a primary becomes a standby: those who are connected are thrown out, and nobody who comes may write. */
  async function setReadOnly(url: string, on: boolean): Promise<void> {
    const name = new URL(url).pathname.slice(1);
    const elsewhere = new URL(url);
    elsewhere.pathname = '/postgres';
    const client = new pg.Client({ connectionString: elsewhere.href });
    await client.connect();
    await client.query(`alter database ${name} set default_transaction_read_only = ${on ? 'on' : 'off'}`);
    await client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
    await client.end();
  }

  test('sends nothing meanwhile, and everything once when it may write again, without a restart', async () => {
    const url = await server.database();
    await withBot({ ...PLAN, postgres: { url } }, async (bot) => {
      await bot.tickAt(NINE - SECOND);
      await setReadOnly(url, true);
      for (const second of [0, 1, 60]) await tickAt(bot, NINE + second * SECOND);
      expect(bot.said()).toEqual([]);

      await setReadOnly(url, false);
      for (const second of [61, 62, 64, 70]) await tickAt(bot, NINE + second * SECOND);

      expect(told(bot)).toEqual(ONCE);
    });
  });

  test('over a message repeats nothing that it had sent', async () => {
    const url = await server.database();
    await withBot({ ...PLAN, postgres: { url } }, async (bot) => {
      let turned: Promise<void> | null = null;
      bot.whenSaid(() => {
        turned ??= setReadOnly(url, true);
      });
      await tickAt(bot, NINE);
      await turned;
      for (const second of [1, 2]) await tickAt(bot, NINE + second * SECOND);
      await setReadOnly(url, false);
      for (const second of [61, 62, 64, 70]) await tickAt(bot, NINE + second * SECOND);

      expect(told(bot)).toEqual(ONCE);
    });
  });
});
