import { describe, expect, test } from 'vitest';
import type { ReviewEvent } from '../../../src/domain/calendar/facts.ts';
import { dayWhen, rangeWhen } from '../../../src/domain/calendar/when.ts';
import { GENEVA } from '../../../src/domain/time.ts';
import { type BotPlan, type Said, withBot } from '../../support/a-bot.ts';
import { anEvent, FOURTEEN } from '../../support/a-calendar.ts';
import { at } from '../../support/a-voice.ts';
import { type ADate, calendarOf } from '../../support/some-dates.ts';

const LADDERS: BotPlan['ladders'] = { default: { stakeholder_submission: ['14d!', '7d!', '3d!', '1d!'] } };

function kenya(day: string, more: Partial<ADate> = {}): ADate {
  return { state: 'KEN', kind: 'stakeholder_submission', when: dayWhen(day, GENEVA), ...more };
}

function planOf(dates: readonly ADate[], more: Partial<BotPlan> = {}): BotPlan {
  return { at: at('2026-07-01', '12:00'), facts: calendarOf(dates), ladders: LADDERS, channels: [{ id: 'nairobi' }], ...more };
}

/** `leads 14d` or `changes moved 2026-07-17→2026-07-20`, in the order said. */
function lines(said: readonly Said[]): readonly string[] {
  return said.map(({ type, leads, changes }) => {
    const moves = changes.map((change) =>
      change.about === 'review' ? change.event.what : `${change.what} ${change.before?.when.from ?? '-'}→${change.after?.when.from ?? '-'}`,
    );
    return [type, ...moves, ...leads.map(({ lead, folded }) => (folded ? `(${lead})` : lead))].join(' ');
  });
}

describe('A date that moves', () => {
  test('Kenya, 17 → 24 July, is one correction; the leads of the old date stay unsaid and those of the new one are armed', async () => {
    const said = await withBot(planOf([kenya('2026-07-17')]), async (bot) => {
      await bot.tickAt(at('2026-07-08', '12:00'));
      await bot.reviseTo(calendarOf([kenya('2026-07-24')]));
      for (const day of ['08', '10', '14', '16', '17', '21', '23']) await bot.tickAt(at(`2026-07-${day}`, '12:00'));
      return bot.said();
    });

    expect(lines(said)).toEqual(['catch-up 14d', 'changes moved 2026-07-17→2026-07-24', 'leads 14d', 'leads 7d', 'leads 3d', 'leads 1d']);
  });

  test('to a nearer day counts the leads that it puts behind as said by the correction', async () => {
    const said = await withBot(planOf([kenya('2026-07-30')]), async (bot) => {
      await bot.tickAt(at('2026-07-08', '12:00'));
      await bot.reviseTo(calendarOf([kenya('2026-07-11')]));
      for (const day of ['08', '09', '10', '11']) await bot.tickAt(at(`2026-07-${day}`, '12:00'));
      return bot.said();
    });

    expect(lines(said)).toEqual(['changes moved 2026-07-30→2026-07-11', 'leads 1d']);
  });

  test('while the bot was down counts the leads that it put behind as said, too', async () => {
    const said = await withBot(planOf([kenya('2026-07-30')]), async (bot) => {
      await bot.tickAt(at('2026-07-07', '12:00'));
      bot.clock.setWall(at('2026-07-08', '12:00'));
      await bot.reviseTo(calendarOf([kenya('2026-07-11')]));
      await bot.tickAt(at('2026-07-08', '12:01'));
      return bot.said().flatMap(({ type, leads }) => [type, ...leads.map(({ lead }) => lead)]);
    });

    expect(said).toEqual(['changes']);
  });

  test('twice is two corrections, each said', async () => {
    const said = await withBot(planOf([kenya('2026-08-17')]), async (bot) => {
      for (const [hour, day] of [
        ['13:00', '2026-08-18'],
        ['14:00', '2026-08-19'],
        ['15:00', '2026-08-17'],
      ] as const) {
        bot.clock.setWall(at('2026-07-02', hour));
        await bot.reviseTo(calendarOf([kenya(day)]));
        await bot.tick();
      }
      return bot.said();
    });

    expect(lines(said)).toEqual(['changes moved 2026-08-17→2026-08-18', 'changes moved 2026-08-18→2026-08-19', 'changes moved 2026-08-19→2026-08-17']);
  });

  test('and gets surer while the channel sleeps is still told as moved, from its first day to its last', async () => {
    const plan = planOf([kenya('2026-08-17', { certainty: 'tentative' })], { channels: [{ id: 'nairobi', quiet: { from: '22:00', to: '07:00' } }] });
    const said = await withBot(plan, async (bot) => {
      await bot.tickAt(at('2026-07-02', '23:00'));
      await bot.reviseTo(calendarOf([kenya('2026-08-18', { certainty: 'tentative' })]));
      await bot.tickAt(at('2026-07-02', '23:30'));
      await bot.reviseTo(calendarOf([kenya('2026-08-18', { certainty: 'published' })]));
      for (const time of ['01:00', '06:59', '07:00']) await bot.tickAt(at('2026-07-03', time));
      return bot.said();
    });

    expect(lines(said)).toEqual(['changes moved 2026-08-17→2026-08-18']);
    expect(said[0]?.at).toBe(at('2026-07-03', '07:00'));
  });

  test('away and back while the channel sleeps is not told, and its own lead of that night is', async () => {
    const plan = planOf([kenya('2026-07-17')], { channels: [{ id: 'nairobi', hour: '06:00', quiet: { from: '22:00', to: '07:00' } }] });
    const said = await withBot(plan, async (bot) => {
      await bot.tickAt(at('2026-07-10', '06:00'));
      await bot.reviseTo(calendarOf([kenya('2026-07-20')]));
      await bot.tickAt(at('2026-07-10', '06:10'));
      await bot.reviseTo(calendarOf([kenya('2026-07-17')]));
      for (const time of ['06:20', '07:00', '08:00']) await bot.tickAt(at('2026-07-10', time));
      return bot.said();
    });

    expect(lines(said)).toEqual(['catch-up 14d', 'leads 7d']);
  });

  test('away and back between two ticks says nothing, and neither does a value that came and went beside it', async () => {
    const beside = { disagrees: [{ when: dayWhen('2026-07-22', GENEVA), source: ['press'], known: null }] };
    const said = await withBot(planOf([kenya('2026-07-17')]), async (bot) => {
      await bot.tickAt(at('2026-07-04', '12:00'));
      for (const date of [kenya('2026-07-20'), kenya('2026-07-17', beside), kenya('2026-07-17')]) await bot.reviseTo(calendarOf([date]));
      await bot.tickAt(at('2026-07-04', '12:01'));
      return bot.said();
    });

    expect(lines(said)).toEqual(['catch-up 14d']);
  });

  test('whose lead is due in the same tick carries it in the correction', async () => {
    const said = await withBot(planOf([kenya('2026-07-30')]), async (bot) => {
      await bot.tickAt(at('2026-07-10', '08:50'));
      await bot.reviseTo(calendarOf([kenya('2026-07-17')]));
      await bot.tickAt(at('2026-07-10', '09:00'));
      return bot.said();
    });

    expect(lines(said)).toEqual(['changes moved 2026-07-30→2026-07-17 (7d)']);
  });

  test('within the last day of its old date is told by night', async () => {
    const plan = planOf([kenya('2026-07-03')], { channels: [{ id: 'nairobi', quiet: { from: '22:00', to: '07:00' } }] });
    const said = await withBot(plan, async (bot) => {
      await bot.tickAt(at('2026-07-03', '02:00'));
      await bot.reviseTo(calendarOf([kenya('2026-07-20')]));
      await bot.tickAt(at('2026-07-03', '02:01'));
      return bot.said();
    });

    expect(lines(said)).toContain('changes moved 2026-07-03→2026-07-20');
  });

  test('after a clock was set back is told at once, in the order in which it happened', async () => {
    const said = await withBot(planOf([kenya('2026-08-17')]), async (bot) => {
      await bot.tickAt(at('2026-07-02', '12:00'));
      await bot.reviseTo(calendarOf([kenya('2026-08-18')]));
      bot.clock.setWall(at('2026-07-02', '09:00'));
      await bot.reviseTo(calendarOf([kenya('2026-08-19')]));
      await bot.tick();
      return bot.said();
    });

    expect(lines(said)).toEqual(['changes moved 2026-08-17→2026-08-19']);
  });
});

describe('Several States', () => {
  const session = (day: string) => FOURTEEN.map((state): ADate => kenya(day, { state }));

  test('a moved session of fourteen States is one message a channel', async () => {
    const channels = [{ id: 'all' }, { id: 'kenya', follows: [{ states: ['KEN'] }] }, { id: 'others', follows: [{ sessions: [53] }] }];
    const said = await withBot(planOf(session('2026-08-17'), { channels }), async (bot) => {
      bot.clock.setWall(at('2026-07-02'));
      await bot.reviseTo(calendarOf(session('2026-08-24')));
      await bot.tickAt(at('2026-07-02'));
      return bot.said();
    });

    expect(said.map(({ channel, changes }) => [channel, changes.length])).toEqual([
      ['all', 14],
      ['kenya', 1],
    ]);
    expect(said[0]?.message.body.length).toBeLessThan(6);
  });

  test('a session whose days are published is one message a channel, though no State has its own day yet', async () => {
    const days = (from: string, to: string) =>
      calendarOf(FOURTEEN.map((state) => ({ state, kind: 'review', when: rangeWhen(from, to, GENEVA), certainty: 'tentative' })));

    const said = await withBot(planOf([], { facts: days('2027-01-01', '2027-02-28') }), async (bot) => {
      await bot.tickAt(at('2026-07-02', '12:00'));
      await bot.reviseTo(days('2027-01-25', '2027-02-05'));
      await bot.tickAt(at('2026-07-02', '12:01'));
      return bot.said();
    });

    expect(said.map(({ type, changes }) => [type, changes.length])).toEqual([['changes', 14]]);
    expect(said[0]?.message.title).toContain('review expected in other days');
  });

  test('fourteen States due at once are one message', async () => {
    const said = await withBot(planOf(session('2026-07-17')), async (bot) => {
      await bot.tickAt(at('2026-07-10'));
      return bot.said();
    });

    expect(said.map(({ type, leads }) => [type, leads.length])).toEqual([
      ['catch-up', 14],
      ['leads', 14],
    ]);
  });

  test('a follower of one region hears its States only', async () => {
    const said = await withBot(planOf(session('2026-07-17'), { channels: [{ id: 'weog', follows: [{ regions: ['WEOG'] }] }] }), async (bot) => {
      await bot.tickAt(at('2026-07-10'));
      return bot.said();
    });

    expect(new Set(said.flatMap(({ leads }) => leads.map(({ deadline }) => deadline)))).toEqual(new Set(['54-FRA-stakeholder_submission']));
  });
});

describe('What happened to a review', () => {
  const absent = anEvent('absent', { on: '2026-07-03', source: ['press'] });
  const facts = (...events: ReviewEvent[]) => calendarOf([kenya('2026-07-17')], { KEN: events });
  const live = (...ticks: (readonly (readonly ReviewEvent[])[])[]) =>
    withBot({ ...planOf([]), facts: facts() }, async (bot) => {
      await bot.tickAt(at('2026-07-03', '14:00'));
      for (const [index, revisions] of ticks.entries()) {
        for (const events of revisions) await bot.reviseTo(facts(...events));
        await bot.tickAt(at('2026-07-03', `15:0${index}`));
      }
      return bot.said().filter(({ type }) => type === 'changes');
    });

  test('and is taken back is corrected in one message, with the source it had', async () => {
    const said = await live([[absent]], [[]]);

    expect(lines(said)).toEqual(['changes absent', 'changes absent']);
    expect(said[1]?.message.title).toBe('Kenya: corrected: no longer recorded: not present at its review');
    expect(said[1]?.message.fallbackText).toContain(
      'Corrected: Kenya: “not present at its review” (3 July 2026) is no longer recorded. It was recorded by press.example',
    );
    expect(said[1]?.message.fallbackText).not.toContain('What stakeholders can still do');
  });

  test('and is taken back before it was said is not told at all', async () => {
    expect(lines(await live([[absent], []]))).toEqual([]);
  });
});
