import { describe, expect, test } from 'vitest';
import type { Open } from '../store.ts';
import { aChange, aLead, begin, counted, NOON, ready } from './cast.ts';

const LATER = NOON + 60_000;

export function alertPromises(open: Open): void {
  describe('An alert', () => {
    test('is given back as it was added, pending', async () => {
      const store = await open();

      const [alert] = await ready(store, 'coalition', [aLead('coalition')]);

      expect(alert).toEqual({ ...aLead('coalition'), id: expect.any(Number), attempts: 0, repeats: 0, retryAt: 0, state: 'pending', reason: null });
    });

    test('with the same once-key is there once a channel, however often it is added', async () => {
      const store = await open();
      for (let time = 0; time < 3; time += 1) await store.alerts.add([aLead('coalition'), aLead('team')], NOON + time);

      expect(await counted(store)).toEqual({ pending: 2 });
    });

    test('is not added again once it was sent, failed or given up', async () => {
      const store = await open();
      const sent = await begin(store, 'a', await ready(store, 'a', [aLead('a')]));
      await store.alerts.sent(sent.id, {}, NOON);
      const failed = await begin(store, 'b', await ready(store, 'b', [aLead('b')]));
      await store.alerts.fail(failed.id, 'channel-gone', NOON);
      await store.alerts.supersede(
        (await ready(store, 'c', [aLead('c')])).map((alert) => alert.id),
        'moved',
        NOON,
      );

      await store.alerts.add([aLead('a'), aLead('b'), aLead('c')], LATER);

      expect(await counted(store)).toEqual({ sent: 1, failed: 1, superseded: 1 });
    });

    test('can be one of five hundred in one go, and of none', async () => {
      const store = await open();
      await store.alerts.add(
        Array.from({ length: 500 }, (_, index) => aLead(`channel-${index}`, { version: 2 })),
        NOON,
      );
      await store.alerts.add([], NOON);

      expect([await counted(store), (await store.alerts.readyChannels(NOON, 1000)).length]).toEqual([{ pending: 500 }, 500]);
    });
  });

  describe('A date that moved away and came back', () => {
    const back = (channel: string) => aLead(channel, { onceKey: 'lead|54-KEN-stakeholder_submission|v3|7d', version: 3 });

    test('is not said again where that lead of that very day was sent, folded, in doubt or is being sent', async () => {
      const store = await open();
      const sent = await begin(store, 'sent', await ready(store, 'sent', [aLead('sent')]));
      await store.alerts.sent(sent.id, {}, NOON);
      const folded = await begin(store, 'folded', [], await ready(store, 'folded', [aLead('folded')]));
      await store.alerts.sent(folded.id, {}, NOON);
      const doubted = await begin(store, 'doubted', await ready(store, 'doubted', [aLead('doubted')]));
      await store.alerts.doubt(doubted.id, [], NOON);
      await begin(store, 'sending', await ready(store, 'sending', [aLead('sending')]));

      await store.alerts.add(['sent', 'folded', 'doubted', 'sending'].map(back), LATER);

      expect(await counted(store)).toEqual({ sent: 1, folded: 1, 'in-doubt': 1, sending: 1 });
    });

    test('is said where that lead was not said before it moved', async () => {
      const store = await open();
      await store.alerts.supersede(
        (await ready(store, 'superseded', [aLead('superseded')])).map((alert) => alert.id),
        'moved',
        NOON,
      );
      const failed = await begin(store, 'failed', await ready(store, 'failed', [aLead('failed')]));
      await store.alerts.fail(failed.id, 'rejected', NOON);

      await store.alerts.add(['superseded', 'failed', 'new'].map(back), LATER);

      expect(await store.alerts.readyChannels(LATER, 10)).toEqual(expect.arrayContaining(['superseded', 'failed', 'new']));
    });

    test('has its other leads, and the leads of another day, said', async () => {
      const store = await open();
      const sent = await begin(store, 'coalition', await ready(store, 'coalition', [aLead('coalition')]));
      await store.alerts.sent(sent.id, {}, NOON);

      const otherLead = aLead('coalition', { onceKey: 'v3|3d', version: 3, lead: '3d' });
      await store.alerts.add([otherLead], LATER);
      await store.alerts.add([aLead('coalition', { onceKey: 'v2|7d', version: 2, whenKey: '2026-07-24@Europe/Zurich' })], LATER);

      expect(await counted(store)).toEqual({ sent: 1, pending: 2 });
    });
  });

  describe('Changes of one date', () => {
    test('are each told: a date can move more than once', async () => {
      const store = await open();
      const first = await begin(store, 'coalition', await ready(store, 'coalition', [aChange('coalition', 2)]));
      await store.alerts.sent(first.id, {}, NOON);

      const second = await ready(store, 'coalition', [aChange('coalition', 3)]);

      expect(second.map((alert) => alert.onceKey)).toEqual(['change|3|0']);
    });

    test('are told once a revision', async () => {
      const store = await open();
      const first = await begin(store, 'coalition', await ready(store, 'coalition', [aChange('coalition', 2)]));
      await store.alerts.sent(first.id, {}, NOON);

      expect(await ready(store, 'coalition', [aChange('coalition', 2)])).toEqual([]);
    });
  });

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
      expect((await store.alerts.ready('coalition', LATER)).map((alert) => alert.onceKey)).toEqual(['first', 'held', 'second', 'third']);
    });

    test('blocks nothing behind it while it waits for the end of quiet hours', async () => {
      const store = await open();
      await store.alerts.add([aLead('coalition', { onceKey: 'held', notBefore: LATER }), aLead('coalition', { onceKey: 'now' })], NOON);

      expect(await store.alerts.readyChannels(NOON, 10)).toEqual(['coalition']);
    });

    test('is of the channels that wait longest, at most so many', async () => {
      const store = await open();
      await store.alerts.add([aLead('late', { notBefore: NOON - 1 }), aLead('early', { notBefore: NOON - 9 }), aLead('middle', { notBefore: NOON - 5 })], NOON);

      expect([await store.alerts.readyChannels(NOON, 2), await store.alerts.readyChannels(NOON - 6, 9)]).toEqual([['early', 'middle'], ['early']]);
    });

    test('of a channel that waits for a retry waits with it, and other channels do not', async () => {
      const store = await open();
      const delivery = await begin(store, 'coalition', await ready(store, 'coalition', [aLead('coalition')]));
      await store.alerts.postpone(delivery.id, 'rate-limited', LATER, NOON);
      await store.alerts.add([aLead('coalition', { onceKey: 'behind' }), aLead('team')], NOON);

      expect([await store.alerts.readyChannels(LATER - 1, 9), (await store.alerts.readyChannels(LATER, 9)).toSorted()]).toEqual([
        ['team'],
        ['coalition', 'team'],
      ]);
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
      const delivery = await begin(store, 'coalition', await ready(store, 'coalition', [aLead('coalition')]));
      await store.alerts.postpone(delivery.id, 'rate-limited', LATER, NOON);
      await store.alerts.add([aLead('coalition', { onceKey: 'behind' })], NOON);

      expect(await store.alerts.nextReady()).toBe(LATER);
    });
  });
}
