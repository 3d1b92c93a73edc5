import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ChannelType } from 'discord.js';
import { expect, onTestFinished, test } from 'vitest';
import { aHome, type Running, ran, run } from '../support/a-process.ts';
import { type Discord, startDiscord } from '../support/discord/server.ts';

const [GUILD, CHANNEL, TOKEN] = ['100', '200', 'MTIz.token.secret'];
const someone = { user: '900', guild: GUILD, channel: CHANNEL, name: 'upr', permissions: ['ManageChannels'] } as const;
const PATIENCE_MS = 40_000;

async function until(isSo: () => boolean, what: string): Promise<void> {
  for (const end = Date.now() + PATIENCE_MS; !isSo(); await new Promise((resolve) => setTimeout(resolve, 50))) {
    if (Date.now() > end) throw new Error(`${what}: it was waited for in vain`);
  }
}

/** What is waited for, or an error that says what was waited for in vain. */
async function soon<T>(coming: Promise<T>, what: string): Promise<T> {
  let came = false;
  const result = coming.finally(() => {
    came = true;
  });
  await Promise.race([result, until(() => came, what)]);
  return result;
}

/** Togo's pre-session application gets a day, of which everybody hears who follows Togo. */
function announcement(folder: string, day: string, version: number): string {
  const file = join(folder, 'togo.yaml');
  const deadline = `presession_application: { date: ${day}, certainty: tentative, source: [docip] }`;
  writeFileSync(file, `session: 54\nversion: ${version}\nchecked: 2026-11-24\nstates:\n  - state: TGO\n    deadlines:\n      ${deadline}\n`);
  return file;
}

/** A bot on a server of ours, its commands published. */
async function aServer() {
  const home = aHome();
  const discord = await startDiscord({
    ...{ now: Date.now, token: TOKEN, application: { id: '123' } },
    guilds: [{ id: GUILD, name: 'UPR friends', channels: [{ id: CHANNEL, name: 'dates', type: ChannelType.GuildText }] }],
  });
  const env = { DISCORD_TOKEN: TOKEN, DISCORD_API_URL: `${discord.url}/api` };
  const bots: Running[] = [];
  onTestFinished(async () => {
    for (const bot of bots) bot.process.kill('SIGKILL');
    await Promise.all(bots.map((bot) => bot.ended));
    await discord.close();
    home.remove();
  });
  const published = await ran(home, ['commands', 'publish', 'discord'], env);
  expect([published.code, published.err]).toEqual([0, '']);
  const start = async (): Promise<Running> => {
    const bot = run(home, ['start'], env);
    bots.push(bot);
    await bot.says('Stop it with Ctrl+C.');
    return bot;
  };
  const announce = async (day: string, version: number) => {
    const { code, err } = await ran(home, ['calendar', 'apply', announcement(home.folder, day, version)], env);
    expect([code, err]).toEqual([0, '']);
  };
  return { discord, home, start, announce };
}

const heard = (discord: Discord, text: string) => discord.read(CHANNEL).filter((message) => message.text.includes(text));

test('A bot that is told to stop while it logs in ends, and with 0', async () => {
  const { start } = await aServer();
  const bot = await start();
  bot.process.kill('SIGTERM');

  expect((await soon(bot.ended, 'the end of the bot')).code).toBe(0);
});

test('A token that Discord does not accept ends the start with exit code 2 and what to do, and the token is not shown', async () => {
  const { discord, home } = await aServer();
  const bot = run(home, ['start'], { DISCORD_TOKEN: 'NTY2.wrong.token', DISCORD_API_URL: `${discord.url}/api` });

  const { code, err } = await soon(bot.ended, 'the end of the bot');

  expect([code, err]).toEqual([2, expect.stringContaining('Discord does not accept DISCORD_TOKEN; copy it anew')]);
  expect(err).not.toContain('wrong.token');
});

test('A channel of a Discord server follows a State by /upr, and hears of its date once, also when the connection is cut, the bot is killed and another takes over', async () => {
  const { discord, start, announce } = await aServer();
  const first = await start();
  await first.says('Listening to Discord', 'err');

  const followed = await soon(discord.command({ ...someone, sub: 'follow', options: { state: 'Togo' } }), 'the answer to follow');
  expect([followed.ephemeral, followed.text]).toEqual([true, expect.stringContaining('Togo')]);
  discord.cut();
  await announce('2027-02-10', 1);
  await until(() => heard(discord, '10 February 2027').length > 0, 'the date');

  first.process.kill('SIGKILL');
  await first.ended;
  const second = await start();
  const third = await start();
  await second.says('Listening to Discord', 'err');
  const following = await soon(discord.command({ ...someone, sub: 'following', options: {} }), 'the answer to following');
  expect(following.text).toContain('Togo');

  second.process.kill('SIGKILL');
  await second.ended;
  await announce('2027-02-17', 2);
  await until(() => heard(discord, '17 February 2027').length > 0, 'the moved date');
  third.process.kill('SIGTERM');
  expect((await soon(third.ended, 'the end of the third bot')).code).toBe(0);

  expect(discord.read(CHANNEL).filter(({ text }) => text.includes('may be a repeat'))).toEqual([]);
  expect(heard(discord, '17 February 2027')).toHaveLength(1);
  expect(discord.read(CHANNEL)).toHaveLength(2);
  expect(discord.violations()).toEqual([]);
});
