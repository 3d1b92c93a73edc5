import { describe, expect, test } from 'vitest';
import { dayWhen } from '../../../../src/domain/calendar/when.ts';
import { GENEVA } from '../../../../src/domain/time.ts';
import { formatAlert } from '../../../../src/message/format-alert.ts';
import { type BotPlan, dies, withBot } from '../../../support/a-bot.ts';
import { type Post, type PostPlan, withPost } from '../../../support/a-delivery.ts';
import { at } from '../../../support/a-voice.ts';
import { calendarOf } from '../../../support/some-dates.ts';

const [SECOND, MINUTE, HOUR] = [1_000, 60_000, 3_600_000];
const FORBIDDEN = { kind: 'error', code: 'not_in_channel' } as const;
const FACTS = calendarOf([{ state: 'KEN', kind: 'stakeholder_submission', when: dayWhen('2026-07-17', GENEVA) }]);
const LADDERS = { default: { stakeholder_submission: ['7d!', '1d!'] } };

/** One lead is due in each channel after a minute. */
function morning(channels: readonly string[], more: Partial<PostPlan> = {}): PostPlan {
  return { flavour: 'slack', channels, facts: FACTS, ladders: LADDERS, at: at('2026-07-10', '08:59'), lookEveryMs: 10 * SECOND, ...more };
}

const titles = (post: Post, channel: string) => post.platform.read(channel).map(({ text }) => text.split('\n')[0]);
const paused = (post: Post, channel: string) => titles(post, channel).filter((title) => title === 'Alerts are paused in team/mute').length;

/** A channel that forbids everything, for twenty minutes. */
async function forbidden(post: Post): Promise<void> {
  post.platform.missing('team/mute', ['chat:write', 'channels:join']);
  post.platform.rule(({ channel }) => (channel === 'team/mute' ? FORBIDDEN : null));
  await post.pass(20 * MINUTE);
}

describe('The owner of a channel that forbids twice', () => {
  test('is told once, in another channel of the installation, which rights are missing', async () => {
    await withPost(morning(['team/mute', 'team/hears', 'team/too', 'other/hears'], { operator: 'ops/operator' }), async (post) => {
      await forbidden(post);

      expect(['team/hears', 'team/too'].map((channel) => paused(post, channel)).sort()).toEqual([0, 1]);
      expect([paused(post, 'other/hears'), paused(post, 'ops/operator'), post.platform.requests('team/mute').count]).toEqual([0, 0, 2]);
      expect(post.platform.posted().find(({ text }) => text.includes('paused'))?.text).toContain('The missing rights: chat:write, channels:join.');
    });
  });

  test('is told where the operator is, when the installation has no other channel', async () => {
    await withPost(morning(['team/mute', 'other/hears'], { operator: 'ops/operator' }), async (post) => {
      await forbidden(post);

      expect([paused(post, 'ops/operator'), paused(post, 'other/hears')]).toEqual([1, 0]);
    });
  });

  test('is told by the log, when there is no operator either', async () => {
    await withPost(morning(['team/mute']), async (post) => {
      await forbidden(post);

      expect(post.platform.posted()).toEqual([]);
      expect(post.logged('An owner could not be told; set OPERATOR_CHANNEL')).toBe(1);
      expect(post.logged('chat:write')).toBe(1);
    });
  });

  test('is told once, or with the second marked, wherever the process dies over it', async () => {
    const plan: BotPlan = { at: at('2026-07-09', '12:00'), facts: FACTS, ladders: LADDERS, channels: [{ id: 'mute' }, { id: 'well' }], forbids: 'mute' };
    const again = at('2026-07-10', '09:15');
    const live = (dieAt: number) =>
      withBot(plan, async (bot) => {
        await bot.tickAt(at('2026-07-10'));
        bot.dieAt(dieAt);
        let steps: readonly string[] | null = null;
        for (const later of [0, SECOND, 2 * SECOND, 10 * SECOND, MINUTE, 16 * MINUTE, 32 * MINUTE]) {
          const died = (await dies(() => bot.tickAt(again + later))) || bot.isDead();
          steps ??= bot.steps();
          if (!died) continue;
          await bot.restart();
          await bot.tickAt(again + later);
        }
        return {
          steps: steps ?? [],
          notices: bot
            .said()
            .filter(({ type }) => type === 'notice')
            .map(({ channel, marks }) => `${channel} ${marks.mayBeRepeat}`),
        };
      });
    const calm = await live(Number.POSITIVE_INFINITY);
    expect(calm.notices).toEqual(['well false']);

    for (const [index, name] of calm.steps.entries()) {
      if (!['transaction: after', 'alerts.add: after', 'post: before', 'post: after'].includes(name)) continue;
      const { notices } = await live(index);
      expect([['well false'], ['well true'], ['well false', 'well true']], `dead at ${index}, ${name}`).toContainEqual(notices);
    }
  });
});

describe('The operator', () => {
  test('is told once of a message that the platform rejects, and the channel hears on', async () => {
    await withPost(morning(['team/a', 'team/b'], { operator: 'ops/operator' }), async (post) => {
      post.platform.fault('team/a', { kind: 'error', code: 'invalid_blocks' });
      await post.pass(5 * MINUTE);

      expect(titles(post, 'ops/operator')).toEqual(['A message could not be said in team/a']);
      expect([titles(post, 'team/a').length, titles(post, 'team/b').length]).toEqual([0, 1]);
    });
  });

  test('is not told for ever of notices that are rejected as well', async () => {
    await withPost(morning(['team/a'], { operator: 'ops/operator' }), async (post) => {
      post.platform.rule(() => ({ kind: 'error', code: 'invalid_blocks' }));
      await post.pass(5 * MINUTE);

      expect(post.platform.requests().count).toBe(2);
      expect(post.logged('A notice was not taken; nobody else can be told')).toBe(1);
    });
  });

  test('is told once of a message that cannot be put into words, which is the only one lost', async () => {
    let broken = 1;
    const format: typeof formatAlert = (content, ...more) => {
      if (content.type === 'leads' && broken > 0) {
        broken -= 1;
        throw new TypeError('a format has a bug');
      }
      return formatAlert(content, ...more);
    };
    await withPost(morning(['team/a', 'team/b', 'team/c'], { operator: 'ops/operator', format }), async (post) => {
      await post.pass(5 * MINUTE);

      expect(titles(post, 'ops/operator')).toEqual([expect.stringContaining('A message could not be said in team/')]);
      expect(['team/a', 'team/b', 'team/c'].map((channel) => titles(post, channel).length).sort()).toEqual([0, 1, 1]);
      expect(await post.store.alerts.counts()).toMatchObject({ failed: 1, sent: 3, pending: 0 });
    });
  });

  test('is told once a day of a token that is refused; all waits, and goes out when it is mended', async () => {
    await withPost(morning(['team/a', 'team/b', 'other/c'], { operator: 'ops/operator', lookEveryMs: 5 * MINUTE }), async (post) => {
      const mended = post.platform.rule(({ token }) => (token === 'xoxb-team' ? { kind: 'error', code: 'invalid_auth' } : null));
      await post.pass(18 * HOUR);
      const told = titles(post, 'ops/operator');
      const asked = ['team/a', 'team/b'].reduce((sum, channel) => sum + post.platform.requests(channel).count, 0);
      mended();
      await post.pass(20 * MINUTE);

      expect(told).toEqual(Array.from({ length: 2 }, () => 'The token or the settings for Slack are not accepted'));
      expect(asked).toBeLessThan(90);
      expect(titles(post, 'other/c')).toHaveLength(1);
      expect(['team/a', 'team/b'].map((channel) => titles(post, channel).length)).toEqual([1, 1]);
    });
  });
});
