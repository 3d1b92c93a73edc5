import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { render } from '../../../src/adapters/console/render.ts';
import { readNotice, writeNotice } from '../../../src/alerts/notice-body.ts';
import { dayWhen, minuteWhen } from '../../../src/domain/calendar/when.ts';
import { GENEVA } from '../../../src/domain/time.ts';
import type { ContestedNotice, Notice, PausedNotice, UnsayableNotice } from '../../../src/message/content.ts';
import { formatAlert } from '../../../src/message/format-alert.ts';
import type { Message } from '../../../src/message/message.ts';
import { plainLine } from '../../../src/message/plain.ts';
import { aVoice, ON_TIME } from '../../support/a-voice.ts';

const PAUSED: PausedNotice = { about: 'paused', platform: 'discord', channel: 'upr-dates', reason: 'forbidden', missing: ['SEND_MESSAGES'], unsaid: 2 };
const TOKEN: Notice = { about: 'token', platform: 'slack', lane: 'slack:T0123ABCD' };
const UNSAYABLE: UnsayableNotice = { about: 'unsayable', platform: 'discord', channel: 'upr-dates', why: 'rejected', unsaid: 1 };

const CONTESTED: ContestedNotice = {
  ...{ about: 'contested', kind: 'national_report', session: 54, council: null, state: 'KEN', since: '2026-07-06', drives: 'below' },
  above: { when: dayWhen('2026-08-20', GENEVA), source: ['ohchr'] },
  below: { when: minuteWhen('2026-08-13', '15:00', GENEVA), source: ['uprinfo'] },
};

const told = (notice: Notice, voice = aVoice(), marks = ON_TIME) => formatAlert({ type: 'notice', notice }, marks, voice);
const paused = (more: Partial<PausedNotice> = {}) => told({ ...PAUSED, ...more });
const linesOf = (message: Message) => message.body.map(plainLine);
const textOf = (message: Message) => message.fallbackText;

describe('A notice that a channel is paused', () => {
  test('says which right is missing, what was not said, that the rest goes on, and what to do', () => {
    expect(render(paused(), { width: 100, styled: false })).toBe(
      [
        'Alerts are paused in upr-dates',
        '  upr-dates on Discord: the bot does not have the right to post there. The missing right:',
        '  SEND_MESSAGES.',
        '  2 alerts that were due there were not said; `upr-watch proof` names them.',
        '  Nothing else is affected: every other channel where the bot can post hears of its dates as before.',
        '  What to do: give the bot that right, or choose another channel in upr-watch.yaml. Then start the',
        '  bot again.',
        '',
        '',
      ].join('\n'),
    );
  });

  test('names every right that is missing', () => {
    const text = textOf(paused({ missing: ['VIEW_CHANNEL', 'SEND_MESSAGES'] }));
    expect(text).toContain('The missing rights: VIEW_CHANNEL, SEND_MESSAGES.');
    expect(text).toContain('give the bot those rights');
  });

  test('says that the right is not known where the platform does not say', () => {
    const text = textOf(paused({ missing: [] }));
    expect(text).toContain('Which right is missing is not known.');
    expect(text).toContain('give the bot the right to see that channel and to post in it');
  });

  test('says of a channel that is gone how to go on elsewhere', () => {
    const [why, , , toDo] = linesOf(paused({ reason: 'channel-gone', missing: [] }));
    expect(why).toBe('upr-dates on Discord: the channel was deleted or archived, or the bot can no longer see it.');
    expect(toDo).toBe('What to do: bring the channel back, or make or choose another one and name it in upr-watch.yaml. Then start the bot again.');
  });

  test('asks to invite the bot again where it is no longer in the server', () => {
    const text = textOf(paused({ reason: 'installation-gone', missing: [] }));
    expect(text).toContain('the bot is no longer in the server or workspace of that channel.');
    expect(text).toContain('invite the bot again');
  });

  test('counts what was not said, and says so when nothing is missing', () => {
    expect(textOf(paused({ unsaid: 1 }))).toContain('1 alert that was due there was not said; `upr-watch proof` names it.');
    expect(textOf(paused({ unsaid: 0 }))).toContain('No alert that was due there is missing.');
  });
});

describe('A notice that a token is not accepted', () => {
  test('says where, that what is due waits, and what to do', () => {
    const message = told(TOKEN);
    expect(message.title).toBe('The token or the settings for Slack are not accepted');
    expect(linesOf(message)).toEqual([
      'The token or the settings with which the bot posts on Slack (slack:T0123ABCD) are not accepted.',
      'What is due there waits, and nothing is lost. Nothing else is affected.',
      'What to do: correct the token or the settings, then start the bot again. What waited is said then.',
    ]);
  });
});

describe('A notice that a message could not be said', () => {
  test('says that the fault is in the bot and where the message is named', () => {
    const message = told(UNSAYABLE);
    expect(message.title).toBe('A message could not be said in upr-dates');
    expect(linesOf(message)).toEqual([
      'A message for upr-dates was not in a form that can be posted on Discord.',
      '1 alert that was due there was not said; `upr-watch proof` names it.',
      'This is a fault of the bot. The channel is in order and hears of its other dates as before.',
      'What to do: tell the channel what is missing, and report the fault where you have the bot from.',
    ]);
  });

  test('tells a message without words from one that the platform did not take', () => {
    expect(textOf(told({ ...UNSAYABLE, why: 'format' }))).toContain('A message for upr-dates on Discord could not be put into words.');
  });
});

describe('A notice that a date is contested', () => {
  test('names the date, both values with their sources, which drives, and what settles it', () => {
    const message = told(CONTESTED);

    expect([message.title, ...linesOf(message)]).toEqual([
      'Kenya (session 54): national report: two sources of equal standing differ',
      'What was laid over the calendar says: Thursday, 20 August 2026, Geneva; hour not published (ohchr.org).',
      'The calendar below it says: Thursday, 13 August 2026, 15:00 Geneva time (upr-info.org), since 6 July 2026.',
      'Both dates are shown, and alerts run on the earlier: Thursday, 13 August 2026, 15:00 Geneva time.',
      'What to do: find out which date is right, then run `upr-watch calendar apply` again with it and a later `checked`. That settles it.',
    ]);
  });

  test('names the State only inside the message where the reader is discreet', () => {
    const message = told(CONTESTED, aVoice({ discreet: true }));

    expect([message.title.includes('Kenya'), linesOf(message)[0]?.includes('Kenya')]).toEqual([false, true]);
  });

  test('says of the days of a session whose they are', () => {
    expect(told({ ...CONTESTED, kind: 'session', state: null }).title).toBe('Session 54: days of the session: two sources of equal standing differ');
  });
});

describe('Every notice', () => {
  const notices = [PAUSED, TOKEN, UNSAYABLE, CONTESTED];

  test.each(notices)('about $about is a warning that mentions nobody', (notice) => {
    const message = told(notice, aVoice({ mentionRole: '42' }));
    expect(message.tone).toBe('warning');
    expect(message.body.flat().map(({ type }) => type)).not.toContain('role');
  });

  test.each(notices)('about $about says when it may be a repeat', (notice) => {
    expect(linesOf(told(notice, aVoice(), { mayBeRepeat: true, late: null })).at(-1)).toBe('This may be a repeat.');
  });

  test.each([PAUSED, UNSAYABLE])('about $about names the channel only inside the message where the reader is discreet', (notice) => {
    const message = told(notice, aVoice({ discreet: true }));
    expect(message.title).not.toContain('upr-dates');
    expect(linesOf(message)[0]).toContain('upr-dates');
  });

  test.each(notices)('about $about is read from the store as it was written', (notice) => {
    expect(readNotice(writeNotice(notice))).toEqual(notice);
  });

  test.each(['', '{}', '{"about":"weather"}', JSON.stringify({ ...PAUSED, reason: 'tired' }), JSON.stringify({ ...PAUSED, unsaid: -1 })])(
    'is not read from %s',
    (text) => {
      expect(() => readNotice(text)).toThrow();
    },
  );
});

describe('Names that a platform gives', () => {
  const hostile = fc
    .array(fc.constantFrom('<b>', '</b>', '{count}', "'", '\u202e', '@everyone', '<@&1>', '<!channel>', '[a](http://x)', '*', '\n', '\u2028', '#', 'a'))
    .map((parts) => `x${parts.join('')}`);
  const named = (name: string): readonly Notice[] => [
    { ...PAUSED, platform: name, channel: name, missing: [name, name] },
    { about: 'token', platform: name, lane: name },
    { ...UNSAYABLE, platform: name, channel: name },
  ];
  const shapes = (name: string) => named(name).map((notice) => told(notice).body.map((line) => line.map(({ type }) => type)));

  test('never become another kind of inline', () => {
    fc.assert(fc.property(hostile, (name) => void expect(shapes(name)).toEqual(shapes('calm'))));
  });

  test('never make a line of their own, and the title stays the first', () => {
    fc.assert(
      fc.property(hostile, (name) => {
        for (const message of named(name).map((notice) => told(notice))) {
          expect(message.fallbackText.split(/[\n\u2028]/)).toEqual([message.title, ...linesOf(message)]);
        }
      }),
    );
  });

  test('are said as they are', () => {
    const name = 'kenya <b>{count}</b> *now*';
    expect(textOf(told({ ...PAUSED, channel: name }))).toContain(`${name} on Discord: `);
    expect(textOf(told({ ...PAUSED, platform: 'irc' }))).toContain('on irc:');
  });
});
