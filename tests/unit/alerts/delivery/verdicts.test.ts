import { describe, expect, test } from 'vitest';
import { ChatError, type ChatErrorReason } from '../../../../src/adapters/adapter.ts';
import type { Finished } from '../../../../src/alerts/delivery/letter.ts';
import { verdictOn } from '../../../../src/alerts/delivery/outcome.ts';
import type { Memory } from '../../../../src/alerts/memory.ts';
import { viewsOver } from '../../../../src/alerts/views.ts';
import { dayWhen } from '../../../../src/domain/calendar/when.ts';
import { GENEVA } from '../../../../src/domain/time.ts';
import type { Alert } from '../../../../src/store/store.ts';
import { aDeadline } from '../../../support/a-calendar.ts';
import { createFakeAdapter } from '../../../support/fake-platform/adapter.ts';

const NOW = Date.parse('2026-07-10T07:00:00Z');
const [SECOND, MINUTE] = [1_000, 60_000];
const AHEAD = aDeadline({ when: dayWhen('2026-07-17', GENEVA) });

interface Case {
  readonly answer: Finished['answer'];
  readonly alerts?: readonly Partial<Alert>[];
  /** Seconds since it was begun. */
  readonly age?: number;
  readonly tries?: number;
  readonly repeatSafeMs?: number;
  /** The version of the date that the calendar has now. */
  readonly version?: number;
  readonly day?: string;
}

function verdict({ answer, alerts = [{}], age = 0, tries = 0, repeatSafeMs = 0, version = 1, day = '2026-07-17' }: Case) {
  const adapter = createFakeAdapter({ flavour: 'discord', url: 'http://127.0.0.1:1', repeatSafeMs });
  const lead = { id: 7, type: 'lead', deadline: AHEAD.id, version: 1, repeats: 0, attempts: 0, reason: null } as Partial<Alert>;
  const target = { installation: 'i', channel: 'c' };
  const letter = {
    delivery: { id: 1, channel: 'c', fence: 1 },
    channel: { target },
    alerts: alerts.map((alert) => ({ ...lead, ...alert })),
    begunAt: NOW - age * SECOND,
    tries,
    edits: null,
  };
  const finished = { letter, startedAt: 0, at: 0, answer, missing: [] } as unknown as Finished;
  const deadline = { ...AHEAD, when: dayWhen(day, GENEVA) };
  const versions = new Map([[AHEAD.id, { deadline, version, since: 0 }]]);
  const picture = { deadlines: new Map(), reviews: new Map() };
  const memory = { versions, picture, views: viewsOver({ picture, versions }, []) } as unknown as Memory;
  const found = verdictOn(finished, adapter, { memory, now: NOW, random: () => 0.5, requestMs: 10 * SECOND });
  return 'againAt' in found ? { againIn: found.againAt - NOW } : found.result;
}

const refused = (reason: ChatErrorReason, retryAfterMs?: number) => new ChatError(reason, retryAfterMs === undefined ? {} : { retryAfterMs });
const ambiguous = refused('ambiguous');

describe('A message that surely did not arrive', () => {
  test.each([0, 1, 2, 3, 4, 9, 40])('waits longer with each try, to a minute (%i tries before)', (attempts) => {
    const { retryAt } = verdict({ answer: refused('unavailable'), alerts: [{ attempts }] }) as { retryAt: number };

    expect(retryAt - NOW).toBe(Math.min(MINUTE, 5 * SECOND * 2 ** attempts));
  });

  test('waits as long as the platform said, and where it said nothing or zero as any other', () => {
    const waits = [12_345, 0, undefined].map((ms) => verdict({ answer: refused('rate-limited', ms) }));

    expect(waits.map((found) => ('retryAt' in found ? found.retryAt - NOW : null))).toEqual([12_345, 5 * SECOND, 5 * SECOND]);
  });

  test('because the token is refused waits', () => {
    expect(verdict({ answer: refused('fatal') })).toMatchObject({ outcome: 'postponed', reason: 'fatal' });
  });

  test('for want of a right is asked again after a quarter of an hour, and then believed', () => {
    expect(verdict({ answer: refused('forbidden') })).toMatchObject({ outcome: 'postponed', reason: 'forbidden', retryAt: NOW + 15 * MINUTE });
    expect(verdict({ answer: refused('forbidden'), alerts: [{}, { reason: 'forbidden' }] })).toMatchObject({ outcome: 'failed', reason: 'forbidden' });
  });

  test.each(['rejected', 'channel-gone', 'installation-gone'] as const)('and never will (%s) has failed', (reason) => {
    expect(verdict({ answer: refused(reason) })).toMatchObject({ outcome: 'failed', reason });
  });

  test('because its request was never begun is as if nothing had been', () => {
    expect(verdict({ answer: 'not-begun' })).toEqual({ id: 1, fence: 1, outcome: 'unsent' });
  });
});

describe('A message of unknown outcome', () => {
  const NONCE = { repeatSafeMs: 90 * SECOND };

  test('goes out again under its key while that is safe: at once, then after one second, two, four', () => {
    expect([0, 1, 2, 3].map((tries) => verdict({ answer: ambiguous, tries, ...NONCE }))).toEqual([0, 1, 2, 4].map((s) => ({ againIn: s * SECOND })));
  });

  test('does so only when the answer would come before the window closes', () => {
    expect(verdict({ answer: ambiguous, age: 79, ...NONCE })).toEqual({ againIn: 0 });
    expect(verdict({ answer: ambiguous, age: 80, ...NONCE })).toMatchObject({ outcome: 'in-doubt', again: [7] });
  });

  test.each(['unavailable', 'rate-limited', 'fatal', 'forbidden'] as const)(
    'stays so when a further try is refused (%s): that says nothing of the first',
    (reason) => {
      expect(verdict({ answer: refused(reason), tries: 1, ...NONCE })).toEqual({ againIn: SECOND });
      expect(verdict({ answer: refused(reason), tries: 1, age: 85, ...NONCE })).toMatchObject({ outcome: 'in-doubt', again: [7] });
    },
  );

  test('stays so when a further try never began', () => {
    expect(verdict({ answer: 'not-begun', tries: 1, age: 85, ...NONCE })).toMatchObject({ outcome: 'in-doubt', again: [7] });
  });

  test('is said once more, marked, where nothing makes a repeat safe', () => {
    expect(verdict({ answer: ambiguous })).toMatchObject({ outcome: 'in-doubt', again: [7], retryAt: NOW + 5 * SECOND });
  });

  test.each([
    ['it was repeated already', { alerts: [{ repeats: 1 }] }],
    ['its date moved: the correction speaks', { version: 2 }],
    ['its deadline has passed', { day: '2026-07-09' }],
  ])('is not said again when %s', (_, more) => {
    expect(verdict({ answer: ambiguous, ...more })).toMatchObject({ outcome: 'in-doubt', again: [] });
  });

  test('is not even repeated under its key when its date moved', () => {
    expect(verdict({ answer: ambiguous, version: 2, ...NONCE })).toMatchObject({ outcome: 'in-doubt', again: [] });
  });

  test.each(['change', 'notice', 'check'] as const)('is said again whatever the date, when it is a %s', (type) => {
    expect(verdict({ answer: ambiguous, alerts: [{ type, version: 1 }], version: 2 })).toMatchObject({ again: [7] });
  });

  test('is repeated for those of its alerts that are worth it', () => {
    expect(verdict({ answer: ambiguous, alerts: [{ id: 1 }, { id: 2, repeats: 1 }, { id: 3 }] })).toMatchObject({ again: [1, 3] });
  });
});
