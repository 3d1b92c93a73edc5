import { describe, expect, test } from 'vitest';
import { ChatError } from '../../../src/adapters/adapter.ts';
import { dayWhen } from '../../../src/domain/calendar/when.ts';
import { GENEVA, HOUR } from '../../../src/domain/time.ts';
import { formatProof } from '../../../src/message/format-proof.ts';
import { type Bot, withBot } from '../../support/a-bot.ts';
import { aDeadline } from '../../support/a-calendar.ts';
import { at, aVoice } from '../../support/a-voice.ts';
import { calendarOf } from '../../support/some-dates.ts';
import { type Chat, MANAGER, messageOf, withChat } from './a-chat.ts';

const NOW = at('2026-07-01');
const FACTS = calendarOf([
  { state: 'KEN', kind: 'stakeholder_submission', when: dayWhen('2026-07-17', GENEVA) },
  { state: 'FRA', kind: 'review', when: dayWhen('2026-07-20', GENEVA) },
]);
const LADDERS = { default: { stakeholder_submission: ['7d!', '3d!'], review: ['7d!', '3d!'] } } as const;
const ELSEWHERE = { installation: '100', channel: '201' };

/** A chat that a bot posts in; it follows nothing yet. */
async function withBoth(use: (it: Chat, bot: Bot) => Promise<void>): Promise<void> {
  await withBot({ at: NOW, facts: FACTS, ladders: LADDERS, channels: [] }, (bot) =>
    withChat({ facts: FACTS, now: NOW, store: bot.store(), platform: 'test' }, (it) => use(it, bot)),
  );
}

describe('Every outcome of every kind of message', () => {
  const STATES = ['pending', 'sending', 'sent', 'folded', 'in-doubt', 'failed', 'superseded'] as const;
  const TYPES = ['lead', 'check', 'change', 'notice', 'digest', 'silence'] as const;

  test.each(STATES.flatMap((state) => TYPES.map((type) => [state, type] as const)))('%s %s is told in words', (state, type) => {
    for (const date of [aDeadline(), null]) {
      for (const lead of ['7d', '5wd', '3h', '10min', 'today', '+14d', '']) {
        for (const late of [0, 5, 5 * 60, 5 * 24 * 60]) {
          const row = { dueAt: NOW, type, date, lead, state, saidAt: state === 'sent' ? NOW + late * 60_000 : null };
          const { fallbackText } = formatProof({ totals: [{ state, count: 1 }], rows: [row], zone: GENEVA }, aVoice());

          expect(fallbackText).not.toMatch(/undefined|null|NaN|\[object|[{}<>]| {2}|, ,|· ·/);
          expect(fallbackText).toMatch(/^• 1 July 2026, 09:00 · .+ · .+$/m);
        }
      }
    }
  });
});

describe('proof', () => {
  test('tells what was due, what it was about, what became of it, and how late', async () => {
    await withBoth(async (it, bot) => {
      await it.command('follow', { state: 'Kenya' }, { by: MANAGER });
      await it.command('follow', { state: 'France', kind: 'review' }, { by: MANAGER });
      await bot.tickAt(at('2026-07-10', '09:00'));
      await bot.tickAt(at('2026-07-13', '09:00') + 3 * HOUR);
      await it.reviseTo(FACTS, at('2026-07-13', '13:00'));
      const response = await it.command('proof');
      const text = messageOf(response).fallbackText;

      expect(response).toMatchObject({ audience: 'asker', message: { title: 'What became of the alerts of this channel' } });
      expect(text).toContain('• 10 July 2026, 09:00 · Kenya: stakeholder submission, session 54 (17 July 2026), 7 days before · said, on time');
      expect(text).toContain('• 13 July 2026, 09:00 · France: review, session 54 (20 July 2026), 7 days before · said, 3 hours late');
      expect(text.indexOf('13 July 2026, 09:00')).toBeLessThan(text.indexOf('10 July 2026, 09:00'));
    });
  });

  test('tells what could not be said, and counts each outcome', async () => {
    await withBoth(async (it, bot) => {
      await it.command('follow', { state: 'Kenya' }, { by: MANAGER });
      bot.answer(new ChatError('rejected'));
      await bot.tickAt(at('2026-07-10', '09:00'));
      await bot.tickAt(at('2026-07-14', '09:00'));
      await it.reviseTo(FACTS, at('2026-07-14', '09:01'));
      const text = await it.text('proof');

      expect(text).toContain('7 days before · could not be said');
      expect(text).toMatch(/The last 30 days\n• \d said\n• 1 could not be said/);
      expect(text).not.toContain('rejected');
    });
  });

  test('leaves out what was only worded anew, and what was due long ago', async () => {
    await withBoth(async (it, bot) => {
      await it.command('follow', { state: 'Kenya' }, { by: MANAGER });
      await bot.tickAt(at('2026-07-10', '09:00'));
      await bot.tickAt(at('2026-07-18', '09:00'));
      await it.reviseTo(FACTS, at('2026-07-18', '09:01'));
      const types = (await it.store.alerts.proof(0)).map(({ type }) => type);

      expect(types).toContain('amendment');
      expect((await it.text('proof')).match(/^• .* · /gm)).toHaveLength(types.filter((type) => type !== 'amendment').length);
      await it.reviseTo(FACTS, at('2026-09-18'));
      expect(await it.text('proof')).toContain('Nothing was due in this channel in the last 30 days.');
    });
  });

  test('shows the last twenty of many, and counts them all', async () => {
    await withBoth(async (it) => {
      await it.command('follow', {}, { by: MANAGER });
      const [channel] = await it.store.subscriptions.channels();
      const nothing = { deadline: null, version: 0, whenKey: '', lead: '', revision: null, seq: null, body: null, grace: 0, notBefore: NOW };
      const alerts = Array.from({ length: 30 }, (_, index) => ({
        ...{ ...nothing, channel: channel?.id ?? '', lane: 'test', onceKey: `n${index}` },
        ...{ type: 'notice' as const, dueAt: NOW + index * HOUR },
      }));
      await it.store.alerts.add(alerts, NOW);
      const text = await it.text('proof');

      expect(text).toContain('30 waiting');
      expect(text.match(/notice · waiting/g)).toHaveLength(20);
      expect(text).toContain('2 July 2026, 14:00');
      expect(text).not.toContain('1 July 2026, 09:00');
    });
  });

  test('tells nothing of another channel or server', async () => {
    await withBoth(async (it, bot) => {
      await it.command('follow', { state: 'Kenya' }, { by: MANAGER });
      await it.command('follow', { state: 'France' }, { by: MANAGER, target: ELSEWHERE });
      await bot.tickAt(at('2026-07-10', '09:00'));
      await bot.tickAt(at('2026-07-13', '09:00'));
      await it.reviseTo(FACTS, at('2026-07-13', '09:01'));

      expect(await it.text('proof')).not.toContain('France');
      expect(await it.text('proof', {}, { target: ELSEWHERE })).not.toContain('Kenya');
      for (const target of [
        { installation: '101', channel: '200' },
        { installation: '100', channel: '202' },
      ])
        expect(await it.text('proof', {}, { target })).toContain('Nothing was due in this channel');
    });
  });

  test('is shared to the channel without buttons', async () => {
    await withBoth(async (it) => {
      const share = messageOf(await it.command('proof')).actions.find(({ label }) => label === 'Share to channel');

      expect(await it.press(share?.id ?? '')).toMatchObject({ type: 'message', audience: 'channel', message: { actions: [] } });
    });
  });
});
