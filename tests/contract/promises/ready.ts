import { describe, expect, test } from 'vitest';
import type { Open } from '../store.ts';
import { aLead, begin, beginIn, beginOne, LANE, NOON, postponed, ready, SENT } from './cast.ts';

const LATER = NOON + 60_000;
const SLACK = 'slack:T1';

export function readyPromises(open: Open): void {
  describe('What is ready', () => {
    test('is what its time has come for, the first due first', async () => {
      const store = await open();
      const alerts = [
        aLead('coalition', { onceKey: 'held', notBefore: LATER }),
        aLead('coalition', { onceKey: 'second', dueAt: NOON }),
        aLead('coalition', { onceKey: 'first', dueAt: NOON - 5 }),
        aLead('coalition', { onceKey: 'third', dueAt: NOON }),
      ];

      expect((await ready(store, 'coalition', alerts)).map((alert) => alert.onceKey)).toEqual(['first', 'second', 'third']);
      expect((await store.alerts.ready(['coalition'], LATER)).map((alert) => alert.onceKey)).toEqual(['first', 'held', 'second', 'third']);
    });

    test('can be asked of several channels, and comes in the order it fell due whatever the channel', async () => {
      const store = await open();
      const at = (channel: string, dueAt: number) => aLead(channel, { onceKey: `${channel}${dueAt - NOON}`, lead: `${dueAt}`, dueAt });
      await store.alerts.add([at('a', NOON - 1), at('a', NOON - 4), at('b', NOON - 2), at('b', NOON - 3), at('c', NOON - 9)], NOON);

      const found = await store.alerts.ready(['b', 'a', 'nobody'], NOON);

      expect(found.map(({ onceKey }) => onceKey)).toEqual(['a-4', 'b-3', 'b-2', 'a-1']);
      expect(await store.alerts.ready([], NOON)).toEqual([]);
    });

    test('blocks nothing behind it while it waits for the end of quiet hours', async () => {
      const store = await open();
      await store.alerts.add([aLead('coalition', { onceKey: 'held', notBefore: LATER }), aLead('coalition', { onceKey: 'now' })], NOON);

      expect(await store.alerts.readyChannels(LANE, NOON, 10)).toEqual(['coalition']);
    });

    test('of a channel that waits for a retry waits with it, and other channels do not', async () => {
      const store = await open();
      const delivery = await beginOne(store);
      await store.alerts.record([{ ...delivery, ...postponed(LATER) }], NOON);
      await store.alerts.add([aLead('coalition', { onceKey: 'behind' }), aLead('team')], NOON);

      const found = async (now: number) => (await store.alerts.ready(['coalition', 'team'], now)).map(({ channel }) => channel);
      expect([await store.alerts.readyChannels(LANE, LATER - 1, 9), await found(LATER - 1)]).toEqual([['team'], ['team']]);
      expect((await store.alerts.readyChannels(LANE, LATER, 9)).toSorted()).toEqual(['coalition', 'team']);
      expect((await found(LATER)).toSorted()).toEqual(['coalition', 'coalition', 'team']);
    });
  });

  describe('Channels that are ready', () => {
    test('are those that wait longest, at most so many', async () => {
      const store = await open();
      await store.alerts.add([aLead('late', { notBefore: NOON - 1 }), aLead('early', { notBefore: NOON - 9 }), aLead('middle', { notBefore: NOON - 5 })], NOON);

      expect([await store.alerts.readyChannels(LANE, NOON, 2), await store.alerts.readyChannels(LANE, NOON - 6, 9)]).toEqual([['early', 'middle'], ['early']]);
    });

    test('are those of the lane, and each is named once', async () => {
      const store = await open();
      await store.alerts.add([aLead('a'), aLead('a', { onceKey: 'other' }), aLead('b', { lane: SLACK, notBefore: NOON - 9 })], NOON);

      const found = await Promise.all([LANE, SLACK, 'slack:T2'].map((lane) => store.alerts.readyChannels(lane, NOON, 9)));

      expect(found).toEqual([['a'], ['b'], []]);
    });
  });

  describe('Lanes that are ready', () => {
    test('are those with something to say now, each once', async () => {
      const store = await open();
      await store.alerts.add([aLead('a'), aLead('b'), aLead('c', { lane: SLACK }), aLead('d', { lane: 'slack:T2', notBefore: LATER })], NOON);

      expect([await store.alerts.readyLanes(NOON), await store.alerts.readyLanes(LATER)]).toEqual([
        [LANE, SLACK],
        [LANE, SLACK, 'slack:T2'],
      ]);
    });

    test('are also those with a delivery that has no result, until it has one', async () => {
      const store = await open();
      const delivery = await beginOne(store, { lane: SLACK });

      expect(await store.alerts.readyLanes(NOON)).toEqual([SLACK]);
      await store.alerts.record([{ ...delivery, ...SENT }], NOON);
      expect(await store.alerts.readyLanes(LATER)).toEqual([]);
    });

    test('are not those whose channels all wait for a retry, with whatever they have', async () => {
      const store = await open();
      const begun = await beginIn(store, ['a', 'b']);
      await store.alerts.record(
        begun.map((delivery) => ({ ...delivery, ...postponed(LATER) })),
        NOON,
      );
      await store.alerts.add([aLead('a', { onceKey: 'behind' })], NOON);

      expect([await store.alerts.readyLanes(LATER - 1), await store.alerts.readyLanes(LATER)]).toEqual([[], [LANE]]);
      await store.alerts.add([aLead('c')], NOON);
      expect(await store.alerts.readyLanes(LATER - 1)).toEqual([LANE]);
    });
  });

  describe('The load of a lane', () => {
    test('is how many alerts wait there, now or for later, and since when the first of them is due', async () => {
      const store = await open();
      await begin(store, 'begun', await ready(store, 'begun', [aLead('begun', { dueAt: NOON - 99 })]));
      await store.alerts.add([aLead('a', { dueAt: NOON - 5 }), aLead('b', { dueAt: NOON - 9, notBefore: LATER }), aLead('c', { lane: SLACK })], NOON);

      expect(await store.alerts.loads()).toEqual([
        { lane: LANE, waiting: 2, since: NOON - 9 },
        { lane: SLACK, waiting: 1, since: NOON },
      ]);
    });

    test('is not told where nothing waits', async () => {
      const store = await open();
      await beginIn(store, ['a']);

      expect(await store.alerts.loads()).toEqual([]);
    });
  });

  describe('The next instant at which something may be said', () => {
    test('is null when nothing waits, and the earliest that waits', async () => {
      const store = await open();
      expect(await store.alerts.nextReady()).toBeNull();

      await store.alerts.add([aLead('a', { notBefore: LATER }), aLead('b', { notBefore: LATER + 5 })], NOON);

      expect(await store.alerts.nextReady()).toBe(LATER);
    });

    test('is the retry of a channel for all that waits behind it', async () => {
      const store = await open();
      const delivery = await beginOne(store);
      await store.alerts.record([{ ...delivery, ...postponed(LATER) }], NOON);
      await store.alerts.add([aLead('coalition', { onceKey: 'behind' })], NOON);

      expect(await store.alerts.nextReady()).toBe(LATER);
    });
  });
}
