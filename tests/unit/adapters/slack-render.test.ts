import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mrkdwnLine } from '../../../src/adapters/slack/mrkdwn.ts';
import { render } from '../../../src/adapters/slack/render.ts';
import { message } from '../../../src/message/build.ts';
import { clean } from '../../../src/message/clean.ts';
import type { Inline, Line } from '../../../src/message/message.ts';
import { aVoice } from '../../support/a-voice.ts';
import type { Body, Element } from '../../support/slack/bodies.ts';
import { flawsOfMessage } from '../../support/slack/checks.ts';
import { readMrkdwn } from '../../support/slack/mrkdwn.ts';
import { markedUp, mentionsOf, textOf } from '../../support/slack/text.ts';

const more = (count: number) => aVoice().words('adapter.more', { count });
type Draft = Parameters<typeof message>[0];

const aBody = (draft: Partial<Draft>) => render(message({ tone: 'soon', title: 'Kenya', body: [], ...draft }), more) as Body;
const shown = (draft: Partial<Draft>) => textOf(aBody(draft));
const marked = (draft: Partial<Draft>) => markedUp(aBody(draft).blocks).map(({ text }) => text);
const text = (value: string): Inline => ({ type: 'text', text: value });
const bold = (value: string): Inline => ({ type: 'bold', text: value });

/** What a reader takes for the character that was written. */
const ALIKE: Readonly<Record<string, string>> = { '∗': '*', '﹡': '＊', ˍ: '_', '∼': '~', ˋ: '`', '＿': '_', '～': '~', '｀': '`' };
const asRead = (value: string) => value.replace(/[∗﹡ˍ∼ˋ＿～｀]/g, (mark) => ALIKE[mark] ?? mark).replaceAll('\u2060', '');

const HOSTILE = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: fc.constantFrom('*', '_', '~', '`', ' ', 'a', '.', '>', '&', '<', '|', '!', ':', '\n'), maxLength: 30 }),
  fc.constantFrom(
    '<!channel>',
    '<!here|x>',
    '<@U1>',
    '<@U1|anna>',
    '<!subteam^S1>',
    '<#C1>',
    '@everyone',
    '@channel',
    '&lt;!channel&gt;',
    '&amp;',
    '<!date^1^{time}|x>',
  ),
  fc.constantFrom(
    '*x*',
    '_x_',
    '~x~',
    '`x`',
    '```x```',
    '<https://evil.example|un.org>',
    'https://evil.example',
    ':wave:',
    '> quote',
    '＞ quote',
    '＊x＊',
    'a_b_c',
  ),
  fc.constantFrom('\u202Eabc', 'a\u200Bb', '\\', '', ' ', '\n\n', '"'.repeat(2_000), 'x'.repeat(6_000), '*'.repeat(3_000), '&'.repeat(3_000), '>|<'),
  fc.constantFrom('word '.repeat(1_500), '😀'.repeat(2_500), '\uD83D', 'العربية', "'; DROP TABLE alerts; --", '"word" '.repeat(900), '\u0000'),
);
const URLS = fc.oneof(
  fc.webUrl(),
  HOSTILE,
  fc.constantFrom(`https://a.example/(x)?q=${'y'.repeat(900)}`, 'https://a.example/?a=1&b=<c>|d', 'javascript:alert(1)'),
);
const INLINE: fc.Arbitrary<Inline> = fc.oneof(
  ...(['text', 'bold'] as const).map((type) => fc.record({ type: fc.constant(type), text: HOSTILE })),
  fc.record({ type: fc.constant('link' as const), text: HOSTILE, url: URLS }),
  fc.record({ type: fc.constant('instant' as const), at: fc.integer({ min: -9e15, max: 9e15 }), text: HOSTILE }),
  fc.record({ type: fc.constant('day' as const), day: fc.constant('2026-07-17'), zone: fc.constant('Europe/Zurich'), text: HOSTILE }),
  fc.record({
    type: fc.constantFrom('user' as const, 'role' as const),
    id: fc.oneof(HOSTILE, fc.constantFrom('u1', 'S1>', 'C1', '!channel', 'here')),
    text: HOSTILE,
  }),
);
const LINE = fc.array(INLINE, { maxLength: 6 });
const BUTTON = fc.record({ id: HOSTILE, label: HOSTILE, style: fc.constantFrom('primary', 'secondary', 'danger') });
const CHOICE = fc.record({ label: HOSTILE, value: fc.oneof(HOSTILE, fc.constantFrom('7', '8')) });
const SELECT = fc.record({ id: HOSTILE, label: HOSTILE, style: fc.constant('select'), choices: fc.array(CHOICE, { maxLength: 40 }) });
const DRAFT = fc.record({
  tone: fc.constantFrom('info', 'soon', 'today', 'change', 'warning', 'quiet'),
  title: HOSTILE,
  body: fc.array(LINE, { maxLength: 60 }),
  fields: fc.array(fc.record({ name: HOSTILE, value: LINE }), { maxLength: 30 }),
  table: fc.record({ columns: fc.constant([]), rows: fc.array(fc.array(LINE, { maxLength: 4 }), { maxLength: 10 }) }),
  actions: fc.array(fc.oneof(BUTTON, SELECT), { maxLength: 40 }),
  footer: LINE,
}) as fc.Arbitrary<Draft>;

describe('Whatever a message holds', () => {
  test('Slack takes it, posted and edited, and it calls nobody', () => {
    fc.assert(
      fc.property(DRAFT, (draft) => {
        const body = aBody(draft);
        expect(flawsOfMessage(body, 'post')).toEqual([]);
        expect(flawsOfMessage(body, 'update')).toEqual([]);
        expect(mentionsOf(body)).toEqual([]);
        expect(JSON.stringify(body.blocks).length).toBeLessThanOrEqual(10_000);
        expect(body.text?.length).toBeLessThanOrEqual(3_000);
        for (const block of body.blocks ?? []) expect(Object.keys(block)).not.toContain('fields');
        for (const one of markedUp(body.blocks)) expect(one.text.length).toBeLessThanOrEqual(3_000);
      }),
    );
  });

  test('free text is read as it was written, and styles nothing', () => {
    fc.assert(
      fc.property(HOSTILE, (value) => {
        fc.pre(value.length < 250);
        const written = mrkdwnLine([text(value)], 2_000);

        expect(written).not.toMatch(/^\s*(?:&gt;|＞)/);
        expect(asRead(readMrkdwn(written))).toBe(asRead(clean(value).trimEnd()));
      }),
    );
  });
});

describe('A reader on Slack', () => {
  test('finds the heading, the text, and the sources below it', () => {
    const footer: Line = [text('Source: '), { type: 'link', text: 'ohchr.org', url: 'https://www.ohchr.org/upr?a=1&b=2' }];
    const body = aBody({ body: [[text('Friday, 17 July 2026, Geneva; hour not published')], [bold('Certainty:'), text(' published')]], footer });

    expect(body.blocks).toEqual([
      { type: 'header', text: { type: 'plain_text', text: 'Kenya', emoji: false } },
      {
        ...{ type: 'section', expand: true },
        text: { type: 'mrkdwn', text: 'Friday, 17 July 2026, Geneva; hour not published\n*Certainty:* published', verbatim: true },
      },
      { type: 'context', elements: [{ type: 'mrkdwn', text: 'Source: <https://www.ohchr.org/upr?a=1&amp;b=2|ohchr.org>', verbatim: true }] },
    ]);
    expect(body.text).toBe('Kenya\nFriday, 17 July 2026, Geneva; hour not published\nCertainty: published\nSource: ohchr.org');
  });

  test('chooses one of many in a list, the first 25, among the buttons', () => {
    const choices = Array.from({ length: 60 }, (_, index) => ({ label: `Task ${index + 1}: ${'draft '.repeat(9)}`, value: String(index + 1) }));
    const actions = [
      { id: 'more', label: 'More', style: 'secondary' as const },
      { id: 'take', label: 'Take a task…', style: 'select' as const, choices },
      { id: 'empty', label: 'Nothing to take', style: 'select' as const, choices: [] },
    ];
    const [, select] = (aBody({ actions }).blocks?.at(-1)?.elements ?? []) as readonly Element[];

    expect(shown({ actions })).toBe('Kenya\n[More] [Take a task…]');
    expect(select).toMatchObject({ type: 'static_select', action_id: 'take' });
    expect(select?.options?.map(({ value }) => value)).toEqual(choices.slice(0, 25).map(({ value }) => value));
    expect(aBody({ actions, body: Array.from({ length: 300 }, (): Line => [text('"A line" that takes room')]) }).blocks?.length).toBeGreaterThan(2);
  });

  test('finds fields, rows and buttons', () => {
    const table = { columns: ['State', 'Date'], rows: [[[text('Kenya')], [text('1 May')]]] };
    const actions = [
      { id: 'follow', label: 'Follow', style: 'primary' as const },
      { id: 'more', label: 'More', style: 'secondary' as const },
      { id: 'follow', label: 'Again', style: 'danger' as const },
      { id: '', label: 'Nothing', style: 'danger' as const },
    ];
    const draft = { fields: [{ name: 'States', value: [text('Ghana')] }], table, actions };

    expect(shown(draft)).toBe('Kenya\nStates: Ghana\nKenya · 1 May\n[Follow] [More]');
    expect(aBody(draft).blocks?.at(-1)?.elements).toEqual([
      { type: 'button', action_id: 'follow', text: { type: 'plain_text', text: 'Follow', emoji: false }, style: 'primary' },
      { type: 'button', action_id: 'more', text: { type: 'plain_text', text: 'More', emoji: false } },
    ]);
  });

  test('sees an instant in the own zone beside the official date, and a day as it is', () => {
    const at = Date.UTC(2026, 6, 17, 16);
    const line: Line = [
      { type: 'day', day: '2026-07-17', zone: 'America/New_York', text: 'Friday, 17 July 2026' },
      text(', 12:00 New York time ('),
      { type: 'instant', at, text: '18:00 Geneva time' },
      text(')'),
    ];
    const date = `<!date^${at / 1_000}^{date_long_pretty} {time}|18:00 Geneva time>`;

    expect(marked({ body: [line] })).toEqual([`Friday, 17 July 2026, 12:00 New York time (${date})`]);
  });

  test.each([
    ['<!channel> & <@U1>', '&lt;!channel&gt; &amp; &lt;@U1&gt;'],
    ['&lt;!here&gt;', '&amp;lt;!here&amp;gt;'],
    ['*a* _b_ ~c~ `d`', '∗a∗ ˍbˍ ∼c∼ ˋdˋ'],
    ['report_of_2026.pdf, 2*3', 'report_of_2026.pdf, 2*3'],
    [':wave: at 12:30:45', ':\u2060wave: at 12:30:45'],
    ['> quoted > twice', '\u2060&gt; quoted &gt; twice'],
    ['a\u200bb\u202ec', 'abc'],
  ])('reads %s literally', (value, written) => {
    expect(mrkdwnLine([text(value)], 2_000)).toBe(written);
  });

  test('sees bold where Slack knows it, and the words alone where it does not', () => {
    expect(mrkdwnLine([text('Due: '), bold('in 7 days'), text('.')], 200)).toBe('Due: *in 7 days*.');
    expect(mrkdwnLine([text('the 54'), bold('th'), text(' session')], 200)).toBe('the 54th session');
    expect(mrkdwnLine([bold('a * b')], 200)).toBe('*a ∗ b*');
  });

  test('is told how much did not fit, and every line that is there is whole', () => {
    const lines = shown({ body: Array.from({ length: 400 }, (_, index): Line => [text(`• The State with the number ${index} in the list`)]) }).split('\n');

    expect(lines.at(-1)).toBe(`and ${400 - (lines.length - 2)} more`);
    expect(lines.slice(1, -1)).toEqual(Array.from({ length: lines.length - 2 }, (_, index) => `• The State with the number ${index} in the list`));
    expect(lines.join('\n').length).toBeGreaterThan(8_000);
  });

  test('hears the same on a phone: the title first, whole lines, and how many more', () => {
    const body = Array.from({ length: 400 }, (_, index): Line => [text(`The State with the number ${index} & its <date>`)]);
    const lines = aBody({ title: 'Something is *due*', body }).text?.split('\n') ?? [];

    expect(lines[0]).toBe('Something is ∗due∗');
    expect(lines[1]).toBe('The State with the number 0 &amp; its &lt;date&gt;');
    expect(lines.at(-1)).toBe(`and ${400 - (lines.length - 2)} more`);
  });

  test.each([
    ['S042', 'role', '<!subteam^S042>'],
    ['U042', 'role', '<@U042>'],
    ['W042', 'user', '<@W042>'],
    ['S042', 'user', '@role'],
    ['42', 'role', '@role'],
  ] as const)('is called by %s as a %s only where Slack has such a name', (id, type, written) => {
    expect(mrkdwnLine([{ type, id, text: '@role' }], 200)).toBe(written);
  });

  test('is called however long the message and its line are', () => {
    const long = Array.from({ length: 400 }, (): Line => [text('A line that takes room in the message')]);
    const call: Line = [text('word '.repeat(900)), { type: 'role', id: 'S042', text: '@role' }];
    const body = aBody({ body: [...long, call] });

    expect(mentionsOf(body)).toEqual([{ kind: 'usergroup', id: 'S042' }]);
    expect(marked({ body: [...long, call] }).join('\n')).toMatch(/word… <!subteam\^S042>\nand \d+ more$/);
    expect(flawsOfMessage(body, 'post')).toEqual([]);
  });

  test('never sees a title that ends within a word', () => {
    expect(shown({ title: 'word '.repeat(80) })).toMatch(/^(word )+word…$/);
  });
});
