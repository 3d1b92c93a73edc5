import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Asker, FormField, FormResponse, Response } from '../../../src/adapters/adapter.ts';
import { COMMANDS } from '../../../src/commands/spec.ts';
import { at } from '../../support/a-voice.ts';
import { HOSTILE } from '../../support/hostile.ts';
import { shippedFacts } from '../../support/shipped.ts';
import { aChat, type Chat, HERE, MANAGER, messageOf, SOMEBODY } from './a-chat.ts';

let chat: Chat;
beforeAll(async () => {
  chat = await aChat({ facts: await shippedFacts(), now: at('2026-11-24'), platform: 'slack' });
});
afterAll(() => chat.close());

const STRANGER: Asker = { ...SOMEBODY, may: 'nothing' };
const WITH_OPTIONS = COMMANDS.filter(({ options }) => options.length > 0);
const ALONE = COMMANDS.filter(({ options }) => options.length === 0);

function formOf(response: Response): FormResponse {
  if (response.type !== 'form') throw new Error(`The answer is ${response.type}`);
  return response;
}

const offered = async (by: Asker) => formOf(await chat.line('', { by })).fields[0]?.choices.map(({ value }) => value);
const formFor = async (command: string, by = MANAGER) => formOf(await chat.submit('ask', { command }, { by }));

describe('The form of `/upr` alone', () => {
  test('asks for one of the commands, each with what it does', async () => {
    for (const nothing of ['', '  \n', '\u200b']) {
      const { id, title, submit, fields } = formOf(await chat.line(nothing, { by: MANAGER }));

      expect({ id, title, submit }).toEqual({ id: 'ask', title: 'UPR dates', submit: 'Next' });
      expect(fields).toHaveLength(1);
      expect(fields[0]).toMatchObject({ id: 'command', input: 'choice', required: true, value: 'next', completes: null });
      expect(fields[0]?.choices[0]).toEqual({ value: 'next', label: 'next: What comes next, and what nobody has published yet' });
    }
  });

  test('offers what changes the channel to those alone who may change it', async () => {
    const all = COMMANDS.map(({ name }) => name);
    const open = COMMANDS.filter(({ manages }) => !manages).map(({ name }) => name);

    expect(await offered(MANAGER)).toEqual(all);
    expect(await offered({ ...SOMEBODY, may: 'unless-named' })).toEqual(all);
    expect(await offered(SOMEBODY)).toEqual(open);
    expect(await offered(STRANGER)).toEqual(open);
  });
});

describe('The form of a command', () => {
  test.each(WITH_OPTIONS.map(({ name }) => name))('%s has a field for each of its options', async (name) => {
    const spec = WITH_OPTIONS.find((command) => command.name === name);
    const { id, title, submit, fields } = await formFor(name);

    expect({ id, title, submit }).toEqual({ id: `ask.${name}`, title: `/upr ${name}`, submit: spec?.manages ? 'Apply' : 'Ask' });
    expect(fields.map(({ id: field, required }) => ({ name: field, required }))).toEqual(
      spec?.options.map((option) => ({ name: option.name, required: option.required })),
    );
    for (const { id: option, input, choices, completes, value } of fields) {
      expect(value).toBe('');
      expect(completes).toEqual(input === 'search' ? { command: name, option } : null);
      expect(choices.length > 0).toBe(input === 'choice');
    }
  });

  test('searches long lists, shows short ones and lets people write the rest', async () => {
    const inputs = async (command: string) => Object.fromEntries((await formFor(command)).fields.map(({ id, input }: FormField) => [id, input]));

    expect(await inputs('next')).toEqual({ state: 'search', region: 'choice', session: 'search', kind: 'search', limit: 'line' });
    expect(await inputs('follow')).toMatchObject({ preset: 'choice', audience: 'choice' });
    expect(await inputs('mute')).toEqual({ until: 'line', reason: 'lines' });
    expect(await inputs('settings')).toMatchObject({ zone: 'search', 'digest-day': 'choice', discreet: 'choice', 'mention-role': 'line', clear: 'choice' });
  });

  test('fits every platform: no title, label or hint is long, and no name comes twice', async () => {
    for (const form of [formOf(await chat.line('', { by: MANAGER })), ...(await Promise.all(WITH_OPTIONS.map(({ name }) => formFor(name))))]) {
      expect([form.title.length <= 24, form.submit.length <= 24]).toEqual([true, true]);
      expect(new Set(form.fields.map(({ id }) => id)).size).toBe(form.fields.length);
      for (const { label, hint, choices } of form.fields) {
        expect(label.length).toBeLessThanOrEqual(45);
        expect(hint.length).toBeLessThanOrEqual(150);
        for (const choice of choices) expect(choice.label.length).toBeLessThanOrEqual(75);
        expect(choices.length).toBeLessThanOrEqual(100);
      }
    }
  });

  test('is not needed where a command takes nothing: it is answered at once', async () => {
    for (const { name } of ALONE.filter((command) => command.name !== 'test'))
      expect(await chat.submit('ask', { command: name })).toEqual(await chat.command(name));
  });
});

describe('A filled form', () => {
  test.each([
    ['next', { state: 'KEN', kind: 'review', region: '', limit: '5' }, { state: 'KEN', kind: 'review', limit: '5' }],
    ['next', { state: '  ', session: '' }, {}],
    ['state', { state: 'KEN' }, { state: 'KEN' }],
    ['session', { session: '54' }, { session: '54' }],
    ['deadline', { deadline: '54-TGO-national_report' }, { deadline: '54-TGO-national_report' }],
    ['explain', { term: 'troika' }, { term: 'troika' }],
    ['state', {}, {}],
    ['state', { state: 'Atlantis', command: 'follow', other: 'x' }, { state: 'Atlantis' }],
  ])('of %s is answered as the command with what was filled: %j', async (command, values, options) => {
    expect(await chat.submit(`ask.${command}`, values)).toEqual(await chat.command(command, options));
  });

  test('changes the channel for those who may', async () => {
    await chat.submit('ask.follow', { state: 'KEN', preset: 'dates', audience: '' }, { by: MANAGER });
    await chat.submit('ask.settings', { discreet: 'on', zone: 'Africa/Nairobi' }, { by: MANAGER });
    await chat.submit('ask.mute', { until: '3 days', reason: 'elections\nand holidays' }, { by: MANAGER });
    const [channel] = await chat.store.subscriptions.channels();

    expect(channel).toMatchObject({ discreet: true, profile: { zone: 'Africa/Nairobi' }, mute: { reason: 'elections and holidays' } });
    expect(await chat.text('following')).toContain('submission deadlines only; Kenya');
    const { choices } = (await formFor('unfollow')).fields[0] ?? { choices: null };
    expect(choices, 'what is followed is searched').toEqual([]);
    await chat.submit('ask.unfollow', { follow: 'all' }, { by: MANAGER });
    expect(await chat.text('following')).toContain('follows nothing');
  });

  test('changes nothing for those who may not, whether they choose it or fill it', async () => {
    const before = await chat.store.subscriptions.list();
    for (const { name } of COMMANDS.filter(({ manages }) => manages)) {
      for (const form of ['ask', `ask.${name}`]) {
        const response = await chat.submit(form, { command: name, state: 'FRA', until: '1 day', reason: 'x', follow: 'all' });
        expect(messageOf(response).fallbackText).toContain('people who may manage it');
      }
    }
    expect(await chat.store.subscriptions.list()).toEqual(before);
  });

  test('that nobody knows any more is told to be old', async () => {
    for (const form of ['', 'x', 'ask.', 'ask.nothing', 'ask.constructor', 'ask.next.x', 'asked', 'Ask'])
      expect(messageOf(await chat.submit(form, { command: 'next' })).fallbackText).toContain('no longer works');
    for (const command of ['', 'nothing', '__proto__']) expect(messageOf(await chat.submit('ask', { command })).fallbackText).toContain('no longer works');
  });

  test.each(Object.entries(HOSTILE))('with %s in it is answered kindly', async (_name, typed) => {
    const responses = [await chat.submit(typed, { command: typed }), await chat.submit('ask', { command: typed, [typed]: typed })];
    for (const { name, options } of WITH_OPTIONS)
      responses.push(await chat.submit(`ask.${name}`, Object.fromEntries(options.map((option) => [option.name, typed])), { target: HERE }));
    for (const response of responses) expect(messageOf(response).fallbackText).not.toMatch(/reference [0-9a-f]{8}|undefined|\[object/);
  });
});
