import { describe, expect, test } from 'vitest';
import { ChatError } from '../../../src/adapters/adapter.ts';
import { amendSilenced } from '../../../src/alerts/amend.ts';
import { remember } from '../../../src/alerts/memory.ts';
import { plan } from '../../../src/alerts/plan.ts';
import { dayWhen, minuteWhen, rangeWhen, type When } from '../../../src/domain/calendar/when.ts';
import { GENEVA } from '../../../src/domain/time.ts';
import { createLog } from '../../../src/lib/log.ts';
import { type Bot, type BotPlan, dies, laddersOf, withBot } from '../../support/a-bot.ts';
import { anEvent } from '../../support/a-calendar.ts';
import { at } from '../../support/a-voice.ts';
import { calendarOf } from '../../support/some-dates.ts';

const [KENYA, FRANCE] = ['54-KEN-stakeholder_submission', '54-FRA-stakeholder_submission'];
const FRIDAY = dayWhen('2026-07-17', GENEVA);
const SATURDAY = dayWhen('2026-07-18', GENEVA);
/** Friday is over at the end of that day in Geneva. */
const OVER = ['2026-07-18', '00:00'] as const;

const LATER = dayWhen('2026-08-20', GENEVA);

const datesOn = (kenya: When, france?: When) =>
  calendarOf([
    { state: 'KEN', kind: 'stakeholder_submission', when: kenya },
    ...(france === undefined ? [] : [{ state: 'FRA', kind: 'stakeholder_submission', when: france } as const]),
  ]);
const PLAN: BotPlan = {
  at: at('2026-07-09'),
  facts: datesOn(FRIDAY),
  ladders: { default: { stakeholder_submission: ['7d!', '3d!'] } },
  channels: [{ id: 'geneva' }, { id: 'nairobi', zone: 'Africa/Nairobi' }, { id: 'paris', follows: [{ states: ['FRA'] }] }],
};

async function live(bot: Bot, ...times: readonly (readonly [day: string, time: string])[]): Promise<void> {
  for (const [day, time] of times) await bot.tickAt(at(day, time));
}

const silent = createLog('info', { write: () => undefined });

/** Kenya's two leads are said in both channels. */
const tellLeads = (bot: Bot) => live(bot, ['2026-07-10', '08:00'], ['2026-07-10', '09:00'], ['2026-07-14', '08:00'], ['2026-07-14', '09:00']);

const edits = (bot: Bot) => bot.edited().map(({ channel, at: when, id }) => [channel, when, id]);
const textsOf = (bot: Bot) => bot.edited().map(({ message }) => message.fallbackText);
const lastIn = (bot: Bot, channel: string) => bot.said().findLast((message) => message.channel === channel && message.type === 'leads')?.key;
const amendments = async (bot: Bot) =>
  (await bot.store().alerts.proof(0)).filter(({ type }) => type === 'amendment').map(({ channel, state, reason }) => [channel, state, reason]);

describe('When a date passes', () => {
  test('the last message of each channel that told of it says so, once, and no other message', async () => {
    await withBot(PLAN, async (bot) => {
      await tellLeads(bot);
      expect(bot.said()).toHaveLength(4);
      await live(bot, ['2026-07-17', '23:59']);
      expect(bot.edited()).toEqual([]);

      await live(bot, OVER, ['2026-07-18', '00:01'], ['2026-07-18', '12:00']);

      expect(edits(bot)).toEqual([
        ['geneva', at(...OVER), lastIn(bot, 'geneva')],
        ['nairobi', at(...OVER), lastIn(bot, 'nairobi')],
      ]);
      expect(bot.said()).toHaveLength(4);
      expect(bot.edited()[0]?.message).toMatchObject({ tone: 'quiet', fallbackText: expect.stringContaining('This has passed.') });
      expect(bot.edited()[0]?.message.title).toContain('Kenya');
    });
  });

  test('nothing is edited where nobody was told; a message whose date moved away in time does not say that it passed', async () => {
    await withBot({ ...PLAN, channels: [{ id: 'paris', follows: [{ states: ['FRA'] }] }] }, async (bot) => {
      await live(bot, ['2026-07-10', '09:00'], OVER);
      expect([bot.edited(), await bot.store().alerts.openFanouts()]).toEqual([[], []]);
    });
    await withBot(PLAN, async (bot) => {
      await tellLeads(bot);
      await bot.reviseTo(datesOn(LATER));
      await live(bot, OVER);
      expect(textsOf(bot).filter((text) => text.includes('passed'))).toEqual([]);
      await live(bot, ['2026-08-13', '08:00'], ['2026-08-13', '09:00'], ['2026-08-21', '00:00']);
      expect(edits(bot).slice(2)).toEqual(['geneva', 'nairobi'].map((channel) => [channel, at('2026-08-21', '00:00'), lastIn(bot, channel)]));
    });
  });

  test('with an hour, it is at that hour', async () => {
    await withBot({ ...PLAN, facts: datesOn(minuteWhen('2026-07-17', '15:00', GENEVA)) }, async (bot) => {
      await tellLeads(bot);
      await live(bot, ['2026-07-17', '14:59'], ['2026-07-17', '15:00'], OVER);

      expect(edits(bot).map(([, when]) => when)).toEqual([at('2026-07-17', '15:00'), at('2026-07-17', '15:00')]);
    });
  });

  test('a message of two dates says it of the one that passed, and later of both; of two that pass together it is one edit', async () => {
    const ladders = { default: { stakeholder_submission: ['7d!', '8d!'] } };
    await withBot({ ...PLAN, at: at('2026-07-09', '12:00'), ladders, channels: [{ id: 'geneva' }], facts: datesOn(FRIDAY, SATURDAY) }, async (bot) => {
      await live(bot, ['2026-07-10', '09:00']);
      expect(bot.said().map(({ leads }) => leads.map(({ deadline }) => deadline).sort())).toEqual([[FRANCE, KENYA]]);
      await live(bot, OVER);
      const [first] = bot.edited();
      await live(bot, ['2026-07-19', '00:00']);

      expect(bot.edited()).toHaveLength(2);
      expect(first?.message.fallbackText).not.toContain('This has passed.');
      expect(first?.message.fallbackText).toContain('passed');
      expect(bot.edited()[1]?.message.fallbackText).toContain('This has passed.');
    });
    await withBot({ ...PLAN, channels: [{ id: 'geneva' }], facts: datesOn(FRIDAY, FRIDAY) }, async (bot) => {
      await tellLeads(bot);
      await live(bot, OVER);

      expect(bot.edited()).toHaveLength(1);
      expect(await amendments(bot)).toEqual(Array(2).fill(['geneva', 'sent', null]));
    });
  });

  test('while the bot is away, it is said when it is back, and not again after another start', async () => {
    await withBot(PLAN, async (bot) => {
      await tellLeads(bot);
      await bot.restart();
      await live(bot, ['2026-07-20', '10:00']);
      await bot.restart();
      await live(bot, ['2026-07-20', '10:01']);

      expect(edits(bot).map(([channel, when]) => [channel, when])).toEqual([
        ['geneva', at('2026-07-20', '10:00')],
        ['nairobi', at('2026-07-20', '10:00')],
      ]);
    });
  });

  test('a bot that dies at any step edits each message once, or twice when it died in the act', async () => {
    const steps = await withBot(PLAN, async (bot) => {
      await tellLeads(bot);
      bot.dieAt(Number.POSITIVE_INFINITY);
      await live(bot, OVER);
      return bot.steps();
    });
    const worth = ['transaction: after', 'alerts.advance: after', 'alerts.begin: after', 'edit: before', 'edit: after'];
    const points = steps.map((name, index) => ({ name, index })).filter(({ name }) => worth.includes(name));
    expect(new Set(points.map(({ name }) => name))).toEqual(new Set(worth));

    for (const { name, index } of points) {
      await withBot(PLAN, async (bot) => {
        await tellLeads(bot);
        bot.dieAt(index);
        await dies(() => live(bot, OVER));
        await bot.restart();
        await live(bot, ['2026-07-18', '00:01'], ['2026-07-18', '00:10'], ['2026-07-18', '00:20']);

        const counts = ['geneva', 'nairobi'].map((channel) => bot.edited().filter((edit) => edit.channel === channel).length);
        for (const count of counts) expect(name.startsWith('edit: ') ? [1, 2] : [1], `dead at step ${index}, ${name}`).toContain(count);
        expect([bot.said().length, await amendments(bot)]).toEqual([
          4,
          [
            ['geneva', 'sent', null],
            ['nairobi', 'sent', null],
          ],
        ]);
      });
    }
  });
});

describe('When a date moves', () => {
  const ONE: BotPlan = { ...PLAN, channels: [{ id: 'geneva' }] };
  const NOON = ['2026-07-14', '12:00'] as const;

  test('the last message that told the old one says so on top, in each channel, once, below which stands the correction', async () => {
    await withBot(PLAN, async (bot) => {
      await tellLeads(bot);
      const told = ['geneva', 'nairobi'].map((channel) => [channel, at(...NOON), lastIn(bot, channel)]);
      await bot.reviseTo(datesOn(LATER));
      await live(bot, NOON, ['2026-07-14', '12:01'], ['2026-07-15', '09:00']);

      expect(edits(bot)).toEqual(told);
      expect(bot.said().slice(4)).toMatchObject([
        { channel: 'geneva', type: 'changes' },
        { channel: 'nairobi', type: 'changes' },
      ]);
      const [edit] = bot.edited();
      expect(edit?.message).toMatchObject({ tone: 'quiet', title: 'Kenya: stakeholder submission moved to 20 August 2026', actions: [] });
      expect(textsOf(bot)[0]).toContain('This date moved: 17 July 2026 → 20 August 2026 (ohchr.org).');
      expect(textsOf(bot)[0]).toContain('Thursday, 20 August 2026');
      expect(
        bot
          .edited()
          .flatMap(({ message }) => message.body.flat())
          .filter(({ type }) => type === 'role'),
      ).toEqual([]);
    });
  });

  test('a second time, both messages that told of it say where it is now; back on its first day, the first reads as it did', async () => {
    await withBot({ ...ONE, ladders: { default: { stakeholder_submission: ['40d!', '30d!', '7d!'] } } }, async (bot) => {
      await live(bot, ['2026-07-10', '09:00']);
      const first = lastIn(bot, 'geneva');
      await bot.reviseTo(datesOn(LATER));
      await live(bot, ['2026-07-11', '10:00'], ['2026-07-21', '09:00']);
      const second = lastIn(bot, 'geneva');
      await bot.reviseTo(datesOn(dayWhen('2026-09-30', GENEVA)));
      await live(bot, ['2026-07-21', '10:00']);
      await bot.reviseTo(datesOn(FRIDAY));
      await live(bot, ['2026-07-21', '11:00']);

      const notes = bot.edited().map(({ id, message }) => [id, message.fallbackText.split('\n').find((line) => line.startsWith('This date moved')) ?? null]);
      expect(notes).toEqual([
        [first, 'This date moved: 17 July 2026 → 20 August 2026 (ohchr.org).'],
        [first, 'This date moved: 17 July 2026 → 30 September 2026 (ohchr.org).'],
        [second, 'This date moved: 20 August 2026 → 30 September 2026 (ohchr.org).'],
        [first, null],
        [second, 'This date moved: 20 August 2026 → 17 July 2026 (ohchr.org).'],
      ]);
    });
  });

  test('of a message of several States, it is one edit that names those that moved', async () => {
    await withBot({ ...ONE, facts: datesOn(FRIDAY, FRIDAY) }, async (bot) => {
      await tellLeads(bot);
      await bot.reviseTo(datesOn(LATER, FRIDAY));
      await live(bot, NOON);
      await bot.reviseTo(datesOn(LATER, LATER));
      await live(bot, ['2026-07-14', '13:00']);
      await bot.reviseTo(datesOn(SATURDAY, SATURDAY));
      await live(bot, ['2026-07-14', '14:00']);

      expect(textsOf(bot)).toHaveLength(3);
      expect(textsOf(bot)[0]).toContain('Kenya: stakeholder submission moved: 17 July 2026 → 20 August 2026');
      expect(textsOf(bot)[0]).toContain('France');
      expect(textsOf(bot)[1]).toContain('This date moved: 17 July 2026 → 20 August 2026');
      expect(textsOf(bot)[2]).toContain('This date moved: 17 July 2026 → 18 July 2026');
    });
  });

  test.each([
    ['goes with its State', datesOn(FRIDAY, undefined), 'no longer has a date'],
    [
      'is known only as an estimate',
      datesOn(FRIDAY, rangeWhen('2026-09-01', '2026-09-30', GENEVA)),
      'not known to the day any more: 17 July 2026 → September 2026',
    ],
  ])('or %s, its message says so and tells of the others as before', async (_, facts, words) => {
    await withBot({ ...ONE, facts: datesOn(FRIDAY, FRIDAY) }, async (bot) => {
      await tellLeads(bot);
      await bot.reviseTo(facts);
      await live(bot, NOON, ['2026-07-14', '13:00']);

      expect(textsOf(bot)).toHaveLength(1);
      expect(textsOf(bot)[0]).toContain(`France: stakeholder submission`);
      expect(textsOf(bot)[0]).toContain(words);
      expect(textsOf(bot)[0]).toContain('Friday, 17 July 2026');
      expect(bot.edited()[0]?.message.title).toContain('Kenya');
    });
  });

  test('or is suspended, its message counts no days any more, and reads as at first when it stands again', async () => {
    const suspended = anEvent('contributions-suspended', { on: '2026-07-13' });
    const facts = calendarOf([{ state: 'KEN', kind: 'stakeholder_submission', when: FRIDAY }], { KEN: [suspended] });
    const resumed = calendarOf([{ state: 'KEN', kind: 'stakeholder_submission', when: FRIDAY }], {
      KEN: [suspended, anEvent('contributions-resumed', { on: '2026-07-14' })],
    });
    await withBot(ONE, async (bot) => {
      await tellLeads(bot);
      await bot.reviseTo(facts);
      await live(bot, NOON);
      await bot.reviseTo(resumed);
      await live(bot, ['2026-07-14', '13:00']);

      expect(bot.edited().map(({ message }) => message.title)).toEqual([
        'Kenya: stakeholder submission (suspended for now)',
        'Kenya: stakeholder submission due in 3 days',
      ]);
      expect(textsOf(bot)[0]).not.toContain('in 3 days');
    });
  });

  test('long after its message, that says so only where one of the two is ahead', async () => {
    for (const [to, edited] of [
      [LATER, 0],
      [dayWhen('2026-11-20', GENEVA), 1],
    ] as const) {
      await withBot(ONE, async (bot) => {
        await tellLeads(bot);
        await live(bot, OVER, ['2026-09-10', '10:00']);
        const before = bot.edited().length;
        await bot.reviseTo(datesOn(to));
        await live(bot, ['2026-09-10', '10:01']);
        expect(bot.edited().length - before).toBe(edited);
      });
    }
  });

  test('while its message is under way, that is amended when it arrived', async () => {
    await withBot(ONE, async (bot) => {
      bot.whenSaid(async () => {
        bot.whenSaid(() => undefined);
        await bot.reviseTo(datesOn(LATER));
        const [store, now] = [bot.store(), bot.clock.now()];
        await plan({ store, memory: await remember(store, datesOn(LATER), laddersOf(PLAN.ladders), now), log: silent }, now);
      });
      await live(bot, ['2026-07-10', '09:00'], ['2026-07-10', '09:01'], ['2026-07-10', '09:02']);

      expect(edits(bot).map(([, , id]) => id)).toEqual([bot.said()[0]?.key]);
      expect(textsOf(bot)[0]).toContain('This date moved: 17 July 2026 → 20 August 2026');
    });
  });

  test('in a channel that is muted, its message says both', async () => {
    await withBot(ONE, async (bot) => {
      await tellLeads(bot);
      await bot.restart({ channels: [{ id: 'geneva', mute: { until: at('2026-08-30'), reason: 'summer' } }] });
      await bot.reviseTo(datesOn(LATER));
      await live(bot, NOON);

      expect(textsOf(bot)[0]).toMatch(/This date moved: .*\nReminders are muted in this channel until 30 August 2026/);
    });
  });

  test('a bot that dies at any step still says it, once or twice', async () => {
    const steps = await withBot(ONE, async (bot) => {
      await tellLeads(bot);
      await bot.reviseTo(datesOn(LATER));
      bot.dieAt(Number.POSITIVE_INFINITY);
      await live(bot, NOON);
      return bot.steps();
    });
    const points = steps
      .map((name, index) => ({ name, index }))
      .filter(({ name }) => ['alerts.plan: after', 'alerts.advance: after', 'edit: after'].includes(name));
    expect(points.length).toBeGreaterThanOrEqual(3);

    for (const { name, index } of points) {
      await withBot(ONE, async (bot) => {
        await tellLeads(bot);
        await bot.reviseTo(datesOn(LATER));
        bot.dieAt(index);
        await dies(() => live(bot, NOON));
        await bot.restart({ facts: datesOn(LATER) });
        await live(bot, ['2026-07-14', '12:01'], ['2026-07-14', '12:10']);

        expect(name === 'edit: after' ? [1, 2] : [1], name).toContain(bot.edited().length);
      });
    }
  });
});

describe('An edit that the chat refuses', () => {
  test.each(['channel-gone', 'forbidden', 'installation-gone', 'rejected'] as const)(
    'as %s tells nobody, pauses nothing and counts as no failure',
    async (reason) => {
      await withBot({ ...PLAN, operator: 'operator', channels: [{ id: 'geneva' }, { id: 'operator', follows: [] }] }, async (bot) => {
        await tellLeads(bot);
        bot.answerEdit(new ChatError(reason));
        await live(bot, OVER, ['2026-07-18', '01:00']);

        expect([bot.said().length, bot.edited()]).toEqual([2, []]);
        expect((await bot.store().subscriptions.list()).map(({ status }) => status)).toEqual(['active']);
        expect(await amendments(bot)).toEqual([['geneva', 'superseded', reason]]);
        expect(await bot.store().alerts.counts()).toMatchObject({ failed: 0, 'in-doubt': 0, pending: 0 });
        const metrics = await bot.metrics().text();
        expect(metrics).toMatch(/alerts_total\{state="superseded"\} 1\n/);
        expect(metrics).not.toContain('alerts_total{state="failed"}');
      });
    },
  );

  test.each(['unavailable', 'ambiguous', 'rate-limited'] as const)('as %s is tried again until it is taken', async (reason) => {
    await withBot({ ...PLAN, channels: [{ id: 'geneva' }] }, async (bot) => {
      await tellLeads(bot);
      bot.answerEdit(new ChatError(reason), new ChatError(reason));
      await live(bot, OVER, ['2026-07-18', '00:02'], ['2026-07-18', '00:04'], ['2026-07-18', '00:06']);

      expect([bot.edited().length, await amendments(bot)]).toEqual([1, [['geneva', 'sent', null]]]);
    });
  });

  test('of which nobody knows is made again, which does no harm', async () => {
    await withBot({ ...PLAN, channels: [{ id: 'geneva' }] }, async (bot) => {
      await tellLeads(bot);
      bot.answerEdit('lost-answer');
      await live(bot, OVER, ['2026-07-18', '00:02'], ['2026-07-18', '00:04']);

      expect(bot.edited()).toHaveLength(2);
      expect(await amendments(bot)).toEqual([['geneva', 'sent', null]]);
    });
  });

  test('for ever is given up, and new messages go out meanwhile', async () => {
    const facts = datesOn(FRIDAY, dayWhen('2026-07-25', GENEVA));
    await withBot({ ...PLAN, facts, channels: [{ id: 'geneva' }] }, async (bot) => {
      await tellLeads(bot);
      bot.answerEdit(...Array.from({ length: 40 }, () => new ChatError('unavailable')));
      await live(bot, OVER, ['2026-07-18', '08:59']);
      for (let minute = 0; minute < 30; minute += 1) await bot.tickAt(at('2026-07-18') + minute * 60_000);

      expect(
        bot
          .said()
          .at(-1)
          ?.leads.map(({ deadline, lead }) => [deadline, lead]),
      ).toEqual([[FRANCE, '7d']]);
      expect(await amendments(bot)).toEqual([['geneva', 'superseded', 'unavailable']]);
    });
  });
});

describe('The messages of a channel that falls silent', () => {
  const UNTIL = at('2026-07-16');

  test('say so where their dates are ahead, once, and nothing else is edited', async () => {
    await withBot({ ...PLAN, channels: [{ id: 'geneva' }, { id: 'other' }] }, async (bot) => {
      await live(bot, ['2026-07-10', '09:00']);
      const silence = () =>
        bot.store().transaction((trx) => amendSilenced(trx, 'geneva', { ahead: (deadline) => deadline === KENYA, until: UNTIL, now: bot.clock.now() }));
      await silence();
      await silence();
      await live(bot, ['2026-07-10', '12:00'], ['2026-07-10', '12:01']);

      expect(edits(bot)).toEqual([['geneva', at('2026-07-10', '12:00'), lastIn(bot, 'geneva')]]);
      expect(bot.edited()[0]?.message.fallbackText).toContain('Reminders are muted in this channel until');
      await bot.store().transaction((trx) => amendSilenced(trx, 'geneva', { ahead: () => false, until: UNTIL + 1, now: bot.clock.now() }));
      await bot.tick();
      expect(bot.edited()).toHaveLength(1);
    });
  });

  test('read as at first when the mute ends early', async () => {
    await withBot({ ...PLAN, channels: [{ id: 'geneva' }] }, async (bot) => {
      await live(bot, ['2026-07-10', '09:00']);
      const silence = (until: number | null) => amendSilenced(bot.store(), 'geneva', { ahead: () => true, until, now: bot.clock.now() });
      await silence(UNTIL);
      await live(bot, ['2026-07-10', '12:00']);
      await silence(null);
      await live(bot, ['2026-07-10', '13:00']);

      expect(bot.edited().map(({ message }) => message.fallbackText.includes('muted'))).toEqual([true, false]);
    });
  });

  test('are amended although the channel is muted, and say that their date passed when it does', async () => {
    const mute = { until: at('2026-08-30'), reason: 'summer' };
    await withBot({ ...PLAN, channels: [{ id: 'geneva' }] }, async (bot) => {
      await live(bot, ['2026-07-10', '09:00']);
      await bot.restart({ channels: [{ id: 'geneva', mute }] });
      await amendSilenced(bot.store(), 'geneva', { ahead: () => true, until: mute.until, now: bot.clock.now() });
      await live(bot, ['2026-07-10', '12:00'], OVER);

      expect(bot.edited().map(({ content }) => content.type === 'amendment' && content.why)).toEqual(['silenced', 'passed']);
    });
  });
});
