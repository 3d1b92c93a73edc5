import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { typed } from '../support/a-command-line.ts';
import { aHome, type Running, ran, run } from '../support/a-process.ts';
import { type Slack, startSlack } from '../support/slack/server.ts';

const [BOT, APP, SECRET] = ['xoxb-geneva-secret', 'xapp-1-secret', 'a-signing-secret'];
const SCOPES = ['commands', 'chat:write', 'users:read'];
const PATIENCE_MS = 40_000;

async function until(isSo: () => boolean, what: string): Promise<void> {
  for (const end = Date.now() + PATIENCE_MS; !isSo(); await new Promise((resolve) => setTimeout(resolve, 50))) {
    if (Date.now() > end) throw new Error(`${what}: it was waited for in vain`);
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Togo's pre-session application gets a day, of which everybody hears who follows Togo. */
function announcement(folder: string, day: string, version: number): string {
  const file = join(folder, 'togo.yaml');
  const deadline = `presession_application: { date: ${day}, certainty: tentative, source: [docip] }`;
  writeFileSync(file, `session: 54\nversion: ${version}\nchecked: 2026-11-24\nstates:\n  - state: TGO\n    deadlines:\n      ${deadline}\n`);
  return file;
}

/** A bot in a workspace of ours. */
async function aWorkspace(way: 'socket' | 'http') {
  const home = aHome();
  const channels = [{ id: 'C1', name: 'dates' }];
  const users = [{ id: 'U1', name: 'anna', locale: 'en-GB', tz: 'Europe/Zurich' }];
  const slack = await startSlack({
    ...{ now: Date.now, appToken: APP, signingSecret: SECRET, patienceMs: 5_000, limits: { channelPerSecond: null, tiers: false } },
    workspaces: [{ team: 'T1', botToken: BOT, botUser: 'U0BOT', scopes: SCOPES, channels, users }],
  });
  const port = await freePort();
  const asked = way === 'socket' ? { SLACK_APP_TOKEN: APP } : { SLACK_SIGNING_SECRET: SECRET, PORT: String(port) };
  const env = { SLACK_BOT_TOKEN: BOT, SLACK_API_URL: slack.url, ...asked };
  if (way === 'http') slack.deliverTo(`http://127.0.0.1:${port}/slack/events`);
  const bots: Running[] = [];
  onTestFinished(async () => {
    for (const bot of bots) bot.process.kill('SIGKILL');
    await Promise.all(bots.map((bot) => bot.ended));
    await slack.close();
    home.remove();
  });
  const start = async (): Promise<Running> => {
    const bot = run(home, ['start'], env);
    bots.push(bot);
    await bot.says('Listening to Slack', 'err');
    return bot;
  };
  const announce = async (day: string, version: number) => {
    const { code, err } = await typed(home, ['calendar', 'apply', announcement(home.folder, day, version)], { env });
    expect([code, err]).toEqual([0, '']);
  };
  const recorded = async () => {
    for (const end = Date.now() + PATIENCE_MS; Date.now() < end; ) if (/ sent +slack:T1\/C1 /.test((await typed(home, ['proof'], { env })).out)) return;
    throw new Error('It was not recorded that the date was said');
  };
  const said = () => bots.map((bot) => bot.out() + bot.err()).join('');
  return { slack, home, start, announce, recorded, said };
}

const heard = (slack: Slack, text: string) => slack.read('C1').filter((message) => message.text.includes(text));
const anna = { channel: 'C1', user: 'U1' };

describe.each(['socket', 'http'] as const)('A workspace that is asked by %s', (way) => {
  test('follows a State by /upr, and hears of its date once, also when the connection is cut, the bot is killed and an event comes twice; no token is anywhere', async () => {
    const { slack, home, start, announce, recorded, said } = await aWorkspace(way);
    const first = await start();

    const followed = await slack.command({ ...anna, text: 'follow togo' });
    expect([followed.ephemeral, followed.text]).toEqual([true, expect.stringContaining('Togo')]);
    if (way === 'socket') {
      slack.cut();
      await until(() => slack.connections() > 0, 'a new connection');
    }
    await slack.event('T1', { type: 'app_home_opened', user: 'U1', channel: 'D1', tab: 'home' }, { eventId: 'Ev1' });
    await until(() => slack.home('U1') !== null, 'the home');
    const published = slack.requests('views.publish').length;
    await slack.event('T1', { type: 'app_home_opened', user: 'U1', channel: 'D1', tab: 'home' }, { eventId: 'Ev1', retryNum: 1 });
    await announce('2027-02-10', 1);
    await until(() => heard(slack, '10 February 2027').length > 0, 'the date');
    expect(slack.requests('views.publish').length, 'an event that Slack sends again is handled once').toBe(published);

    // Slack has no key against repeats: a bot that dies before it has recorded a message says it again, marked.
    await recorded();
    first.process.kill('SIGKILL');
    await first.ended;
    const second = await start();
    expect((await slack.command({ ...anna, text: 'following' })).text).toContain('Togo');
    expect((await slack.command({ ...anna, text: 'folowing' })).text).toContain('Did you mean following?');
    await announce('2027-02-17', 2);
    await until(() => heard(slack, '17 February 2027').length > 0, 'the moved date');
    second.process.kill('SIGTERM');
    expect((await second.ended).code).toBe(0);

    expect(slack.read('C1').filter(({ text }) => text.includes('may be a repeat'))).toEqual([]);
    expect(slack.read('C1')).toHaveLength(2);
    expect(slack.violations()).toEqual([]);
    expect(slack.mentions()).toEqual([]);
    const files = readdirSync(home.data).map((file) => readFileSync(join(home.data, file), 'latin1'));
    for (const text of [said(), ...files]) for (const secret of [BOT, APP, SECRET]) expect(text.includes(secret)).toBe(false);
  });
});

test('A token that Slack does not accept ends the start with exit code 2 and what to do, and the token is not shown', async () => {
  const { slack, home } = await aWorkspace('socket');
  const { code, err } = await ran(home, ['start'], { SLACK_BOT_TOKEN: 'xoxb-wrong', SLACK_APP_TOKEN: APP, SLACK_API_URL: slack.url });

  expect([code, err]).toEqual([2, expect.stringContaining('SLACK_BOT_TOKEN')]);
  expect(err).not.toContain('xoxb-wrong');
});
