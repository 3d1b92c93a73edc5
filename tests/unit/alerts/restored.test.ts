/** A backup of a bot that runs, restored: nothing is said twice, and what is ahead once. */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { settleRestored } from '../../../src/alerts/restored.ts';
import { revise } from '../../../src/calendar/revise.ts';
import { dayWhen } from '../../../src/domain/calendar/when.ts';
import { GENEVA, type Instant } from '../../../src/domain/time.ts';
import { proveBackup } from '../../../src/store/backup/read.ts';
import { NotEmptyError, restoreBackup } from '../../../src/store/backup/restore.ts';
import { expireBackups, lastBackup, writeBackup } from '../../../src/store/backup/write.ts';
import { type Bot, type BotPlan, laddersOf, memoryDisk, withBot } from '../../support/a-bot.ts';
import { at } from '../../support/a-voice.ts';
import { calendarOf } from '../../support/some-dates.ts';

const MOVED = calendarOf([
  { state: 'KEN', kind: 'stakeholder_submission', when: dayWhen('2026-07-17', GENEVA) },
  { state: 'FRA', kind: 'national_report', when: dayWhen('2026-07-20', GENEVA) },
]);
const PLAN: BotPlan = {
  at: at('2026-07-01', '12:00'),
  facts: calendarOf([
    { state: 'KEN', kind: 'stakeholder_submission', when: dayWhen('2026-07-17', GENEVA) },
    { state: 'FRA', kind: 'national_report', when: dayWhen('2026-07-12', GENEVA) },
  ]),
  ladders: {
    default: { stakeholder_submission: ['14d!', '7d!', '3d!', '1d!'], national_report: ['2d!', '0d!'] },
    early: { stakeholder_submission: ['14d!', '7d!', '3d!', '1d!'], national_report: ['2d!', '0d!'] },
  },
  channels: [{ id: 'nairobi' }, { id: 'paris', follows: [{ states: ['FRA'] }] }, { id: 'lima', follows: [{ states: ['PER'] }] }],
};

function aFolder(): string {
  const folder = mkdtempSync(join(memoryDisk(), 'upr-backups-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const quiet = () => undefined;
const backUp = async (bot: Bot, folder = aFolder()) => (await writeBackup({ file: bot.file }, { folder, now: bot.clock.now(), progress: quiet })).file;

/** Ends the bot, puts the backup in the place of its database and starts it again, at `now`. */
async function restored(bot: Bot, file: string, now: Instant, facts = PLAN.facts): Promise<number> {
  let channels = 0;
  const backup = await proveBackup(file);
  await bot.restart({ facts }, async () => {
    const settle = async (store: Parameters<typeof settleRestored>[0]) => {
      await revise(store, facts, { now, reason: 'a backup was restored' });
      channels = await settleRestored(store, { id: backup.header.id, facts, ladders: laddersOf(PLAN.ladders), now });
    };
    await restoreBackup({ file: bot.file }, backup, { replace: true, isGone: () => true, settle, progress: quiet });
  });
  return channels;
}

const sayings = (bot: Bot) =>
  bot
    .said()
    .map(({ channel, type, content }) =>
      `${channel} ${type} ${content.type === 'catch-up' ? `${content.ahead.length} ahead, ${content.passed.length} passed` : ''}`.trim(),
    );

describe('After a restore', () => {
  test('what was said since the backup is not said again, and what is ahead is one catch-up a channel', async () => {
    await withBot(PLAN, async (bot) => {
      await bot.tickAt(at('2026-07-03', '09:00'));
      const file = await backUp(bot);
      await bot.tickAt(at('2026-07-10', '09:00'));
      await bot.tickAt(at('2026-07-12', '09:00'));
      const before = bot.said().length;
      expect(sayings(bot)).toEqual(['nairobi leads', 'nairobi leads', 'paris leads', 'nairobi leads', 'paris leads']);

      const channels = await restored(bot, file, at('2026-07-13', '12:00'));
      for (const time of ['12:01', '12:02']) await bot.tickAt(at('2026-07-13', time));

      // The report of France is over; nobody is told of it again.
      expect([channels, sayings(bot).slice(before)]).toEqual([1, ['nairobi catch-up 1 ahead, 0 passed']]);
      await bot.tickAt(at('2026-07-14', '09:00'));
      await bot.tickAt(at('2026-07-16', '09:00'));
      expect(
        bot
          .said()
          .slice(before + 1)
          .map(({ leads }) => leads.map(({ lead }) => lead)),
      ).toEqual([['3d'], ['1d']]);
    });
  });

  test('what waited when the backup was made was perhaps said since: it is in the catch-up, and not said as itself', async () => {
    await withBot(PLAN, async (bot) => {
      let file = '';
      bot.whenSaid(async () => {
        file ||= await backUp(bot);
      });
      await bot.tickAt(at('2026-07-10', '09:00'));
      const before = bot.said().length;

      await restored(bot, file, at('2026-07-10', '10:00'));
      await bot.tickAt(at('2026-07-10', '10:01'));

      expect(sayings(bot).slice(before).sort()).toEqual(['nairobi catch-up 2 ahead, 0 passed', 'paris catch-up 1 ahead, 0 passed']);
      expect((await bot.store().alerts.counts())['in-doubt']).toBeGreaterThan(0);
    });
  });

  test('a lead of a timing that was changed since the backup is not due at once', async () => {
    await withBot(PLAN, async (bot) => {
      const file = await backUp(bot);
      await bot.restart({ channels: [{ id: 'nairobi', hour: '08:00' }] });
      await bot.tickAt(at('2026-07-10', '08:00'));
      const before = bot.said().length;

      await restored(bot, file, at('2026-07-10', '08:30'));
      await bot.tickAt(at('2026-07-10', '08:31'));

      expect(
        sayings(bot)
          .slice(before)
          .filter((said) => said.includes('leads')),
      ).toEqual([]);
    });
  });

  test('a change that was told since is not told again', async () => {
    await withBot(PLAN, async (bot) => {
      await bot.tickAt(at('2026-07-02', '11:00'));
      const file = await backUp(bot);
      await bot.reviseTo(MOVED);
      await bot.tickAt(at('2026-07-02', '12:00'));
      const told = sayings(bot).filter((said) => said.includes('changes'));
      expect(told).toEqual(['nairobi changes', 'paris changes']);

      await restored(bot, file, at('2026-07-02', '13:00'), MOVED);
      await bot.tickAt(at('2026-07-02', '13:01'));

      expect(sayings(bot).filter((said) => said.includes('changes'))).toEqual(told);
    });
  });
});

describe('A backup', () => {
  test('is for nobody else to read, lies beside its sum, and goes when it is old', async () => {
    await withBot(PLAN, async (bot) => {
      const folder = aFolder();
      const old = await writeBackup({ file: bot.file }, { folder, now: at('2026-05-01', '12:00'), progress: quiet });
      const file = await backUp(bot, folder);

      expect(statSync(file).mode & 0o777).toBe(0o600);
      expect(readFileSync(`${file}.sha256`, 'utf8')).toMatch(/^[0-9a-f]{64} {2}upr-watch-2026-07-01T.*\.jsonl\.gz\n$/);
      expect(await expireBackups(folder, 30, bot.clock.now())).toEqual([old.file.slice(folder.length + 1)]);
      expect((await lastBackup(folder))?.at).toBe(bot.clock.now());
    });
  });

  test.each([
    ['cut off', (bytes: Buffer) => bytes.subarray(0, bytes.length - 40)],
    ['with a bit turned', (bytes: Buffer) => bytes.with(bytes.length >> 1, (bytes[bytes.length >> 1] ?? 0) ^ 1)],
    ['something else', () => Buffer.from('hello')],
  ])('that is %s is refused before anything is touched', async (_, spoil) => {
    await withBot(PLAN, async (bot) => {
      const file = await backUp(bot);
      writeFileSync(file, spoil(readFileSync(file)));
      await expect(proveBackup(file)).rejects.toMatchObject({ reason: 'corrupt' });

      rmSync(`${file}.sha256`);
      await expect(proveBackup(file)).rejects.toMatchObject({ reason: 'corrupt' });
    });
  });

  test('is not restored over a database unasked, nor under a bot that runs', async () => {
    await withBot(PLAN, async (bot) => {
      const backup = await proveBackup(await backUp(bot));
      const plan = { replace: false, isGone: () => true, settle: async () => undefined, progress: quiet };

      await expect(restoreBackup({ file: bot.file }, backup, plan)).rejects.toBeInstanceOf(NotEmptyError);
      await bot.store().leases.take('file', 'host/1/x', 60_000);
      await expect(restoreBackup({ file: bot.file }, backup, { ...plan, replace: true, isGone: () => false })).rejects.toMatchObject({ reason: 'locked' });
    });
  });
});
