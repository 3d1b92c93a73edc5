/** A year of everything, as the simulation lives through it, posted to Slack: nothing is refused, nothing is lost on the way. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PLATFORM_NAMES } from '../../../src/adapters/adapters.ts';
import { createSlackAdapter } from '../../../src/adapters/slack/index.ts';
import { slackSchema } from '../../../src/adapters/slack/schema.ts';
import { type Simulation, simulate } from '../../../src/cli/simulation.ts';
import { loadConfig } from '../../../src/config.ts';
import { channelsOf } from '../../../src/config-follows.ts';
import { EVERYTHING } from '../../../src/domain/alerts/subscription.ts';
import { createLog } from '../../../src/lib/log.ts';
import { plainLine } from '../../../src/message/plain.ts';
import { loadWords } from '../../../src/words-file.ts';
import { shippedFacts } from '../../support/shipped.ts';
import { BOT, geneva } from '../../support/slack/a-slack.ts';
import { readMrkdwn } from '../../support/slack/mrkdwn.ts';
import { type Slack, startSlack } from '../../support/slack/server.ts';

const [FROM, TO] = [Date.UTC(2025, 5, 1), Date.UTC(2026, 5, 1)];
const CONFIG = join(import.meta.dirname, '../../../config');

let slack: Slack;
let year: Simulation;

beforeAll(async () => {
  slack = await startSlack({ now: () => TO, workspaces: [geneva], limits: { channelPerSecond: null, tiers: false } });
  const config = loadConfig({ env: {}, folder: CONFIG, platforms: PLATFORM_NAMES });
  const [channel] = channelsOf(config);
  const words = await loadWords(join(CONFIG, 'locales'));
  if (channel === undefined) throw new Error('The shipped configuration has a channel');
  year = await simulate({ facts: await shippedFacts(), ladders: config.ladders, channel, selector: EVERYTHING, words: words('en'), from: FROM, to: TO });
  const vault = { read: async () => null, write: async () => undefined, remove: async () => undefined, ids: async () => [] };
  const tools = { log: createLog('silent'), words, refused: () => undefined, vault };
  const adapter = createSlackAdapter(slackSchema.parse({ botToken: BOT, apiUrl: slack.url }), tools);
  for (const [index, { message }] of year.messages.entries()) {
    const posted = await adapter.post({ installation: 'T1', channel: 'C1' }, message, { key: `year-${index}`, signal: new AbortController().signal });
    await adapter.edit(posted.ref, message, { signal: new AbortController().signal });
  }
}, 60_000);

afterAll(() => slack.close());

describe('A year of everything on Slack', () => {
  test('has every kind of message that a calendar brings', () => {
    const kinds = new Set(year.messages.map(({ type }) => type));

    expect([...kinds]).toEqual(expect.arrayContaining(['changes', 'digest', 'leads']));
    expect(year.messages.length).toBeGreaterThan(100);
  });

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
