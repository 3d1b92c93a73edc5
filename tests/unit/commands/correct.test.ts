import { describe, expect, test } from 'vitest';
import type { Asker } from '../../../src/adapters/adapter.ts';
import { createFeedPage } from '../../../src/calendar/feed/publish.ts';
import { dayWhen } from '../../../src/domain/calendar/when.ts';
import { GENEVA } from '../../../src/domain/time.ts';
import { aDateFact, aReviewFacts, aSession, ruledFacts } from '../../support/a-calendar.ts';
import { at } from '../../support/a-voice.ts';
import { type Asked, type Chat, HERE, MANAGER, messageOf, SOMEBODY, withChat } from './a-chat.ts';

const KENYA = '54-KEN-stakeholder_submission';
const on = (day: string) => dayWhen(day, GENEVA);
const FACTS = ruledFacts([
  aSession(54, aDateFact(on('2027-01-18'), { until: '2027-01-29' }), {
    deadlines: { stakeholder_submission: aDateFact(on('2026-07-17'), { checked: '2026-05-30' }) },
    reviews: [aReviewFacts('KEN', { review: aDateFact(on('2027-01-25'), { checked: '2026-05-30' }) }), aReviewFacts('FRA')],
  }),
]);
const PLAN = { facts: FACTS, now: at('2026-06-01') };
const MANAGES: Asked = { by: MANAGER };
const ABROAD: Asked = { by: MANAGER, target: { installation: '101', channel: '300' } };
const GUEST: Asker = { ...SOMEBODY, may: 'nothing' };
const OFFICIAL = 'https://www.ohchr.org/en/new-date';

const correct = (it: Chat, more: Readonly<Record<string, string>> = {}, asked: Asked = MANAGES) =>
  it.command('correct', { deadline: KENYA, date: '2026-06-20', certainty: 'published', source: OFFICIAL, ...more }, asked);
const textOf = async (answer: ReturnType<typeof correct>) => messageOf(await answer).fallbackText;

describe('correct', () => {
  test('tells who corrects a date from what to what, how it is heard, and how to take it back', async () => {
    await withChat(PLAN, async (it) => {
      await it.command('follow', { state: 'Kenya' }, MANAGES);
      it.passTo(at('2026-06-02'));
      const response = await correct(it, { date: '2026-06-20 18:00', note: 'The letter of <b>3 June</b>' });
      const { fallbackText: text, actions } = messageOf(response);

      expect(response).toMatchObject({ audience: 'asker' });
      expect(text).toContain('Corrected by your team');
      expect(text).toContain('Friday, 17 July 2026, Geneva; hour not published; treat as 12:00 Geneva → Saturday, 20 June 2026, 18:00 Geneva time');
      expect(text).toContain('published; ohchr.org (by your team)');
      expect(text).toContain('Note: The letter of <b>3 June</b>');
      expect(text).toContain('Another source gives 17 July 2026 (ohchr.org).');
      expect(text).toContain('1 channel here that follows it hears of it now');
      expect(text).toContain('Nobody outside this server sees it.');
      expect(actions).toEqual([{ id: `do.1.correct.withdraw:${KENYA}`, label: 'Withdraw the correction', style: 'secondary' }]);
    });
  });

  test('is seen in every answer of its installation, and in none of another, nor in the feed or the log', async () => {
    await withChat(PLAN, async (it) => {
      await correct(it, { note: 'seen in a letter' });
      const questions: [string, Record<string, string>][] = [
        ['deadline', { deadline: KENYA }],
        ['next', { state: 'Kenya' }],
        ['state', { state: 'Kenya' }],
        ['session', { session: '54' }],
      ];
      for (const [command, options] of questions) {
        expect(await it.text(command, options, MANAGES), command).toContain('20 June 2026');
        expect(await it.text(command, options, MANAGES), command).toContain('by your team');
        expect(await it.text(command, options, ABROAD), command).not.toMatch(/20 June|by your team|letter/);
      }
      const feed = createFeedPage(null)({ facts: FACTS, published: (await it.store.calendar.latestOfAll())?.at ?? 0 }, null);
      expect(feed.body).not.toContain('new-date');
      expect(await it.store.calendar.changesBetween(0, at('2027-01-01'))).toEqual([]);
      expect((await it.store.calendar.revisionsAfter(0)).map(({ ofTeams }) => ofTeams)).toEqual([false, true]);
    });
  });

  test('says beside its own date what everybody else reads, and what it recorded of it', async () => {
    await withChat(PLAN, async (it) => {
      await correct(it);
      const text = await it.text('deadline', { deadline: KENYA }, MANAGES);

      expect(text).toContain('By your team. Everybody else reads 17 July 2026 (published; ohchr.org).');
      expect(text).toContain('ohchr.org (official; by your team)');
      expect(text).toContain('moved from 17 July 2026 to Saturday, 20 June 2026');
      expect(await it.text('deadline', { deadline: KENYA }, ABROAD)).toContain('No change of this date was recorded');
    });
  });

  test('tells of what follows from it, which says by whose word too', async () => {
    await withChat(PLAN, async (it) => {
      const text = await textOf(correct(it, { deadline: '54-KEN-review', date: '2027-01-20' }));

      expect(text).toMatch(/\d more dates follow from it and change too/);
      expect(await it.text('deadline', { deadline: '54-KEN-advance_questions' }, MANAGES)).toMatch(
        /6 January 2027[\s\S]*By your team\. Everybody else reads 11 January 2027/,
      );
    });
  });

  test('on the word of a page that is not official is tentative at most, and says so', async () => {
    await withChat(PLAN, async (it) => {
      for (const source of ['https://www.upr-info.org/en/new', 'https://nobody-knows.example/page']) {
        const text = await textOf(correct(it, { source }));
        expect(text).toContain('tentative;');
        expect(text).toContain('Said as tentative: that page is not known as an official one.');
        await it.press(`do.1.correct.withdraw:${KENYA}`, MANAGES);
      }
      expect(await textOf(correct(it))).not.toContain('Said as tentative');
    });
  });

  test('is taken back by its button, by that of /upr deadline, or by the date that all see', async () => {
    await withChat(PLAN, async (it) => {
      const backs: (() => Promise<string>)[] = [
        async () => messageOf(await it.press(`do.1.correct.withdraw:${KENYA}`, MANAGES)).fallbackText,
        async () => {
          const { actions } = messageOf(await it.command('deadline', { deadline: KENYA }, MANAGES));
          return messageOf(await it.press(actions.find(({ label }) => label === 'Withdraw the correction')?.id ?? '', MANAGES)).fallbackText;
        },
        () => textOf(correct(it, { date: '2026-07-17' })),
      ];
      for (const back of backs) {
        await correct(it);
        expect(await back()).toMatch(/Correction withdrawn[\s\S]*20 June 2026[\s\S]* → Friday, 17 July 2026/);
        expect(await it.store.ownDates.corrections()).toEqual([]);
        expect(await it.text('deadline', { deadline: KENYA }, MANAGES)).not.toContain('By your team');
      }
      expect(messageOf(await it.press(`do.1.correct.withdraw:${KENYA}`, MANAGES)).fallbackText).toContain('Nothing was changed');
    });
  });

  test('is for those who may manage the channel, and so is taking it back', async () => {
    await withChat(PLAN, async (it) => {
      for (const by of [SOMEBODY, GUEST]) expect(await textOf(correct(it, {}, { by }))).toContain('can be changed by people who may manage it');
      expect(await it.store.ownDates.corrections()).toEqual([]);
      await correct(it);
      for (const by of [SOMEBODY, GUEST]) {
        expect(messageOf(await it.press(`do.1.correct.withdraw:${KENYA}`, { by })).fallbackText).toContain('can be changed by people who may manage it');
        expect(messageOf(await it.command('deadline', { deadline: KENYA }, { by })).actions.map(({ label }) => label)).not.toContain('Withdraw the correction');
      }
      expect(messageOf(await it.press(`do.1.correct.withdraw:${KENYA}`, ABROAD)).fallbackText).toContain('has not corrected this date');
      expect(await it.store.ownDates.corrections()).toHaveLength(1);
    });
  });

  test.each([
    [{ date: '20/6/2026' }, '“20/6/2026” is not a day'],
    [{ date: '2026-02-30' }, 'is not a day'],
    [{ date: '2026-06' }, 'is not a day'],
    [{ date: '3026-06-20' }, 'is not a day'],
    [{ date: '2026-06-20 25:00' }, 'is not a day'],
    [{ source: 'http://www.ohchr.org/en' }, 'is not a link'],
    [{ source: 'https://user:word@www.ohchr.org/' }, 'is not a link'],
    [{ source: 'https://localhost/' }, 'is not a link'],
    [{ source: 'javascript:alert(1)' }, 'is not a link'],
    [{ source: `https://www.ohchr.org/${'x'.repeat(600)}` }, 'is not a link'],
    [{ certainty: 'estimated' }, 'is not a certainty for a day'],
    [{ note: 'x'.repeat(301) }, 'The note has 301 characters'],
    [{ date: '2027-07-17' }, 'That date cannot be'],
    [{ deadline: '54-KEN-review', date: '2027-02-25' }, 'That date cannot be'],
    [{ date: '2026-07-17' }, 'This is what your team reads already'],
  ])('%j is answered with what to write, and nothing is changed', async (options, expected) => {
    await withChat(PLAN, async (it) => {
      expect(await textOf(correct(it, options))).toContain(expected);
      expect(await it.store.ownDates.corrections()).toEqual([]);
      expect(await it.store.calendar.revisionsAfter(0)).toHaveLength(1);
    });
  });

  test('is typed in one line too, where Slack wraps the link', async () => {
    await withChat({ ...PLAN, platform: 'slack' }, async (it) => {
      const line = `correct ${KENYA} date:2026-06-20 18:00 certainty:published source:<${OFFICIAL}|ohchr.org> note:"as the letter says"`;
      const text = messageOf(await it.line(line, MANAGES)).fallbackText;

      expect(text).toContain('20 June 2026, 18:00');
      expect(text).toContain('Nobody outside this workspace sees it.');
      expect((await it.store.ownDates.corrections())[0]?.correction.source.url).toBe(OFFICIAL);
    });
  });

  test('keeps nothing of who did it, is counted by /upr privacy, and goes with all of the server', async () => {
    await withChat(PLAN, async (it) => {
      await correct(it, {}, { by: { ...MANAGER, id: '4711', ids: ['4711'] }, target: HERE });

      expect(JSON.stringify([await it.store.ownDates.corrections(), await it.store.ownDates.views()])).not.toContain('4711');
      expect(await it.text('privacy', {}, MANAGES)).toContain('1 corrected date');
      await it.press('do.1.privacy.erase-server', MANAGES);
      expect([await it.store.ownDates.corrections(), await it.store.ownDates.views()]).toEqual([[], []]);
      expect(await it.text('deadline', { deadline: KENYA }, MANAGES)).not.toContain('by your team');
    });
  });
});
