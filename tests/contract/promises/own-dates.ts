import { describe, expect, test } from 'vitest';
import type { Deadline } from '../../../src/domain/calendar/deadline.ts';
import type { Change, Picture } from '../../../src/domain/calendar/diff.ts';
import type { Correction, OwnView } from '../../../src/domain/calendar/team.ts';
import { dayWhen } from '../../../src/domain/calendar/when.ts';
import { GENEVA } from '../../../src/domain/time.ts';
import type { Place, Store, TeamRevision } from '../../../src/store/store.ts';
import { aDeadline, aReview } from '../../support/a-calendar.ts';
import type { Open } from '../store.ts';
import { aChannel, follow, NOON } from './cast.ts';

const KENYA = '54-KEN-stakeholder_submission';
const OURS: Place = { platform: 'discord', id: 'coalition' };
const THEIRS: Place = { platform: 'slack', id: 'coalition' };
const on = (day: string) => dayWhen(day, GENEVA);
const SHARED: Picture = { deadlines: new Map([[KENYA, aDeadline()]]), reviews: new Map([['54-KEN', aReview()]]) };

function ownView(when: string | null): OwnView {
  const deadline = when === null ? null : aDeadline({ when: on(when) });
  return { deadlines: new Map([[KENYA, deadline]]), reviews: new Map([['54-KEN', aReview({ stage: 'date-confirmed' })]]) };
}

const NOTHING: OwnView = { deadlines: new Map(), reviews: new Map() };

function aCorrection(day: string, more: Partial<Correction> = {}): Correction {
  const source = { id: 'team:1', url: 'https://www.ohchr.org/x', name: null, notBefore: null, says: 'a letter', class: 'official', byTeam: true } as const;
  const of = { deadline: KENYA, session: 54, state: 'KEN', kind: 'stakeholder_submission' } as const;
  return { ...of, when: on(day), certainty: 'published', source, note: 'A note — with “marks”', made: '2026-07-10', ...more };
}

const recorded = (change: Change) => ({ change, posted: true, known: null });
const moveTo = (day: string): Change => {
  const after: Deadline = aDeadline({ when: on(day) });
  return { about: 'date', what: 'moved', before: aDeadline(), after };
};

function team(place: Place, own: OwnView, more: Partial<TeamRevision> = {}): TeamRevision {
  return { place, own, changes: [], apart: [], ...more };
}

const revise = (store: Store, teams: readonly TeamRevision[], now = NOON, picture: Picture | null = null, changes: readonly Change[] = []) =>
  store.calendar.revise({ picture, changes: changes.map(recorded), teams, now, reason: 'a test' });

async function begun(open: Open): Promise<Store> {
  const store = await open();
  await revise(store, [], NOON, SHARED);
  return store;
}

const idsOf = (changes: readonly { readonly revision: number; readonly seq: number }[]) => changes.map(({ revision, seq }) => `${revision}|${seq}`);

export function ownDatePromises(open: Open): void {
  describe('Corrections of an installation', () => {
    test('are given back word for word, one a date, to the installation alone', async () => {
      const store = await open();
      for (const place of [OURS, THEIRS]) await store.ownDates.put(place, aCorrection('2026-07-22'));
      await store.ownDates.put(OURS, aCorrection('2026-07-24', { note: null }));

      expect(await store.ownDates.corrections(OURS)).toEqual([{ place: OURS, correction: aCorrection('2026-07-24', { note: null }) }]);
      await store.ownDates.withdraw(OURS, KENYA);
      expect(await store.ownDates.corrections()).toEqual([{ place: THEIRS, correction: aCorrection('2026-07-22') }]);
    });

    test('make its own view, beside which the calendar of all stays as it is', async () => {
      const store = await begun(open);
      await store.ownDates.put(OURS, aCorrection('2026-07-22'));
      await revise(store, [team(OURS, ownView('2026-07-22'))], NOON + 5);
      const [view, ...others] = await store.ownDates.views();

      expect([view?.place, view?.own, others]).toEqual([OURS, ownView('2026-07-22'), []]);
      expect(view?.versions.get(KENYA)).toEqual({ deadline: aDeadline({ when: on('2026-07-22') }), version: 1_000_001, since: NOON + 5, team: OURS });
      expect((await store.calendar.picture())?.picture).toEqual(SHARED);
      expect([await store.calendar.latest(), await store.calendar.latestOfAll()]).toMatchObject([
        { at: NOON + 5, ofTeams: true },
        { at: NOON, ofTeams: false },
      ]);
    });

    test('have versions that only rise, also across a time without, and are known since theirs', async () => {
      const store = await begun(open);
      await store.ownDates.put(OURS, aCorrection('2026-07-22'));
      const seen: unknown[] = [];
      for (const [index, day] of ['2026-07-22', '2026-07-22', '2026-07-24', null, '2026-07-24'].entries()) {
        await revise(store, [team(OURS, day === null ? NOTHING : ownView(day))], NOON + index);
        const entry = (await store.ownDates.views())[0]?.versions.get(KENYA);
        seen.push(entry === undefined ? null : [entry.version - 1_000_000, entry.since - NOON]);
      }

      expect(seen).toEqual([[1, 0], [1, 0], [2, 2], null, [3, 4]]);
    });

    test('may take a date away', async () => {
      const store = await begun(open);
      await revise(store, [team(OURS, ownView(null))]);

      expect((await store.ownDates.views())[0]).toMatchObject({ own: { deadlines: new Map([[KENYA, null]]) }, versions: new Map() });
    });

    test('tell what changed to their installation alone, in place of what all hear', async () => {
      const store = await begun(open);
      const { id } = await revise(store, [team(OURS, ownView('2026-07-22'), { changes: [recorded(moveTo('2026-07-22'))], apart: [KENYA] })], NOON + 5, SHARED, [
        moveTo('2026-07-30'),
      ]);
      const heardBy = async (place?: Place) => [
        idsOf(await store.calendar.changesBetween(NOON, NOON + 5, place)),
        idsOf(await store.calendar.historyOf(KENYA, 9, place)),
      ];

      expect([idsOf(await store.calendar.changesOf(id)), idsOf(await store.calendar.teamChangesOf(id))]).toEqual([[`${id}|0`], [`${id}|1`]]);
      expect((await store.calendar.teamChangesOf(id))[0]?.team).toEqual(OURS);
      expect(await store.calendar.change(id, 1)).toMatchObject({ team: OURS, change: moveTo('2026-07-22') });
      expect(await heardBy(OURS)).toEqual([[`${id}|1`], [`${id}|1`, `${id}|0`]]);
      expect(await heardBy(THEIRS)).toEqual([[`${id}|0`], [`${id}|0`]]);
      expect(await heardBy()).toEqual([[`${id}|0`], [`${id}|0`]]);
      expect([await store.ownDates.apart(id, KENYA), await store.ownDates.apart(id, '54-KEN-review')]).toEqual([[OURS], []]);
    });

    test('are gone after an erasure, with all that follows from them, and every process can tell', async () => {
      const store = await begun(open);
      for (const place of [OURS, THEIRS]) {
        await store.ownDates.put(place, aCorrection('2026-07-22'));
        await revise(store, [team(place, ownView('2026-07-22'), { changes: [recorded(moveTo('2026-07-22'))], apart: [KENYA] })]);
      }
      await store.alerts.plan([
        { onceKey: 'a|@discord/coalition', work: '{}', profile: null },
        { onceKey: 'a|@slack/coalition', work: '{}', profile: null },
      ]);
      const before = await store.calendar.latest();

      expect((await store.installations.stored(OURS)).corrections).toBe(1);
      expect((await store.installations.erase(OURS)).corrections).toBe(1);
      expect((await store.ownDates.views()).map(({ place }) => place)).toEqual([THEIRS]);
      expect(await store.calendar.historyOf(KENYA, 9, OURS)).toEqual([]);
      expect(await store.calendar.historyOf(KENYA, 9, THEIRS)).toHaveLength(1);
      expect((await store.alerts.openFanouts()).map(({ onceKey }) => onceKey)).toEqual(['a|@slack/coalition']);
      expect((await store.calendar.latest())?.id).toBeGreaterThan(before?.id ?? 0);
      await store.ownDates.withdraw(THEIRS, KENYA);
      expect((await store.installations.of('slack')).map(({ id }) => id)).toEqual([]);
    });

    test('keep an installation among those that something is stored of', async () => {
      const store = await open();
      await store.ownDates.put(THEIRS, aCorrection('2026-07-22'));

      expect(await store.installations.of('slack')).toEqual([{ ...THEIRS, goneAt: null }]);
    });
  });

  describe('Followers of one installation', () => {
    test('are found without those of others, page by page', async () => {
      const store = await open();
      for (const id of ['a', 'b', 'c']) {
        await store.subscriptions.putChannel(aChannel(id, id === 'b' ? { installation: 'others' } : {}));
        await follow(store, id, ['KEN']);
      }
      const first = await store.subscriptions.followers({ profile: null, state: 'KEN', cursor: '', limit: 1, place: OURS });
      const second = await store.subscriptions.followers({ profile: null, state: 'KEN', cursor: first.cursor ?? '', limit: 9, place: OURS });

      expect([first, second].flatMap(({ rows }) => rows.map(({ channel, place }) => [channel, place]))).toEqual([
        ['a', OURS],
        ['c', OURS],
      ]);
    });
  });
}
