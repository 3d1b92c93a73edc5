import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { effectiveCalendar } from '../../../src/calendar/effective.ts';
import { PUBLIC_REACH } from '../../../src/calendar/feed/fetch.ts';
import { createFeedFollower, type FeedFollower, type FeedNews } from '../../../src/calendar/feed/follow.ts';
import { createFeedPage } from '../../../src/calendar/feed/publish.ts';
import { feedName, isFeedName } from '../../../src/calendar/feed/take.ts';
import { unfollowFeed } from '../../../src/calendar/feed/unfollow.ts';
import { createLiveCalendar, type LiveCalendar } from '../../../src/calendar/live.ts';
import { loadCalendar } from '../../../src/calendar/load.ts';
import { waitingRevisions } from '../../../src/calendar/waiting.ts';
import { approveFeed } from '../../../src/cli/calendar-feed.ts';
import { HOUR, MINUTE } from '../../../src/domain/time.ts';
import type { Clock } from '../../../src/lib/clock.ts';
import { createLog } from '../../../src/lib/log.ts';
import { aClock } from '../../support/a-clock.ts';
import { aFeedServer } from '../../support/feed-server.ts';
import { aFeed, dated, ofSession } from './a-feed.ts';
import { aFolder, edited, operatorText } from './a-folder.ts';
import { aHome, NOW } from './a-home.ts';

const KENYA = '50-KEN-stakeholder_submission';

let it: Awaited<ReturnType<typeof aHome>>;
let server: Awaited<ReturnType<typeof aFeedServer>>;
let calendar: LiveCalendar;
let clock: ReturnType<typeof aClock>;
let log: string[];
let told: FeedNews[];
let followers: FeedFollower[];
let slept: number[];

beforeEach(async () => {
  [it, server, clock] = [await aHome(), await aFeedServer(), aClock(NOW)];
  [log, told, followers, slept] = [[], [], [], []];
  calendar = await createLiveCalendar({ home: it.home, store: it.store, log: logger() }, NOW);
});
afterEach(async () => {
  await Promise.all(followers.map((follower) => follower.stop()));
  await Promise.all([server.close(), it.remove()]);
});

const logger = () => createLog('info', { write: (line: string) => void log.push(line) });
const noted = (inner: Clock): Clock => ({
  ...inner,
  sleep: (ms, signal) => {
    const sleeping = inner.sleep(ms, signal);
    slept.push(ms);
    return sleeping;
  },
});
const shelf = () => ({ home: it.home, store: it.store });

interface Following {
  readonly key?: KeyObject;
  readonly url?: string;
  readonly mine?: () => boolean;
  readonly chance?: number;
}

function follow({ key, url = server.url, mine = () => true, chance = 0.5 }: Following = {}): FeedFollower {
  const follower = createFeedFollower({
    ...{ ...shelf(), url, key: key ?? null, clock: noted(clock), now: clock.now, log: logger(), random: () => chance },
    reach: { ...PUBLIC_REACH, allow: new Set(['127.0.0.1']), maxBytes: 100_000, withinMs: 5_000 },
    mayAsk: async () => mine(),
    apply: calendar.reload,
    tell: async (news) => void told.push(news),
  });
  followers.push(follower);
  return follower;
}

const inForce = () => calendar.facts().sessions.get(50)?.deadlines.stakeholder_submission?.when.from;
const revisions = async () => (await it.store.calendar.revisionsAfter(0)).length;
const published = (at: string, date: string) => dated({ date }, { published: at });
const host = () => `127.0.0.1:${server.port}`;

describe('A feed that is followed', () => {
  test('is a layer over the shipped calendar, and a revision with its change', async () => {
    server.publishes(aFeed());
    await follow().ask();

    expect(inForce()).toBe('2025-04-09');
    expect(calendar.facts().sessions.get(50)?.reviews[0]?.review?.when.from).toBe('2025-11-07');
    expect(calendar.facts().sessions.get(50)?.deadlines.stakeholder_submission?.disagrees[0]?.when.from).toBe('2025-04-07');
    const latest = await it.store.calendar.latest();
    expect((await it.store.calendar.changesOf(latest?.id ?? 0)).map(({ change }) => change)).toMatchObject([
      { what: 'moved', after: { id: KENYA } },
      { what: 'conflict-opened', after: { id: KENYA } },
    ]);
    expect(told).toEqual([]);
  });

  test('is asked for once, then only whether it changed', async () => {
    server.publishes(aFeed(), { etag: '"7"' });
    const follower = follow();
    for (const _ of [1, 2, 3]) await follower.ask();

    expect(server.asked.map(({ headers }) => headers['if-none-match'])).toEqual([undefined, '"7"', '"7"']);
    expect(await revisions()).toBe(2);
  });

  test('is no revision when a restarted bot gets the same again', async () => {
    server.publishes(aFeed());
    await follow().ask();
    await follow().ask();

    expect([await revisions(), told]).toEqual([2, []]);
  });

  test('stays in force across a restart, before anybody was asked', async () => {
    server.publishes(aFeed());
    await follow().ask();
    calendar = await createLiveCalendar({ home: it.home, store: it.store, log: logger() }, NOW);

    expect([inForce(), await revisions()]).toEqual(['2025-04-09', 2]);
  });

  test('gives way to what the operator applied, and drives over a newer image', async () => {
    server.publishes(aFeed());
    await follow().ask();
    const newer = edited('sessions/50.yaml', '2025-04-07', '2025-04-08')['sessions/50.yaml'] ?? '';
    it.write({ 'sessions/50.yaml': newer.replace('version: 1', 'version: 2') });
    await calendar.reload(NOW);
    const overShipped = inForce();
    await it.store.calendar.putFiles([{ layer: 'operator', file: 'mine.yaml', version: 1, body: operatorText('2025-04-10', 1, '2026-07-10') }], NOW);
    await calendar.reload(NOW);

    expect([overShipped, inForce()]).toEqual(['2025-04-09', '2025-04-10']);
  });

  test('is taken though the operator applied something else, which goes on driving', async () => {
    await it.store.calendar.putFiles([{ layer: 'operator', file: 'mine.yaml', version: 1, body: operatorText('2025-04-10', 1, '2026-07-10') }], NOW);
    server.publishes(aFeed());
    await follow().ask();

    expect([inForce(), (await it.store.calendar.files('feed')).length]).toEqual(['2025-04-10', 1]);
  });

  test('contests what the operator applied before it was read, and the earlier date drives', async () => {
    await it.store.calendar.putFiles([{ layer: 'operator', file: 'mine.yaml', version: 1, body: operatorText('2025-04-10') }], NOW);
    server.publishes(aFeed());
    await follow().ask();

    expect(calendar.facts().sessions.get(50)?.deadlines.stakeholder_submission).toMatchObject({
      when: { from: '2025-04-09' },
      contested: { other: { when: { from: '2025-04-10' } }, since: '2026-07-09', drives: 'below' },
    });
  });

  test('is replaced by the feed of another address, and nothing of the first stays', async () => {
    server.publishes(aFeed(ofSession({ notes: ['first'] })));
    await follow({ url: `${server.url}?1` }).ask();
    server.publishes(aFeed(ofSession({ notes: ['second'] })));
    await follow({ url: `${server.url}?2` }).ask();

    expect(calendar.facts().sessions.get(50)?.notes).toEqual(['second']);
  });

  test('leaves the calendar when none is followed any more', async () => {
    server.publishes(aFeed());
    await follow().ask();
    await unfollowFeed({ ...shelf(), log: logger() }, NOW);
    await calendar.reload(NOW);
    await unfollowFeed({ ...shelf(), log: logger() }, NOW);

    expect([inForce(), await revisions()]).toEqual(['2025-04-07', 3]);
    expect(log.join()).toContain('what came from it has left the calendar');
  });

  test('stays when what the operator applied rests on it', async () => {
    server.publishes(aFeed());
    await follow().ask();
    const body = operatorText('2025-04-10', 1, '2026-07-10').replace('[ohchr]', '[circular]');
    await it.store.calendar.putFiles([{ layer: 'operator', file: 'mine.yaml', version: 1, body }], NOW);
    await unfollowFeed({ ...shelf(), log: logger() }, NOW);
    await calendar.reload(NOW);

    expect(inForce()).toBe('2025-04-10');
    expect(log.join()).toContain('but stays in the calendar');
  });

  test('is passed over, and said, when it does not fit a newer image; the bot starts', async () => {
    server.publishes(aFeed(ofSession({ states: [{ state: 'USA', listing: { certainty: 'published', source: ['ohchr'] } }] })));
    await follow().ask();
    const text =
      'session: 49\ncycle: 4\nversion: 1\nchecked: 2026-07-01\ndates: { date: 2025-04-28, certainty: published, source: [ohchr] }\nstates:\n  - state: USA\n';
    it.write({ 'sessions/49.yaml': text });

    calendar = await createLiveCalendar({ home: it.home, store: it.store, log: logger() }, NOW);

    expect(
      calendar
        .facts()
        .sessions.get(50)
        ?.reviews.map(({ state }) => state),
    ).toEqual(['KEN']);
    expect(log.join()).toContain('does not fit the calendar any more');
  });
});

describe('A bad feed after a good one', () => {
  const good = aFeed();
  test.each<[string, string | Uint8Array, string]>([
    ['is not JSON', '<html>', 'has faults: is not JSON'],
    ['is not UTF-8', Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]), 'is not UTF-8'],
    ['is UTF-16', Buffer.from(good, 'utf16le'), 'has faults: is not JSON'],
    ['has letters written too long', Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xc0, 0xaf]), Buffer.from('"}')]), 'is not UTF-8'],
    ['is too large', ' '.repeat(100_001), 'is larger than 100000 bytes'],
    ['is nested', '['.repeat(90_000), 'has faults: is nested more than 64 deep'],
    ['has a key twice', good.replace('"version":1', '"version":1,"version":1'), 'has faults: has the key `version` twice in one place'],
    ['is of the year 9999', published('2026-07-09T11:00:00Z', '9999-01-01'), 'has faults: sessions[0].deadlines.stakeholder_submission.date lies outside'],
    ['names an unknown source', dated({ date: '2025-04-11', source: ['nobody'] }), 'has faults: names the source `nobody`'],
    [
      'is older',
      published('2026-07-08T10:00:00Z', '2025-04-11'),
      'is of 2026-07-08T10:00:00.000Z, older than the one in force, which is of 2026-07-09T10:00:00.000Z',
    ],
    ['is ahead', published('2026-07-12T10:00:00Z', '2025-04-11'), 'says that it was published at 2026-07-12T10:00:00.000Z, which is ahead'],
  ])('that %s keeps the good one and is told once', async (_what, body, reason) => {
    server.publishes(good, { etag: '"good"' });
    const follower = follow();
    await follower.ask();
    server.publishes(body, { etag: '"bad"' });
    for (const _ of [1, 2, 3]) await follower.ask();

    expect([inForce(), await revisions()]).toEqual(['2025-04-09', 2]);
    expect(told).toEqual([{ host: host(), reason: expect.stringContaining(reason), since: NOW }]);
    expect(log.filter((line) => line.includes('is not taken'))).toHaveLength(1);
  });

  test('is told again for another reason, and that it is well again, once', async () => {
    server.publishes(good, { etag: '"good"' });
    const follower = follow();
    await follower.ask();
    const answers = [503, 404, 503];
    for (const status of answers) {
      server.answers((_request, response) => response.writeHead(status).end());
      await follower.ask();
    }
    server.publishes(good, { etag: '"good"' });
    for (const _ of [1, 2]) await follower.ask();

    expect(told.map(({ reason }) => reason)).toEqual(['was answered with status 503', 'was answered with status 404', null]);
  });

  test('is not told again after a restart, which still tells that it is well again, and since when it was not', async () => {
    server.answers((_request, response) => response.writeHead(503).end());
    await follow().ask();
    clock.pass(HOUR);
    await follow().ask();
    server.publishes(good);
    await follow().ask();
    await follow().ask();

    expect(told).toEqual([
      { host: host(), reason: 'was answered with status 503', since: NOW },
      { host: host(), reason: null, since: NOW },
    ]);
  });

  test('that does not fit what the operator applied is refused, and the next start is not harmed', async () => {
    await it.store.calendar.putFiles([{ layer: 'operator', file: 'mine.yaml', version: 1, body: operatorText('2025-11-02') }], NOW);
    await calendar.reload(NOW);
    const dates = { date: '2025-10-06', until: '2025-10-17', certainty: 'published', source: ['circular'] };
    const states = [{ state: 'KEN', review: { ...dates, until: undefined } }];
    server.publishes(aFeed(ofSession({ dates, states })));
    await follow().ask();

    expect(told[0]?.reason).toContain('falls after');
    expect([inForce(), (await effectiveCalendar(it.home, it.store)).passedOver]).toEqual(['2025-11-02', []]);
  });
});

describe('A feed that must be signed', () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const signed = (body: string, by = privateKey) => ({ headers: { 'x-upr-watch-signature': sign(null, Buffer.from(body), by).toString('base64') } });

  test('is taken with its signature', async () => {
    server.publishes(aFeed(), signed(aFeed()));
    await follow({ key: publicKey }).ask();

    expect([inForce(), told]).toEqual(['2025-04-09', []]);
  });

  test.each([
    ['without one', {}, 'is not signed'],
    ['with that of another', signed(aFeed(), generateKeyPairSync('ed25519').privateKey), 'is signed, but not by the key'],
    ['with that of other bytes', signed(`${aFeed()} `), 'is signed, but not by the key'],
  ])('is refused %s', async (_what, headers, reason) => {
    server.publishes(aFeed(), headers);
    await follow({ key: publicKey }).ask();

    expect([inForce(), told.length]).toEqual(['2025-04-07', 1]);
    expect(told[0]?.reason).toContain(reason);
  });

  test('is taken from another bot that signs what it publishes, and refused where it signs with another key', async () => {
    const facts = loadCalendar(aFolder(edited('sessions/50.yaml', '2025-04-07', '2025-04-09'))).facts;
    const publish = (by: KeyObject) => {
      const { headers, body } = createFeedPage(by)({ facts, published: NOW }, null);
      server.publishes(body, { headers });
    };
    publish(generateKeyPairSync('ed25519').privateKey);
    await follow({ key: publicKey }).ask();
    const refused = [inForce(), told.map(({ reason }) => reason)];
    publish(privateKey);
    await follow({ key: publicKey }).ask();

    expect(refused).toEqual(['2025-04-07', ['is signed, but not by the key of CALENDAR_FEED_KEY']]);
    expect([inForce(), told.at(-1)?.reason]).toEqual(['2025-04-09', null]);
  });

  test('is not taken back to an older one, though that was signed too', async () => {
    const [older, newer] = [published('2026-07-08T10:00:00Z', '2025-04-08'), published('2026-07-09T10:00:00Z', '2025-04-09')];
    const follower = follow({ key: publicKey });
    server.publishes(newer, { etag: '"2"', ...signed(newer) });
    await follower.ask();
    server.publishes(older, { etag: '"1"', ...signed(older) });
    await follower.ask();

    expect([inForce(), told.length]).toEqual(['2025-04-09', 1]);
  });
});

describe('A feed that does very much', () => {
  const MANY = Array.from({ length: 12 }, (_, index) => `date_${index}`);
  const kinds = ['presession', 'national_report', 'documents_published', 'presession_application', 'presession_statement', 'troika_selection'];
  const deadlines = (date: string) =>
    Object.fromEntries(kinds.map((kind) => [kind, { date, ...(date === 'unknown' ? {} : { certainty: 'published', source: ['ohchr'] }) }]));
  const states = ['KEN', 'USA'].map((state) => ({
    state,
    ...(state === 'USA' ? { review: { date: '2025-11-10', certainty: 'published', source: ['ohchr'] } } : {}),
  }));
  const full = (date: string, at: string) => aFeed({ published: at, sessions: [{ session: 50, states, deadlines: deadlines(date) }] });

  test('waits until it is approved, and is told of once', async () => {
    expect(MANY).toHaveLength(kinds.length * states.length);
    const follower = follow();
    server.publishes(full('2025-06-01', '2026-07-09T10:00:00Z'), { etag: '"1"' });
    await follower.ask();
    const before = await revisions();
    server.publishes(full('unknown', '2026-07-09T11:00:00Z'), { etag: '"2"' });
    for (const _ of [1, 2]) await follower.ask();
    const [waiting] = await waitingRevisions(it.store);
    const [file] = waiting?.files ?? [];
    if (waiting === undefined || file === undefined) throw new Error('Nothing waits');

    expect(isFeedName(file.file)).toBe(true);
    expect([await revisions(), told.map(({ reason }) => reason)]).toEqual([before, [expect.stringContaining(`calendar approve ${waiting.id}`)]]);

    const approve = (id: string) => approveFeed({ ...shelf(), now: NOW }, file, id);
    expect(await approve('another')).toMatchObject({ changes: [], waiting: { id: waiting.id } });
    expect(await approve(waiting.id)).toMatchObject({ changes: { length: 12 }, waiting: null });
    await expect(approve(waiting.id)).rejects.toThrow('The feed is in force already.');
    expect([await waitingRevisions(it.store), await revisions()]).toEqual([[], before + 1]);
    await follower.ask();
    expect(told.at(-1)?.reason).toBeNull();
  });
});

describe('A follower', () => {
  /** Until it sleeps again for the so-and-so-many-eth time, and how long it means to. */
  const asleep = async (times: number) => {
    await expect.poll(() => slept.length).toBe(times);
    return slept.at(-1);
  };

  test('asks a minute after the start, then every six hours', async () => {
    server.publishes(aFeed());
    follow().start();

    expect([await asleep(1), server.asked.length]).toEqual([MINUTE, 0]);
    clock.pass(MINUTE);
    expect([await asleep(2), server.asked.length]).toEqual([6 * HOUR, 1]);
    clock.pass(6 * HOUR);
    expect([await asleep(3), server.asked.length]).toEqual([6 * HOUR, 2]);
  });

  test.each([
    [0, 5.4],
    [1, 6.6],
  ])('does not come with all the others: at chance %d after %d hours', async (chance, hours) => {
    server.publishes(aFeed());
    follow({ chance }).start();
    await asleep(1);
    clock.pass(MINUTE);

    expect(await asleep(2)).toBeCloseTo(hours * HOUR);
  });

  test('leaves it to the process that plans, and takes over within a minute', async () => {
    let mine = false;
    server.publishes(aFeed());
    follow({ mine: () => mine }).start();
    await asleep(1);
    clock.pass(MINUTE);
    expect([await asleep(2), server.asked.length]).toEqual([MINUTE, 0]);
    mine = true;
    clock.pass(MINUTE);

    expect([await asleep(3), server.asked.length]).toEqual([6 * HOUR, 1]);
  });

  test('is broken off at once when the bot stops, and tells nobody', async () => {
    const begun = Promise.withResolvers<void>();
    server.answers(() => begun.resolve());
    const follower = follow();
    follower.start();
    clock.pass(MINUTE);
    await begun.promise;
    await follower.stop();

    expect(told).toEqual([]);
  });

  test('goes on when the store fails, and says so in the log', async () => {
    server.publishes(aFeed());
    const away = () => {
      throw new Error('The store is away');
    };
    follow({ mine: away }).start();
    await asleep(1);
    clock.pass(MINUTE);
    await asleep(2);

    expect(log.join()).toContain('could not be looked at');
  });
});

test('A feed is called by its host and never by what may be secret in its address', () => {
  const name = feedName('https://user:hunter2@upr.example/calendar.json?key=hunter2');

  expect(name).toMatch(/^feed:upr\.example\/[0-9a-f]{8}$/);
  expect(isFeedName('mine.yaml')).toBe(false);
});
