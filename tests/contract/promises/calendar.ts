import { describe, expect, test } from 'vitest';
import type { Deadline } from '../../../src/domain/calendar/deadline.ts';
import { diffPictures, type Picture } from '../../../src/domain/calendar/diff.ts';
import { dayWhen, minuteWhen, rangeWhen, unknownWhen, type When } from '../../../src/domain/calendar/when.ts';
import { GENEVA } from '../../../src/domain/time.ts';
import type { Store } from '../../../src/store/store.ts';
import { aDeadline, anEvent, aReview } from '../../support/a-calendar.ts';
import type { Open } from '../store.ts';
import { NOON } from './cast.ts';

const KENYA = '54-KEN-stakeholder_submission';
const on = (day: string) => dayWhen(day, GENEVA);

function aPicture(deadlines: readonly Deadline[], reviews = [aReview()]): Picture {
  return { deadlines: new Map(deadlines.map((deadline) => [deadline.id, deadline])), reviews: new Map(reviews.map((review) => [review.id, review])) };
}

const revise = (store: Store, picture: Picture, now = NOON) => store.calendar.revise({ picture, changes: [], now, reason: 'a test' });

/** Version and `since` of Kenya's deadline after each of these dates in turn; null = it is gone. */
async function versionsOf(store: Store, dates: readonly (When | null)[]) {
  const seen: (readonly [number, number] | null)[] = [];
  for (const [index, when] of dates.entries()) {
    await revise(store, aPicture(when === null ? [] : [aDeadline({ when })]), NOON + index);
    const entry = (await store.calendar.picture())?.versions.get(KENYA);
    seen.push(entry === undefined ? null : [entry.version, entry.since]);
  }
  return seen;
}

export function calendarPromises(open: Open): void {
  describe('A calendar in the store', () => {
    test('is null before the first, and given back word for word', async () => {
      const store = await open();
      const usa = aReview({ state: 'USA', session: 50, stage: 'rescheduled', by: anEvent('rescheduled', { to: 53 }), events: [anEvent('absent')] });
      const picture = aPicture([aDeadline({ note: 'A note — with “marks”, ‏عربي and \u0000' }), aDeadline({ state: 'FRA', when: unknownWhen(GENEVA) })], [usa]);

      expect([await store.calendar.picture(), await store.calendar.latest()]).toEqual([null, null]);
      await revise(store, picture);

      expect((await store.calendar.picture())?.picture).toEqual(picture);
    });

    test('numbers its revisions upwards and gives those after one', async () => {
      const store = await open();
      const ids = [];
      for (const day of ['2026-07-17', '2026-07-24', '2026-07-31']) ids.push((await revise(store, aPicture([aDeadline({ when: on(day) })]))).id);

      const [first = 0, second = 0, third = 0] = ids;
      expect(first < second && second < third).toBe(true);
      expect((await store.calendar.revisionsAfter(first)).map((revision) => revision.id)).toEqual([second, third]);
      expect(await store.calendar.latest()).toEqual({ id: third, at: NOON, reason: 'a test', ofTeams: false });
    });

    test('tells what became of one date, the latest first, and of no other', async () => {
      const store = await open();
      // `_` in an id is not any character: the second State's date differs from the first in one only.
      const days = ['2026-07-17', '2026-07-24', '2026-07-31'].map((day) =>
        aPicture([aDeadline({ when: on(day) }), aDeadline({ id: KENYA.replace('_', '-'), when: on(day) })]),
      );
      for (const [index, picture] of days.entries()) {
        const changes = diffPictures(days[index - 1] ?? picture, picture).map((change) => ({ change, posted: true, known: null }));
        await store.calendar.revise({ picture, changes, now: NOON + index, reason: 'a test' });
      }
      const history = await store.calendar.historyOf(KENYA, 10);

      expect(history.map(({ at, change }) => [at, change.about === 'date' && change.after?.id, change.about === 'date' && change.after?.when.from])).toEqual([
        [NOON + 2, KENYA, '2026-07-31'],
        [NOON + 1, KENYA, '2026-07-24'],
      ]);
      expect(await store.calendar.historyOf(KENYA, 1)).toHaveLength(1);
      expect(await store.calendar.historyOf('54-FRA-review', 10)).toEqual([]);
    });

    test('tells what became known after one time and up to another', async () => {
      const store = await open();
      const days = ['2026-07-17', '2026-07-24', '2026-07-31'].map((day) => aPicture([aDeadline({ when: on(day) })]));
      for (const [index, picture] of days.entries()) {
        const changes = diffPictures(days[index - 1] ?? picture, picture).map((change) => ({ change, posted: index === 1, known: null }));
        await store.calendar.revise({ picture, changes, now: NOON + index, reason: 'a test' });
      }
      const between = async (after: number, until: number) => (await store.calendar.changesBetween(after, until)).map(({ at, posted }) => [at - NOON, posted]);

      expect(await between(0, NOON + 2)).toEqual([
        [1, true],
        [2, false],
      ]);
      expect([await between(NOON + 1, NOON + 2), await between(NOON, NOON + 1), await between(NOON + 2, NOON + 9)]).toEqual([[[2, false]], [[1, true]], []]);
    });

    test('remembers the changes of each revision in order', async () => {
      const store = await open();
      const [before, after] = [aPicture([aDeadline()]), aPicture([aDeadline({ when: on('2026-07-24') })], [aReview({ events: [anEvent('held')] })])];
      await revise(store, before);
      const changes = diffPictures(before, after).map((change, seq) => ({ change, posted: seq === 0, known: seq === 0 ? '2025-11-07' : null }));

      const { id } = await store.calendar.revise({ picture: after, changes, now: NOON + 5, reason: 'moved' });

      expect(await store.calendar.changesOf(id)).toEqual(changes.map((entry, seq) => ({ ...entry, revision: id, seq, at: NOON + 5 })));
      expect(await store.calendar.change(id, 1)).toMatchObject({ change: changes[1]?.change });
      expect([await store.calendar.change(id, 2), await store.calendar.changesOf(id + 1)]).toEqual([null, []]);
    });

    test('holds thousands of deadlines', async () => {
      const store = await open();
      const many = Array.from({ length: 3000 }, (_, index) => aDeadline({ state: `S${index}` }));

      await revise(store, aPicture(many));

      expect((await store.calendar.picture())?.versions.size).toBe(3000);
    });

    test('forgets a review that is listed no more', async () => {
      const store = await open();
      await revise(store, aPicture([aDeadline()], [aReview(), aReview({ state: 'USA' })]));

      await revise(store, aPicture([aDeadline()], [aReview()]));

      expect([...((await store.calendar.picture())?.picture.reviews.keys() ?? [])]).toEqual(['54-KEN']);
    });
  });

  describe('The version of a date', () => {
    test('begins at one, known since for ever in the first calendar and since its revision in a later one', async () => {
      const store = await open();
      await revise(store, aPicture([aDeadline()]));

      await revise(store, aPicture([aDeadline(), aDeadline({ state: 'FRA' })]), NOON + 7);

      const versions = (await store.calendar.picture())?.versions;
      expect([versions?.get(KENYA)?.since, versions?.get(KENYA)?.version]).toEqual([0, 1]);
      expect([versions?.get('54-FRA-stakeholder_submission')?.since, versions?.get('54-FRA-stakeholder_submission')?.version]).toEqual([NOON + 7, 1]);
    });

    test('rises when the day, the hour or the precision changes', async () => {
      const dates = [on('2026-07-17'), on('2026-07-24'), minuteWhen('2026-07-24', '15:00', GENEVA), rangeWhen('2026-07-24', '2026-07-24', GENEVA)];

      expect(await versionsOf(await open(), dates)).toEqual([
        [1, 0],
        [2, NOON + 1],
        [3, NOON + 2],
        [4, NOON + 3],
      ]);
    });

    test('does not rise for anything else', async () => {
      const store = await open();
      await revise(store, aPicture([aDeadline()]));

      await revise(
        store,
        aPicture([aDeadline({ certainty: 'tentative', note: 'Looked at.', checked: '2026-07-09', source: ['press'], standing: 'suspended' })]),
        NOON + 1,
      );

      const entry = (await store.calendar.picture())?.versions.get(KENYA);
      expect([entry?.version, entry?.since, entry?.deadline.certainty]).toEqual([1, 0, 'tentative']);
    });

    test('rises when a date comes back to what it was, also after it was gone', async () => {
      const back = [on('2026-07-17'), on('2026-07-24'), on('2026-07-17')];
      const gone = [on('2026-07-17'), null, on('2026-07-17')];

      expect(await versionsOf(await open(), back)).toEqual([
        [1, 0],
        [2, NOON + 1],
        [3, NOON + 2],
      ]);
      expect(await versionsOf(await open(), gone)).toEqual([[1, 0], null, [2, NOON + 2]]);
    });
  });

  describe('Calendar files', () => {
    const file = (name: string, version: number, layer: 'shipped' | 'operator' = 'shipped') => ({ layer, file: name, version, body: `version: ${version}` });

    test('are kept by layer and name, the last one put of each', async () => {
      const store = await open();
      await store.calendar.putFiles([file('54.yaml', 1), file('50.yaml', 1), file('54.yaml', 7, 'operator')], NOON);
      await store.calendar.putFiles([file('54.yaml', 2)], NOON);

      expect(await store.calendar.files('shipped')).toEqual([file('50.yaml', 1), file('54.yaml', 2)]);
      expect(await store.calendar.files('operator')).toEqual([file('54.yaml', 7, 'operator')]);
    });
  });
}
