/** The whole bot inside the test, as `start` builds it: its own folder and database file, a clock that the test turns, and a Discord of ours. */
import { ChannelType } from 'discord.js';
import { onTestFinished } from 'vitest';
import { PLATFORM_NAMES } from '../../src/adapters/adapters.ts';
import { type App, buildApp } from '../../src/app.ts';
import { loadConfig } from '../../src/config.ts';
import type { Day, Instant } from '../../src/domain/time.ts';
import { createLog } from '../../src/lib/log.ts';
import { aClock } from './a-clock.ts';
import { typed } from './a-command-line.ts';
import { aHome, type Home } from './a-process.ts';
import { at } from './a-voice.ts';
import { type Course, writeCourse, writeWorldOf } from './as-known-files.ts';
import { startDiscord } from './discord/server.ts';

const [GUILD, CHANNEL, TOKEN] = ['100', '200', 'MTIz.token.secret'];
const SOMEBODY = { user: '900', guild: GUILD, channel: CHANNEL, name: 'upr', permissions: ['ManageChannels'] } as const;

export interface StoryPlan {
  readonly now: Instant;
  /** Where the channel is; `discord` when left out. Discord's ids begin in 2015. */
  readonly platform?: 'console';
  /** What the channel follows, as `upr-watch.yaml` writes it: `states: [Kenya]`. */
  readonly follows: string;
  /** How the channel hears, in the same way: `zone: America/Bogota`. */
  readonly hears?: string;
  /** The sessions of its calendar, as known on the first day; those that are shipped when left out. */
  readonly course?: Course;
  /** Changes the calendar of its folder before the start. */
  readonly arrange?: (home: Home) => void;
}

export type Story = Awaited<ReturnType<typeof aStory>>;

/** @returns the running bot; it is stopped and cleared away when the test ends. */
export async function aStory({ now, platform, follows, hears, course, arrange = () => {} }: StoryPlan) {
  const home = aHome();
  const clock = aClock(now);
  const settings = [
    ...(platform === 'console' ? ['platform: console'] : [`platform: discord, channel: '${CHANNEL}'`]),
    ...(hears === undefined ? [] : [hears]),
  ];
  home.edit('upr-watch.yaml', (text) => {
    const choices = text.slice(0, text.indexOf('# Where the bot posts.'));
    return `${choices}channels:\n  geneva: { ${settings.join(', ')} }\nsubscriptions:\n  story: { channel: geneva, ${follows} }\n`;
  });
  const learn = (day: Day) => course === undefined || writeCourse(home, course, day);
  if (course !== undefined) writeWorldOf(home, course);
  learn(new Date(now).toISOString().slice(0, 10));
  arrange(home);
  const discord = await startDiscord({
    ...{ now: clock.now, token: TOKEN, application: { id: '123' }, limits: { channel: null, token: null } },
    guilds: [{ id: GUILD, name: 'UPR friends', channels: [{ id: CHANNEL, name: 'dates', type: ChannelType.GuildText }] }],
  });
  const token = platform === 'console' ? {} : { DISCORD_TOKEN: TOKEN, DISCORD_API_URL: `${discord.url}/api` };
  const env = { UPR_WATCH_DATA: home.data, WEB: 'off', ...token };
  const [lines, written]: [string[], string[]] = [[], []];
  const start = () =>
    buildApp({
      ...{ config: loadConfig({ env, folder: home.config, platforms: PLATFORM_NAMES }), role: 'all', clock },
      log: createLog('info', { write: (line: string) => void lines.push(line) }),
      output: { write: (text) => void written.push(text), isTerminal: false, columns: 100 },
    });
  const apps = [await start()];
  onTestFinished(async () => {
    const stopping = Promise.all(apps.map((app) => app.stop()));
    clock.pass(10_000);
    await stopping;
    await discord.close();
    home.remove();
  });
  const tick = async (): Promise<void> => {
    for (const app of apps) await app.tick();
  };
  const [first] = apps as [App];
  await tick();
  /** Each message as it is shown. */
  const read = (): readonly string[] => (platform === 'console' ? written : discord.read(CHANNEL).map(({ text }) => text));

  const tickAt = async (when: Instant): Promise<void> => {
    clock.pass(when - clock.now());
    await tick();
  };
  return {
    home,
    tickAt,
    /** Nine in the morning of these days in Geneva, reached without a gap: what was due before is done. */
    mornings: async (...days: readonly Day[]) => {
      for (const day of days) {
        await tickAt(at(day, '08:59'));
        await tickAt(at(day));
      }
    },
    store: first.store,
    /** Another process starts on the same folder and database, and takes its turns beside those that run. */
    startsAgain: async () => {
      apps.push(await start());
      await tick();
    },
    /** The process that began ends as a signal would end it. */
    ends: async () => {
      const stopping = apps.shift()?.stop();
      clock.pass(10_000);
      await stopping;
      await tick();
    },
    /** At noon of this day the calendar says what was known on it; or what `change` makes of its files. */
    learnsOn: async (day: Day, change: (home: Home) => void = () => learn(day)) => {
      clock.pass(at(day, '12:00') - clock.now());
      change(home);
      await first.reload();
      await tick();
      await tickAt(at(day, '12:01'));
    },
    /** Writes something else into a file of the calendar, as a maintainer does who read it on this day. */
    maintains: (file: string, day: Day, [from, to]: readonly [string, string]) => {
      home.edit(`calendar/${file}`, (text) => {
        if (!text.includes(from)) throw new Error(`${file} does not say ${from}`);
        const version = day.replaceAll('-', '');
        return text
          .replace(from, to)
          .replace(/"?version"?: ?\d+/, `"version": ${version}`)
          .replace(/("?checked"?): ?"?[\d-]+"?/, `$1: "${day}"`);
      });
    },
    /** What stands in the channel, the oldest first. */
    read,
    /** The first line of each message. */
    titles: () => read().map((text) => text.split('\n')[0]?.replace(/^## /, '')),
    /** The operator runs a command of `upr-watch` on the same folder and database; its output. */
    run: async (...words: readonly string[]) => {
      const { out, err, code } = await typed(home, words, { env, clock });
      return code === 0 ? out : `${out}${err}exit code ${code}`;
    },
    /** Somebody asks `/upr` in the channel. */
    ask: async (sub: string, options: Readonly<Record<string, string | number>> = {}) => {
      while (!lines.some((line) => line.includes('Listening to Discord'))) await new Promise((resolve) => setImmediate(resolve));
      return (await discord.command({ ...SOMEBODY, sub, options })).text;
    },
    logged: (text: string) => lines.filter((line) => line.includes(text)),
  };
}
