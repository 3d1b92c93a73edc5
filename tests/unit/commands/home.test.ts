import { describe, expect, test } from 'vitest';
import type { Asker, Target } from '../../../src/adapters/adapter.ts';
import { dayWhen } from '../../../src/domain/calendar/when.ts';
import { GENEVA } from '../../../src/domain/time.ts';
import { at } from '../../support/a-voice.ts';
import { calendarOf } from '../../support/some-dates.ts';
import { type Chat, MANAGER, messageOf, SOMEBODY, withChat } from './a-chat.ts';

const NOW = at('2026-07-01');
const KINDS = ['stakeholder_submission', 'national_report', 'review', 'advance_questions', 'addendum'] as const;
const STATES = ['KEN', 'FRA'] as const;
/** Ten dates, one a day. */
const FACTS = calendarOf(
  KINDS.flatMap((kind, index) =>
    STATES.map((state, second) => ({ state, kind, when: dayWhen(`2026-08-${String(10 + index * STATES.length + second).padStart(2, '0')}`, GENEVA) })),
  ),
);
const PLAN = { facts: FACTS, now: NOW, platform: 'slack' };
const [OURS, THEIRS] = ['T1', 'T2'];
const STRANGER: Asker = { ...SOMEBODY, may: 'nothing' };

const place = (channel: string, installation = OURS): Target => ({ installation, channel });
const follows = (it: Chat, target: Target, state: string) => it.command('follow', { state }, { by: MANAGER, target });
const homeText = async (it: Chat, installation = OURS, by?: Asker) => messageOf(await it.home(installation, by)).fallbackText;

/** Channels that everybody of their workspace can read. */
async function withHome(use: (it: Chat) => Promise<void>): Promise<void> {
  await withChat(PLAN, async (it) => {
    it.standsAs({ missing: [], everyoneReads: true });
    await use(it);
  });
}

describe('The page in a workspace', () => {
  test('tells the next eight dates with their sources, and that nothing is followed yet', async () => {
    await withHome(async (it) => {
      const response = await it.home(OURS);
      const message = messageOf(response);

      expect(response).toMatchObject({ type: 'message', audience: 'asker' });
      expect(message.title).toBe('Dates of the Universal Periodic Review');
      expect(message.actions).toEqual([]);
      expect(message.body.filter((line) => line[0]?.text.startsWith('• '))).toHaveLength(8);
      expect(message.fallbackText).toContain('2 more dates are not shown here');
      expect(message.fallbackText).toMatch(/10 August 2026.*stakeholder submission.*Kenya.*official/);
      expect(message.fallbackText).toContain('No channel follows dates yet');
    });
  });

  test('names each channel with what it follows, in a form that a platform makes a link of', async () => {
    await withHome(async (it) => {
      await follows(it, place('C1'), 'Kenya');
      await follows(it, place('C2'), 'France');
      for (const kind of KINDS.slice(1)) await it.command('follow', { kind }, { by: MANAGER, target: place('C2') });
      const { body, fallbackText } = messageOf(await it.home(OURS));

      expect(fallbackText).toContain('channel C1: all dates; Kenya');
      expect(fallbackText).toMatch(/channel C2: .* and 2 more/);
      expect(body.flat().filter(({ type }) => type === 'channel')).toEqual([
        { type: 'channel', id: 'C1', text: 'channel C1' },
        { type: 'channel', id: 'C2', text: 'channel C2' },
      ]);
    });
  });

  test('shows nothing of another workspace, or of another platform', async () => {
    await withHome(async (it) => {
      await follows(it, place('C1', THEIRS), 'Kenya');
      await it.ask({ platform: 'discord', type: 'command', command: 'follow', options: { state: 'Kenya' } }, { by: MANAGER, target: place('C1') });

      expect(await homeText(it)).toContain('No channel follows dates yet');
      expect(await homeText(it, THEIRS)).toContain('channel C1: all dates; Kenya');
    });
  });

  test('counts discreet channels and names them to nobody', async () => {
    await withHome(async (it) => {
      for (const channel of ['C1', 'C2']) await follows(it, place(channel), 'Kenya');
      await it.command('settings', { discreet: 'on' }, { by: MANAGER, target: place('C1') });

      for (const by of [SOMEBODY, MANAGER]) {
        const text = await homeText(it, OURS, by);
        expect(text).not.toContain('channel C1');
        expect(text).toContain('channel C2: all dates; Kenya');
        expect(text).toContain('1 channel that is discreet, or that not everybody can read, follows dates too');
      }
    });
  });

  test('counts channels that not everybody can read, or of which that is not known', async () => {
    await withHome(async (it) => {
      await follows(it, place('C1'), 'Kenya');
      for (const standing of [{ missing: [], everyoneReads: false }, { missing: [], everyoneReads: null }, null]) {
        it.standsAs(standing);
        const text = await homeText(it);
        expect(text).not.toMatch(/channel C1|No channel/);
        expect(text).toContain('1 channel that is discreet');
      }
    });
  });

  test('names twenty channels and counts the rest', async () => {
    await withHome(async (it) => {
      for (let number = 0; number < 23; number += 1) await follows(it, place(`C${number}`), 'Kenya');
      const { body, fallbackText } = messageOf(await it.home(OURS));

      expect(body.flat().filter(({ type }) => type === 'channel')).toHaveLength(20);
      expect(fallbackText).toContain('3 more channels follow dates');
    });
  });

  test('leaves out what was ended', async () => {
    await withHome(async (it) => {
      await follows(it, place('C1'), 'Kenya');
      await it.command('unfollow', { follow: 'all' }, { by: MANAGER, target: place('C1') });

      expect(await homeText(it)).toContain('No channel follows dates yet');
    });
  });

  test('shows guests and strangers what is next alone', async () => {
    await withHome(async (it) => {
      await follows(it, place('C1'), 'Kenya');
      const text = await homeText(it, OURS, STRANGER);

      expect(text).toContain('10 August 2026');
      expect(text).not.toMatch(/What is followed here|C1|follow dates/);
    });
  });

  test('stores nothing, and makes no channel', async () => {
    await withHome(async (it) => {
      await it.home(OURS, MANAGER);

      expect(await it.store.subscriptions.channels()).toEqual([]);
      expect(await it.store.subscriptions.list()).toEqual([]);
      expect(await it.store.installations.stored({ platform: 'slack', id: OURS })).toEqual({ channels: 0, follows: 0, alerts: 0, messages: 0, corrections: 0 });
      expect(it.channelsMade()).toBe(0);
    });
  });

  test('of a bot that broke has a reference', async () => {
    await withHome(async (it) => {
      it.breakWith(new Error('no such table: secrets'));

      expect(await homeText(it)).toMatch(/reference [0-9a-f]{8}\./);
    });
  });
});
