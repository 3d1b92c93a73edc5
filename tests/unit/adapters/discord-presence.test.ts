import { ChannelType } from 'discord.js';
import { afterEach, describe, expect, test } from 'vitest';
import type { Presence } from '../../../src/adapters/adapter.ts';
import { createDiscordAdapter } from '../../../src/adapters/discord/index.ts';
import { createPresence } from '../../../src/adapters/discord/presence.ts';
import { createLog } from '../../../src/lib/log.ts';
import { aVoice } from '../../support/a-voice.ts';
import { startDiscord } from '../../support/discord/server.ts';

const all = (...installations: readonly string[]): Presence => ({ platform: 'discord', what: 'all', installations });
const joined = (installation: string): Presence => ({ platform: 'discord', what: 'joined', installation });
const left = (installation: string): Presence => ({ platform: 'discord', what: 'left', installation });

/** What the gateway sends, and what each of it says. */
function told(...packets: readonly (readonly [t: string, d: object])[]): readonly (readonly Presence[])[] {
  const presence = createPresence();
  return packets.map(([t, d]) => presence({ op: 0, s: 1, t, d }));
}
const ready = (ids: readonly string[], shard?: readonly [number, number]) =>
  ['READY', { v: 10, guilds: ids.map((id) => ({ id, unavailable: true })), ...(shard === undefined ? {} : { shard }) }] as const;
const created = (id: string) => ['GUILD_CREATE', { id, name: 'UPR friends', unavailable: false, channels: [] }] as const;
const gone = (id: string) => ['GUILD_DELETE', { id }] as const;
const dark = (id: string) => ['GUILD_DELETE', { id, unavailable: true }] as const;

describe('What the gateway says of servers', () => {
  test('at the beginning is all of them, and that each becomes ready is no news', () => {
    expect(told(ready(['1', '2']), created('1'), created('2'))).toEqual([[all('1', '2')], [], []]);
  });

  test('later is who invites the bot and who removes it, as often as they do', () => {
    expect(told(ready(['1']), created('1'), created('2'), gone('1'), created('1'), gone('1'))).toEqual([
      [all('1')],
      [],
      [joined('2')],
      [left('1')],
      [joined('1')],
      [left('1')],
    ]);
  });

  test('nobody can reach for the moment is not that the bot was removed', () => {
    expect(told(ready(['1']), created('1'), dark('1'), created('1'))).toEqual([[all('1')], [], [], []]);
    expect(told(ready(['1']), dark('1'), gone('1'))).toEqual([[all('1')], [], [left('1')]]);
  });

  test('after a new session is all of them again, and who was lost meanwhile may invite the bot anew', () => {
    expect(told(ready(['1', '2']), ready(['2']), created('2'), created('1'))).toEqual([[all('1', '2')], [all('2')], [], [joined('1')]]);
  });

  test('of one shard of several is not all of them', () => {
    // Shard 0 of 2 has the servers whose id, without its last 22 bits, is even.
    const [even, odd] = [String(2n << 22n), String(3n << 22n)];

    expect(told(ready([even], [0, 2]), ready([odd], [1, 2]), created(even), created(odd))).toEqual([[], [], [], []]);
    expect(told(ready([even], [0, 2]), ready([odd], [1, 2]), ready([], [0, 2]), created(odd), created(even))).toEqual([[], [], [], [], [joined(even)]]);
    expect(told(ready(['1'], [0, 1]))).toEqual([[all('1')]]);
  });

  test('of anything else, or in a form that is not known, is nothing', () => {
    expect(told(['MESSAGE_CREATE', { id: '1' }], ['GUILD_CREATE', { id: 'x' }], ['GUILD_DELETE', {}], ['READY', {}])).toEqual([[], [], [], []]);
    expect([null, 'x', {}, { t: null, d: null }].map(createPresence())).toEqual([[], [], [], []]);
  });
});

describe('A bot that listens to Discord', () => {
  const TOKEN = 'MTIz.token.secret';
  const guild = (id: string) => ({ id, name: 'UPR friends', channels: [{ id: `${id}1`, name: 'dates', type: ChannelType.GuildText }] });
  let closing: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const close of closing.reverse()) await close();
    closing = [];
  });

  async function aListener() {
    const discord = await startDiscord({ now: () => Date.UTC(2026, 6, 10, 7), token: TOKEN, application: { id: '123' }, guilds: [guild('100'), guild('101')] });
    closing.push(() => discord.close());
    const tools = { log: createLog('silent'), words: () => aVoice().words, refused: () => undefined };
    const adapter = createDiscordAdapter({ token: TOKEN, applicationId: null, apiUrl: `${discord.url}/api` }, tools);
    closing.push(() => adapter.stop());
    const [news, lost]: [Presence[], string[]] = [[], []];
    const start = () =>
      adapter.start({
        request: () => Promise.reject(new Error('nobody asks')),
        presence: async (one) => void news.push(one),
        lost: (why) => void lost.push(`${why.reason} ${why.message}`),
      });
    await start();
    return { discord, adapter, start, news, lost };
  }

  test('tells where it is, who removes it and who invites it, and nothing of servers out of reach', async () => {
    const { discord, news } = await aListener();
    discord.darken('101');
    discord.kick('100');
    discord.invite(guild('100'));
    discord.invite(guild('102'));

    await expect.poll(() => news, { timeout: 20_000 }).toEqual([all('100', '101'), left('100'), joined('100'), joined('102')]);
  });

  test('tells all of it anew when it had to begin a new session', async () => {
    const { discord, news, lost } = await aListener();
    discord.kick('100');
    discord.invalidate();

    await expect.poll(() => news, { timeout: 30_000 }).toEqual([all('100', '101'), left('100'), all('101')]);
    expect(lost).toEqual([]);
  });

  test.each([
    [4004, /^fatal .*DISCORD_TOKEN/],
    [4014, /^unavailable .*intent/],
  ])('and is shut out with %i says once that it listens no more, and can begin again', async (code, why) => {
    const { discord, adapter, start, news, lost } = await aListener();
    discord.shutOut(code);
    await expect.poll(() => lost, { timeout: 20_000 }).toEqual([expect.stringMatching(why)]);
    await adapter.stop();
    await start();
    discord.kick('100');

    await expect.poll(() => news.at(-1), { timeout: 20_000 }).toEqual(left('100'));
    expect(lost).toHaveLength(1);
  });

  test('says nothing when it is told to stop', async () => {
    const { discord, adapter, news, lost } = await aListener();
    await adapter.stop();
    discord.kick('100');

    expect([news, lost]).toEqual([[all('100', '101')], []]);
  });
});
