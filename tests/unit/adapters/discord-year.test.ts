/** A year of everything, as the simulation lives through it, posted to Discord: nothing is refused, nothing is lost on the way. */
import { join } from 'node:path';
import { ChannelType } from 'discord.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PLATFORM_NAMES } from '../../../src/adapters/adapters.ts';
import { createDiscordAdapter } from '../../../src/adapters/discord/index.ts';
import { type Simulation, simulate } from '../../../src/cli/simulation.ts';
import { loadConfig } from '../../../src/config.ts';
import { channelsOf } from '../../../src/config-follows.ts';
import { EVERYTHING } from '../../../src/domain/alerts/subscription.ts';
import { createLog } from '../../../src/lib/log.ts';
import { loadWords } from '../../../src/words-file.ts';
import { type Discord, startDiscord } from '../../support/discord/server.ts';
import { shippedFacts } from '../../support/shipped.ts';

const [GUILD, CHANNEL, TOKEN] = ['100', '200', 'MTIz.token.secret'];
const [FROM, TO] = [Date.UTC(2025, 5, 1), Date.UTC(2026, 5, 1)];
const CONFIG = join(import.meta.dirname, '../../../config');

let discord: Discord;
let year: Simulation;

beforeAll(async () => {
  discord = await startDiscord({
    ...{ now: () => TO, token: TOKEN, application: { id: '123' }, limits: { channel: null, token: null } },
    guilds: [{ id: GUILD, name: 'UPR friends', channels: [{ id: CHANNEL, name: 'dates', type: ChannelType.GuildText }] }],
  });
  const config = loadConfig({ env: {}, folder: CONFIG, platforms: PLATFORM_NAMES });
  const [channel] = channelsOf(config);
  const words = await loadWords(join(CONFIG, 'locales'));
  if (channel === undefined) throw new Error('The shipped configuration has a channel');
  year = await simulate({ facts: await shippedFacts(), ladders: config.ladders, channel, selector: EVERYTHING, words: words('en'), from: FROM, to: TO });
  const tools = { log: createLog('silent'), words, refused: () => undefined };
  const adapter = createDiscordAdapter({ token: TOKEN, applicationId: null, apiUrl: `${discord.url}/api` }, tools);
  for (const [index, { message }] of year.messages.entries()) {
    await adapter.post({ installation: GUILD, channel: CHANNEL }, message, { key: `year-${index}`, signal: new AbortController().signal });
  }
});

afterAll(() => discord.close());

describe('A year of everything on Discord', () => {
  test('has every kind of message that a calendar brings', () => {
    const kinds = new Set(year.messages.map(({ type }) => type));

    expect([...kinds]).toEqual(expect.arrayContaining(['changes', 'digest', 'leads']));
    expect(year.messages.length).toBeGreaterThan(100);
  });

  test('is taken as a whole, within the schema and the limits', () => {
    expect(discord.violations()).toEqual([]);
    expect(discord.read(CHANNEL)).toHaveLength(year.messages.length);
  });

  test('arrives with its titles, and leaves a text out only where it says how much', () => {
    const shown = discord.read(CHANNEL).map(({ text }) => text);
    // What is left without Markdown's own marks, those of lists included.
    const plain = (text: string) => text.replace(/\\|\*\*|\[|\]|\((https?:[^)]*)\)|[•-] /g, '');

    for (const [index, { message }] of year.messages.entries()) {
      const text = plain(shown[index] ?? '');
      expect(text).toContain(plain(message.title));
      const last =
        message.body
          .at(-1)
          ?.map((inline) => inline.text)
          .join('') ?? '';
      if (!/and \d+ more/.test(text)) expect(text).toContain(plain(last).slice(0, 40));
    }
  });
});
