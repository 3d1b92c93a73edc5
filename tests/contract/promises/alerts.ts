import { describe, expect, test } from 'vitest';
import type { Open } from '../store.ts';
import { aChange, aLead, begin, beginOne, counted, FAILED, IN_DOUBT, LANE, NOON, ready, SENT } from './cast.ts';

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
      await store.alerts.record([{ ...sent, ...SENT }], NOON);
      const failed = await begin(store, 'b', await ready(store, 'b', [aLead('b')]));
      await store.alerts.record([{ ...failed, ...FAILED }], NOON);
      await store.alerts.giveUp(
        (await ready(store, 'c', [aLead('c')])).map((alert) => alert.id),
        { state: 'superseded', reason: 'moved' },
        NOON,
      );

      await store.alerts.add([aLead('a'), aLead('b'), aLead('c')], LATER);

      expect(await counted(store)).toEqual({ sent: 1, failed: 1, superseded: 1 });
    });

    test('that is a notice brings the words it says, and is said once', async () => {
      const store = await open();
      const notice = aLead('coalition', { onceKey: 'notice|paused', type: 'notice', deadline: null, body: '{"says":"paused"}' });

      expect(await ready(store, 'coalition', [notice, notice])).toMatchObject([{ type: 'notice', body: '{"says":"paused"}' }]);
    });

    test('can be one of five hundred in one go, and of none', async () => {
      const store = await open();
      await store.alerts.add(
        Array.from({ length: 500 }, (_, index) => aLead(`channel-${index}`, { version: 2 })),
        NOON,
      );
      await store.alerts.add([], NOON);

      expect([await counted(store), (await store.alerts.readyChannels(LANE, NOON, 1000)).length]).toEqual([{ pending: 500 }, 500]);
    });
  });

  describe('A date that moved away and came back', () => {
    const back = (channel: string) => aLead(channel, { onceKey: 'lead|54-KEN-stakeholder_submission|v3|7d', version: 3 });

    test('is not said again where that lead of that very day was sent, folded, in doubt or is being sent', async () => {
      const store = await open();
      const sent = await begin(store, 'sent', await ready(store, 'sent', [aLead('sent')]));
      await store.alerts.record([{ ...sent, ...SENT }], NOON);
      const folded = await begin(store, 'folded', [], await ready(store, 'folded', [aLead('folded')]));
      await store.alerts.record([{ ...folded, ...SENT }], NOON);
      const doubted = await begin(store, 'doubted', await ready(store, 'doubted', [aLead('doubted')]));
      await store.alerts.record([{ ...doubted, ...IN_DOUBT }], NOON);
      await begin(store, 'sending', await ready(store, 'sending', [aLead('sending')]));

      await store.alerts.add(['sent', 'folded', 'doubted', 'sending'].map(back), LATER);

      expect(await counted(store)).toEqual({ sent: 1, folded: 1, 'in-doubt': 1, sending: 1 });
    });

    test('is said where that lead was not said before it moved', async () => {
      const store = await open();
      await store.alerts.giveUp(
        (await ready(store, 'superseded', [aLead('superseded')])).map((alert) => alert.id),
        { state: 'superseded', reason: 'moved' },
        NOON,
      );
      const failed = await begin(store, 'failed', await ready(store, 'failed', [aLead('failed')]));
      await store.alerts.record([{ ...failed, ...FAILED }], NOON);

      await store.alerts.add(['superseded', 'failed', 'new'].map(back), LATER);

      expect(await store.alerts.readyChannels(LANE, LATER, 10)).toEqual(expect.arrayContaining(['superseded', 'failed', 'new']));
    });

    test('has its other leads, and the leads of another day, said', async () => {
      const store = await open();
      const sent = await begin(store, 'coalition', await ready(store, 'coalition', [aLead('coalition')]));
      await store.alerts.record([{ ...sent, ...SENT }], NOON);

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
      await store.alerts.record([{ ...first, ...SENT }], NOON);

      const second = await ready(store, 'coalition', [aChange('coalition', 3)]);

      expect(second.map((alert) => alert.onceKey)).toEqual(['change|3|0']);
    });

    test('are told once a revision', async () => {
      const store = await open();
      const first = await begin(store, 'coalition', await ready(store, 'coalition', [aChange('coalition', 2)]));
      await store.alerts.record([{ ...first, ...SENT }], NOON);

      expect(await ready(store, 'coalition', [aChange('coalition', 2)])).toEqual([]);
    });
  });

  describe('Alerts given up', () => {
    test('stay as they are when they are being said: only what waits is given up', async () => {
      const store = await open();
      const delivery = await beginOne(store);
      const [sending] = await store.alerts.interrupted(LANE);

      await store.alerts.giveUp(sending?.alerts.map(({ id }) => id) ?? [], { state: 'failed', reason: 'too late' }, NOON);
      await store.alerts.record([{ ...delivery, ...SENT }], NOON);

      expect(await counted(store)).toEqual({ sent: 1 });
    });

    test('are superseded, or have failed, with a reason and wait no more', async () => {
      const store = await open();
      const [moved, unsayable, other] = await ready(
        store,
        'coalition',
        ['moved', 'unsayable', 'other'].map((onceKey) => aLead('coalition', { onceKey, lead: onceKey })),
      );
      if (!moved || !unsayable || !other) throw new Error('three alerts were added');

      await store.alerts.giveUp([moved.id], { state: 'superseded', reason: 'the date moved' }, NOON);
      await store.alerts.giveUp([unsayable.id], { state: 'failed', reason: 'no words' }, NOON);
      await store.alerts.giveUp([], { state: 'failed', reason: 'nothing' }, NOON);

      expect((await store.alerts.proof(0)).map(({ onceKey, state, reason }) => [onceKey, state, reason])).toEqual([
        ['moved', 'superseded', 'the date moved'],
        ['unsayable', 'failed', 'no words'],
        ['other', 'pending', null],
      ]);
      expect(await store.alerts.ready(['coalition'], NOON)).toEqual([other]);
    });
  });
}
