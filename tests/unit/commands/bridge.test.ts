import { describe, expect, test } from 'vitest';
import { HOUR } from '../../../src/domain/time.ts';
import { BEGUN_AT, OUR_MEMBER, OUR_ROOM, THEIR_MEMBER, THEIR_ROOM, THEM, type TwoSides, US, withTwoSides } from '../../support/two-sides.ts';
import { messageOf } from './a-chat.ts';

const THEIR_CHANNEL = 'slack:their-workspace/their-room';
const THEIR_SIDE = { platform: 'slack', installation: 'their-workspace' };

const bridgeOf = async ({ store, plan }: TwoSides) => (await store.teams.bridgesOf(plan)).at(-1);
const cardsOf = async ({ store, plan }: TwoSides) => (await store.teams.cards(plan)).map(({ channel }) => channel);

describe('An offer', () => {
  test('shows its code once, to who asked, with what the other side will see and who can read both', async () => {
    await withTwoSides(async (it) => {
      const response = await it.ours.command('bridge offer', { plan: it.plan, shows: 'states' }, US);
      const { fallbackText } = messageOf(response);

      expect(response).toMatchObject({ audience: 'asker' });
      expect(fallbackText).toMatch(/The code: [0-9A-Z]{5}-[0-9A-Z]{5}\. It works once, until .*10:00/);
      expect(fallbackText).toContain('“Task 3” stands for its title');
      expect(fallbackText).toContain('whoever runs this bot can read');
      const [code = ''] = /[0-9A-Z]{5}-[0-9A-Z]{5}/.exec(fallbackText) ?? [];
      expect(JSON.stringify(await bridgeOf(it))).not.toContain(code.replace('-', ''));
      expect(messageOf(response).actions).toEqual([]);
    });
  });

  test('is for managers, of their own plan', async () => {
    await withTwoSides(async (it) => {
      expect(await it.ours.text('bridge offer', { plan: it.plan }, OUR_MEMBER)).toContain('can be changed by people who may manage it');
      expect(await it.theirs.text('bridge offer', { plan: it.plan }, THEM)).toContain('no such plan');
      await it.share();
      expect(await it.theirs.text('bridge offer', { plan: it.plan }, THEM)).toContain('belongs to the other team');
      expect(await it.ours.text('bridge offer', { plan: it.plan }, US)).toContain('shared already');
    });
  });

  test('voids the code before it', async () => {
    await withTwoSides(async (it) => {
      const [old, fresh] = [await it.offer(), await it.offer()];

      expect(await it.accept(old)).toContain('opens nothing');
      expect(await it.accept(fresh)).toContain('You share a plan');
    });
  });
});

describe('A code', () => {
  test('opens a card in the channel where it is taken, once', async () => {
    await withTwoSides(async (it) => {
      const code = await it.offer();
      const text = await it.accept(code.toLowerCase());

      expect(text).toContain('Its card comes into this channel');
      expect(text).toContain('whoever runs this bot can read');
      expect(await bridgeOf(it)).toMatchObject({ status: 'open', partner: THEIR_SIDE, partnerChannel: THEIR_CHANNEL, codeHash: null });
      expect(await cardsOf(it)).toContain(THEIR_CHANNEL);
      expect(await it.accept(code)).toContain('opens nothing');
      expect(await it.theirs.text('plan show', { plan: it.plan }, THEIR_MEMBER)).toContain('Kenya');
    });
  });

  test('is good for an hour, for others than oneself, and for managers', async () => {
    await withTwoSides(async (it) => {
      const code = await it.offer();

      expect(await it.ours.text('bridge accept', { code }, US)).toContain('of your own plan');
      expect(await it.accept(code, THEIR_MEMBER)).toContain('may manage');
      it.passTo(BEGUN_AT + HOUR);
      expect(await it.accept(code)).toContain('opens nothing');
    });
  });

  test('is not looked at after five wrong ones from the same place in an hour', async () => {
    await withTwoSides(async (it) => {
      const code = await it.offer();
      for (let n = 0; n < 5; n += 1) expect(await it.accept(`00000-0000${n}`)).toContain('opens nothing');
      const stranger = { ...THEM, target: { installation: 'another-workspace', channel: 'C9' } };

      expect(await it.accept(code)).toContain('Too many wrong codes were tried here, so none is looked at until 10:00');
      expect(await it.accept(code, stranger)).toContain('You share a plan');
      it.passTo(BEGUN_AT + HOUR);
      const fresh = await it.ours.text('bridge end', { plan: it.plan }, US).then(() => it.offer());
      expect(await it.accept(fresh)).toContain('You share a plan');
    });
  });

  test('is taken where everybody reads only after that was said', async () => {
    await withTwoSides(async (it) => {
      it.theirs.standsAs({ missing: [], everyoneReads: true });
      const question = messageOf(await it.theirs.command('bridge accept', { code: await it.offer() }, THEM));

      expect(question.fallbackText).toContain('Everybody in this workspace may be able to read this channel');
      expect(await cardsOf(it)).not.toContain(THEIR_CHANNEL);
      const [take, leave] = question.actions.map(({ id }) => id);
      expect(messageOf(await it.theirs.press(leave ?? '', THEM)).title).toBe('Nothing was posted');
      expect(messageOf(await it.theirs.press(take ?? '', THEIR_MEMBER)).fallbackText).toContain('may manage');
      expect(messageOf(await it.theirs.press(take ?? '', THEM)).title).toContain('You share a plan');
      expect(await cardsOf(it)).toContain(THEIR_CHANNEL);
    });
  });
});

describe('The end of a bridge', () => {
  /** The partner has the first two tasks, and one of them is done. */
  async function shared(it: TwoSides, shows = 'titles'): Promise<void> {
    await it.share(shows);
    for (const task of [1, 2]) await it.theirs.text('task claim', { task: `${it.plan}/${task}` }, THEIR_MEMBER);
    await it.theirs.text('task done', { task: `${it.plan}/1`, reference: 'their-receipt' }, THEIR_MEMBER);
    await it.ours.text('task claim', { task: `${it.plan}/3` }, OUR_MEMBER);
  }

  test.each(['owner', 'partner'] as const)('by the %s parts both at once, and the partner keeps a copy', async (who) => {
    await withTwoSides(async (it) => {
      await shared(it);
      const text = who === 'owner' ? await it.ours.text('bridge end', { plan: it.plan }, US) : await it.theirs.text('bridge end', { plan: it.plan }, THEM);

      expect(text).toContain('The plan is not shared any more');
      if (who === 'owner') expect(text).toContain('1 task that the other team had is open again');
      const own = await it.store.teams.find(it.plan);
      expect(own?.tasks.slice(0, 3).map(({ holder, doneAt, reference }) => [holder?.kind ?? null, doneAt !== null, reference])).toEqual([
        [null, true, null],
        [null, false, null],
        ['person', false, null],
      ]);
      expect(JSON.stringify([own, await it.store.teams.logOf(it.plan, 99), await it.store.teams.bridgesOf(it.plan)])).not.toContain('their-');
      expect(await it.theirs.text('task claim', { task: `${it.plan}/2` }, THEIR_MEMBER)).toContain('no such plan');

      const [copy, ...others] = await it.store.teams.of(THEIR_SIDE);
      expect(others).toEqual([]);
      expect(copy?.tasks.map(({ title }) => title)).toEqual(own?.tasks.map(({ title }) => title));
      expect(copy?.tasks.slice(0, 3).map(({ holder, doneAt }) => [holder !== null, doneAt !== null])).toEqual([
        [true, true],
        [true, false],
        [false, false],
      ]);
      expect(JSON.stringify([copy, await it.store.teams.logOf(copy?.response.id ?? '', 99)])).not.toContain('our-');
      expect((await it.store.teams.cards(copy?.response.id ?? '')).map(({ channel }) => channel)).toEqual([THEIR_CHANNEL]);
      expect(await it.store.wakeups.find('forget', copy?.response.id ?? '')).not.toBeNull();
    });
  });

  test('keeps no titles that were not shown', async () => {
    await withTwoSides(async (it) => {
      await shared(it, 'states');
      await it.theirs.text('bridge end', { plan: it.plan }, THEM);
      const [copy] = await it.store.teams.of(THEIR_SIDE);

      expect(copy?.tasks.slice(0, 2).map(({ title, phase, suits }) => [title, phase, suits])).toEqual([
        ['Task 1', '', null],
        ['Task 2', '', null],
      ]);
    });
  });

  test('also withdraws a code, and is for managers', async () => {
    await withTwoSides(async (it) => {
      const code = await it.offer();
      expect(await it.ours.text('bridge end', { plan: it.plan }, OUR_MEMBER)).toContain('may manage');
      expect(await it.ours.text('bridge end', { plan: it.plan }, US)).toContain('The offer is withdrawn');
      expect(await it.accept(code)).toContain('opens nothing');
      expect(await it.ours.text('bridge end', { plan: it.plan }, US)).toContain('not shared with anybody');
    });
  });

  test('comes before a claim that was on its way', async () => {
    await withTwoSides(async (it) => {
      await it.share();
      const claims = [4, 5, 6].map((task) => it.theirs.text('task claim', { task: `${it.plan}/${task}` }, THEIR_MEMBER));
      const end = it.ours.text('bridge end', { plan: it.plan }, US);
      await Promise.all([...claims, end]);

      expect(JSON.stringify(await it.store.teams.find(it.plan))).not.toContain('their-');
    });
  });

  test('where the channel of the partner is gone leaves no copy', async () => {
    await withTwoSides(async (it) => {
      await shared(it);
      await it.store.installations.erase({ platform: 'slack', id: THEIR_ROOM.installation });

      expect(await it.ours.text('bridge end', { plan: it.plan }, US)).toContain('not shared with anybody');
      expect(JSON.stringify(await it.store.teams.find(it.plan))).not.toContain('their-');
      expect(await it.ours.text('plan show', { plan: it.plan }, { ...US, target: OUR_ROOM })).toContain('Kenya');
    });
  });
});
