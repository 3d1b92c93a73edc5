import { describe, expect, test } from 'vitest';
import { dayWhen } from '../../../../src/domain/calendar/when.ts';
import { GENEVA } from '../../../../src/domain/time.ts';
import { type Post, withPost } from '../../../support/a-delivery.ts';
import { at } from '../../../support/a-voice.ts';
import { calendarOf } from '../../../support/some-dates.ts';

const [SECOND, MINUTE, HOUR] = [1_000, 60_000, 3_600_000];
const CHANNELS = Array.from({ length: 30 }, (_, index) => `channel-${index}`);
/** One lead is due in each channel at nine, with a grace of six hours. */
const PLAN = {
  flavour: 'discord',
  channels: CHANNELS,
  facts: calendarOf([{ state: 'KEN', kind: 'stakeholder_submission', when: dayWhen('2026-07-17', GENEVA) }]),
  ladders: { default: { stakeholder_submission: ['7d!', '1d!'] } },
  at: at('2026-07-10', '08:59'),
} as const;

type Outage = (post: Post) => Promise<() => unknown>;

const refusing: Outage = async ({ platform }) => {
  await platform.down();
  return platform.up;
};
const unavailable: Outage = async ({ platform }) => platform.rule(() => ({ kind: 'status', status: 503 }));
const hanging: Outage = async ({ hang }) => {
  const ends = CHANNELS.map(hang);
  return () => ends.map((end) => end());
};

/** An outage from a second before nine on, and what was heard two minutes after its end. */
async function outage(begin: Outage, lastsMs: number, lookEveryMs = SECOND) {
  return withPost({ ...PLAN, lookEveryMs }, async (post) => {
    await post.pass(59 * SECOND);
    const end = await begin(post);
    await post.pass(lastsMs);
    const asked = post.requests().length;
    await end();
    await post.pass(2 * MINUTE);
    const said = post.platform.posted();
    return {
      asked,
      heard: CHANNELS.map((channel) => post.platform.read(channel).length),
      catchUps: said.filter(({ text }) => text.startsWith('Catching up')).length,
      late: [...new Set(said.map(({ text }) => /Sent \d+ \w+ late/.exec(text)?.[0] ?? 'on time'))],
      counts: await post.store.alerts.counts(),
    };
  });
}

const ONE_EACH = CHANNELS.map(() => 1);

describe.each([
  ['refuses connections', refusing],
  ['answers 503', unavailable],
])('A platform that %s', (_, begin) => {
  test('for ten seconds costs nothing: each channel hears once, and on time', async () => {
    const { asked, heard, late, catchUps } = await outage(begin, 10 * SECOND);

    expect(heard).toEqual(ONE_EACH);
    expect([catchUps, late]).toEqual([0, ['on time']]);
    expect(asked).toBeLessThan(20);
  });

  test('for five minutes costs nothing: each channel hears once, and that it is late', async () => {
    const { asked, heard, late, catchUps } = await outage(begin, 5 * MINUTE);

    expect(heard).toEqual(ONE_EACH);
    expect([catchUps, late.every((text) => /Sent [56] minutes late/.test(text))]).toEqual([0, true]);
    expect(asked).toBeLessThan(30);
  });
});

test('A platform that is away for six hours is asked once a minute, and then each channel hears one catch-up within two minutes', async () => {
  const { asked, heard, catchUps, counts } = await outage(refusing, 6 * HOUR + 2 * SECOND, MINUTE);

  expect(heard).toEqual(ONE_EACH);
  expect([catchUps, counts.sent]).toEqual([30, 30]);
  expect(asked).toBeGreaterThan(200);
  expect(asked).toBeLessThan(450);
}, 60_000);

test('A platform that gives no answer for five minutes is left alone, and then each channel hears once', async () => {
  const { asked, heard, counts } = await outage(hanging, 5 * MINUTE);

  expect(heard).toEqual(ONE_EACH);
  expect([counts.sent, counts.pending, counts['in-doubt']]).toEqual([30, 0, 0]);
  expect(asked).toBeLessThan(60);
});
