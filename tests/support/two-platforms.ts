/** One bot in this process, as `start` builds it, that a coalition asks on Discord and a partner on Slack; a clock that the test turns. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ChannelType } from 'discord.js';
import { PLATFORM_NAMES } from '../../src/adapters/adapters.ts';
import { buildApp } from '../../src/app.ts';
import { loadConfig } from '../../src/config.ts';
import { type Instant, SECOND } from '../../src/domain/time.ts';
import { createLog } from '../../src/lib/log.ts';
import { aClock } from './a-clock.ts';
import { typed } from './a-command-line.ts';
import { aHome } from './a-process.ts';
import { startDiscord } from './discord/server.ts';
import { startSlack } from './slack/server.ts';

const [TOKEN, BOT, APP] = ['MTIz.token.secret', 'xoxb-geneva', 'xapp-1-test'];
const [GUILD, ROOM] = ['100', '200'];
const [TEAM, PARTNER_ROOM] = ['T1', 'C1'];

export const ANNA = { user: '900' } as const;
export const OMAR = 'U1';

/** What stands in a channel. */
export interface Shown {
  readonly id: string;
  readonly text: string;
}

export type TwoPlatforms = Awaited<ReturnType<typeof twoPlatforms>>;

/** @returns the running bot; `close` stops it and clears it away. */
export async function twoPlatforms(now: Instant) {
  const home = aHome();
  home.edit('upr-watch.yaml', (text) => `${text.slice(0, text.indexOf('# Where the bot posts.'))}channels: {}\nsubscriptions: {}\n`);
  home.edit('calendar/sources.yaml', (text) =>
    text.replace(/^sources:\n/m, `sources:\n  ohchr_made_up: { url: https://www.ohchr.org/made-up, class: official, says: 'Made up for the test' }\n`),
  );
  const clock = aClock(now);
  const discord = await startDiscord({
    ...{ now: clock.now, token: TOKEN, application: { id: '123' }, limits: { channel: null, token: null } },
    guilds: [{ id: GUILD, name: 'Coalition', channels: [{ id: ROOM, name: 'togo', type: ChannelType.GuildText, isPrivate: true }] }],
  });
  const slack = await startSlack({
    ...{ now: clock.now, appToken: APP, limits: { channelPerSecond: null, tiers: false }, patienceMs: 2_000 },
    workspaces: [
      {
        ...{ team: TEAM, name: 'Partner', botToken: BOT, botUser: 'U0BOT' },
        channels: [{ id: PARTNER_ROOM, name: 'togo', isPrivate: true, members: [OMAR] }],
        users: [{ id: OMAR, name: 'omar', locale: 'en-GB', tz: 'Europe/Zurich', isAdmin: true }],
      },
    ],
  });
  const tokens = { DISCORD_TOKEN: TOKEN, DISCORD_API_URL: `${discord.url}/api`, SLACK_BOT_TOKEN: BOT, SLACK_APP_TOKEN: APP, SLACK_API_URL: slack.url };
  const env = { UPR_WATCH_DATA: home.data, WEB: 'off', ...tokens };
  const lines: string[] = [];
  const app = await buildApp({
    ...{ config: loadConfig({ env, folder: home.config, platforms: PLATFORM_NAMES }), role: 'all', clock },
    log: createLog('info', { write: (line: string) => void lines.push(line) }),
    output: { write: () => {}, isTerminal: false, columns: 100 },
  });
  await app.tick();
  for (const platform of ['Discord', 'Slack']) {
    while (!lines.some((line) => line.includes(`Listening to ${platform}`))) await new Promise((resolve) => setImmediate(resolve));
  }
  const tickAt = async (when: Instant): Promise<void> => {
    clock.pass(when - clock.now());
    await app.tick();
  };
  return {
    ...{ discord, slack, clock, tickAt, store: app.store },
    /** Time passes, a tick a second. */
    seconds: async (count: number) => {
      for (let second = 0; second < count; second += 1) await tickAt(clock.now() + SECOND);
    },
    /** Anna asks `/upr` on Discord. */
    anna: async (sub: string, options: Readonly<Record<string, string | number>> = {}) =>
      (await discord.command({ ...ANNA, guild: GUILD, channel: ROOM, name: 'upr', sub, options })).text,
    /** Omar asks `/upr` on Slack. */
    omar: async (text: string) => (await slack.command({ channel: PARTNER_ROOM, user: OMAR, text })).text,
    /** What stands in the channel of either side, the oldest first. */
    onDiscord: (): readonly Shown[] => discord.read(ROOM),
    onSlack: (): readonly Shown[] =>
      slack.read(PARTNER_ROOM).map(({ ts, text, thread }) => ({ id: ts, text: thread === null ? text : `(in the thread) ${text}` })),
    /** What stands in the threads of the coalition's channel. */
    inThreads: (): readonly Shown[] => discord.threads(ROOM).flatMap(({ id }) => discord.read(id)),
    /** The operator gives a file of a session to the calendar of the same store. */
    applies: async (yaml: string) => {
      const file = join(home.folder, 'operator.yaml');
      writeFileSync(file, yaml);
      const { code, err, out } = await typed(home, ['calendar', 'apply', file], { env, clock });
      if (code !== 0) throw new Error(`${out}${err}`);
    },
    logged: (text: string) => lines.filter((line) => line.includes(text)),
    close: async () => {
      const stopping = app.stop();
      clock.pass(10_000);
      await stopping;
      await discord.close();
      await slack.close();
      home.remove();
    },
  };
}
