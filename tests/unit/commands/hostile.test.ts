import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { COMMANDS } from '../../../src/commands/spec.ts';
import { at } from '../../support/a-voice.ts';
import { HOSTILE } from '../../support/hostile.ts';
import { shippedFacts } from '../../support/shipped.ts';
import { aChat, type Chat, HERE, MANAGER, messageOf } from './a-chat.ts';

let chat: Chat;
beforeAll(async () => {
  chat = await aChat({ facts: await shippedFacts(), now: at('2026-11-24') });
});
afterAll(() => chat.close());

describe.each(Object.entries(HOSTILE))('Input that is %s', (_name, typed) => {
  test.each(COMMANDS.flatMap(({ name, options }) => options.map((option) => [name, option.name] as const)))(
    'in %s %s gets a kind, bounded answer',
    async (command, option) => {
      const message = messageOf(await chat.command(command, { [option]: typed }, { by: MANAGER }));

      expect(message.fallbackText.length).toBeLessThan(6_000);
      expect(message.title.length).toBeLessThan(200);
      expect(message.fallbackText).not.toMatch(/reference [0-9a-f]{8}|undefined|\[object|[\u202a-\u202e\u2066-\u2069\u200b]/);
      expect(JSON.stringify(message)).not.toContain('"type":"role"');
      for (const { id } of message.actions) expect(id.length).toBeLessThanOrEqual(100);
      await chat.command('unfollow', { follow: 'all' }, { by: MANAGER });
    },
  );

  test('as command, option or button changes nothing and is answered', async () => {
    for (const response of [
      await chat.command(typed, { state: 'KEN' }),
      await chat.command('next', { [typed]: typed }),
      await chat.press(typed),
      await chat.press(`page.1.state.0=${typed}`),
      await chat.command('next', {}, { target: { ...HERE, channel: typed } }),
      await chat.command('next', {}, { by: { ...MANAGER, locale: typed, zone: typed } }),
    ]) {
      expect(messageOf(response).fallbackText).not.toMatch(/reference [0-9a-f]{8}/);
    }
  });
});
