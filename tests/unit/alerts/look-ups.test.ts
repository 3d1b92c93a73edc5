import { describe, expect, test } from 'vitest';
import { feedToldOf } from '../../../src/alerts/delivery/notices.ts';
import { listWeekly } from '../../../src/alerts/look-ups.ts';
import type { DeadlineKind } from '../../../src/domain/calendar/kinds.ts';
import { dayWhen } from '../../../src/domain/calendar/when.ts';
import { GENEVA } from '../../../src/domain/time.ts';
import { createLog } from '../../../src/lib/log.ts';
import { type Bot, type BotPlan, withBot } from '../../support/a-bot.ts';
import { at } from '../../support/a-voice.ts';
import { type ADate, calendarOf } from '../../support/some-dates.ts';

/** 2026-11-02 is a Monday. */
const MONDAY = at('2026-11-02');
const STALE = { checked: '2026-09-01', source: ['ohchr'] } as const;
const FRESH = { checked: '2026-11-01', source: ['ohchr'] } as const;
const a = (state: string, more: Partial<ADate> = {}, kind: DeadlineKind = 'national_report'): ADate => ({
  ...{ state, kind, when: dayWhen('2027-03-01', GENEVA), ...FRESH },
  ...more,
});
const planOf = (...dates: readonly ADate[]): BotPlan => {
  const facts = calendarOf(dates);
  const sessions = new Map([...facts.sessions].map(([number, session]) => [number, { ...session, dates: { ...session.dates, checked: '2026-11-01' } }]));
  return {
    at: at('2026-10-30'),
    facts: { ...facts, sessions, councils: new Map() },
    ladders: { default: { national_report: ['+1d?'] } },
    operator: 'operator',
    channels: [
      { id: 'geneva', follows: [{ kinds: ['stakeholder_submission'] }] },
      { id: 'operator', follows: [] },
    ],
  };
};

async function live(bot: Bot, ...times: readonly number[]): Promise<void> {
  for (const time of times) await bot.tickAt(time);
}

const started = async (plan: BotPlan, use: (bot: Bot) => Promise<void>) =>
  withBot(plan, async (bot) => {
    await listWeekly(bot.store(), bot.clock.now());
    await use(bot);
  });
const lists = (bot: Bot) => bot.said().filter(({ content }) => content.type === 'notice' && content.notice.about === 'stale');

describe('The list of what to look up', () => {
  test('comes to the operator on Monday at nine in Geneva, once a week, with pages and the command', async () => {
    await started(planOf(a('KEN', STALE), a('FRA')), async (bot) => {
      await live(bot, MONDAY - 60_000, MONDAY, MONDAY + 60_000);
      await bot.restart();
      await listWeekly(bot.store(), bot.clock.now());
      await live(bot, MONDAY + 120_000, at('2026-11-04'), at('2026-11-09'));

      expect(lists(bot).map(({ channel, at: when }) => [channel, when])).toEqual([
        ['operator', MONDAY],
        ['operator', at('2026-11-09')],
      ]);
      expect(lists(bot)[0]?.message.fallbackText.split('\n')).toEqual([
        'A fact of the calendar to look up',
        'Nobody has looked at these for long, the most urgent first. What changed goes into a file for `upr-watch calendar apply`.',
        'Session 54',
        expect.stringMatching(/^• Kenya: national report · 1 March 2027 · checked 1 September 2026 · ohchr.org.* · 54-KEN-national_report$/),
        'It is as it says? Record the look, of several at once: `upr-watch calendar checked 54-KEN-national_report --source ohchr`',
      ]);
    });
  });

  test('is none where everything was looked at', async () => {
    await started(planOf(a('KEN'), a('FRA')), async (bot) => {
      await live(bot, MONDAY);

      expect(bot.said()).toEqual([]);
    });
  });

  test('comes when the bot is back, where it was away on Monday, and then on the next', async () => {
    await started(planOf(a('KEN', STALE)), async (bot) => {
      await live(bot, at('2026-11-05'), at('2026-11-08'), at('2026-11-09'));

      expect(lists(bot).map(({ at: when }) => when)).toEqual([at('2026-11-05'), at('2026-11-09')]);
    });
  });

  test('names fifteen and counts the rest', async () => {
    const states = Array.from({ length: 18 }, (_, index) => `A${String.fromCharCode(65 + index)}A`);
    await started(planOf(...states.map((state) => a(state, STALE))), async (bot) => {
      await live(bot, MONDAY);

      const text = lists(bot)[0]?.message.fallbackText ?? '';
      expect(text.match(/^• /gm)).toHaveLength(15);
      expect(text).toContain('And 3 more: `upr-watch calendar stale` names them all.');
    });
  });

  test('begins with what was due and nobody looked for, which no channel hears of', async () => {
    const due = dayWhen('2026-10-30', GENEVA);
    const plan = planOf(a('KEN', { when: due }), a('FRA', STALE));
    await started({ ...plan, channels: [{ id: 'geneva' }, { id: 'operator', follows: [] }] }, async (bot) => {
      await live(bot, at('2026-10-31'), MONDAY);

      expect(bot.said().map(({ channel }) => channel)).toEqual(['operator']);
      const lines = lists(bot)[0]?.message.fallbackText.split('\n') ?? [];
      expect(lines[3]).toMatch(/^• Kenya: national report · 30 October 2026 · was due; nobody looked whether it is there · .* · 54-KEN-national_report$/);
      expect(lines[4]).toMatch(/54-FRA-national_report$/);
      expect(lines.at(-1)).toBe('What was due is there, or is not: `upr-watch calendar checked 54-KEN-national_report --source ohchr --seen`, or `--not-seen`');
    });
  });

  test('is a line in the log where the operator has no channel', async () => {
    const { operator: _none, ...plan } = planOf(a('KEN', STALE));
    await started(plan, async (bot) => {
      await live(bot, MONDAY);

      expect([bot.said().length, bot.logged('There are facts to look up')]).toEqual([0, 1]);
    });
  });
});

describe('What is wrong with a feed', () => {
  test('is told the operator once a fault, and once that it is well again', async () => {
    await started(planOf(a('KEN')), async (bot) => {
      const deps = { store: bot.store(), log: createLog('silent'), operator: 'operator', now: at('2026-11-01') };
      const since = at('2026-11-01');
      for (const reason of ['was answered with status 503', 'was answered with status 503', 'is not UTF-8', null, null])
        await feedToldOf(deps, { host: 'upr.example', reason, since });
      await live(bot, MONDAY - 120_000, MONDAY - 60_000);

      expect(bot.said().map(({ channel, message }) => [channel, message.title])).toEqual([
        ['operator', 'The calendar feed of upr.example is not taken'],
        ['operator', 'The calendar feed of upr.example is not taken'],
        ['operator', 'The calendar feed of upr.example is well again'],
      ]);
      expect(bot.said()[0]?.message.fallbackText.split('\n').slice(1)).toMatchObject([
        expect.stringMatching(/^The feed of upr.example was answered with status 503. It is not taken since Sunday, 1 November 2026/),
        'The last good one stays in force. The feed is asked for again every six hours.',
        expect.stringContaining('What to do:'),
      ]);
    });
  });
});
