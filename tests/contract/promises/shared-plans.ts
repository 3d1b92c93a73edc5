import { describe, expect, test } from 'vitest';
import type { Open } from '../store.ts';
import { aLead, NOON } from './cast.ts';
import { aBridge, anEvent, aPerson, aTask, OURS, placeOf, plan, ROOM, room, TAKEN, THEIR_ROOM, THEIRS, taskOf } from './team-cast.ts';

const STRANGERS = { platform: 'slack', installation: 'T2' };

export function sharedPlanPromises(open: Open): void {
  describe('A card', () => {
    test('is one of its response in a channel, the last that was put, until it is removed', async () => {
      const store = await open();
      await plan(store, 'Kenya123');
      await room(store, THEIRS, THEIR_ROOM);
      await store.teams.putCard({ response: 'Kenya123', channel: THEIR_ROOM, ref: null });
      await store.teams.putCard({ response: 'Kenya123', channel: ROOM, ref: null });
      await store.teams.putCard({ response: 'Kenya123', channel: ROOM, ref: { id: 'm1' } });

      expect(await store.teams.cards('Kenya123')).toEqual([
        { response: 'Kenya123', channel: ROOM, ref: { id: 'm1' } },
        { response: 'Kenya123', channel: THEIR_ROOM, ref: null },
      ]);
      await store.teams.removeCard({ response: 'Kenya123', channel: THEIR_ROOM });
      expect((await store.teams.cards('Kenya123')).map(({ channel }) => channel)).toEqual([ROOM]);
    });

    test('whose response or channel was erased while it was posted is not kept, and harms nothing', async () => {
      const store = await open();
      await plan(store, 'Kenya123');

      await store.teams.putCard({ response: 'gone1234', channel: ROOM, ref: 'm1' });
      await store.teams.putCard({ response: 'Kenya123', channel: THEIR_ROOM, ref: 'm2' });

      expect([await store.teams.cards('gone1234'), await store.teams.cards('Kenya123')]).toEqual([[], []]);
    });
  });

  describe('A bridge', () => {
    test('shares its response with the partner while it is open, in the channel that the partner chose', async () => {
      const store = await open();
      for (const id of ['offered', 'open', 'ended']) await plan(store, id);
      await plan(store, 'own', { side: THEIRS, channel: THEIR_ROOM, createdAt: NOON + 1 });
      const seen = async (side = THEIRS, channel?: string) => (await store.teams.of(side, channel)).map(({ response }) => response.id);

      await store.teams.addBridge(aBridge('b1', 'offered', { ...TAKEN, status: 'offered' }));
      await store.teams.addBridge(aBridge('b2', 'open', TAKEN));
      await store.teams.addBridge(aBridge('b3', 'ended', { ...TAKEN, status: 'ended' }));

      expect([await seen(), await seen(THEIRS, THEIR_ROOM)]).toEqual([
        ['open', 'own'],
        ['open', 'own'],
      ]);
      expect([await seen(THEIRS, 'slack:T1/C2'), await seen(STRANGERS), await seen({ ...THEIRS, platform: 'discord' })]).toEqual([[], [], []]);
      expect(await seen(OURS)).toEqual(['ended', 'offered', 'open']);
    });

    test('is found by its code until that is used, and by its response', async () => {
      const store = await open();
      await plan(store, 'Kenya123');
      const [first, second] = [aBridge('b1', 'Kenya123'), aBridge('b2', 'Kenya123', { codeUntil: NOON + 1 })];
      for (const bridge of [second, first]) await store.teams.addBridge(bridge);

      expect([await store.teams.bridgeByCode('hash-b2'), await store.teams.bridgeByCode('hash-b3')]).toEqual([second, null]);
      expect(await store.teams.putBridge({ ...second, ...TAKEN, version: 2 })).toBe(true);

      expect(await store.teams.bridgeByCode('hash-b2')).toBeNull();
      expect(await store.teams.bridgesOf('Kenya123')).toEqual([first, { ...second, ...TAKEN, version: 2 }]);
    });

    test('is held by its partner while it is open, and by nobody else', async () => {
      const store = await open();
      await plan(store, 'Kenya123');
      const bridge = aBridge('b1', 'Kenya123', TAKEN);
      await store.teams.addBridge(bridge);
      const held = () => Promise.all([THEIRS, OURS, STRANGERS, { ...THEIRS, platform: 'discord' }].map((side) => store.teams.holdBridge('Kenya123', side)));

      expect(await held()).toEqual([true, false, false, false]);
      expect(await store.teams.bridgesOf('Kenya123')).toEqual([bridge]);
      await store.teams.putBridge({ ...bridge, status: 'ended', version: 2 });
      expect(await held()).toEqual([false, false, false, false]);
    });

    test('that ends takes its partner out of the response: what it had is free, what was done stays done', async () => {
      const store = await open();
      for (const id of ['Kenya123', 'Togo1234']) {
        await plan(store, id, { tasks: 3 });
        await store.teams.putTask(aTask(id, 1, { holder: aPerson('p', THEIRS), version: 2 }));
        await store.teams.putTask(aTask(id, 2, { holder: aPerson('p', THEIRS), doneAt: NOON, reference: 'receipt', version: 2 }));
        await store.teams.putTask(aTask(id, 3, { holder: aPerson('o'), version: 2 }));
        await store.teams.log(anEvent(id, { task: 1, by: { side: THEIRS, id: 'p' }, what: 'claim', before: aTask(id, 1) }));
      }

      await store.teams.takeOut('Kenya123', THEIRS);

      const after = await store.teams.find('Kenya123');
      expect(after?.tasks.map(({ holder, doneAt, reference }) => [holder !== null, doneAt, reference])).toEqual([
        [false, null, null],
        [false, NOON, null],
        [true, null, null],
      ]);
      expect(await store.teams.logOf('Kenya123', 9)).toMatchObject([{ what: 'claim', by: null, before: null }]);
      expect(await taskOf(store, 'Togo1234', 2)).toMatchObject({ holder: aPerson('p', THEIRS), reference: 'receipt' });
    });

    test('is taken by one of many who have its code', async () => {
      const store = await open();
      await plan(store, 'Kenya123');
      const offered = aBridge('b1', 'Kenya123');
      await store.teams.addBridge(offered);
      const takers = ['T1', 'T2', 'T3', 'T4'].map((installation) => ({ platform: 'slack', installation }));

      const taken = await Promise.all(takers.map((partner) => store.teams.putBridge({ ...offered, ...TAKEN, partner, version: 2 })));

      expect(taken.filter(Boolean)).toHaveLength(1);
      expect((await store.teams.bridgesOf('Kenya123'))[0]?.partner).toEqual(takers[taken.indexOf(true)]);
    });
  });

  describe('What a team has stored', () => {
    /** Ours is shared with them and theirs with us; each has tasks in both. */
    async function twoShared() {
      const store = await open();
      for (const [id, side, channel, partner, partnerChannel] of [
        ['ours', OURS, ROOM, THEIRS, THEIR_ROOM],
        ['theirs', THEIRS, THEIR_ROOM, OURS, ROOM],
      ] as const) {
        await plan(store, id, { side, channel, tasks: 4 });
        await room(store, partner, partnerChannel);
        await store.teams.addBridge(aBridge(`b-${id}`, id, { ...TAKEN, owner: side, partner, partnerChannel }));
        for (const room of [channel, partnerChannel]) await store.teams.putCard({ response: id, channel: room, ref: { id: `card in ${room}` } });
        const held = aTask(id, 1, { holder: { kind: 'cluster', side: partner, name: 'women' }, snooze: { until: '2026-07-12', reason: 'ill' }, version: 2 });
        await store.teams.putTask({ ...held, asked: 'warned', askedAt: NOON, heardAt: NOON });
        await store.teams.putTask(aTask(id, 2, { holder: aPerson('p', partner), doneAt: NOON, reference: 'receipt', version: 2 }));
        await store.teams.putTask(aTask(id, 3, { holder: aPerson('o', side), doneAt: NOON, reference: 'ours', version: 2 }));
        await store.teams.log(anEvent(id, { task: 1, by: { side: partner, id: 'p' }, what: 'claim', before: aTask(id, 1) }));
        await store.teams.log(anEvent(id, { task: 1, by: { side, id: 'o' }, what: 'assign', before: held }));
        await store.teams.log(anEvent(id, { task: 3, by: { side, id: 'o' }, what: 'finish', before: aTask(id, 3) }));
      }
      await store.alerts.add([aLead(ROOM), aLead(THEIR_ROOM)], NOON);
      return store;
    }

    /** Of the plan of the others, once ours was erased. */
    async function expectPartnerTakenOut(store: Awaited<ReturnType<Open>>) {
      expect((await store.teams.find('theirs'))?.tasks).toEqual([
        aTask('theirs', 1, { version: 3 }),
        aTask('theirs', 2, { doneAt: NOON, version: 3 }),
        aTask('theirs', 3, { holder: aPerson('o', THEIRS), doneAt: NOON, reference: 'ours', version: 2 }),
        aTask('theirs', 4),
      ]);
      expect((await store.teams.logOf('theirs', 9)).map(({ by, what, before }) => [what, by?.id ?? null, before])).toEqual([
        ['finish', 'o', aTask('theirs', 3)],
        ['assign', 'o', null],
        ['claim', null, null],
      ]);
      expect(await store.teams.bridgesOf('theirs')).toMatchObject([{ status: 'ended', partner: null, partnerChannel: null, version: 2 }]);
      expect((await store.teams.cards('theirs')).map(({ channel }) => channel)).toEqual([THEIR_ROOM]);
    }

    test('is counted by place and channel: its own plans, and not those that others share with it', async () => {
      const store = await twoShared();
      await plan(store, 'beside', { channel: 'discord:100/201', tasks: 1 });

      expect(await store.installations.stored(placeOf(OURS))).toMatchObject({ channels: 2, plans: 2, tasks: 5 });
      expect(await store.installations.stored(placeOf(OURS), ROOM)).toMatchObject({ channels: 1, plans: 1, tasks: 4 });
      expect(await store.installations.stored(placeOf(STRANGERS), ROOM)).toMatchObject({ plans: 0, tasks: 0 });
    });

    test.each([
      ['whole', undefined],
      ['of a channel', ROOM],
    ])('is erased %s with what it had in the plans of others, which stay', async (_, channel) => {
      const store = await twoShared();
      await plan(store, 'beside', { channel: 'discord:100/201', tasks: 1 });
      await store.wakeups.set({ kind: 'nag', subject: 'ours/1', dueAt: NOON, body: '{}' });

      const erased = await store.transaction((trx) => trx.installations.erase(placeOf(OURS), channel));
      await store.scrub();

      const whole = channel === undefined;
      expect(erased).toMatchObject({ channels: whole ? 2 : 1, plans: whole ? 2 : 1, tasks: whole ? 5 : 4, alerts: 1 });
      expect((await store.teams.of(OURS)).map(({ response }) => response.id)).toEqual(whole ? [] : ['beside']);
      expect([await store.teams.find('ours'), await store.teams.logOf('ours', 9), await store.teams.cards('ours')]).toEqual([null, [], []]);
      expect([await store.teams.bridgesOf('ours'), await store.wakeups.of('nag')]).toEqual([[], []]);
      await expectPartnerTakenOut(store);
      expect(Object.values(await store.alerts.counts()).reduce((sum, count) => sum + count)).toBe(1);
    });

    test('of a channel alone leaves what its server has in plans of other channels', async () => {
      const store = await twoShared();
      await room(store, OURS, 'discord:100/201');

      await store.installations.erase(placeOf(OURS), 'discord:100/201');

      expect(await taskOf(store, 'theirs', 2)).toMatchObject({ holder: aPerson('p'), reference: 'receipt' });
      expect(await store.teams.bridgesOf('theirs')).toMatchObject([{ status: 'open', partner: OURS }]);
    });

    test('is not written back by who read a task before it was erased', async () => {
      const store = await twoShared();
      const read = await taskOf(store, 'theirs', 1);

      await store.installations.erase(placeOf(OURS));

      expect(await store.teams.putTask({ ...read, version: read.version + 1 })).toBe(false);
    });
  });
}
