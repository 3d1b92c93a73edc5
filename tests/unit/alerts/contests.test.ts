import { describe, expect, test } from 'vitest';
import { createContestTeller } from '../../../src/alerts/contests.ts';
import type { CalendarFacts, DateFact } from '../../../src/domain/calendar/facts.ts';
import { overlay } from '../../../src/domain/calendar/layers.ts';
import { dayWhen } from '../../../src/domain/calendar/when.ts';
import { GENEVA } from '../../../src/domain/time.ts';
import { createLog } from '../../../src/lib/log.ts';
import { type Bot, type BotPlan, withBot } from '../../support/a-bot.ts';
import { aDateFact } from '../../support/a-calendar.ts';
import { at } from '../../support/a-voice.ts';
import { calendarOf } from '../../support/some-dates.ts';

const on = (day: string, more: Partial<DateFact> = {}) => aDateFact(dayWhen(day, GENEVA), more);
const shipped = (day: string, checked: string) => calendarOf([{ state: 'KEN', kind: 'stakeholder_submission', when: dayWhen(day, GENEVA), checked }]);
/** What the operator applied on 5 July, over a calendar that says another day. */
const applied = (below: CalendarFacts, day = '2026-07-17', checked = '2026-07-05') =>
  overlay(below, {
    ...{ sources: [], councils: [], holidays: [] },
    sessions: [{ number: 54, reviews: [{ state: 'KEN', deadlines: { stakeholder_submission: on(day, { checked }) } }] }],
  });
const CONTESTED = applied(shipped('2026-07-15', '2026-07-08'));

const plan = (facts: CalendarFacts): BotPlan => ({
  at: at('2026-07-08', '12:00'),
  facts,
  ladders: { default: { stakeholder_submission: ['7d!', '1d!'] } },
  channels: [{ id: 'kenya' }, { id: 'operator', follows: [] }],
  operator: 'operator',
});

const lines: string[] = [];
const log = createLog('info', { write: (line: string) => void lines.push(line) });
const teller = (bot: Bot, operator: string | null = 'operator') => createContestTeller({ store: bot.store(), log, operator });
const notices = (bot: Bot) =>
  bot
    .said()
    .filter(({ type }) => type === 'notice')
    .map(({ channel, message }) => `${channel}: ${message.title}`);
const TITLE = 'operator: Kenya (session 54): stakeholder submission: two sources of equal standing differ';

describe('A date that the calendar below an override contests', () => {
  test('is told to the operator once, across a restart and by every process', async () => {
    await withBot(plan(CONTESTED), async (bot) => {
      const tell = teller(bot);
      for (const again of [tell, tell, teller(bot)]) {
        await again(CONTESTED, bot.clock.now());
        await bot.tickAt(bot.clock.now() + 60_000);
      }
      await bot.restart();
      await teller(bot)(CONTESTED, bot.clock.now());
      await bot.tickAt(bot.clock.now() + 60_000);

      expect(notices(bot)).toEqual([TITLE]);
    });
  });

  test('is told again when one of its two values changed, and not when it is settled', async () => {
    await withBot(plan(CONTESTED), async (bot) => {
      const tell = teller(bot);
      const settled = applied(shipped('2026-07-15', '2026-07-08'), '2026-07-17', '2026-07-09');
      for (const facts of [CONTESTED, applied(shipped('2026-07-16', '2026-07-08')), settled]) {
        await tell(facts, bot.clock.now());
        await bot.tickAt(bot.clock.now() + 60_000);
      }

      expect(notices(bot)).toEqual([TITLE, TITLE]);
    });
  });

  test('is told by the log, once a start, where there is no channel of the operator', async () => {
    await withBot(plan(CONTESTED), async (bot) => {
      lines.length = 0;
      const tell = teller(bot, null);
      await tell(CONTESTED, bot.clock.now());
      await tell(CONTESTED, bot.clock.now());

      expect(lines.filter((line) => line.includes('"date":"54-KEN-stakeholder_submission"'))).toHaveLength(1);
    });
  });

  test('alerts channels on the earlier of the two, and says plainly that two sources of equal standing differ', async () => {
    await withBot(plan(shipped('2026-07-17', '2026-07-01')), async (bot) => {
      await bot.tickAt(at('2026-07-08', '12:30'));
      await bot.reviseTo(CONTESTED);
      await bot.tickAt(at('2026-07-08', '13:00'));
      await bot.tickAt(at('2026-07-14'));
      await bot.tickAt(at('2026-07-16'));

      const heard = bot.said().filter(({ channel }) => channel === 'kenya');
      expect(heard.map(({ type }) => type)).toEqual(['changes', 'leads']);
      expect(heard[0]?.message.fallbackText).toContain('moved from 17 July 2026 to Wednesday, 15 July 2026');
      expect(heard[1]?.message.fallbackText).toContain(
        'Two sources of equal standing differ. The other gives 17 July 2026 (ohchr.org). Alerts run on the earlier date.',
      );
    });
  });
});
