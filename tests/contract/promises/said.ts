import { describe, expect, test } from 'vitest';
import type { NewAlert, NewDelivery, Store } from '../../../src/store/store.ts';
import type { Open } from '../store.ts';
import { aChange, aChannel, aDelivery, aLead, begin, FAILED, follow, IN_DOUBT, LANE, NOON, postponed, ready, SENT } from './cast.ts';

const [KEN, FRA] = ['54-KEN-stakeholder_submission', '54-FRA-stakeholder_submission'];

interface Saying {
  readonly alerts: readonly NewAlert[];
  readonly at?: number;
  readonly result?: typeof SENT | typeof FAILED | typeof IN_DOUBT | ReturnType<typeof postponed>;
  readonly delivery?: Partial<NewDelivery>;
  readonly ref?: string;
}

/** One message with these alerts, and what became of it; answers its delivery. */
async function say(store: Store, channel: string, { alerts, at = NOON, result = SENT, delivery = {}, ref }: Saying): Promise<number> {
  if ((await store.subscriptions.channelsBy([channel])).length === 0) await store.subscriptions.putChannel(aChannel(channel));
  await store.alerts.add(alerts, at);
  const own = (await store.alerts.ready([channel], at)).filter(({ onceKey }) => alerts.some((alert) => alert.onceKey === onceKey));
  const [begun] = await store.alerts.begin([{ ...aDelivery(channel, own), ...delivery }], 'a worker', at);
  if (begun === undefined) throw new Error('nothing was begun');
  await store.alerts.record([{ ...begun, ...(ref === undefined ? result : { outcome: 'sent', ref: { id: ref } }) }], at);
  return begun.id;
}

const lead = (channel: string, deadline: string, more: Partial<NewAlert> = {}) => aLead(channel, { deadline, onceKey: `${deadline} ${more.lead}`, ...more });
const dateless = (channel: string, type: NewAlert['type']) => aLead(channel, { type, onceKey: type, deadline: null });

export function saidPromises(open: Open): void {
  describe('When a channel was last told anything', () => {
    test('is known by the time it was recorded, and null before', async () => {
      const store = await open();
      expect(await store.alerts.lastSaid('a')).toBeNull();

      await say(store, 'a', { alerts: [dateless('a', 'digest')], at: NOON + 1 });
      await say(store, 'b', { alerts: [dateless('b', 'lead')], at: NOON + 9 });

      expect(await store.alerts.lastSaid('a')).toBe(NOON + 1);
    });

    test('counts what may have arrived, and nothing that waits, failed, or only changed a message', async () => {
      const store = await open();
      await say(store, 'doubt', { alerts: [dateless('doubt', 'lead')], result: IN_DOUBT, at: NOON + 2 });
      await say(store, 'failed', { alerts: [dateless('failed', 'lead')], result: FAILED });
      await say(store, 'waits', { alerts: [dateless('waits', 'lead')], result: postponed(NOON) });
      await say(store, 'amended', { alerts: [dateless('amended', 'amendment')], delivery: { type: 'amendment' } });

      const last = await Promise.all(['doubt', 'failed', 'waits', 'amended'].map((channel) => store.alerts.lastSaid(channel)));
      expect(last).toEqual([NOON + 2, null, null, null]);
    });
  });

  describe('What a channel was told since', () => {
    test('is its dates and its changes, those folded into others too', async () => {
      const store = await open();
      const at = NOON + 1;
      await say(store, 'a', { alerts: [lead('a', 'earlier')] });
      await say(store, 'a', { alerts: [aChange('a', 7, { deadline: FRA, seq: 3 })], at });
      const [spoken, folded] = await ready(store, 'a', [lead('a', KEN), lead('a', 'folded')], at);
      if (spoken === undefined || folded === undefined) throw new Error('nothing is ready');
      const begun = await begin(store, 'a', [spoken], [folded]);
      await store.alerts.record([{ ...begun, ...SENT }], at);
      await say(store, 'a', { alerts: [lead('a', 'failed')], result: FAILED, at });
      await say(store, 'b', { alerts: [lead('b', 'elsewhere')], at });
      await store.alerts.add([lead('a', 'waiting')], at);

      expect(await store.alerts.saidSince('a', at)).toEqual({ deadlines: new Set([KEN, FRA, 'folded']), changes: new Set(['7|3']) });
      expect(await store.alerts.saidSince('a', at + 1)).toEqual({ deadlines: new Set(), changes: new Set() });
    });
  });

  describe('The messages that told of a date', () => {
    test('are the last one of each channel, by channel, a page at a time', async () => {
      const store = await open();
      for (const channel of ['c', 'a', 'b']) {
        await say(store, channel, { alerts: [lead(channel, KEN, { lead: '7d' })], ref: `${channel} 7d` });
        await say(store, channel, { alerts: [lead(channel, KEN, { lead: '1d' }), lead(channel, FRA, { lead: '1d' })], ref: `${channel} 1d`, at: NOON + 5 });
        await say(store, channel, { alerts: [lead(channel, FRA, { lead: '0d' })], ref: `${channel} other`, at: NOON + 6 });
      }
      const told = async (cursor: string, limit: number) =>
        (await store.alerts.toldOf({ deadline: KEN, cursor, limit })).map(({ channel, lane, ref, deadlines }) => [channel, lane, ref, deadlines]);

      expect(await told('', 2)).toEqual([
        ['a', LANE, { id: 'a 1d' }, [KEN]],
        ['b', LANE, { id: 'b 1d' }, [KEN]],
      ]);
      expect([await told('b', 2), await told('c', 2)]).toEqual([[['c', LANE, { id: 'c 1d' }, [KEN]]], []]);
    });

    test('are the last one of each channel for each day that it told, since a time, by message, a page at a time', async () => {
      const store = await open();
      const [A, B] = [{ whenKey: '2026-07-17@Europe/Zurich' }, { whenKey: '2026-08-20@Europe/Zurich' }];
      await say(store, 'old', { alerts: [lead('old', KEN, { lead: '9d', ...A })], ref: 'old A' });
      for (const channel of ['b', 'a']) {
        await say(store, channel, { alerts: [lead(channel, KEN, { lead: '7d', ...A })], ref: `${channel} A early`, at: NOON + 1 });
        await say(store, channel, { alerts: [lead(channel, KEN, { lead: '3d', ...A })], ref: `${channel} A`, at: NOON + 2 });
        await say(store, channel, { alerts: [lead(channel, KEN, { lead: '30d', ...B })], ref: `${channel} B`, at: NOON + 3 });
      }
      const pages: unknown[][] = [];
      for (let cursor = 0, page = null as unknown[] | null; page === null || page.length > 0; ) {
        const told = await store.alerts.toldDates({ deadline: KEN, since: NOON + 1, cursor, limit: 3 });
        page = told.map(({ ref }) => (ref as { id: string }).id);
        cursor = told.at(-1)?.delivery ?? cursor;
        pages.push(page);
      }

      expect(pages).toEqual([['b A', 'b B', 'a A'], ['a B'], []]);
      expect(await store.alerts.toldDates({ deadline: KEN, since: NOON, cursor: 0, limit: 1 })).toMatchObject([
        { channel: 'old', lane: LANE, deadlines: [KEN] },
      ]);
    });

    test('are only leads that arrived in a message of their own', async () => {
      const store = await open();
      await say(store, 'sent', { alerts: [lead('sent', KEN)], ref: 'sent' });
      await say(store, 'failed', { alerts: [lead('failed', KEN)], result: FAILED });
      await say(store, 'doubt', { alerts: [lead('doubt', KEN)], result: IN_DOUBT });
      await say(store, 'late', { alerts: [lead('late', KEN)], delivery: { type: 'catch-up' } });
      await say(store, 'moved', { alerts: [aChange('moved', 7, { deadline: KEN })], delivery: { type: 'changes' } });
      await say(store, 'amended', { alerts: [{ ...lead('amended', KEN), type: 'amendment' }], delivery: { type: 'amendment' } });

      expect((await store.alerts.toldOf({ deadline: KEN, cursor: '', limit: 10 })).map(({ channel }) => channel)).toEqual(['sent']);
      expect(await store.alerts.toldOf({ deadline: FRA, cursor: '', limit: 10 })).toEqual([]);
    });

    test('are all of one channel since a time, the latest first, each with its dates', async () => {
      const store = await open();
      const early = await say(store, 'a', { alerts: [lead('a', KEN, { lead: '7d' })], ref: '1' });
      const late = await say(store, 'a', { alerts: [lead('a', KEN, { lead: '1d' }), lead('a', FRA, { lead: '1d' })], ref: '2', at: NOON + 5 });
      await say(store, 'b', { alerts: [lead('b', KEN)], ref: '3', at: NOON + 5 });
      const all = await store.alerts.toldIn('a', NOON);

      expect(all.map(({ delivery, deadlines }) => [delivery, [...deadlines].sort()])).toEqual([
        [late, [FRA, KEN]],
        [early, [KEN]],
      ]);
      expect((await store.alerts.toldIn('a', NOON + 1)).map(({ ref }) => ref)).toEqual([{ id: '2' }]);
      expect((await store.alerts.ofDelivery(late)).map(({ deadline }) => deadline).sort()).toEqual([FRA, KEN]);
      expect(await store.alerts.ofDelivery(999)).toEqual([]);
    });
  });

  describe('What could not be amended', () => {
    test('counts as given up and not as failed', async () => {
      const store = await open();
      await say(store, 'a', { alerts: [dateless('a', 'amendment')], delivery: { type: 'amendment' }, result: FAILED });
      await say(store, 'b', { alerts: [dateless('b', 'lead')], result: FAILED });

      const rows = await store.alerts.proof(NOON);
      expect(rows.map(({ channel, state, reason }) => [channel, state, reason])).toEqual([
        ['a', 'superseded', 'channel-gone'],
        ['b', 'failed', 'channel-gone'],
      ]);
      expect(await store.alerts.counts()).toMatchObject({ failed: 1, superseded: 1 });
    });
  });

  describe('The proof of one channel', () => {
    test('has nothing of another', async () => {
      const store = await open();
      for (const channel of ['a', 'b']) await say(store, channel, { alerts: [lead(channel, KEN)] });

      expect((await store.alerts.proof(NOON, 'b')).map(({ channel }) => channel)).toEqual(['b']);
      expect([(await store.alerts.proof(NOON + 1, 'b')).length, (await store.alerts.proof(NOON, 'nobody')).length]).toEqual([0, 0]);
    });
  });

  describe('What is held back', () => {
    test('is ready from then on and not before, while the rest of its channel goes on', async () => {
      const store = await open();
      await follow(store, 'a', null);
      await store.alerts.add([lead('a', KEN), lead('a', FRA)], NOON);
      const [first] = await store.alerts.ready(['a'], NOON);
      const keys = async (now: number) => (await store.alerts.ready(['a'], now)).map(({ deadline }) => deadline);

      await store.alerts.hold([first?.id ?? 0], NOON + 50);

      expect([await keys(NOON), await keys(NOON + 49), await keys(NOON + 50)]).toEqual([[FRA], [FRA], [KEN, FRA]]);
      await store.alerts.hold([], NOON + 99);
    });

    test('is ready at once when its channel is released, and what another holds is not', async () => {
      const store = await open();
      for (const channel of ['a', 'b']) await store.alerts.add([lead(channel, KEN, { notBefore: NOON + 50 })], NOON);

      await store.alerts.release('a', NOON + 1);

      expect(await store.alerts.readyChannels(LANE, NOON + 1, 10)).toEqual(['a']);
      expect([await store.alerts.nextReady(), (await store.alerts.ready(['a'], NOON + 1))[0]?.notBefore]).toEqual([NOON + 1, NOON + 1]);
    });

    test('is not what was said already', async () => {
      const store = await open();
      const delivery = await say(store, 'a', { alerts: [lead('a', KEN)] });
      const [said] = await store.alerts.ofDelivery(delivery);

      await store.alerts.hold([said?.id ?? 0], NOON + 50);
      await store.alerts.release('a', NOON + 1);

      expect(await store.alerts.ofDelivery(delivery)).toEqual([said]);
    });
  });
}
