import { describe, expect, test } from 'vitest';
import { ChatError } from '../../../../src/adapters/adapter.ts';
import { SECOND } from '../../../../src/domain/time.ts';
import { dies, type Edited, type Said } from '../../../support/a-bot.ts';
import { holderOf, MARIA, OMAR, PLAN_ID, pass, taskOf, withTeam } from '../../../support/a-team.ts';
import { at } from '../../../support/a-voice.ts';

const cards = <T extends Said | Edited>(all: readonly T[]) => all.flatMap((one) => (one.content.type === 'card' ? [{ ...one, content: one.content }] : []));
const claim = (actor = MARIA) => ({ do: 'claim', as: holderOf(actor) }) as const;

describe('The card of a plan', () => {
  test('is posted at once, also at night and in a muted channel, and names nobody', async () => {
    const mute = { until: at('2026-08-01'), reason: null, by: null } as never;
    const channels = [{ id: 'ours', follows: [], quiet: { from: '09:00', to: '18:00' }, mute }];
    const posted = await withTeam({ channels, tasks: [{ holder: holderOf(MARIA) }] }, async (bot) => cards(bot.said()));

    expect(posted.map(({ at: when, channel, content }) => [when, channel, content.seen.names])).toEqual([[at('2026-07-01', '10:00'), 'ours', false]]);
  });

  test('is edited with names as soon as it was posted, where somebody has a task', async () => {
    const edits = await withTeam({ tasks: [{ holder: holderOf(MARIA) }] }, async (bot) => {
      await pass(bot, 3);
      return cards(bot.edited());
    });

    expect(edits.map(({ content }) => content.seen.names)).toEqual([true]);
  });

  test('shows on both sides within five seconds what one side claimed', async () => {
    const [seen, claimedAt] = await withTeam({ bridged: true }, async (bot) => {
      await bot.teamwork().deed(PLAN_ID, 1, claim(OMAR), OMAR);
      const now = bot.clock.now();
      await pass(bot, 5);
      return [cards(bot.edited()), now] as const;
    });

    expect(seen.map(({ channel, content }) => [channel, content.seen.by, content.whole.tasks[0]?.holder])).toEqual([
      ['ours', 'owner', holderOf(OMAR)],
      ['theirs', 'partner', holderOf(OMAR)],
    ]);
    expect(Math.max(...seen.map((edit) => edit.at)) - claimedAt).toBeLessThanOrEqual(5 * SECOND);
  });

  test('is edited once for many changes that come together, and then as it is last', async () => {
    const edits = await withTeam({ tasks: [{}, {}, {}] }, async (bot) => {
      for (const number of [1, 2, 3]) await bot.teamwork().deed(PLAN_ID, number, claim(), MARIA);
      await pass(bot, 6);
      return cards(bot.edited());
    });

    expect(edits.map(({ content }) => content.whole.tasks.filter(({ holder }) => holder !== null).length)).toEqual([3]);
  });

  test('shows what was changed while its edit was under way', async () => {
    const edits = await withTeam({ tasks: [{}, {}] }, async (bot) => {
      await bot.teamwork().deed(PLAN_ID, 1, claim(), MARIA);
      bot.answerEdit(new ChatError('unavailable'));
      await pass(bot, 2);
      await bot.teamwork().deed(PLAN_ID, 2, claim(), MARIA);
      await pass(bot, 12);
      return cards(bot.edited());
    });

    expect(edits.at(-1)?.content.whole.tasks.every(({ holder }) => holder !== null)).toBe(true);
  });

  test('is posted anew with the next change where somebody deleted it, and then has its names', async () => {
    const [posted, edits] = await withTeam({ tasks: [{}, {}] }, async (bot) => {
      bot.answerEdit(new ChatError('message-gone'));
      await bot.teamwork().deed(PLAN_ID, 1, claim(), MARIA);
      await pass(bot, 3);
      await bot.teamwork().deed(PLAN_ID, 2, claim(), MARIA);
      await pass(bot, 6);
      return [cards(bot.said()), cards(bot.edited())] as const;
    });

    expect(posted.map(({ content }) => content.seen.names)).toEqual([false, false]);
    expect(edits.map(({ id, content }) => [id, content.seen.names])).toEqual([[posted[1]?.key, true]]);
  });

  test('that cannot be edited keeps the channel and what it follows as they are', async () => {
    const [status, said] = await withTeam({ channels: [{ id: 'ours' }] }, async (bot) => {
      bot.answerEdit(new ChatError('forbidden'));
      await bot.teamwork().deed(PLAN_ID, 1, claim(), MARIA);
      await pass(bot, 4);
      return [(await bot.store().subscriptions.list()).map((one) => one.status), bot.said().map(({ type }) => type)] as const;
    });

    expect(status).toEqual(['active']);
    expect(said).not.toContain('notice');
  });

  test('counts a day less when a new day begins, without a sound', async () => {
    const edits = await withTeam({}, async (bot) => {
      await bot.tickAt(at('2026-07-02', '00:00'));
      return cards(bot.edited()).map(({ content }) => content.today);
    });

    expect(edits).toEqual(['2026-07-02']);
  });

  test.each([1, 4, 7, 10, 13])('is edited all the same where the process died at step %i of its edit, and is no second message', async (step) => {
    const [posted, holder] = await withTeam({}, async (bot) => {
      await bot.teamwork().deed(PLAN_ID, 1, claim(), MARIA);
      bot.dieAt(step);
      await dies(() => pass(bot, 3));
      await bot.restart();
      await pass(bot, 15);
      return [cards(bot.said()).length, cards(bot.edited()).at(-1)?.content.whole.tasks[0]?.holder] as const;
    });

    expect([posted, holder]).toEqual([1, holderOf(MARIA)]);
  });
});

describe('What is done', () => {
  const history = (all: readonly Said[]) => all.filter(({ type }) => type === 'history');

  test('is told below the card, together where it came together, and never in the channel', async () => {
    const [card, told] = await withTeam({ tasks: [{}, {}] }, async (bot) => {
      await pass(bot, 1);
      for (const number of [1, 2]) await bot.teamwork().deed(PLAN_ID, number, claim(), MARIA);
      await pass(bot, 8);
      return [cards(bot.said())[0], history(bot.said())] as const;
    });

    expect(told.map(({ thread, content }) => [thread, content.type === 'history' && content.events.map(({ what, task }) => [what, task])])).toEqual([
      [
        card?.key,
        [
          ['claim', 1],
          ['claim', 2],
        ],
      ],
    ]);
  });

  test('is in the log alone where the bot may open no thread, which the log of the bot says once', async () => {
    const [told, said, follows] = await withTeam({ threadless: 'ours', tasks: [{}, {}] }, async (bot) => {
      for (const number of [1, 2]) {
        await bot.teamwork().deed(PLAN_ID, number, claim(), MARIA);
        await pass(bot, 8);
      }
      const log = await bot.store().teams.logOf(PLAN_ID, 9);
      return [history(bot.said()), bot.logged('cannot be told in a thread'), log.map(({ what }) => what)] as const;
    });

    expect([told, said]).toEqual([[], 1]);
    expect(follows).toEqual(['claim', 'claim', 'begin']);
  });
});

describe('A change', () => {
  test('is taken back within ten minutes by whoever made it, and by nobody else', async () => {
    await withTeam({}, async (bot) => {
      const work = bot.teamwork();
      const did = await work.deed(PLAN_ID, 1, claim(), MARIA);
      if (!('event' in did)) throw new Error('refused');
      expect(await work.undo(PLAN_ID, did.event, OMAR)).toBe('not-there');
      expect(await work.undo('zzzz9999', did.event, MARIA)).toBe('not-there');
      expect(await work.undo(PLAN_ID, did.event, MARIA)).toMatchObject({ holder: null, version: 3 });
      expect(await work.undo(PLAN_ID, did.event, MARIA)).toBe('changed-since');
      expect((await taskOf(bot, 1)).holder).toBeNull();
    });
  });

  test('is not taken back after ten minutes, or after another change', async () => {
    await withTeam({ tasks: [{}, {}] }, async (bot) => {
      const work = bot.teamwork();
      const [first, second] = [await work.deed(PLAN_ID, 1, claim(), MARIA), await work.deed(PLAN_ID, 2, claim(), MARIA)];
      if (!('event' in first && 'event' in second)) throw new Error('refused');
      await work.deed(PLAN_ID, 1, { do: 'finish', reference: null, as: holderOf(MARIA) }, MARIA);
      expect(await work.undo(PLAN_ID, first.event, MARIA)).toBe('changed-since');
      bot.clock.pass(10 * 60 * SECOND + 1);
      expect(await work.undo(PLAN_ID, second.event, MARIA)).toBe('too-late');
    });
  });

  test('of a plan that is not there, or is closed, changes nothing', async () => {
    await withTeam({}, async (bot) => {
      const work = bot.teamwork();
      expect(await work.deed('zzzz9999', 1, claim(), MARIA)).toEqual({ refused: 'not-there' });
      await work.change(
        PLAN_ID,
        ({ response, tasks }) => ({ response: { ...response, status: 'closed', closedAt: bot.clock.now(), reason: 'done otherwise' }, tasks }),
        MARIA,
        'close',
      );
      expect(await work.deed(PLAN_ID, 1, claim(), MARIA)).toMatchObject({ refused: 'done' });
      expect((await bot.store().wakeups.of('task')).length).toBe(0);
    });
  });

  test('of a whole plan keeps what others changed meanwhile, and adds tasks', async () => {
    await withTeam({}, async (bot) => {
      const work = bot.teamwork();
      let calls = 0;
      const added = await work.change(
        PLAN_ID,
        (whole) => {
          calls += 1;
          return {
            response: { ...whole.response, title: 'Another' },
            tasks: [...whole.tasks, { ...(whole.tasks[0] as never as (typeof whole.tasks)[number]), number: 2, title: 'More' }],
          };
        },
        MARIA,
        'add',
      );
      expect([calls, added]).toMatchObject([1, { response: { title: 'Another', version: 2 }, tasks: [{ version: 1 }, { number: 2, version: 1 }] }]);
      expect((await bot.store().wakeups.of('task')).map(({ subject }) => subject)).toEqual([`${PLAN_ID}/1`, `${PLAN_ID}/2`]);
    });
  });
});
