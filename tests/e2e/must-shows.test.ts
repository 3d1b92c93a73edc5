import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { checkJson, nextJson, outputs, simulateJson, stateJson } from '../../src/cli/output.ts';
import { typed } from '../support/a-command-line.ts';
import { aHome, type Home } from '../support/a-process.ts';

let home: Home;

beforeAll(() => {
  home = aHome();
});

afterAll(() => home.remove());

async function json<S extends z.ZodType>(schema: S, ...args: readonly string[]): Promise<z.infer<S>> {
  const { code, out, err } = await typed(home, [...args, '--json']);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return schema.parse(JSON.parse(out));
}

const USA = ['state', 'USA', '--at', '2025-11-10T12:00:00Z', '--as-of'];

describe('The United States as known on 10 November 2025', () => {
  test('report not submitted, non-participation announced, absent, put to session 53 with no day, and no countdown', async () => {
    const { current, next, reviews } = await json(stateJson, ...USA, '2025-11-10');

    const fifty = reviews.find(({ review }) => review.session === 50)?.review;
    expect(fifty).toMatchObject({ stage: 'rescheduled', movedTo: 53, nationalReport: { due: '2025-08-04', submitted: false } });
    expect(fifty?.nationalReport.looks.length).toBeGreaterThan(0);
    expect(fifty?.events.map(({ on, what }) => `${on} ${what}`)).toEqual(
      expect.arrayContaining(['2025-08-28 non-participation-announced', '2025-11-07 absent', '2025-11-07 rescheduled']),
    );
    expect(current).toMatchObject({ session: 53, movedFrom: 50 });
    expect(next).toEqual({ session: 53, due: '2026-11-01..2026-11-30', daysLeft: null });
    const counted = reviews.flatMap(({ deadlines }) => deadlines.filter(({ session, daysLeft }) => session === 53 && daysLeft !== null));
    expect(counted).toEqual([]);
  });

  test('the dates of stakeholders stand, what follows a review has fallen, and everything that happened has a source', async () => {
    const { reviews } = await json(stateJson, ...USA, '2025-11-10');

    const fifty = reviews.find(({ review }) => review.session === 50);
    const standing = (...kinds: string[]) => kinds.map((kind) => fifty?.deadlines.find((deadline) => deadline.kind === kind)?.standing);
    expect(standing('stakeholder_submission', 'presession')).toEqual(['standing', 'standing']);
    expect(standing('recommendations_circulated', 'addendum', 'outcome_adoption')).toEqual(['fallen', 'fallen', 'fallen']);
    expect(reviews.flatMap(({ review }) => review.events).filter(({ source }) => source.length === 0)).toEqual([]);
  });

  test('on 1 July 2025 none of this was known', async () => {
    const answer = await json(stateJson, ...USA, '2025-07-01');

    expect(answer.reviews.map(({ review }) => review.session)).toEqual([50]);
    expect(answer.current).toMatchObject({ stage: 'scheduled', events: [], movedTo: null, nationalReport: { submitted: null, looks: [] } });
    expect(JSON.stringify(answer)).not.toMatch(/absen|announce|reschedul|non-cooperation|declin|skip/i);
  });
});

describe('simulate --from 2025-06-01 --to 2025-12-31 --state USA', () => {
  const asked = ['simulate', '--from', '2025-06-01', '--to', '2025-12-31', '--state', 'USA'];

  test('tells the overdue report at one and fourteen days, the announcement, the absence and the new session, each once, and nothing that follows a review', async () => {
    const { messages } = await json(simulateJson, ...asked);

    const told = messages
      .filter(({ type }) => type !== 'digest')
      .flatMap(({ at, about }) => about.map(({ what, deadline, review }) => ({ what, line: `${at.slice(0, 10)} ${what} ${deadline ?? review}` })));
    const lines = (...whats: string[]) => told.filter(({ what }) => whats.includes(what)).map(({ line }) => line);
    expect(lines('+1d', '+14d')).toEqual(['2025-08-05 +1d 50-USA-national_report', '2025-08-18 +14d 50-USA-national_report']);
    expect(lines('non-participation-announced', 'absent', 'rescheduled')).toEqual([
      '2025-08-28 non-participation-announced 50-USA',
      '2025-11-07 absent 50-USA',
      '2025-11-07 rescheduled 50-USA',
    ]);
    expect(new Set(told.map(({ line }) => line)).size).toBe(told.length);
    expect(told.filter(({ line }) => /recommendations_circulated|wg_report|addendum|outcome_adoption/.test(line))).toEqual([]);
  });

  test('gives the same words twice, and never says that a State refused', async () => {
    const [first, second] = await Promise.all([typed(home, asked), typed(home, asked)]);

    expect(first).toEqual(second);
    expect(first.out).not.toMatch(/refus/i);
  });
});

describe('next --at 2026-11-24T12:00:00Z', () => {
  test('--limit 20 lists twenty in order, each with its due date, certainty, source and day of checking, estimates with their range, and what is unknown', async () => {
    const { upcoming, unknown, more } = await json(nextJson, 'next', '--at', '2026-11-24T12:00:00Z', '--limit', '20');

    const starts = upcoming.map(({ range }) => range?.from ?? '');
    expect(upcoming).toHaveLength(20);
    expect(more).toBeGreaterThan(0);
    expect(starts).toEqual([...starts].sort());
    expect(upcoming.filter(({ range }) => (range?.to ?? '') < '2026-11-24')).toEqual([]);
    expect(upcoming.filter(({ source, checked, due }) => source.length === 0 || checked === null || due === null)).toEqual([]);
    const estimates = upcoming.filter(({ certainty }) => certainty === 'estimated');
    expect(estimates.filter(({ due, range, daysLeft }) => due !== `${range?.from}..${range?.to}` || daysLeft !== null)).toEqual([]);
    expect(unknown.map(({ kind, session }) => `${session} ${kind}`)).toEqual(
      expect.arrayContaining(['53 stakeholder_submission', '54 un_entity_contribution']),
    );
    expect(unknown.filter(({ due, whereToLook }) => due !== null || whereToLook === null)).toEqual([]);
  });

  test('can be asked of a region, a kind and a session', async () => {
    const { upcoming } = await json(nextJson, 'next', '--at', '2026-11-24T12:00:00Z', '--region', 'african', '--kind', 'review', '--session', '54');

    expect(upcoming).toHaveLength(1);
    expect(upcoming[0]?.states.map(({ code }) => code).sort()).toEqual(['SDN', 'SSD', 'TGO', 'UGA', 'ZWE']);
  });
});

describe('The shipped calendar', () => {
  test('is sound: 193 States, each once in cycle 4', async () => {
    const counts = await json(checkJson, 'calendar', 'check');

    expect(counts).toMatchObject({ states: 193, observers: 2, sessions: 19, faults: [] });
    expect(counts.originalListings['4']).toBe(193);
  });

  test('answers for a session in the shape that is documented', async () => {
    const { reviews, session } = await json(outputs.session, 'session', '50');

    expect(session).toBe(50);
    expect(reviews).toHaveLength(14);
  });
});
