import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { COMMANDS, groupOf } from '../../../src/commands/spec.ts';
import { TERMS } from '../../../src/commands/terms.ts';
import { dayWhen } from '../../../src/domain/calendar/when.ts';
import { GENEVA } from '../../../src/domain/time.ts';
import { at } from '../../support/a-voice.ts';
import { shippedFacts } from '../../support/shipped.ts';
import { calendarOf } from '../../support/some-dates.ts';
import { aChat, type Chat, MANAGER, messageOf, withChat } from './a-chat.ts';

const NOW = at('2026-07-10');
const KENYA = calendarOf([
  { state: 'KEN', kind: 'stakeholder_submission', when: dayWhen('2026-07-17', GENEVA) },
  { state: 'FRA', kind: 'review', when: dayWhen('2026-09-07', GENEVA) },
]);
const ID = '54-KEN-stakeholder_submission';

let chat: Chat;
beforeAll(async () => {
  chat = await aChat({ facts: await shippedFacts(), now: at('2026-11-24') });
});
afterAll(() => chat.close());

describe('An answer', () => {
  test.each(COMMANDS.map(({ name }) => name))('to %s without options is a message for the asker', async (command) => {
    const response = await chat.command(command);

    expect(response).toMatchObject({ type: 'message', audience: 'asker' });
    expect(messageOf(response).title).not.toBe('');
  });

  test('names the option that is missing, and what it takes', async () => {
    expect(await chat.text('state')).toContain('Something is missing: state. A State: a name in a UN language, or a code such as KEN.');
  });

  test('about what broke has a reference that the log has too, and nothing of the machinery', async () => {
    await withChat({ facts: KENYA, now: NOW }, async (it) => {
      it.breakWith(new Error('no such table: secrets'));
      const text = await it.text('next');
      const reference = /reference ([0-9a-f]{8})\./.exec(text)?.[1] ?? 'none';

      expect(text).not.toMatch(/table|Error|at /);
      expect(it.logged()).toContain(reference);
      expect(it.logged()).not.toContain('"77"');
      expect(await it.complete('state', 'state', 'ken')).toEqual([]);
    });
  });

  test('to a command that there is not says where to look', async () => {
    for (const command of ['nothing', 'constructor', '']) expect(await chat.text(command)).toContain('/upr help');
  });

  test('to a form or an old button says that it no longer works', async () => {
    for (const action of ['x', 'page.1.follow.', 'share.1.test.', 'page.1.nothing.', '', 'page.9999.next.'])
      expect(messageOf(await chat.press(action)).fallbackText).toContain('no longer works');
    expect(messageOf(await chat.ask({ type: 'submit', form: 'x', values: {} })).fallbackText).toContain('no longer works');
  });
});

describe('next', () => {
  test('tells the dates of one State in time order', async () => {
    const text = await withChat({ facts: KENYA, now: NOW }, (it) => it.text('next', { state: 'kenia' }));

    expect(text).toContain('Kenya: next UPR dates');
    expect(text).toContain('Friday, 17 July 2026, Geneva');
    expect(text).not.toContain('France');
  });

  test('takes region, session, kind and limit together', async () => {
    await withChat({ facts: KENYA, now: NOW }, async (it) => {
      expect(await it.text('next', { region: 'western', session: '54', kind: 'review', limit: '1' })).toContain('France');
      expect(await it.text('next', { region: 'weog', kind: 'stakeholder submision' })).toContain('No date ahead is known.');
    });
  });

  test('is read page by page, to the end and back, without losing a line', async () => {
    const first = messageOf(await chat.command('next', { limit: '50' }));
    const next = first.actions.find(({ label }) => label === 'Next page');
    const seen = [...first.body];
    let message = first;
    for (let page = 0; page < 60; page += 1) {
      const button = message.actions.find(({ label }) => label === 'Next page');
      if (button === undefined) break;
      const response = await chat.press(button.id);
      expect(response.type).toBe('view');
      message = messageOf(response);
      seen.push(...message.body);
    }
    const lines = seen.map((line) => line.map(({ text }) => text).join(''));

    expect(next).toBeDefined();
    expect(lines.filter((line) => line.startsWith('Page 2 of'))).toHaveLength(1);
    expect(lines.filter((line) => line.startsWith('•')).length).toBeGreaterThan(20);
    expect(message.actions.some(({ label }) => label === 'Previous page')).toBe(true);
    for (const { id } of [...first.actions, ...message.actions]) expect(id.length).toBeLessThanOrEqual(100);
  });

  test('is shown to the channel by its button, without buttons', async () => {
    const share = messageOf(await chat.command('next', { state: 'USA' })).actions.find(({ label }) => label === 'Share to channel');
    const response = await chat.press(share?.id ?? '');

    expect(response).toMatchObject({ type: 'message', audience: 'channel' });
    expect(messageOf(response)).toMatchObject({ title: 'United States of America: next UPR dates', actions: [] });
  });
});

describe('state and session', () => {
  test('a State is found by a name in another language, an alias, a code and one typo', async () => {
    for (const state of ['États-Unis d’Amérique', 'USA', 'Untied States of America', 'us']) {
      expect(await chat.text('state', { state })).toContain('United States of America: Universal Periodic Review');
    }
  });

  test('a name that may be several is asked about', async () => {
    expect(await chat.text('state', { state: 'Korea' })).toMatch(/“Korea” may be “.*\(PRK\)”.*\(KOR\)”/);
  });

  test('a session is told with its States, over pages', async () => {
    const message = messageOf(await chat.command('session', { session: 'session 53' }));

    expect(message.title).toContain('Session 53');
    expect(message.fields.length).toBeGreaterThan(0);
    expect(await chat.text('session', { session: '999' })).toMatch(/Write a number from \d+ to 5\d/);
  });
});

describe('deadline', () => {
  test('tells certainty, sources, for whom, other values and what became of it', async () => {
    const other = { when: dayWhen('2026-07-20', GENEVA), source: ['press'], known: null };
    await withChat({ facts: KENYA, now: NOW }, async (it) => {
      expect(await it.text('deadline', { deadline: ID })).toContain('No change of this date was recorded');
      const moved = calendarOf([{ state: 'KEN', kind: 'stakeholder_submission', when: dayWhen('2026-07-24', GENEVA), disagrees: [other] }]);
      await it.reviseTo(moved, at('2026-07-11'));
      const text = await it.text('deadline', { deadline: 'kenya stakeholder' });

      expect(text).toContain('Friday, 24 July 2026, Geneva; hour not published; treat as 12:00 Geneva');
      expect(text).toContain('Another source gives 20 July 2026 (press.example).');
      expect(text).toMatch(/11 July 2026: .*17 July 2026.*24 July 2026/);
      expect(text).toContain('Certainty: published');
      expect(text).toContain('Sources: ohchr.org (official) · checked 5 July 2026');
      expect(text).toContain('For: civil society, national human rights institutions');
      expect(text).toContain(ID);
    });
  });

  test('that may be several names them', async () => {
    await withChat({ facts: KENYA, now: NOW }, async (it) => {
      expect(await it.text('deadline', { deadline: 'session 54' })).toContain('may be “Kenya: stakeholder submission, session 54 (17 July 2026)”');
    });
  });

  test('that is named alike in two sessions is the one ahead', async () => {
    expect(await chat.text('deadline', { deadline: 'togo national report' })).toContain('54-TGO-national_report');
  });

  test('of every date of the shipped calendar can be told', async () => {
    const ids = [...((await chat.store.calendar.picture())?.picture.deadlines.keys() ?? [])];
    for (const id of ids.filter((_, index) => index % 7 === 0)) {
      const text = await chat.text('deadline', { deadline: id });
      expect(text).toContain(id);
      expect(text).not.toMatch(/undefined|null|NaN|\[object/);
    }
  });
});

describe('explain', () => {
  test.each(TERMS.map(({ id }) => id))('%s says what it is, who acts and when', async (term) => {
    const message = messageOf(await chat.command('explain', { term }));

    expect(message.fields.map(({ name }) => name)).toEqual(['Who acts', 'When']);
    expect(message.fallbackText.length).toBeGreaterThan(150);
    expect(message.fallbackText).not.toMatch(/refus|reject|boycott/i);
  });

  test('finds a term by another word for it and with a typo', async () => {
    expect(await chat.text('explain', { term: 'midterm' })).toContain('Mid-term report');
    expect(await chat.text('explain', { term: 'adendum' })).toContain('Addendum');
    expect(await chat.text('explain', { term: 'PRÉ-SESSION' })).toContain('UPR Info');
  });
});

describe('help and test', () => {
  test('help has a line for each command or its group', async () => {
    const text = await chat.text('help');

    for (const { name } of COMMANDS) expect(text).toContain(`/upr ${groupOf(name) ?? name}:`);
  });

  test('test shows the whole channel an alert that is marked as a test', async () => {
    await withChat({ facts: KENYA, now: NOW }, async (it) => {
      const response = await it.command('test', {}, { by: MANAGER });

      expect(response).toMatchObject({ type: 'message', audience: 'channel' });
      expect(messageOf(response).title).toBe('Test: Kenya: stakeholder submission due in 7 days');
      expect(messageOf(response).fallbackText).toContain('This is a test');
    });
  });

  test('test says so when there is no date to show', async () => {
    await withChat({ facts: calendarOf([]), now: NOW }, async (it) => {
      expect(await it.text('test', {}, { by: MANAGER })).toContain('there is none to show');
    });
  });
});
