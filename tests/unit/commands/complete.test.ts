import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { COMMANDS } from '../../../src/commands/spec.ts';
import { foldName } from '../../../src/domain/calendar/state.ts';
import { at } from '../../support/a-voice.ts';
import { shippedFacts } from '../../support/shipped.ts';
import { aChat, type Chat } from './a-chat.ts';

let chat: Chat;
let names: readonly (readonly [string, string])[] = [];
beforeAll(async () => {
  const facts = await shippedFacts();
  names = [...facts.states.values()].flatMap((state) => [...Object.values(state.names), ...state.aliases].map((name) => [name, state.code] as const));
  chat = await aChat({ facts, now: at('2026-11-24') });
});
afterAll(() => chat.close());

const states = async (typed: string) => (await chat.complete('state', 'state', typed)).map(({ value }) => value);

describe('Choices of a State', () => {
  test.each([
    ['ken', 'KEN'],
    ['Cote dIvoire', 'CIV'],
    ['cote d', 'CIV'],
    ['germny', 'DEU'],
    ['Afgahn', 'AFG'],
    ['turkey', 'TUR'],
    ['TURKIYE', 'TUR'],
    ['dprk', 'PRK'],
    ['肯尼亚', 'KEN'],
    ['Кения', 'KEN'],
    ['untied kingdom', 'GBR'],
    ['states of america', 'USA'],
  ])('%s finds %s among the first', async (typed, code) => {
    expect((await states(typed)).slice(0, 5)).toContain(code);
  });

  test('nothing typed gives the first 25 by name', async () => {
    const choices = await chat.complete('state', 'state', '');

    expect(choices).toHaveLength(25);
    expect(choices[0]).toEqual({ label: 'Afghanistan (AFG)', value: 'AFG' });
  });

  test('every name, and every name with one letter dropped, finds its State', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(), async (which, where) => {
        const [name = '', code = ''] = names[which % names.length] ?? [];
        const letters = [...name];
        const dropped = letters.filter((_, index) => index !== where % letters.length).join('');

        expect(await states(name)).toContain(code);
        if (foldName(dropped).length >= 5) expect(await states(dropped)).toContain(code);
      }),
      { numRuns: 150 },
    );
  });
});

describe('Choices of every option', () => {
  const options = COMMANDS.flatMap(({ name, options }) => options.map((option) => [name, option.name] as const));

  test.each(options)('%s %s: at most 25, each short, whatever is typed', async (command, option) => {
    for (const typed of ['', 'a', 'kenya', 'x'.repeat(6_000), '@everyone', '🏳️‍🌈'.repeat(50), "' or 1=1 --", '%_\\', '\u202e\u200b']) {
      const choices = await chat.complete(command, option, typed);

      expect(choices.length).toBeLessThanOrEqual(25);
      for (const { label, value } of choices) {
        expect([label.length, value.length].every((length) => length > 0 && length <= 100)).toBe(true);
      }
      expect(new Set(choices.map(({ value }) => value)).size).toBe(choices.length);
    }
  });

  test('what is chosen is taken', async () => {
    for (const [command, option, typed] of [
      ['state', 'state', 'ken'],
      ['session', 'session', '5'],
      ['deadline', 'deadline', 'review'],
      ['explain', 'term', 'tro'],
      ['next', 'kind', 'written'],
      ['next', 'region', 'east'],
    ] as const) {
      for (const { value } of await chat.complete(command, option, typed)) {
        expect(await chat.text(command, { [option]: value })).not.toContain('cannot be answered');
      }
    }
  });

  test('dates ahead come before dates that passed', async () => {
    const [first] = await chat.complete('deadline', 'deadline', '');

    expect(first?.label).toMatch(/202[67]/);
  });

  test('an option that there is not has no choices', async () => {
    expect(await chat.complete('state', 'constructor', 'x')).toEqual([]);
    expect(await chat.complete('constructor', 'state', 'x')).toEqual([]);
  });
});
