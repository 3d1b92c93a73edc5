/** A workspace of many channels, all due at once: what cannot be said in one keeps no other waiting, and is explained. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createSlackAdapter } from '../../../src/adapters/slack/index.ts';
import { slackSchema } from '../../../src/adapters/slack/schema.ts';
import { createLog } from '../../../src/lib/log.ts';
import { openSqlite } from '../../../src/store/sqlite.ts';
import { addNotices, benchLanes, putChannels } from '../../bench/lanes.ts';
import { someFacts } from '../../support/a-calendar.ts';
import { aVoice } from '../../support/a-voice.ts';
import { startSlack } from '../../support/slack/server.ts';

const IDS = Array.from({ length: 200 }, (_, index) => `C${1_000 + index}`);
const [ARCHIVED, OUTSIDE, BUSY, FIRST] = ['C1050', 'C1100', 'C1150', 'C1000'];
const BOT = 'xoxb-geneva';

test('Of 200 channels 198 hear, the one that Slack slows down last, and the archived one and the one without the bot are explained in another', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'upr-workspace-'));
  const channels = IDS.map((id) => ({ id, name: id.toLowerCase(), isArchived: id === ARCHIVED, isMember: id !== OUTSIDE }));
  const slack = await startSlack({
    now: Date.now,
    workspaces: [{ team: 'T1', botToken: BOT, botUser: 'U0BOT', scopes: ['commands', 'chat:write', 'users:read'], channels, users: [] }],
    limits: { channelPerSecond: null, tiers: false },
  });
  const store = await openSqlite({ file: join(folder, 'bot.db') });
  const config = slackSchema.parse({ botToken: BOT, appToken: 'xapp-1-test', apiUrl: slack.url });
  const vault = { read: async () => null, write: async () => undefined, remove: async () => undefined, ids: async () => [] };
  const tools = { log: createLog('silent'), words: () => aVoice().words, refused: () => undefined, vault, stateSecret: null };
  // What is tested is who hears what; how fast is the bench's.
  const adapter = { ...createSlackAdapter(config, tools), pace: { tokenMs: 0, channelMs: 0 } };
  const lanes = benchLanes({ store, facts: someFacts(), adapter });
  onTestFinished(async () => {
    await lanes.stop();
    await store.close();
    await slack.close();
    await rm(folder, { recursive: true });
  });
  await putChannels(store, 'slack:T1', IDS);
  await addNotices(store, { lane: 'slack:T1', channels: IDS, name: 'due', dueAt: Date.now() - 1 });
  slack.fail(BUSY, { kind: 'limited', retryAfterMs: 4_000 });

  const told = (id: string) => slack.read(id).filter(({ text }) => text.includes('somewhere-else'));
  const done = () => told(BUSY).length > 0;
  for (const end = Date.now() + 40_000; !done() && Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 100))) await lanes.look(Date.now());

  const heard = IDS.filter((id) => told(id).length === 1);
  const last = Math.max(...IDS.filter((id) => id !== BUSY).flatMap((id) => told(id).map(({ at }) => at)));
  expect(IDS.filter((id) => !heard.includes(id))).toEqual([ARCHIVED, OUTSIDE]);
  expect(told(BUSY)[0]?.at).toBeGreaterThan(last);
  const paused = (await store.subscriptions.list()).filter(({ status }) => status === 'paused').map(({ channel, reason }) => [channel, reason]);
  expect(paused).toContainEqual([ARCHIVED, 'channel-gone']);
  expect(slack.read(FIRST).map(({ text }) => text)).toContainEqual(expect.stringContaining(ARCHIVED));
  expect((await store.alerts.counts()).pending, 'a missing right is asked for once more after 15 minutes').toBe(1);
  expect(slack.violations()).toEqual([]);
  expect(slack.mentions()).toEqual([]);
});
