import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { adoptCalendar, effectiveCalendar } from '../../../src/calendar/effective.ts';
import type { CalendarFacts } from '../../../src/domain/calendar/facts.ts';
import { aFeed, ofSession } from './a-feed.ts';
import { edited, operatorText } from './a-folder.ts';
import { aHome, NOW } from './a-home.ts';

const FIFTY = 'sessions/50.yaml';
const FEED_DATE = { stakeholder_submission: { date: '2025-04-09', certainty: 'published', source: ['circular'] } };

let it: Awaited<ReturnType<typeof aHome>>;
beforeEach(async () => {
  it = await aHome();
});
afterEach(() => it.remove());

/** Kenya's stakeholder deadline of session 50 in the shipped file, with the version that a maintainer gave it. */
function shipped(date: string, version: number): Record<string, string> {
  const dated = edited(FIFTY, '2025-04-07', date)[FIFTY] ?? '';
  return { [FIFTY]: dated.replace('version: 1', `version: ${version}`) };
}

const dateOf = (facts: CalendarFacts) => facts.sessions.get(50)?.deadlines.stakeholder_submission?.when.from;
const adopt = async () => dateOf((await adoptCalendar(it.home, it.store, NOW)).facts);
const apply = (date: string) => it.store.calendar.putFiles([{ layer: 'operator', file: 'mine.yaml', version: 1, body: operatorText(date) }], NOW);

describe('The shipped calendar', () => {
  test('is remembered with its versions, and a look-up remembers nothing', async () => {
    await effectiveCalendar(it.home, it.store);
    expect(await it.store.calendar.files('shipped')).toEqual([]);

    await adopt();
    expect((await it.store.calendar.files('shipped')).map(({ file, version }) => [file, version])).toContainEqual([FIFTY, 1]);
  });

  test('of a newer image replaces the older', async () => {
    await adopt();
    it.write(shipped('2025-04-09', 2));

    expect(await adopt()).toBe('2025-04-09');
    expect((await it.store.calendar.files('shipped')).find(({ file }) => file === FIFTY)?.version).toBe(2);
  });

  test('of an older image never replaces the newer, however often it starts', async () => {
    it.write(shipped('2025-04-09', 2));
    await adopt();
    it.write(shipped('2025-04-07', 1));

    expect([await adopt(), await adopt()]).toEqual(['2025-04-09', '2025-04-09']);
    expect((await it.store.calendar.files('shipped')).find(({ file }) => file === FIFTY)?.version).toBe(2);
  });

  test('keeps a session that an older image does not have', async () => {
    const text = 'session: 51\ncycle: 4\nversion: 1\nchecked: 2026-07-01\ndates: { date: 2026-01-19, certainty: published, source: [ohchr] }\n';
    it.write({ 'sessions/51.yaml': text });
    await adopt();
    it.write();

    const { facts } = await adoptCalendar(it.home, it.store, NOW);

    expect([...facts.sessions.keys()]).toEqual([50, 51]);
  });

  test('edited without a new version is taken as it stands', async () => {
    await adopt();
    it.write(shipped('2025-04-08', 1));

    expect(await adopt()).toBe('2025-04-08');
  });
});

describe('What an operator applied', () => {
  test('drives over the shipped date, which stays beside it', async () => {
    await apply('2025-04-10');

    const { facts } = await adoptCalendar(it.home, it.store, NOW);

    expect(dateOf(facts)).toBe('2025-04-10');
    expect(facts.sessions.get(50)?.deadlines.stakeholder_submission?.disagrees[0]?.when.from).toBe('2025-04-07');
    expect(facts.sessions.get(50)?.reviews[0]?.review?.when.from).toBe('2025-11-07');
  });

  test('outlives a restart, a newer image and an older one', async () => {
    await apply('2025-04-10');
    const dates = [];
    for (const [date, version] of [
      ['2025-04-07', 1],
      ['2025-04-09', 2],
      ['2025-04-07', 1],
    ] as const) {
      it.write(shipped(date, version));
      dates.push(await adopt());
    }

    expect(dates).toEqual(['2025-04-10', '2025-04-10', '2025-04-10']);
  });
});

describe('A file that was applied and that a newer image does not fit any more', () => {
  const applyText = (body: string, file = 'mine.yaml') => it.store.calendar.putFiles([{ layer: 'operator', file, version: 1, body }], NOW);
  const without = (source: string) => edited('sources.yaml', `  ${source}: {`, '  other: {');
  const fromPress = operatorText('2025-04-10').replace('certainty: published, source: [ohchr]', 'certainty: tentative, source: [press]');
  const ofUsa = `${operatorText('2025-04-10')}states:\n  - { state: USA, listing: { certainty: published, source: [ohchr] } }\n`;
  const noUsa = () => edited('states.yaml', 'code: USA', 'code: UZB');

  test('for a source that is gone goes on to count, with the source as it was shipped, however often the image changes', async () => {
    await adopt();
    await applyText(fromPress);
    it.write(without('press'));
    const first = await adoptCalendar(it.home, it.store, NOW);
    it.write({ ...without('press'), ...shipped('2025-04-08', 2) });
    const second = await adoptCalendar(it.home, it.store, NOW);

    expect([dateOf(first.facts), dateOf(second.facts), second.setAside]).toEqual(['2025-04-10', '2025-04-10', []]);
    expect(second.facts.sources.get('press')).toMatchObject({ class: 'media', url: 'https://press.example/' });
  });

  test('for a State that is gone is set aside and said, the others count, and the bot starts', async () => {
    await adopt();
    await applyText(ofUsa);
    await applyText('session: 50\nversion: 1\nchecked: 2026-07-05\nnotes: [Read again.]\n', 'other.yaml');
    it.write(noUsa());

    const { facts, setAside } = await adoptCalendar(it.home, it.store, NOW);

    expect([dateOf(facts), facts.sessions.get(50)?.notes]).toEqual(['2025-04-07', ['Read again.']]);
    expect(setAside.map(({ file, message }) => [file, message])).toEqual([['mine.yaml', 'names the State USA, which is not in states.yaml']]);
  });

  test('is not lost: it counts again once it fits', async () => {
    await adopt();
    await applyText(ofUsa);
    it.write(noUsa());
    await adopt();
    it.write();

    expect(await adopt()).toBe('2025-04-10');
  });

  test('for a session that is gone counts no more where it rests on it', async () => {
    const text = 'session: 51\nversion: 1\nchecked: 2026-07-05\nstates:\n  - { state: KEN, from: 50 }\n';
    await applyText(text);

    const { facts, setAside } = await adoptCalendar(it.home, it.store, NOW);

    expect([facts.sessions.has(51), setAside.length > 0]).toEqual([false, true]);
  });
});

describe('A feed over a newer image', () => {
  const take = (text: string) => it.store.calendar.putFiles([{ layer: 'feed', file: 'feed:one', version: 1, body: text }], NOW);
  const looked = (date: string, checked: string) => {
    const text = edited(FIFTY, 'date: 2025-04-07,', `date: ${date}, checked: ${checked},`)[FIFTY] ?? '';
    return { [FIFTY]: text.replace('version: 1', 'version: 2') };
  };
  const read = async () => {
    const { facts, outdated, passedOver } = await effectiveCalendar(it.home, it.store);
    const fact = facts.sessions.get(50)?.deadlines.stakeholder_submission;
    return [fact?.when.from, fact?.disagrees.length, outdated, passedOver];
  };

  test('is passed over in the one date that was read again since, and drives in the others', async () => {
    await take(aFeed(ofSession({ dates: { date: '2025-11-04', certainty: 'published', source: ['circular'] }, deadlines: FEED_DATE })));
    it.write(looked('2025-04-08', '2026-07-20'));

    expect(await read()).toEqual(['2025-04-08', 0, ['50-stakeholder_submission'], []]);
    expect((await effectiveCalendar(it.home, it.store)).facts.sessions.get(50)?.dates.when.from).toBe('2025-11-04');
  });

  test('is not named where it says the same; the later look counts', async () => {
    await take(aFeed());
    it.write(looked('2025-04-09', '2026-07-20'));

    expect(await read()).toEqual(['2025-04-09', 0, [], []]);
    expect((await effectiveCalendar(it.home, it.store)).facts.sessions.get(50)?.deadlines.stakeholder_submission?.checked).toBe('2026-07-20');
  });

  test('drives where the newer image read a lower class of source, or found nothing', async () => {
    await take(aFeed());
    const lower = looked('2025-04-08', '2026-07-20')[FIFTY]?.replace(
      '2026-07-20, certainty: published, source: [ohchr]',
      '2026-07-20, certainty: tentative, source: [press]',
    );
    it.write({ [FIFTY]: lower ?? '' });
    const overLower = await read();
    it.write({ [FIFTY]: looked('unknown', '2026-07-20')[FIFTY]?.replace(', certainty: published, source: [ohchr] }\nstates', ' }\nstates') ?? '' });

    expect([overLower[0], (await read())[0]]).toEqual(['2025-04-09', '2025-04-09']);
  });

  test('that was published since contests what the image says', async () => {
    await take(aFeed({ published: '2026-07-21T10:00:00Z' }));
    it.write(looked('2025-04-08', '2026-07-20'));

    expect(await read()).toEqual(['2025-04-08', 1, [], []]);
  });
});

describe('The cache', () => {
  test('gives the same facts as the files', async () => {
    const [written, cached] = [await effectiveCalendar(it.home, null), await effectiveCalendar(it.home, null)];
    const uncached = await effectiveCalendar({ ...it.home, data: null }, null);

    expect(cached).toEqual(written);
    expect(uncached).toEqual(written);
  });

  test('is not used once a file changed', async () => {
    await effectiveCalendar(it.home, null);
    it.write(shipped('2025-04-08', 1));

    expect(dateOf((await effectiveCalendar(it.home, null)).facts)).toBe('2025-04-08');
  });

  test.each(['', 'not JSON', '{}', 'null', '[]', '{"key":1}'])('that was spoilt, %j, is passed over', async (text) => {
    await effectiveCalendar(it.home, null);
    writeFileSync(join(it.home.data, 'calendar.cache.json'), text);

    expect(dateOf((await effectiveCalendar(it.home, null)).facts)).toBe('2025-04-07');
  });

  test('that cannot be written costs nothing but time', async () => {
    writeFileSync(it.home.data, 'a file in the place of the folder');

    expect(dateOf((await effectiveCalendar(it.home, null)).facts)).toBe('2025-04-07');
  });

  test('has the fingerprint of all files in force, also of what was applied', async () => {
    const fingerprint = async () => (await effectiveCalendar(it.home, it.store)).fingerprint;
    const before = await fingerprint();

    expect(await fingerprint()).toBe(before);
    await apply('2025-04-10');
    expect(await fingerprint()).not.toBe(before);
  });
});
