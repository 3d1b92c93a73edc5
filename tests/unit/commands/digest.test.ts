import { describe, expect, test } from 'vitest';
import { dayWhen } from '../../../src/domain/calendar/when.ts';
import { GENEVA } from '../../../src/domain/time.ts';
import { withBot } from '../../support/a-bot.ts';
import { at } from '../../support/a-voice.ts';
import { calendarOf } from '../../support/some-dates.ts';
import { MANAGER, messageOf, withChat } from './a-chat.ts';

const NOW = at('2026-07-01');
const kenyaOn = (day: string) =>
  calendarOf([
    { state: 'KEN', kind: 'stakeholder_submission', when: dayWhen(day, GENEVA) },
    { state: 'FRA', kind: 'review', when: dayWhen('2026-12-07', GENEVA) },
  ]);
const PLAN = { facts: kenyaOn('2026-07-17'), now: NOW };
const BY = { by: MANAGER };

describe('digest', () => {
  test('reads as the digest would now: what is ahead and what changed in the last week, and when the next comes', async () => {
    await withChat(PLAN, async (it) => {
      await it.command('follow', { state: 'Kenya' }, BY);
      await it.reviseTo(kenyaOn('2026-07-24'), at('2026-07-03'));
      const response = await it.command('digest');
      const text = messageOf(response).fallbackText;

      expect(response).toMatchObject({ audience: 'asker', message: { title: 'UPR this week' } });
      expect(text).toContain('The next digest is due on Monday, 6 July 2026 at 09:00 (Geneva time)');
      expect(text).toContain('Friday, 24 July 2026');
      expect(text).toMatch(/What changed\n.*moved from 17 July 2026 to Friday, 24 July 2026/);
      await it.reviseTo(kenyaOn('2026-07-24'), at('2026-07-14'));
      expect(await it.text('digest')).not.toContain('What changed');
    });
  });

  test('leaves nothing out that the channel was told already', async () => {
    await withBot({ at: NOW, facts: PLAN.facts, ladders: { default: { stakeholder_submission: ['7d!'] } }, channels: [] }, async (bot) => {
      await withChat({ ...PLAN, store: bot.store(), platform: 'test' }, async (it) => {
        await it.command('follow', { state: 'Kenya' }, BY);
        await bot.tickAt(at('2026-07-10', '09:00'));
        await it.reviseTo(PLAN.facts, at('2026-07-10', '09:01'));

        expect(bot.said().at(-1)?.message.title).toContain('Kenya');
        expect(await it.text('digest')).toContain('Friday, 17 July 2026');
      });
    });
  });

  test('says that there is nothing to tell, and when the next comes', async () => {
    await withChat(PLAN, async (it) => {
      await it.command('follow', { state: 'France' }, BY);
      const message = messageOf(await it.command('digest'));

      expect(message.fallbackText).toContain('There is nothing to tell');
      expect(message.fallbackText).toContain('The next digest is due on Monday, 6 July 2026');
      expect(message.actions).toEqual([]);
    });
  });

  test('says how to set one where none is set', async () => {
    await withChat(PLAN, async (it) => {
      await it.command('follow', { state: 'Kenya' }, BY);
      const [channel] = await it.store.subscriptions.channels();
      if (channel === undefined) throw new Error('no channel');
      await it.store.subscriptions.putChannel({ ...channel, timing: channel.profile, digest: null });

      expect(await it.text('digest')).toContain('No digest is set for this channel. /upr settings digest-day sets one.');
    });
  });

  test('is that of this channel and no other, and is shared without buttons', async () => {
    await withChat(PLAN, async (it) => {
      await it.command('follow', { state: 'Kenya' }, BY);
      for (const target of [
        { installation: '100', channel: '201' },
        { installation: '101', channel: '200' },
      ])
        expect(await it.text('digest', {}, { target })).toContain('follows nothing yet');
      const share = messageOf(await it.command('digest')).actions.find(({ label }) => label === 'Share to channel');

      expect(await it.press(share?.id ?? '')).toMatchObject({ type: 'message', audience: 'channel', message: { title: 'UPR this week', actions: [] } });
    });
  });
});
