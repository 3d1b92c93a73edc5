import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createPace, type PaceKeeper } from '../../../../src/alerts/delivery/pace.ts';
import { createLimits } from '../../../support/fake-platform/limits.ts';

const UNKNOWN = { tokenMs: 0, channelMs: 0 };
const HOUR = 3_600_000;

type Answered = 'taken' | { readonly limit?: 'channel' | 'token'; readonly retryAfterMs: number | null };

/** One request that is answered at once. */
function ask(pace: PaceKeeper, at: number, answer: Answered = 'taken', channel = 'a'): void {
  pace.started(channel, at);
  tell(pace, { channel, startedAt: at, at }, answer);
}

function tell(pace: PaceKeeper, request: { channel: string; startedAt: number; at: number }, answer: Answered): void {
  const limited = answer === 'taken' ? null : { limit: answer.limit ?? 'channel', retryAfterMs: answer.retryAfterMs };
  pace.answered({ ...request, room: null, limited, taken: limited === null });
}

describe('A pace that nobody published', () => {
  test('is learnt from the burst that was refused: so many were taken in so long', () => {
    const pace = createPace(UNKNOWN);
    for (let message = 0; message < 5; message += 1) ask(pace, 0);
    ask(pace, 0, { retryAfterMs: 5_000 });
    expect(pace.next('a')).toBe(5_000);

    ask(pace, 5_000);
    expect(pace.next('a')).toBe(6_020);
  });

  test('of a token holds every channel, that of a channel no other', () => {
    const [token, channel] = [createPace(UNKNOWN), createPace(UNKNOWN)];
    ask(token, 0, { limit: 'token', retryAfterMs: 2_000 });
    ask(channel, 0, { limit: 'channel', retryAfterMs: 2_000 });

    expect([token.next('a'), token.next('b'), channel.next('a'), channel.next('b')]).toEqual([2_000, 2_000, 2_000, 0]);
  });

  test('is learnt once a burst: what was on its way when the first was refused teaches nothing', () => {
    const pace = createPace(UNKNOWN);
    ask(pace, 0);
    for (let request = 0; request < 9; request += 1) pace.started('a', 1);
    for (let request = 0; request < 9; request += 1) tell(pace, { channel: 'a', startedAt: 1, at: 10 + request * 100 }, { retryAfterMs: 990 });
    ask(pace, 1_800);

    expect(pace.next('a')).toBe(1_800 + 1_000 * 1.02);
  });

  test('does not mistake a quiet hour before the burst for a slow platform', () => {
    const pace = createPace(UNKNOWN);
    for (let at = 0; at < HOUR; at += 9_000) ask(pace, at, 'taken', 'b');
    for (let message = 0; message < 50; message += 1) ask(pace, HOUR, 'taken', `${message}`);
    ask(pace, HOUR, { limit: 'token', retryAfterMs: 1_000 }, 'late');
    ask(pace, HOUR + 1_000, 'taken', 'c');

    expect(pace.next('d')).toBeLessThan(HOUR + 1_000 + 25);
  });

  test('is not what a long penalty says: it is kept once', () => {
    const pace = createPace(UNKNOWN);
    ask(pace, 0);
    ask(pace, 0, { limit: 'token', retryAfterMs: 600_000 });
    expect(pace.next('a')).toBe(600_000);

    ask(pace, 600_000);
    expect(pace.next('b')).toBeLessThanOrEqual(601_020);
  });

  test('is forgotten after an hour', () => {
    const pace = createPace(UNKNOWN);
    ask(pace, 0);
    ask(pace, 0, { retryAfterMs: 1_000 });
    ask(pace, HOUR);
    const learnt = pace.next('a');
    ask(pace, HOUR + 2_000);

    expect([learnt, pace.next('a')]).toEqual([HOUR + 1_020, HOUR + 2_000]);
  });

  test.each([null, 0])('without a time to wait (%s) is asked after one second, two, four and so on to a minute', (retryAfterMs) => {
    const pace = createPace(UNKNOWN);
    const waits = Array.from({ length: 9 }, () => {
      const at = pace.next('a') + 1;
      ask(pace, at, { retryAfterMs });
      return pace.next('a') - at;
    });
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]);
  });

  test('counts ten that were refused together as one refusal', () => {
    const pace = createPace(UNKNOWN);
    for (let request = 0; request < 10; request += 1) pace.started('a', 1);
    for (let request = 0; request < 10; request += 1) tell(pace, { channel: 'a', startedAt: 1, at: 5 }, { retryAfterMs: null });

    expect(pace.next('a')).toBe(1_005);
  });
});

test('A channel with nothing left waits for its refill, and holds no other up', () => {
  const pace = createPace(UNKNOWN);
  const answer = { channel: 'a', startedAt: 0, at: 40, limited: null, taken: true };
  pace.answered({ ...answer, room: { left: 1, refillsInMs: 5_000 } });
  const before = pace.next('a');
  pace.answered({ ...answer, room: { left: 0, refillsInMs: 5_000 } });

  expect([before, pace.next('a'), pace.next('b')]).toEqual([0, 5_040, 0]);
});

interface Drive {
  readonly pace: PaceKeeper;
  readonly limits: ReturnType<typeof createLimits>;
  readonly count: number;
  /** How late the n-th timer wakes. */
  readonly lateMs?: (n: number) => number;
}

/** Posts as fast as the pace allows; answers when each was asked, and whether it was taken. */
function drive({ pace, limits, count, lateMs = () => 0 }: Drive): readonly { at: number; taken: boolean }[] {
  const asked: { at: number; taken: boolean }[] = [];
  let [at, taken] = [0, 0];
  while (taken < count && asked.length < 2 * count) {
    const next = pace.next('a');
    if (next > at) at = Math.ceil(next) + lateMs(asked.length);
    const admission = limits.admit({ token: 't', channel: 'a' }, at);
    ask(pace, at, admission.taken ? 'taken' : { limit: admission.scope, retryAfterMs: admission.waitMs });
    asked.push({ at, taken: admission.taken });
    if (admission.taken) taken += 1;
  }
  return asked;
}

/** Of the messages after the last refusal, as a share of what the limit allows. */
function share(asked: readonly { at: number; taken: boolean }[], eachMs: number): number {
  const steady = asked.slice(asked.findLastIndex(({ taken }) => !taken) + 1);
  return ((steady.length - 1) * eachMs) / ((steady.at(-1)?.at ?? 0) - (steady[0]?.at ?? 0));
}

const limit = fc.record({ count: fc.integer({ min: 1, max: 20 }), eachMs: fc.integer({ min: 100, max: 5_000 }) });

describe('A pace that is kept and refused all the same, by an answer in whole seconds', () => {
  const kept = (pace: PaceKeeper, messages: number): number => {
    for (let message = 0; message < messages; message += 1) ask(pace, pace.next('a'));
    return pace.next('a');
  };

  test('is slowed a little when it was published or has proved itself, and not doubled', () => {
    const pace = createPace({ tokenMs: 0, channelMs: 1_000 });
    const refusedAt = kept(pace, 1);
    ask(pace, refusedAt, { retryAfterMs: 1_000 });
    const from = kept(pace, 1);

    expect(kept(pace, 10) - from).toBeCloseTo(10 * 1_020 * 1.03, 0);
  });

  test('is learnt anew when it is refused again before it has proved itself', () => {
    const pace = createPace({ tokenMs: 0, channelMs: 100 });
    for (let refusal = 0; refusal < 2; refusal += 1) {
      kept(pace, 1);
      ask(pace, pace.next('a'), { retryAfterMs: 1_000 });
    }
    const from = kept(pace, 1);

    expect(kept(pace, 1) - from).toBeGreaterThan(1_000);
  });
});

describe('Whatever the limit of a platform', () => {
  test.each([
    ['a bucket that leaks', 'slack', 'channel', 2],
    ['a window from the first message on', 'discord', 'channel', 1],
    ['a window that slides', 'slack', 'token', 1],
  ] as const)('%s refuses while it is learnt, never after, and is used to 95 %% and more', (_, flavour, scope, most) => {
    fc.assert(
      fc.property(limit, ({ count, eachMs }) => {
        const each = scope === 'token' ? Math.min(eachMs, 900) : eachMs;
        const limits = createLimits(flavour, { channel: null, token: null, [scope]: { count, perMs: each * count } });
        const asked = drive({ pace: createPace(UNKNOWN), limits, count: 150 });

        expect(asked.filter(({ taken }) => !taken).length).toBeLessThanOrEqual(most);
        expect(asked.filter(({ taken }) => taken)).toHaveLength(150);
        expect(share(asked, each)).toBeGreaterThan(0.95);
      }),
      { numRuns: 100 },
    );
  });

  test('a published pace is kept from the first message on, also when timers wake late, and used to 90 % and more', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 15 }), { minLength: 1, maxLength: 50 }), (late) => {
        const limits = createLimits('slack', { channel: null, token: { count: 50, perMs: 1_000 } });
        const asked = drive({ pace: createPace({ tokenMs: 20, channelMs: 0 }), limits, count: 500, lateMs: (n) => late[n % late.length] ?? 0 });

        expect(asked.every(({ taken }) => taken)).toBe(true);
        expect(share(asked, 20)).toBeGreaterThan(0.9);
      }),
      { numRuns: 50 },
    );
  });
});
