import * as spec from 'discord-api-spec/zod';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { modalOf, offered } from '../../../src/adapters/discord/form.ts';
import { render } from '../../../src/adapters/discord/render.ts';
import { message } from '../../../src/message/build.ts';
import type { Inline, Line } from '../../../src/message/message.ts';
import { aVoice } from '../../support/a-voice.ts';
import type { Body, Component } from '../../support/discord/bodies.ts';
import { flawsOfMessage } from '../../support/discord/message-rules.ts';

const more = (count: number) => aVoice().words('adapter.more', { count });
type Draft = Parameters<typeof message>[0];

function aBody(draft: Partial<Draft>) {
  return render(message({ tone: 'soon', title: 'Kenya', body: [], ...draft }), more);
}

function textsOf(components: readonly { readonly type: number }[]): readonly string[] {
  return (components as readonly Component[])
    .flatMap(({ content, components: inner = [] }) => [content ?? '', ...textsOf(inner)])
    .filter((text) => text !== '');
}

const shown = (draft: Partial<Draft>) => textsOf(aBody(draft).components).join('\n');
const text = (value: string): Inline => ({ type: 'text', text: value });

const HOSTILE = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(
    '@everyone',
    '<@123>',
    '<@&123>',
    '<t:0:R>',
    '**x**',
    '[a](https://evil.example)',
    'https://evil.example',
    '`',
    '```',
    '\u202Eabc',
    'a\u200Bb',
  ),
  fc.constantFrom(
    '\\',
    '# big',
    '> quote',
    '- item',
    '1. one',
    '-# small',
    '||spoiler||',
    '',
    ' ',
    '\n\n',
    'discord.gg/abc',
    'x'.repeat(6_000),
    '*'.repeat(3_000),
  ),
  fc.constantFrom('word '.repeat(1_500), '😀'.repeat(2_500), '\uD83D', 'العربية', '</upr:1>', '<#1>', '<id:home>', "'; DROP TABLE alerts; --"),
);
const INLINE: fc.Arbitrary<Inline> = fc.oneof(
  ...(['text', 'bold'] as const).map((type) => fc.record({ type: fc.constant(type), text: HOSTILE })),
  fc.record({
    type: fc.constant('link' as const),
    text: HOSTILE,
    url: fc.oneof(fc.webUrl(), HOSTILE, fc.constant(`https://a.example/(x)?q=${'y'.repeat(900)}`)),
  }),
  fc.record({ type: fc.constant('instant' as const), at: fc.integer({ min: -9e15, max: 9e15 }), text: HOSTILE }),
  fc.record({ type: fc.constant('day' as const), day: fc.constant('2026-07-17'), zone: fc.constant('Europe/Zurich'), text: HOSTILE }),
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
  actions: fc.array(fc.oneof(BUTTON, SELECT), { maxLength: 40 }),
  footer: LINE,
}) as fc.Arbitrary<Draft>;

describe('Whatever a message holds', () => {
  test('Discord takes it, and it calls nobody', () => {
    fc.assert(
      fc.property(DRAFT, (draft) => {
        const body = aBody(draft);
        const posted = { ...body, nonce: 'abc', enforce_nonce: true };
        expect(spec.MessageCreateRequestSchema.safeParse(posted).error?.issues).toBeUndefined();
        expect(flawsOfMessage(posted as unknown as Body, { files: 0, mayHide: false })).toEqual([]);
        expect(body.allowed_mentions).toEqual({ parse: [] });
        const everything = textsOf(body.components).join('\n');
        expect(everything).not.toMatch(/(?<!\\)<[@#/i]/);
        expect(everything).not.toMatch(/(?<!\\)@(everyone|here)/);
        expect(everything).not.toMatch(/(?<!\]\()https?:\/\//);
        expect([...everything.matchAll(/(?<!\\)<t:/g)].length).toBeLessThanOrEqual(instantsOf(draft));
      }),
    );
  });

  test('a form and choices stay within what Discord takes', () => {
    const field = fc.record({
      ...{ label: HOSTILE, hint: HOSTILE, value: HOSTILE, required: fc.boolean() },
      input: fc.constantFrom('line' as const, 'lines' as const, 'choice' as const, 'search' as const, 'date' as const),
      completes: fc.constant(null),
      choices: fc
        .array(fc.record({ label: HOSTILE, value: HOSTILE }), { maxLength: 40 })
        .map((choices) => (choices.length === 0 ? [] : [...choices, { label: 'One', value: 'one' }])),
    });
    fc.assert(
      fc.property(fc.array(field, { minLength: 1, maxLength: 7 }), HOSTILE, (fields, title) => {
        const form = { type: 'form' as const, id: 'wish', title, submit: 'Go', fields: fields.map((one, index) => ({ ...one, id: `f${index}` })) };
        const modal = spec.ModalInteractionCallbackRequestSchema.safeParse({ type: 9, data: modalOf(form) });
        expect(modal.error?.issues).toBeUndefined();
        const choices = spec.ApplicationCommandAutocompleteCallbackRequestSchema.safeParse({
          type: 8,
          data: { choices: offered(fields[0]?.choices ?? [], false) },
        });
        expect(choices.error?.issues).toBeUndefined();
      }),
    );
  });
});

function instantsOf({ body, fields = [], footer = [] }: Draft): number {
  return [...body, ...fields.map(({ value }) => value), footer].flat().filter(({ type }) => type === 'instant').length;
}

describe('A reader on Discord', () => {
  test('finds the heading, the text, and the sources in small print', () => {
    const body: Line[] = [[text('Friday, 17 July 2026, Geneva; hour not published')], [text('• Kenya')], [text('• Ghana')]];
    const footer: Line = [text('Source: '), { type: 'link', text: 'ohchr.org', url: 'https://www.ohchr.org/upr_(2026)' }];

    expect(shown({ body, footer }).split('\n')).toEqual([
      '## Kenya',
      'Friday, 17 July 2026, Geneva; hour not published',
      '- Kenya',
      '- Ghana',
      '-# Source: [ohchr.org](https://www.ohchr.org/upr_%282026%29)',
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

    expect(shown({ body: [line] })).toContain(`Friday, 17 July 2026, 12:00 New York time (<t:${at / 1_000}:f>)`);
  });

  test('reads free text exactly as it was written', () => {
    expect(shown({ body: [[text('**a** <@1> [x](https://y.example) #z')]] })).toContain('\\*\\*a\\*\\* \\<@1> \\[x\\](https:\\//y.example) #z');
  });

  test('is told how much did not fit, and every line that is there is whole', () => {
    const lines = shown({ body: Array.from({ length: 300 }, (_, index): Line => [text(`• The State with the number ${index} in the list`)]) }).split('\n');

    expect(lines.at(-1)).toBe(`and ${300 - (lines.length - 2)} more`);
    expect(lines.slice(1, -1)).toEqual(Array.from({ length: lines.length - 2 }, (_, index) => `- The State with the number ${index} in the list`));
    expect(lines.join('\n').length).toBeGreaterThan(3_900);
  });

  test('is called by a role only where the message names it, however long the message is', () => {
    const long = Array.from({ length: 300 }, (): Line => [text('A line that takes room in the message')]);
    const body = aBody({ body: [...long, [{ type: 'role', id: '42', text: '@role' }]] });

    expect(body.allowed_mentions).toEqual({ parse: [], roles: ['42'] });
    expect(textsOf(body.components).join('\n')).toContain('<@&42>');
  });

  test('sees a channel by its name, as Discord writes it for each; an id that is not of Discord stays text', () => {
    const channel = (id: string): Line => [{ type: 'channel', id, text: `channel ${id}` }];

    expect(shown({ body: [channel('42'), channel('C1')] })).toContain('<#42>\nchannel C1');
  });

  test('never sees a title that ends within a word', () => {
    expect(shown({ title: 'word '.repeat(80) })).toMatch(/^## (word )+word…$/);
  });

  test('chooses one of many in a list, the first 25, in a row of its own between the buttons', () => {
    const choices = Array.from({ length: 60 }, (_, index) => ({ label: `Task ${index + 1}`, value: String(index + 1) }));
    const button = (id: string) => ({ id, label: id, style: 'secondary' as const });
    const { components } = aBody({ actions: [button('a'), button('b'), { id: 'take', label: 'Take a task…', style: 'select', choices }, button('c')] });
    const [container] = components as readonly Component[];
    const rows = container?.components?.filter(({ type }) => type === 1).map((row) => row.components ?? []);

    expect(rows?.map((row) => row.map(({ custom_id }) => custom_id))).toEqual([['a', 'b'], ['take'], ['c']]);
    expect(rows?.[1]?.[0]).toMatchObject({ type: 3, placeholder: 'Take a task…' });
    expect(rows?.[1]?.[0]?.options).toEqual(choices.slice(0, 25));
  });
});
