import { describe, expect, test } from 'vitest';
import { dayWhen, minuteWhen, unknownWhen } from '../../../src/domain/calendar/when.ts';
import type { Response } from '../../../src/domain/team/response.ts';
import { endOfDay, GENEVA } from '../../../src/domain/time.ts';
import type { Open } from '../store.ts';
import { NOON } from './cast.ts';
import { anEvent, aPerson, aResponse, aTask, claim, claimAtOnce, OURS, plan, ROOM, room, THEIRS, taskOf } from './team-cast.ts';

export function teamPromises(open: Open): void {
  describe('A response', () => {
    test('is kept with its tasks as it was added, in the order of the plan', async () => {
      const store = await open();
      await room(store, OURS, ROOM);
      const response = aResponse('Kenya123', {
        plannedFor: minuteWhen('2026-07-17', '15:00', GENEVA),
        signOn: { closesOn: '2026-07-14', count: 12, link: 'https://example.org/list' },
        status: 'closed',
        reference: 'receipt 7',
        reason: 'sent',
        closedAt: NOON + 1,
      });
      const held = aTask('Kenya123', 2, { holder: { kind: 'cluster', side: THEIRS, name: 'women' }, suits: 'drafter', cluster: 'women', heardAt: NOON });
      const silent = aTask('Kenya123', 3, { holder: { kind: 'role', side: OURS, id: '7' }, asked: 'warned', compressed: true });
      const done = aTask('Kenya123', 10, { holder: aPerson('1'), doneAt: NOON, reference: 'https://example.org/1', version: 4 });
      const snoozed = aTask('Kenya123', 11, { snooze: { until: '2026-07-12', reason: 'holidays' } });

      await store.teams.add({ response, tasks: [snoozed, done, silent, held, aTask('Kenya123', 1)] });

      expect(await store.teams.find('Kenya123')).toEqual({ response, tasks: [aTask('Kenya123', 1), held, silent, done, snoozed] });
      expect(await store.teams.find('Kenya124')).toBeNull();
    });

    test('is added whole or not at all', async () => {
      const store = await open();
      await room(store, OURS, ROOM);

      await expect(store.teams.add({ response: aResponse('Kenya123'), tasks: [aTask('Kenya123', 1), aTask('Kenya123', 1)] })).rejects.toThrow();

      expect(await store.teams.find('Kenya123')).toBeNull();
    });

    test('is of its side and its channel, the oldest first, and of a deadline while it is open', async () => {
      const store = await open();
      await plan(store, 'second', { createdAt: NOON + 1 });
      await plan(store, 'first', { status: 'closed' });
      await plan(store, 'beside', { channel: 'discord:100/201', createdAt: NOON + 2, deadline: 'hrc64-hrc_written_statement', tasks: 0 });
      await plan(store, 'theirs', { side: THEIRS, channel: 'slack:T1/C1' });
      await plan(store, 'namesake', { side: { ...OURS, platform: 'slack' }, channel: 'slack:100/C1', createdAt: NOON + 3 });
      const ids = (wholes: readonly { response: Response }[]) => wholes.map(({ response }) => response.id);

      expect(ids(await store.teams.of(OURS))).toEqual(['first', 'second', 'beside']);
      expect(ids(await store.teams.of(OURS, ROOM))).toEqual(['first', 'second']);
      expect(ids(await store.teams.of(THEIRS, ROOM))).toEqual([]);
      expect(ids(await store.teams.forDeadline('54-KEN-stakeholder_submission'))).toEqual(['theirs', 'second', 'namesake']);
      expect((await store.teams.of(OURS)).map(({ tasks }) => tasks.map(({ response, number }) => `${response} ${number}`))).toEqual([
        ['first 1', 'first 2'],
        ['second 1', 'second 2'],
        [],
      ]);
    });

    test('is put only on the version that was read', async () => {
      const store = await open();
      const was = await plan(store, 'Kenya123');
      const next = { ...was, title: 'Kenya: late', plannedFor: dayWhen('2026-07-22', GENEVA), internal: '2026-07-20', version: 2 };

      expect(await store.teams.putResponse(next)).toBe(true);
      expect(await store.teams.putResponse({ ...was, title: 'lost', version: 2 })).toBe(false);
      expect(await store.teams.putResponse({ ...next, id: 'nowhere1', version: 3 })).toBe(false);

      expect((await store.teams.find('Kenya123'))?.response).toEqual(next);
    });

    test('is removed with all that belongs to it, and nothing of another', async () => {
      const store = await open();
      for (const id of ['Kenya123', 'kenya123']) {
        await plan(store, id);
        expect(await store.teams.log(anEvent(id))).toBe((await store.teams.logOf(id, 1))[0]?.id);
        await store.teams.putCard({ response: id, channel: ROOM, ref: id });
        for (const subject of [id, `${id}/2`]) await store.wakeups.set({ kind: 'nag', subject, dueAt: NOON, body: '{}' });
      }

      await store.teams.remove('Kenya123');

      const left = async (id: string) => [
        (await store.teams.find(id)) !== null,
        (await store.teams.logOf(id, 9)).length,
        (await store.teams.cards(id)).length,
        (await store.wakeups.of('nag')).filter(({ subject }) => subject.startsWith(id)).length,
      ];
      expect([await left('Kenya123'), await left('kenya123')]).toEqual([
        [false, 0, 0, 0],
        [true, 1, 1, 2],
      ]);
    });

    test('has been kept since it was closed or its date was over, whichever came first', async () => {
      const store = await open();
      const over = endOfDay('2026-07-17', GENEVA);
      await plan(store, 'date-over');
      await plan(store, 'closed', { status: 'closed', closedAt: NOON });
      await plan(store, 'undated', { plannedFor: unknownWhen(GENEVA) });
      const moved = await plan(store, 'moved', { plannedFor: dayWhen('2026-07-16', GENEVA) });

      expect(await store.teams.keptBefore(NOON)).toEqual([]);
      expect(await store.teams.keptBefore(NOON + 1)).toEqual(['closed']);
      expect(await store.teams.keptBefore(over)).toEqual(['closed', 'undated', 'moved']);
      await store.teams.putResponse({ ...moved, plannedFor: dayWhen('2026-07-22', GENEVA), version: 2 });
      expect(await store.teams.keptBefore(over + 1)).toEqual(['closed', 'undated', 'date-over']);
    });
  });

  describe('A task', () => {
    test('is put only on the version that was read, alone', async () => {
      const store = await open();
      await plan(store, 'Kenya123');
      const changed = aTask('Kenya123', 1, { holder: aPerson('1'), heardAt: NOON, version: 2 });

      expect(await store.teams.putTask(changed)).toBe(true);
      expect(await store.teams.putTask({ ...changed, holder: aPerson('2') })).toBe(false);
      expect(await store.teams.putTask({ ...changed, number: 9 })).toBe(false);

      expect((await store.teams.find('Kenya123'))?.tasks).toEqual([changed, aTask('Kenya123', 2)]);
    });

    test('is added under a number that is free', async () => {
      const store = await open();
      await plan(store, 'Kenya123');

      const added = await Promise.all(['one', 'other'].map((title) => store.teams.addTask(aTask('Kenya123', 3, { title }))));

      expect(added.toSorted()).toEqual([false, true]);
      expect((await store.teams.find('Kenya123'))?.tasks.map(({ title }) => title)).toEqual(['Task 1', 'Task 2', added[0] ? 'one' : 'other']);
    });

    test('that many claim at once is one’s, who alone is told so', async () => {
      const { holder, told } = await claimAtOnce([await open()], 20);

      expect(told).toEqual([holder]);
    });

    test('that many claim at once in transactions is one’s, who alone is told so', async () => {
      const inTransaction: typeof claim = (store, response, who) => store.transaction((trx) => claim(trx, response, who));

      const { holder, told } = await claimAtOnce([await open()], 20, inTransaction);

      expect(told).toEqual([holder]);
    });

    test('is as it was when a transaction is undone', async () => {
      const store = await open();
      await plan(store, 'Kenya123');

      const undone = store.transaction(async (trx) => {
        expect(await claim(trx, 'Kenya123', '1')).toBe(true);
        await trx.teams.log(anEvent('Kenya123'));
        throw new Error('undone');
      });

      await expect(undone).rejects.toThrow('undone');
      expect([await taskOf(store, 'Kenya123', 1), await store.teams.logOf('Kenya123', 9)]).toEqual([aTask('Kenya123', 1), []]);
    });
  });

  describe('The log of a response', () => {
    test('tells the latest first, at most so many, with the task as it was', async () => {
      const store = await open();
      for (const id of ['Kenya123', 'another1']) await plan(store, id);
      const before = aTask('Kenya123', 2, { holder: { kind: 'cluster', side: THEIRS, name: 'women' }, snooze: { until: '2026-07-12', reason: 'ill' } });
      const events = [
        anEvent('Kenya123'),
        anEvent('Kenya123', { task: 2, what: 'release', by: { side: THEIRS, id: 'U1' }, before, at: NOON + 1 }),
        anEvent('Kenya123', { task: 1, what: 'hand-back', before: aTask('Kenya123', 1, { holder: aPerson('1') }), at: NOON }),
      ];
      for (const event of [anEvent('another1'), ...events]) await store.teams.log(event);

      const told = await store.teams.logOf('Kenya123', 9);

      expect(told.map(({ id: _, ...event }) => event)).toEqual(events.toReversed());
      expect(await store.teams.logOf('Kenya123', 2)).toEqual(told.slice(0, 2));
      expect(told.map(({ id }) => id)).toEqual(told.map(({ id }) => id).toSorted((a, b) => b - a));
    });
  });
}
