/** What one installation corrects is its own: it hears of it, runs on it and loses it alone. */
import { describe, expect, test } from 'vitest';
import { previewFacts } from '../../../src/calendar/preview.ts';
import type { Deadline } from '../../../src/domain/calendar/deadline.ts';
import type { CalendarFacts } from '../../../src/domain/calendar/facts.ts';
import type { Correction } from '../../../src/domain/calendar/team.ts';
import { dayWhen } from '../../../src/domain/calendar/when.ts';
import { GENEVA } from '../../../src/domain/time.ts';
import { type Bot, type BotPlan, type Said, withBot } from '../../support/a-bot.ts';
import { aDateFact, aReviewFacts, aSession, someFacts } from '../../support/a-calendar.ts';

const KENYA = '54-KEN-stakeholder_submission';
const REVIEW = '54-KEN-review';
const on = (day: string) => dayWhen(day, GENEVA);
const noon = (day: string) => Date.parse(`${day}T12:00:00Z`);
const BEGINS = noon('2026-06-01');

/** Session 54 with one date for all its States; the review of Kenya where its day is known. A look later than a correction contests it. */
function aCalendar(day: string, review: string | null = null, checked = '2026-05-30'): CalendarFacts {
  const kenya = aReviewFacts('KEN', { review: review === null ? null : aDateFact(on(review)) });
  const deadlines = { stakeholder_submission: aDateFact(on(day), { checked }) };
  return someFacts([aSession(54, aDateFact(on('2027-01-18'), { until: '2027-01-29' }), { deadlines, reviews: [kenya, aReviewFacts('FRA')] })]);
}

function aCorrection(day: string, more: Partial<Correction> = {}): Correction {
  const source = { id: 'team:1', url: 'https://www.ohchr.org/en/new', name: null, notBefore: null, says: 'a letter', class: 'official', byTeam: true } as const;
  const of = { deadline: KENYA, session: 54, state: 'KEN', kind: 'stakeholder_submission' } as const;
  return { ...of, when: on(day), certainty: 'published', source, note: null, made: '2026-06-01', ...more };
}

const PLAN: BotPlan = {
  at: BEGINS,
  facts: aCalendar('2026-07-17'),
  ladders: { default: { stakeholder_submission: ['7d!', '1d!'], review: ['7d!'], advance_questions: ['7d!'] } },
  channels: [
    { id: 'ours', installation: 'ours', follows: [{ states: ['KEN'] }] },
    { id: 'theirs', installation: 'theirs', follows: [{ states: ['KEN'] }] },
  ],
};

/** Ticks at noon of each of these days. */
async function live(bot: Bot, ...days: readonly string[]): Promise<void> {
  for (const day of days) await bot.tickAt(noon(`2026-${day}`));
}

const day = (at: number) => new Date(at).toISOString().slice(5, 10);
const from = (deadline: Deadline | null | undefined) => deadline?.when.from?.slice(5) ?? 'nothing';
const moved = (change: Said['changes'][number]) => (change.about === 'date' ? `${change.what} ${from(change.before)} → ${from(change.after)}` : change.what);
/** `07-10 ours 7d` or `06-02 ours moved 07-17 → 06-20`, in the order said. */
const brief = (bot: Bot, channel?: string) =>
  bot
    .said()
    .filter((said) => said.type !== 'silence' && (channel === undefined || said.channel === channel))
    .map(({ at, channel: heard, leads, changes }) => `${day(at)} ${heard} ${[...leads.map(({ lead }) => lead), ...changes.map(moved)].join(' ')}`);

describe('A correction of one installation', () => {
  test('is said to its channels at once, runs their alerts on its own day, and changes nothing for anybody else', async () => {
    await withBot(PLAN, async (bot) => {
      await live(bot, '06-02');
      await bot.correct('ours', KENYA, aCorrection('2026-06-20'));
      await live(bot, '06-02', '06-13', '06-19', '07-10', '07-16', '07-18');

      expect(brief(bot)).toEqual(['06-02 ours moved 07-17 → 06-20', '06-13 ours 7d', '06-19 ours 1d', '07-10 theirs 7d', '07-16 theirs 1d']);
      expect((await bot.store().calendar.picture())?.picture.deadlines.get(KENYA)?.when.from).toBe('2026-07-17');
      const planned = (await bot.store().alerts.proof(0, 'ours')).filter(({ type }) => type === 'lead');
      expect(
        planned.map(({ state }) => state),
        'nothing was even planned of the date that all see',
      ).toEqual(['sent', 'sent']);
    });
  });

  test('is marked as the word of the team, with its link, and with the date that all see beside it', async () => {
    await withBot(PLAN, async (bot) => {
      await live(bot, '06-02');
      await bot.correct('ours', KENYA, aCorrection('2026-06-20'));
      await live(bot, '06-02', '06-13');
      const [correction = '', alert = ''] = bot.said().map(({ message }) => message.fallbackText);
      const links = bot.said().map(({ message }) => JSON.stringify(message).includes('"url":"https://www.ohchr.org/en/new"'));

      expect(correction).toContain('moved from 17 July 2026 to Saturday, 20 June 2026');
      expect(correction).toContain('ohchr.org (by your team)');
      expect(alert).toContain('(official; by your team)');
      expect(alert).toContain('Another source gives 17 July 2026');
      expect(links).toEqual([true, true]);
    });
  });

  test('stands while the date that all see moves: its team hears once that they differ, and of its own date', async () => {
    await withBot(PLAN, async (bot) => {
      await live(bot, '06-02');
      await bot.correct('ours', KENYA, aCorrection('2026-06-20'));
      await live(bot, '06-02', '06-03');
      await bot.reviseTo(aCalendar('2026-07-24', null, '2026-06-03'));
      await live(bot, '06-03', '06-13', '06-19', '07-17', '07-23');

      expect(brief(bot, 'ours')).toEqual(['06-02 ours moved 07-17 → 06-20', '06-03 ours conflict-changed 06-20 → 06-20', '06-13 ours 7d', '06-19 ours 1d']);
      expect(brief(bot, 'theirs')).toEqual(['06-03 theirs moved 07-17 → 07-24', '07-17 theirs 7d', '07-23 theirs 1d']);
    });
  });

  test('and a move for all that become known in one tick are each heard once, as one message', async () => {
    await withBot(PLAN, async (bot) => {
      await live(bot, '06-02');
      await bot.reviseTo(aCalendar('2026-07-24'));
      await bot.correct('ours', KENYA, aCorrection('2026-06-20'));
      await live(bot, '06-02');

      expect(brief(bot, 'ours')).toEqual(['06-02 ours moved 07-17 → 06-20']);
      expect(brief(bot, 'theirs')).toEqual(['06-02 theirs moved 07-17 → 07-24']);
    });
  });

  test('that is withdrawn goes back in one message, and what is ahead of the date that all see is armed again', async () => {
    await withBot(PLAN, async (bot) => {
      await live(bot, '06-02');
      await bot.correct('ours', KENYA, aCorrection('2026-07-12'));
      await live(bot, '06-02', '07-05');
      await bot.correct('ours', KENYA, null);
      await live(bot, '07-05', '07-10', '07-11', '07-16');

      expect(brief(bot, 'ours')).toEqual([
        '06-02 ours moved 07-17 → 07-12',
        '07-05 ours 7d',
        '07-05 ours moved 07-12 → 07-17',
        '07-10 ours 7d',
        '07-16 ours 1d',
      ]);
    });
  });

  test('that is corrected again, withdrawn and made once more is never taken for an earlier version', async () => {
    await withBot(PLAN, async (bot) => {
      await live(bot, '06-02');
      const versions: (number | undefined)[] = [];
      for (const date of ['2026-06-20', '2026-06-27', null, '2026-07-03']) {
        await bot.correct('ours', KENYA, date === null ? null : aCorrection(date));
        const [view] = await bot.store().ownDates.views();
        versions.push(view?.versions.get(KENYA)?.version);
        await live(bot, '06-02');
      }
      await live(bot, '06-26', '07-02');

      expect(versions).toEqual([1_000_001, 1_000_002, undefined, 1_000_003]);
      expect(brief(bot, 'ours').slice(-2)).toEqual(['06-26 ours 7d', '07-02 ours 1d']);
    });
  });

  test('takes with it what is computed from its date, for its team alone, also when all hear of that date later', async () => {
    const facts = aCalendar('2026-07-17', '2027-01-25');
    await withBot(
      { ...PLAN, facts: { ...facts, holidays: new Map([2026, 2027].map((year) => [year, { year, days: [], source: ['ohchr'], checked: '2026-06-01' }])) } },
      async (bot) => {
        await live(bot, '06-02');
        await bot.correct('ours', REVIEW, aCorrection('2027-01-20', { deadline: REVIEW, kind: 'review' }));
        await live(bot, '06-02');
        const [view] = await bot.store().ownDates.views();

        expect([...(view?.own.deadlines.keys() ?? [])].sort()).toEqual(['54-KEN-advance_questions', REVIEW].sort());
        expect(brief(bot, 'ours')).toEqual(['06-02 ours moved 01-11 → 01-06 moved 01-25 → 01-20']);
        expect(brief(bot, 'theirs')).toEqual([]);
      },
    );
  });

  test('keeps an alert of the date that all see from being said in its channels, though it was planned before', async () => {
    const quiet = { from: '22:00', to: '15:00' };
    const [ours, theirs] = PLAN.channels;
    await withBot(
      {
        ...PLAN,
        channels: [
          { ...ours, id: 'ours', quiet },
          { ...theirs, id: 'theirs', quiet },
        ],
      },
      async (bot) => {
        await live(bot, '06-02', '07-10');
        await bot.correct('ours', KENYA, aCorrection('2026-08-20'));
        await bot.tickAt(Date.parse('2026-07-10T16:00:00Z'));

        expect(brief(bot).toSorted()).toEqual(['07-10 ours moved 07-17 → 08-20', '07-10 theirs 7d']);
      },
    );
  });

  test('of two teams is each its own, though both name the same day and lead', async () => {
    await withBot(PLAN, async (bot) => {
      await live(bot, '06-02');
      for (const team of ['ours', 'theirs']) await bot.correct(team, KENYA, aCorrection('2026-06-20'));
      await live(bot, '06-02', '06-13');

      expect(brief(bot)).toEqual(expect.arrayContaining(['06-13 ours 7d', '06-13 theirs 7d']));
    });
  });

  test('ends with the erasure of its installation: nothing of it is left, and its channel hears what all hear', async () => {
    await withBot(PLAN, async (bot) => {
      await live(bot, '06-02');
      await bot.correct('ours', KENYA, aCorrection('2026-06-20'));
      await live(bot, '06-02', '06-13');
      const erased = await bot.store().installations.erase({ platform: 'test', id: 'ours' });
      await bot.restart();
      await live(bot, '06-14', '06-19', '07-10');

      expect(erased.corrections).toBe(1);
      expect([await bot.store().ownDates.views(), await bot.store().ownDates.corrections()]).toEqual([[], []]);
      expect(brief(bot, 'ours').slice(-1)).toEqual(['07-10 ours 7d']);
    });
  });

  test('is counted with by a preview: its channels do not hear of the date that all see', async () => {
    await withBot(PLAN, async (bot) => {
      await live(bot, '06-02');
      await bot.correct('ours', KENYA, aCorrection('2026-06-20'));
      const before = (await bot.store().calendar.picture())?.picture ?? { deadlines: new Map(), reviews: new Map() };
      const { heard, channels } = await previewFacts(bot.store(), { before, facts: aCalendar('2026-07-24') }, bot.clock.now());

      expect([channels, heard.map((group) => group.channels)]).toEqual([1, [['theirs']]]);
    });
  });

  test('waits while its date is not in the calendar, and stands again with it', async () => {
    await withBot(PLAN, async (bot) => {
      await live(bot, '06-02');
      await bot.correct('ours', KENYA, aCorrection('2026-06-20'));
      await live(bot, '06-02');
      await bot.reviseTo(someFacts([aSession(54, aDateFact(on('2027-01-18'), { until: '2027-01-29' }), { reviews: [aReviewFacts('FRA')] })]));
      expect((await bot.store().ownDates.views())[0]?.own.deadlines.size).toBe(0);
      await bot.reviseTo(PLAN.facts);

      expect((await bot.store().ownDates.views())[0]?.versions.get(KENYA)?.deadline.when.from).toBe('2026-06-20');
    });
  });
});
