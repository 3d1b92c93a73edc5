/** Set-ups that are broken: `doctor` names the fault and what to do, whichever it is. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { ChannelType } from 'discord.js';
import { describe, expect, onTestFinished, test } from 'vitest';
import { faultRecord } from '../../../src/calendar/feed/faults.ts';
import { feedName } from '../../../src/calendar/feed/take.ts';
import { diskFinding } from '../../../src/cli/doctor/machine.ts';
import { doctorJson } from '../../../src/cli/output.ts';
import { DAY } from '../../../src/domain/time.ts';
import { openSqlite } from '../../../src/store/sqlite.ts';
import type { Store } from '../../../src/store/store.ts';
import { aChannel, aLead, aSubscription } from '../../contract/promises/cast.ts';
import { aClock } from '../../support/a-clock.ts';
import { type Typing, typed } from '../../support/a-command-line.ts';
import { aHome, type Home } from '../../support/a-process.ts';
import { startDiscord } from '../../support/discord/server.ts';

const NOW = Date.parse('2026-11-25T12:00:00Z');
const TOKEN = 'MTIz.token.secret';

function aMachine(): Home {
  const home = aHome();
  onTestFinished(() => home.remove());
  return home;
}

async function withStore<T>(home: Home, use: (store: Store) => Promise<T>): Promise<T> {
  const store = await openSqlite({ file: join(home.data, 'upr-watch.db') });
  return use(store).finally(() => store.close());
}

/** What is not well, as `what: detail`. */
async function doctor(home: Home, { env = {}, clock = aClock(NOW) }: Typing = {}): Promise<readonly string[]> {
  const { code, out } = await typed(home, ['doctor', '--json'], { env, clock });
  const { well, findings } = doctorJson.parse(JSON.parse(out));
  expect(code).toBe(well ? 0 : 1);
  return findings.filter((finding) => !finding.well).map(({ what, detail }) => `${what}: ${detail}`);
}

/** Discord with one channel, whose clock is ours. */
async function aServer(permissions: readonly ('ViewChannel' | 'SendMessages')[] = [], now: () => number = () => NOW) {
  const channels = [{ id: '200', name: 'dates', type: ChannelType.GuildText, permissions }];
  const discord = await startDiscord({ now, token: TOKEN, application: { id: '123' }, guilds: [{ id: '100', name: 'UPR friends', channels }] });
  onTestFinished(() => discord.close());
  return { DISCORD_TOKEN: TOKEN, DISCORD_API_URL: `${discord.url}/api` };
}

describe('A set-up that is sound', () => {
  test('is well in everything', async () => {
    expect(await doctor(aMachine())).toEqual([]);
  });
});

describe('A broken set-up is named, with what to do:', () => {
  test('1 settings that cannot be read, each of them', async () => {
    const found = await doctor(aMachine(), { env: { PORT: 'abc', WEB: 'maybe' } });

    expect(found.toSorted()).toEqual(['settings: PORT: is not a port; write a number such as 3000', 'settings: WEB: is neither on nor off']);
  });

  test('2 a channel on a platform without its token', async () => {
    const [fault] = await doctor(aMachine(), { env: { OPERATOR_CHANNEL: 'discord:1' } });

    expect(fault).toContain('needs DISCORD_TOKEN; docs/discord.md says where to get it');
  });

  test('3 a data folder that cannot be written', async () => {
    const home = aMachine();
    writeFileSync(home.data, 'a file is in the way');

    expect((await doctor(home))[0]).toMatch(/^database: .*set UPR_WATCH_DATA to a folder that this user may write/);
  });

  test('4 a damaged database', async () => {
    const home = aMachine();
    mkdirSync(home.data);
    writeFileSync(join(home.data, 'upr-watch.db'), 'this is no database, whatever its name says'.repeat(100));

    expect((await doctor(home))[0]).toMatch(/^database: .*not a sound database; restore a backup/);
  });

  test('5 a database of a newer version', async () => {
    const home = aMachine();
    await withStore(home, (store) => store.setMark('schema', 999));

    expect((await doctor(home))[0]).toMatch(/^database: the database has schema 999.*start the newer version/);
  });

  test('6 a PostgreSQL that is not there', async () => {
    const [fault] = await doctor(aMachine(), { env: { DATABASE_URL: 'postgres://upr:secret@127.0.0.1:1/upr' } });

    expect(fault).toBe('database: the PostgreSQL of DATABASE_URL cannot be reached; check host, port and network');
  });

  test('7 a calendar file with a fault', async () => {
    const home = aMachine();
    home.edit('calendar/sources.yaml', (text) => `${text}\nnonsense: [`);

    expect((await doctor(home))[0]).toMatch(/^calendar: sources\.yaml.*`upr-watch calendar check` looks again$/);
  });

  test('8 a token that the platform does not take; it is not shown', async () => {
    const found = await doctor(aMachine(), { env: { ...(await aServer()), DISCORD_TOKEN: 'NTY2.wrong.token' } });

    expect(found).toEqual(['token: discord: DISCORD_TOKEN is not accepted; copy it anew (docs/discord.md), then start the bot again']);
  });

  test('9 a channel in which the bot lacks a right', async () => {
    const home = aMachine();
    await withStore(home, async (store) => {
      await store.subscriptions.putChannel(aChannel('dates', { target: { installation: 'discord', channel: '200' } }));
      await store.subscriptions.put(aSubscription('all', 'dates'), null);
    });

    expect(await doctor(home, { env: await aServer(['ViewChannel']) })).toEqual([
      "rights: dates: the bot lacks SEND_MESSAGES; give it to the bot's role in that channel",
    ]);
  });

  test('10 a clock that is wrong, by that of a platform', async () => {
    const found = await doctor(aMachine(), { env: await aServer([], () => NOW - 7 * 60_000), clock: aClock(NOW) });

    expect(found).toEqual(['clock: this machine is 7 minutes ahead of the time of discord; set it by the network: `timedatectl set-ntp true`']);
  });

  test('11 what waits and nobody says, also while all posting is paused', async () => {
    const home = aMachine();
    await withStore(home, async (store) => {
      await store.subscriptions.putChannel(aChannel('dates'));
      await store.alerts.add([aLead('dates', { dueAt: NOW - DAY, notBefore: NOW - DAY })], NOW);
    });

    expect((await doctor(home))[0]).toMatch(/^lane: discord: 1 alert waits, the longest since 2026-11-24T12:00.*served by nobody now; start the bot$/);
    await typed(home, ['pause']);
    expect(await doctor(home)).toEqual(['posting: paused; `upr-watch resume` goes on']);
  });

  test('12 a subscription that a platform paused', async () => {
    const home = aMachine();
    await withStore(home, async (store) => {
      await store.subscriptions.putChannel(aChannel('dates'));
      await store.subscriptions.put(aSubscription('all', 'dates', { status: 'paused', reason: 'forbidden' }), null);
    });

    expect(await doctor(home)).toEqual(['paused: all in dates: forbidden; give the bot its right or its channel back, then start the bot again']);
  });

  test('13 a feed that is not taken', async () => {
    const [home, url] = [aMachine(), 'https://upr.example.org/calendar.json'];
    await withStore(home, (store) => faultRecord(store, feedName(url)).write({ since: NOW - DAY, reasons: ['is not signed'] }));

    expect((await doctor(home, { env: { CALENDAR_FEED_URL: url } }))[0]).toMatch(
      /^feed: upr\.example\.org is not taken since 2026-11-24T12:00:00\.000Z: it is not signed; .*CALENDAR_FEED_KEY/,
    );
  });

  test('14 a port that another program has', async () => {
    const other = createServer((_request, response) => response.writeHead(404).end());
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void other.close());
    const { port } = other.address() as AddressInfo;

    expect(await doctor(aMachine(), { env: { WEB: 'on', PORT: `${port}` } })).toEqual([
      `web: port ${port} of 127.0.0.1 is used by another program, and the bot does not run; stop that program, or choose another PORT`,
    ]);
  });

  test('15 dates that nobody looked up, and a database that nobody backs up', async () => {
    const home = aMachine();
    await withStore(home, (store) =>
      store.calendar.revise({ picture: { deadlines: new Map(), reviews: new Map() }, changes: [], now: NOW, reason: 'a start' }),
    );
    const found = await doctor(home, { clock: aClock(NOW + 40 * DAY) });

    expect(found[0]).toMatch(/^stale: \d+ facts were not looked up for too long; `upr-watch calendar stale`/);
    expect(found[1]).toMatch(/^backups: none in .*`upr-watch backup` makes one, best every night/);
    await typed(home, ['backup'], { clock: aClock(NOW + 40 * DAY) });
    expect((await doctor(home, { clock: aClock(NOW + 40 * DAY) })).filter((fault) => fault.startsWith('backups'))).toEqual([]);
  });

  test('16 a disk that is nearly full', async () => {
    expect(await diskFinding(aMachine().folder, Number.POSITIVE_INFINITY)).toMatchObject({ well: false, detail: expect.stringContaining('free some space') });
  });
});
