import { describe, expect, test } from 'vitest';
import { factsOf } from '../../support/edits/files.ts';
import { FIRST } from '../../support/edits/sheet.ts';
import { type Chat, MANAGER, messageOf, SOMEBODY, withChat } from './a-chat.ts';

const PLAN = { facts: factsOf(FIRST), now: Date.parse('2026-02-10T09:00:00Z'), pages: 'https://upr.example' };
const MANAGES = { by: MANAGER };
const LINK = /https:\/\/upr\.example\/private\/([A-Za-z0-9_-]{22})\.ics/;

async function made(it: Chat): Promise<string> {
  const token = LINK.exec(messageOf(await it.press('do.1.feeds.make', MANAGES)).fallbackText)?.[1];
  expect(token).toBeDefined();
  return token ?? '';
}

describe('/upr feeds', () => {
  test('gives a link once, of which the database has the hash alone; a new one ends it, and so does the button', async () => {
    await withChat(PLAN, async (it) => {
      await it.command('follow', { state: 'Kenya' }, MANAGES);
      expect(await it.text('feeds', {}, MANAGES)).toContain('There is no calendar link here');
      const first = await made(it);
      const second = await made(it);

      expect(first).not.toBe(second);
      expect(await it.text('feeds', {}, MANAGES)).toMatch(/^This channel has a private calendar link\nMade on Tuesday, 10 February 2026/);
      expect(await it.text('feeds', {}, MANAGES)).not.toContain(second);
      expect(it.logged()).not.toMatch(new RegExp(`${first}|${second}`));
      const ended = messageOf(await it.press('do.1.feeds.end', MANAGES)).title;
      expect([ended, await it.store.feedLinks.of('discord:100/200')]).toEqual(['The calendar link ended', null]);
    });
  });

  test('is for those who manage the channel, needs something that is followed, and a page that people can open', async () => {
    await withChat(PLAN, async (it) => {
      expect(await it.text('feeds', {}, MANAGES)).toContain('follows no dates yet');
      await it.command('follow', { state: 'Kenya' }, MANAGES);
      const refused = await it.press('do.1.feeds.make', { by: SOMEBODY });
      expect([messageOf(refused).fallbackText.includes('private/'), await it.store.feedLinks.of('discord:100/200')]).toEqual([false, null]);
    });
    const { pages: _, ...closed } = PLAN;
    await withChat(closed, async (it) => expect(await it.text('feeds', {}, MANAGES)).toContain('WEB=on and PUBLIC_URL'));
  });

  test('is counted in /upr privacy, and erased with the channel', async () => {
    await withChat(PLAN, async (it) => {
      await it.command('follow', { state: 'Kenya' }, MANAGES);
      await made(it);
      expect(await it.text('privacy', {}, MANAGES)).toContain('its private calendar link');
      await it.press('do.1.privacy.erase-channel', MANAGES);
      expect(await it.store.feedLinks.of('discord:100/200')).toBeNull();
    });
  });
});
