/** A year of everything, as the simulation lives through it, posted to both platforms: nothing is refused, nothing is lost on the way. */
import { join } from 'node:path';
import { ChannelType } from 'discord.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PLATFORM_NAMES } from '../../../src/adapters/adapters.ts';
import { createDiscordAdapter } from '../../../src/adapters/discord/index.ts';
import { createSlackAdapter } from '../../../src/adapters/slack/index.ts';
import { slackSchema } from '../../../src/adapters/slack/schema.ts';
import { type Simulation, simulate } from '../../../src/cli/simulation.ts';
import { loadConfig } from '../../../src/config.ts';
import { channelsOf } from '../../../src/config-follows.ts';
import { EVERYTHING } from '../../../src/domain/alerts/subscription.ts';
import { createLog } from '../../../src/lib/log.ts';
import { plainLine } from '../../../src/message/plain.ts';
import { loadWords } from '../../../src/words-file.ts';
import { type Discord, startDiscord } from '../../support/discord/server.ts';
import { shippedFacts } from '../../support/shipped.ts';
import { BOT, geneva } from '../../support/slack/a-slack.ts';
import { readMrkdwn } from '../../support/slack/mrkdwn.ts';
import { type Slack, startSlack } from '../../support/slack/server.ts';

const TOKEN = 'MTIz.token.secret';
const [FROM, TO] = [Date.UTC(2025, 5, 1), Date.UTC(2026, 5, 1)];
const CONFIG = join(import.meta.dirname, '../../../config');

let [discord, slack, year]: [Discord, Slack, Simulation] = [] as never;

beforeAll(async () => {
  discord = await startDiscord({
    ...{ now: () => TO, token: TOKEN, application: { id: '123' }, limits: { channel: null, token: null } },
    guilds: [{ id: '100', name: 'UPR friends', channels: [{ id: '200', name: 'dates', type: ChannelType.GuildText }] }],
  });
  slack = await startSlack({ now: () => TO, workspaces: [geneva], limits: { channelPerSecond: null, tiers: false } });
  const config = loadConfig({ env: {}, folder: CONFIG, platforms: PLATFORM_NAMES });
  const [channel] = channelsOf(config);
  const words = await loadWords(join(CONFIG, 'locales'));
  if (channel === undefined) throw new Error('The shipped configuration has a channel');
  year = await simulate({ facts: await shippedFacts(), ladders: config.ladders, channel, selector: EVERYTHING, words: words('en'), from: FROM, to: TO });
  const vault = { read: async () => null, write: async () => undefined, remove: async () => undefined, ids: async () => [] };
  const tools = { log: createLog('silent'), words, refused: () => undefined, vault, stateSecret: null };
  const onDiscord = createDiscordAdapter({ token: TOKEN, applicationId: null, apiUrl: `${discord.url}/api` }, tools);
  const onSlack = createSlackAdapter(slackSchema.parse({ botToken: BOT, apiUrl: slack.url }), tools);
  const { signal } = new AbortController();
  for (const [index, { message }] of year.messages.entries()) {
    await onDiscord.post({ installation: '100', channel: '200' }, message, { key: `year-${index}`, signal });
    const posted = await onSlack.post({ installation: 'T1', channel: 'C1' }, message, { key: `year-${index}`, signal });
    await onSlack.edit(posted.ref, message, { signal });
  }
});

afterAll(() => Promise.all([discord.close(), slack.close()]));

test('A year of everything has every kind of message that a calendar brings', () => {
  const kinds = new Set(year.messages.map(({ type }) => type));

  expect([...kinds]).toEqual(expect.arrayContaining(['changes', 'digest', 'leads']));
  expect(year.messages.length).toBeGreaterThan(100);
});

describe('A year of everything on Discord', () => {
  test('is taken as a whole, within the schema and the limits, and calls nobody', () => {
    const read = discord.read('200');

    expect(discord.violations()).toEqual([]);
    expect(read.flatMap(({ pinged }) => pinged)).toEqual([]);
    expect(read).toHaveLength(year.messages.length);
  });

  test('arrives with its titles, and leaves a text out only where it says how much', () => {
    const shown = discord.read('200').map(({ text }) => text);
    // What is left without Markdown's own marks, those of lists included.
    const plain = (text: string) => text.replace(/\\|\*\*|\[|\]|\((https?:[^)]*)\)|[•-] /g, '');

    for (const [index, { message }] of year.messages.entries()) {
      const text = plain(shown[index] ?? '');
      expect(text).toContain(plain(message.title));
      const last = message.body.at(-1)?.map((inline) => inline.text) ?? [];
      if (!/and \d+ more/.test(text)) expect(text).toContain(plain(last.join('')).slice(0, 40));
    }
  });
});

describe('A year of everything on Slack', () => {
  test('is taken as a whole, posted and edited, within the schema and the limits, and calls nobody', () => {
    expect(slack.violations()).toEqual([]);
    expect(slack.mentions()).toEqual([]);
    expect(slack.read('C1')).toHaveLength(year.messages.length);
  });

  test('arrives with its titles, and leaves a text out only where it says how much', () => {
    const read = slack.read('C1');
    const plain = (text: string) => text.replace(/ \(https?:[^)]*\)/g, '');

    for (const [index, { message }] of year.messages.entries()) {
      const text = plain(read[index]?.text ?? '');
      expect(text.split('\n')[0]).toBe(message.title);
      if (!/and \d+ more/.test(text)) for (const line of message.body) expect(text).toContain(plain(plainLine(line)).trimEnd());
    }
  });

  test('is said on phones and to screen readers too, the title first', () => {
    for (const [index, { ts }] of slack.read('C1').entries()) {
      const { title = '', fallbackText = '' } = year.messages[index]?.message ?? {};
      const text = readMrkdwn(slack.message({ channel: 'C1', ts })?.text ?? '');

      expect(text.split('\n')[0]).toBe(title);
      if (!/\nand \d+ more$/.test(text)) expect(text).toBe(fallbackText);
    }
  });
});
