import { describe, expect, test } from 'vitest';
import type { Correction } from '../../../../src/domain/calendar/team.ts';
import { dayWhen } from '../../../../src/domain/calendar/when.ts';
import { DAY, GENEVA } from '../../../../src/domain/time.ts';
import type { Bot, Said } from '../../../support/a-bot.ts';
import { holderOf, kenyaOn, MARIA, OMAR, PLAN_ID, pass, taskOf, withTeam } from '../../../support/a-team.ts';
import { at } from '../../../support/a-voice.ts';

const asked = (said: readonly Said[]) =>
  said.flatMap(({ at: when, channel, content }) =>
    content.type === 'nag' ? [[channel, when, ...content.items.map(({ step, task }) => `${step} ${task.number}`)] as const] : [],
  );

/** Every day at eight, nine and ten in Geneva. */
async function live(bot: Bot, from: string, to: string): Promise<void> {
  for (let noon = at(from, '12:00'); noon <= at(to, '12:00'); noon += DAY) {
    const day = new Date(noon).toISOString().slice(0, 10);
    for (const time of ['08:00', '09:00', '10:00']) await bot.tickAt(at(day, time));
  }
}

const DUE = '2026-07-15';
const KENYA = '54-KEN-stakeholder_submission';

function aCorrection(day: string): Correction {
  const source = { id: 'team:1', url: 'https://www.ohchr.org/en/new', name: null, notBefore: null, says: 'a letter', class: 'official', byTeam: true } as const;
  const of = { deadline: KENYA, session: 54, state: 'KEN', kind: 'stakeholder_submission' } as const;
  return { ...of, when: dayWhen(day, GENEVA), certainty: 'published', source, note: null, made: '2026-07-01' };
}

describe('A task that nobody has', () => {
  test('is asked for at set leads, at the alert hour, in one message for all tasks of a plan, on both sides', async () => {
    const said = await withTeam({ bridged: true, tasks: [{ dueOn: DUE }, { dueOn: DUE }, { dueOn: '2026-07-14' }] }, async (bot) => {
      await live(bot, '2026-07-02', '2026-07-10');
      return asked(bot.said());
    });

    expect(said).toEqual(
      [
        ['2026-07-07', 'ask-team 3'],
        ['2026-07-08', 'ask-team 1', 'ask-team 2'],
        // The third day before the fifteenth is a Sunday.
        ['2026-07-10', 'ask-team 1', 'ask-team 2', 'ask-team 3'],
      ].flatMap(([day = '', ...items]) => ['ours', 'theirs'].map((channel) => [channel, at(day), ...items])),
    );
  });

  test('is not asked for any more once somebody took it, and waits for the end of the night of its channel', async () => {
    const channels = [{ id: 'ours', follows: [], quiet: { from: '18:00', to: '09:30' } }];
    const said = await withTeam({ channels, tasks: [{ dueOn: DUE }, { dueOn: DUE }] }, async (bot) => {
      await bot.tickAt(at('2026-07-08'));
      await bot.teamwork().deed(PLAN_ID, 1, { do: 'claim', as: holderOf(MARIA) }, MARIA);
      await bot.tickAt(at('2026-07-08', '09:30'));
      return asked(bot.said());
    });

    expect(said).toEqual([['ours', at('2026-07-08', '09:30'), 'ask-team 2']]);
  });

  test('is named in the digest, also where there is nothing else to tell', async () => {
    const digests = await withTeam(
      {
        channels: [{ id: 'ours', digest: { day: 1, hour: '10:00' }, follows: [{ states: ['PER'] }] }],
        tasks: [{ dueOn: DUE }, { dueOn: DUE, holder: holderOf(MARIA), heardAt: at('2026-07-01') }],
      },
      async (bot) => {
        await bot.tickAt(at('2026-07-06', '10:00'));
        return bot
          .said()
          .flatMap(({ content }) => (content.type === 'digest' ? (content.hands ?? []).map(({ tasks }) => tasks.map(({ number }) => number)) : []));
      },
    );

    expect(digests).toEqual([[[1]]].flat());
  });
});

describe('A silent holder', () => {
  const held = { dueOn: DUE, holder: holderOf(MARIA), heardAt: at('2026-07-01') };

  test('is asked, warned, and hands the task back without doing anything', async () => {
    const [said, task, log] = await withTeam({ tasks: [held] }, async (bot) => {
      await live(bot, '2026-07-02', '2026-07-14');
      return [asked(bot.said()), await taskOf(bot, 1), (await bot.store().teams.logOf(PLAN_ID, 9)).map(({ what, by }) => [what, by?.id ?? null])] as const;
    });

    expect(said).toEqual([
      ['ours', at('2026-07-08'), 'ask-holder 1'],
      ['ours', at('2026-07-10'), 'warn-holder 1'],
      ['ours', at('2026-07-13'), 'hand-back 1'],
      ['ours', at('2026-07-14'), 'ask-team 1'],
    ]);
    expect(task).toMatchObject({ holder: null, asked: 'not-yet' });
    expect(log).toEqual([
      ['hand-back', null],
      ['ask', null],
      ['ask', null],
      ['begin', 'maria'],
    ]);
  });

  test('who says a word begins anew, and a question that waited is not said any more', async () => {
    const said = await withTeam({ tasks: [held] }, async (bot) => {
      await live(bot, '2026-07-02', '2026-07-08');
      await bot.teamwork().deed(PLAN_ID, 1, { do: 'answer' }, MARIA);
      await live(bot, '2026-07-09', '2026-07-12');
      return asked(bot.said());
    });

    expect(said).toEqual([['ours', at('2026-07-08'), 'ask-holder 1']]);
  });

  test('is asked on their own side, and nobody else is', async () => {
    const said = await withTeam({ bridged: true, tasks: [{ ...held, holder: holderOf(OMAR) }] }, async (bot) => {
      await live(bot, '2026-07-02', '2026-07-08');
      return asked(bot.said());
    });

    expect(said).toEqual([['theirs', at('2026-07-08'), 'ask-holder 1']]);
  });

  test('of a muted channel loses nothing: it is asked when the channel hears again', async () => {
    const mute = { until: at('2026-07-13', '09:00'), reason: null, by: null } as never;
    const [said, task] = await withTeam({ channels: [{ id: 'ours', follows: [], mute }], tasks: [held] }, async (bot) => {
      await live(bot, '2026-07-02', '2026-07-13');
      return [asked(bot.said()), await taskOf(bot, 1)] as const;
    });

    expect(said).toEqual([['ours', at('2026-07-13'), 'ask-holder 1']]);
    expect(task.asked).toBe('asked');
  });

  test('is asked once, however often the bot is started meanwhile', async () => {
    const said = await withTeam({ tasks: [held] }, async (bot) => {
      await bot.tickAt(at('2026-07-08'));
      await bot.restart();
      await pass(bot, 3);
      return asked(bot.said());
    });

    expect(said).toHaveLength(1);
  });
});

describe('When the calendar changes', () => {
  const moves = (said: readonly Said[]) =>
    said.flatMap(({ channel, content }) => (content.type === 'plan-moved' || content.type === 'plan-stays' ? [{ channel, ...content }] : []));

  test('a date that moved is proposed once, and nothing moves by itself', async () => {
    const [told, task] = await withTeam({ bridged: true, tasks: [{ dueOn: '2026-07-13' }] }, async (bot) => {
      await bot.reviseTo(kenyaOn('2026-07-22'));
      await pass(bot, 3);
      return [moves(bot.said()), await taskOf(bot, 1)] as const;
    });

    expect(told.map(({ channel, type, ...rest }) => [channel, type, 'proposal' in rest && 'tasks' in rest.proposal && rest.proposal.tasks])).toEqual([
      ['ours', 'plan-moved', [{ number: 1, from: '2026-07-13', to: '2026-07-17', compressed: false }]],
    ]);
    expect(task.dueOn).toBe('2026-07-13');
  });

  test('two moves that wait for the morning are one proposal, and one that came back is none', async () => {
    const channels = [{ id: 'ours', follows: [], quiet: { from: '09:00', to: '18:00' } }];
    const told = await withTeam({ channels }, async (bot) => {
      await bot.reviseTo(kenyaOn('2026-08-05'));
      await pass(bot, 1);
      await bot.reviseTo(kenyaOn('2026-08-12'));
      await pass(bot, 1);
      await bot.tickAt(at('2026-07-01', '18:00'));
      await bot.tickAt(at('2026-07-02', '09:00'));
      await bot.reviseTo(kenyaOn('2026-08-19'));
      await pass(bot, 1);
      await bot.reviseTo(kenyaOn('2026-07-17'));
      await pass(bot, 1);
      await bot.tickAt(at('2026-07-02', '18:00'));
      return moves(bot.said()).map((one) => ('deadline' in one ? one.deadline?.when.from : one.type));
    });

    expect(told).toEqual(['2026-08-12']);
  });

  test('a date that one installation corrected is news for its own plans alone', async () => {
    const [theirs, ours] = await withTeam({}, async (bot) => {
      await bot.correct('other', KENYA, aCorrection('2026-07-24'));
      await pass(bot, 2);
      const others = moves(bot.said());
      await bot.correct('test', KENYA, aCorrection('2026-07-24'));
      await pass(bot, 2);
      await bot.reviseTo(kenyaOn('2026-07-29'));
      await pass(bot, 2);
      return [others, moves(bot.said())] as const;
    });

    expect(theirs).toEqual([]);
    expect(ours.map((one) => 'deadline' in one && one.deadline?.when.from)).toEqual(['2026-07-24']);
  });

  test('an absence of the State is told with the plan as it is, once', async () => {
    const absent = {
      on: '2026-07-01',
      what: 'non-participation-announced',
      to: null,
      council: null,
      certainty: 'published',
      source: ['ohchr'],
      checked: '2026-07-01',
    } as never;
    const told = await withTeam({}, async (bot) => {
      await bot.reviseTo(kenyaOn('2026-07-17', [absent]));
      await pass(bot, 3);
      return moves(bot.said()).map(({ channel, type }) => [channel, type]);
    });

    expect(told).toEqual([['ours', 'plan-stays']]);
  });
});

describe('The end of a plan', () => {
  test('comes so long after its date as the channel keeps plans, with its log, cards and wakeups', async () => {
    await withTeam({}, async (bot) => {
      await bot.tickAt(at('2027-01-13', '12:00'));
      expect(await bot.store().teams.find(PLAN_ID)).not.toBeNull();
      await bot.tickAt(at('2027-01-14', '12:00'));
      expect(await bot.store().teams.find(PLAN_ID)).toBeNull();
      expect(await bot.store().teams.logOf(PLAN_ID, 9)).toEqual([]);
      for (const kind of ['card', 'card-day', 'task', 'forget']) expect(await bot.store().wakeups.of(kind)).toEqual([]);
      expect(bot.logged('A plan was kept long enough')).toBe(1);
    });
  });

  test('is put off where the date of the plan was moved meanwhile', async () => {
    await withTeam({}, async (bot) => {
      const later = kenyaOn('2026-09-17').sessions.get(54)?.reviews[0]?.deadlines.stakeholder_submission?.when as never;
      await bot.teamwork().change(PLAN_ID, ({ response, tasks }) => ({ response: { ...response, plannedFor: later }, tasks }), MARIA, 'move');
      await bot.tickAt(at('2027-01-20', '12:00'));
      expect(await bot.store().teams.find(PLAN_ID)).not.toBeNull();
    });
  });

  test('with the erasure of its side leaves no wakeup of it', async () => {
    await withTeam({ tasks: [{}, {}] }, async (bot) => {
      await bot.store().installations.erase({ platform: 'test', id: 'test' });
      for (const kind of ['card', 'card-day', 'task', 'forget']) expect(await bot.store().wakeups.of(kind)).toEqual([]);
      await pass(bot, 3);
    });
  });
});
