import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Question } from '../../../src/commands/asked.ts';
import { COMMANDS, groupOf, keyOf } from '../../../src/commands/spec.ts';
import { LONGEST_LINE, LONGEST_VALUE, readTyped } from '../../../src/commands/typed.ts';
import { nameKey, typosBetween } from '../../../src/commands/typos.ts';
import { at, aVoice } from '../../support/a-voice.ts';
import { HOSTILE } from '../../support/hostile.ts';
import { shippedFacts } from '../../support/shipped.ts';
import { aChat, type Chat, MANAGER, messageOf, SOMEBODY } from './a-chat.ts';

const { words } = aVoice();
const NAMES = COMMANDS.map(({ name }) => name);
/** Other words for a command, as they are typed. */
function aliasesOf(name: string): readonly string[] {
  const key = `typed.alias.${keyOf(name)}`;
  const aliases = words.has(key) ? words(key).split(',') : [];
  return groupOf(name) === null ? aliases : aliases.map((alias) => `${groupOf(name)} ${alias}`);
}

let chat: Chat;
beforeAll(async () => {
  chat = await aChat({ facts: await shippedFacts(), now: at('2026-11-24'), platform: 'slack' });
});
afterAll(() => chat.close());

const told = async (line: string) => messageOf(await chat.line(line)).fallbackText;

describe('A typed line', () => {
  test.each<[string, string, Question['options']]>([
    ['next', 'next', {}],
    ['  NEXT  ', 'next', {}],
    ['next kenya', 'next', { state: 'kenya' }],
    ['next south africa', 'next', { state: 'south africa' }],
    ['next kind:review', 'next', { kind: 'review' }],
    ['next kenya kind=review limit:5', 'next', { state: 'kenya', kind: 'review', limit: '5' }],
    ['next kind:review kenya', 'next', { kind: 'review', state: 'kenya' }],
    ['next kind: review kenya', 'next', { kind: 'review', state: 'kenya' }],
    ['next kind:"national report" kenya', 'next', { kind: 'national report', state: 'kenya' }],
    ['next state:south africa kind:national report', 'next', { state: 'south africa', kind: 'national report' }],
    ['next KIND:review Stäte:kenya', 'next', { kind: 'review', state: 'kenya' }],
    ['next state：肯尼亚', 'next', { state: '肯尼亚' }],
    ['state "côte d\'ivoire"', 'state', { state: "côte d'ivoire" }],
    ["state côte d'ivoire", 'state', { state: "côte d'ivoire" }],
    ["state 'côte d'ivoire'", 'state', { state: "côte d'ivoire" }],
    ['state “Côte d’Ivoire”', 'state', { state: 'Côte d’Ivoire' }],
    ['state ‘Côte d’Ivoire’', 'state', { state: 'Côte d’Ivoire' }],
    ['state „Kenia“', 'state', { state: 'Kenia' }],
    ['state “Kenya"', 'state', { state: 'Kenya' }],
    ['state «Kenya»', 'state', { state: 'Kenya' }],
    ['state ""', 'state', { state: '' }],
    ['session 54', 'session', { session: '54' }],
    ['deadline kenya review', 'deadline', { deadline: 'kenya review' }],
    ['explain pre-session', 'explain', { term: 'pre-session' }],
    ['explain https://www.ohchr.org/upr', 'explain', { term: 'https://www.ohchr.org/upr' }],
    ['follow --preset dates', 'follow', { preset: 'dates' }],
    ['follow —preset dates', 'follow', { preset: 'dates' }],
    ['follow --preset=dates --state kenya', 'follow', { preset: 'dates', state: 'kenya' }],
    ['follow kenya kind:"national report"', 'follow', { state: 'kenya', kind: 'national report' }],
    ['unfollow 2', 'unfollow', { follow: '2' }],
    ['settings', 'settings', {}],
    ['settings zone:Africa/Nairobi discreet:on', 'settings', { zone: 'Africa/Nairobi', discreet: 'on' }],
    ['settings zone: new york', 'settings', { zone: 'new york' }],
    ['settings alert_hour: 9:00 quiet-hours:22:00-07:00', 'settings', { 'alert-hour': '9:00', 'quiet-hours': '22:00-07:00' }],
    ['settings mention-role:<!subteam^S1|@team>', 'settings', { 'mention-role': '<!subteam^S1|@team>' }],
    ['mute 3 days reason:elections', 'mute', { until: '3 days', reason: 'elections' }],
    ['mute 3 days reason: national elections in May', 'mute', { until: '3 days', reason: 'national elections in May' }],
    ['mute reason:elections 3 days', 'mute', { reason: 'elections', until: '3 days' }],
    ['mute until: 3 days reason:"quiet: please"', 'mute', { until: '3 days', reason: 'quiet: please' }],
    ['mute monday 9:00 reason:x', 'mute', { until: 'monday 9:00', reason: 'x' }],
    ['mute 3 days reason:"we wait until:friday', 'mute', { until: '3 days', reason: 'we wait until:friday' }],
    ['mute 3 days reason:"the ""big"" day"', 'mute', { until: '3 days', reason: 'the "big" day' }],
    ['following', 'following', {}],
  ])('%j asks %s', (line, command, options) => {
    expect(readTyped(line, words)).toEqual({ question: { command, options } });
  });

  test('is read back as whatever was written with names and quotes', () => {
    const question = fc.constantFrom(...COMMANDS).chain(({ name, options }) => {
      const value = fc.oneof(
        fc.string({ maxLength: 60 }),
        fc.string({ unit: 'binary', maxLength: 60 }),
        fc.constantFrom('"', '""', `' " “ ” »`, 'a:b', '--x y'),
      );
      const given = fc.subarray(options.map((option) => option.name)).chain((some) => fc.tuple(...some.map((option) => fc.tuple(fc.constant(option), value))));
      return fc.record({ command: fc.constant(name), given });
    });
    fc.assert(
      fc.property(question, fc.constantFrom(':', '=', ': '), ({ command, given }, mark) => {
        const line = [command, ...given.map(([name, value]) => `${name}${mark}"${value.replace(/["“”„‟]/g, '$&$&')}"`)].join(' ');

        expect(readTyped(line, words)).toEqual({ question: { command, options: Object.fromEntries(given) } });
      }),
    );
  });

  test('of the greatest length is read in a moment', () => {
    const started = performance.now();
    for (const piece of ['x ', 'a:', '" ', '--a ', "'x' ", ': ']) readTyped(`next ${piece.repeat(LONGEST_LINE)}`.slice(0, LONGEST_LINE), words);

    expect(performance.now() - started).toBeLessThan(2_000);
  });

  test('may name a command by each other word for it, and no such word is two commands', () => {
    const all = NAMES.flatMap((name) => [name, ...aliasesOf(name)]).map(nameKey);

    expect(new Set(all).size).toBe(all.length);
    for (const name of NAMES) for (const alias of aliasesOf(name)) expect(readTyped(alias, words)).toEqual({ question: { command: name, options: {} } });
    expect(aliasesOf('help')).toContain('?');
  });

  test('that stands as an example in an answer can be read', () => {
    for (const { name, options } of COMMANDS.filter((command) => command.options.length > 0)) {
      const typed = readTyped(words(`typed.example.${keyOf(name)}`).replace('/upr ', ''), words);
      expect(typed).toMatchObject({ question: { command: name } });
      if ('question' in typed) expect(Object.keys(typed.question.options).length).toBeGreaterThan(0);
      expect(options.length).toBeGreaterThan(0);
    }
  });
});

describe('A line that cannot be read', () => {
  test.each([
    ['nxt kenya', 'There is no command “nxt”. Did you mean next? Write: “/upr next kenya”'],
    ['sate kenya', 'Did you mean state? Write: “/upr state kenya”'],
    ['folow kenya kind:review', 'Did you mean follow? Write: “/upr follow kenya kind:review”'],
    ['foll', 'Did you mean follow or following? Write: “/upr follow” or “/upr following”'],
    ['subscrib kenya', 'Did you mean follow? Write: “/upr follow kenya”'],
    ['kenya', 'There is no command “kenya”. Did you mean state or next? Write: “/upr state kenya” or “/upr next kenya”'],
    ['xyzzy', 'There is no command “xyzzy”. /upr help lists what there is'],
    ['next kenya knd:review', 'There is no option “knd”. Did you mean kind? Write: “/upr next kenya kind:review”'],
    ['next --k review', 'There is no option “k”. /upr next takes state, region, session, kind, limit'],
    ['follow kenya audi:state', 'Did you mean audience? Write: “/upr follow kenya audience:state”'],
    ['next colour:red', 'There is no option “colour”. /upr next takes state, region, session, kind, limit: each with its name'],
    ['next kenya state:france', '“state” is there twice'],
    ['next state:kenya state:france', '“state” is there twice'],
    ['next kenya kind:', 'Nothing stands behind “kind”. Write there: A kind of date'],
    ['next kind: state:kenya', 'Nothing stands behind “kind”'],
    ['settings Africa/Nairobi', 'What “Africa/Nairobi” stands for cannot be told. /upr settings takes zone, language,'],
    ['settings Africa/Nairobi', 'For example: /upr settings zone:Africa/Nairobi discreet:on'],
    ['next state:"kenya" kind:"review" please', 'What “please” stands for cannot be told.'],
    ['following kenya', '/upr following takes nothing more. Write: /upr following'],
    ['help state:kenya', '/upr help takes nothing more'],
  ])('such as %j is answered with what to type', async (line, answer) => {
    expect(await told(line)).toContain(answer);
  });

  test('as it is too long is told how long it may be', async () => {
    expect(await told(`mute 3 days reason:${'x'.repeat(LONGEST_VALUE + 1)}`)).toContain('One value has at most 2,000 characters');
    expect(await told(`next ${'x '.repeat(LONGEST_LINE)}`)).toContain('all of it 8,000');
  });

  test('shows no line that is too long to type again', async () => {
    expect(await told(`nxt ${'kenya '.repeat(200)}`)).toMatch(/Write: “\/upr next”$/);
  });

  test('counts letters that were dropped, added, changed or swapped as one typo each', () => {
    const pairs = ['next next', 'nxt next', 'nextt next', 'nezt next', 'enxt next', 'nx next', 'explian explain', 'abc xyz'];
    expect(pairs.map((pair) => typosBetween(...(pair.split(' ') as [string, string])))).toEqual([0, 1, 1, 1, 1, 2, 1, 3]);
  });
});

describe('A line that asks', () => {
  test.each(['next kenya', 'state KEN', 'explain troika', 'help', 'session 54', 'next limit:99', 'state atlantis'])(
    '%s is answered as the command is, buttons and all',
    async (line) => {
      const typed = readTyped(line, words);
      if (!('question' in typed)) throw new Error('not read');
      const { command, options } = typed.question;

      expect(await chat.line(line)).toEqual(await chat.command(command, options));
    },
  );

  test('for a change is answered with whose right it is, and changes nothing for whoever has it not', async () => {
    for (const line of ['follow kenya', 'sub kenya', 'mute 3 days reason:x', 'settings discreet:on', 'unfollow all', 'test'])
      expect(await told(line)).toContain('people who may manage it');
    expect(await chat.store.subscriptions.channels()).toEqual([]);

    expect(messageOf(await chat.line('follow kenya', { by: MANAGER })).title).toBe('This channel now follows');
    expect(await told('list')).toContain('all dates; Kenya');
    await chat.line('unfollow 1', { by: MANAGER });
  });
});

describe('Whatever is typed', () => {
  function expectKind(response: Awaited<ReturnType<Chat['line']>>): void {
    if (response.type === 'form') return;
    const { fallbackText, title } = messageOf(response);
    expect(title.length).toBeLessThan(200);
    expect(fallbackText.length).toBeLessThan(6_000);
    expect(fallbackText).not.toMatch(/reference [0-9a-f]{8}|undefined|\[object|[\u202a-\u202e\u2066-\u2069\u200b]/);
    expect(JSON.stringify(response)).not.toContain('"type":"role"');
  }

  test.each(Object.entries(HOSTILE))('is answered kindly: %s', async (_name, typed) => {
    const lines = [typed, `${typed}:x`, `${typed} ${typed}`, `nxt ${typed}`, ...NAMES.flatMap((name) => [`${name} ${typed}`, `${name} ${typed}:${typed}`])];
    const named = COMMANDS.flatMap(({ name, options }) => options.flatMap((option) => [`${name} ${option.name}:${typed}`, `${name} ${option.name}:"${typed}`]));
    for (const line of [...lines, ...named]) expectKind(await chat.line(line));
  });

  test('is answered kindly: anything', async () => {
    const mark = fc.constantFrom(' ', ':', '"', "'", '=', '--', '—', '“', '\n', 'state', 'kind', 'kenya', 'é', '\u200b');
    const noise = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.array(mark).map((marks) => marks.join('')),
    );
    const line = fc.oneof(
      noise,
      fc.tuple(fc.constantFrom(...NAMES), noise).map((two) => two.join(' ')),
    );
    await fc.assert(
      fc.asyncProperty(line, async (typed) => {
        expectKind(await chat.line(typed, { by: SOMEBODY }));
      }),
      { numRuns: 300 },
    );
  });
});
