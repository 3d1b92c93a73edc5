/** Commands of two words, and buttons, selects and forms that say what they are about: proven on a small book of their own. */
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { FormResponse, Response } from '../../../src/adapters/adapter.ts';
import type { Question, Run } from '../../../src/commands/asked.ts';
import { deedId, isArgument, pressedOf } from '../../../src/commands/buttons.ts';
import type { Book } from '../../../src/commands/commands.ts';
import type { DeedAsk } from '../../../src/commands/deeds.ts';
import { memberOf } from '../../../src/commands/read-member.ts';
import { COMMANDS, type CommandSpec, groupOf, groupsIn, ownName } from '../../../src/commands/spec.ts';
import { readTyped } from '../../../src/commands/typed.ts';
import { message } from '../../../src/message/build.ts';
import { formatHelp } from '../../../src/message/format-help.ts';
import { createWords } from '../../../src/message/words.ts';
import { at, ENGLISH } from '../../support/a-voice.ts';
import { HOSTILE } from '../../support/hostile.ts';
import { calendarOf } from '../../support/some-dates.ts';
import { aChat, type Chat, MANAGER, messageOf, SOMEBODY } from './a-chat.ts';

const option = (name: string, kind: 'text' | 'member' | 'state', required = false) => ({ name, kind, required });
const SMALL: readonly CommandSpec[] = [
  { name: 'next', options: [option('state', 'state')], manages: false },
  { name: 'plan new', options: [option('deadline', 'text', true), option('template', 'text')], manages: false, inOrder: ['deadline', 'template'] },
  { name: 'plan show', options: [option('plan', 'text', true)], manages: false },
  { name: 'plan sign-on', options: [option('plan', 'text', true)], manages: true },
  { name: 'task claim', options: [option('task', 'text', true)], manages: false },
  {
    name: 'task assign',
    options: [option('task', 'text', true), option('to', 'member'), option('note', 'text')],
    manages: false,
    inOrder: ['task', 'to', 'note'],
  },
  { name: 'bridge end', options: [], manages: true },
];
const words = createWords('en', {
  ...ENGLISH,
  ...{ 'command.plan': 'What a team does for a date', 'command.plan.new': 'Begin a plan', 'command.plan.show': 'A plan', 'command.plan.sign-on': 'Sign-on' },
  ...{ 'command.task': 'The work of a plan', 'command.task.claim': 'Take a task', 'command.task.assign': 'Give a task' },
  ...{ 'command.bridge': 'Share a plan', 'command.bridge.end': 'End it', 'typed.alias.plan': 'plans,project', 'typed.alias.plan.new': 'create,begin' },
  ...{ 'option.task': 'A task', 'option.to': 'Who is to have it', 'option.note': 'A note', 'option.plan': 'A plan', 'option.template': 'A template' },
  ...Object.fromEntries(['task', 'to', 'note', 'plan', 'template'].map((name) => [`form.field.${name}`, name])),
  ...Object.fromEntries(['plan.new', 'plan.show', 'task.assign', 'task.claim'].map((key) => [`typed.example.${key}`, `/upr ${key.replace('.', ' ')} …`])),
});

const said = (title: string) => ({ message: message({ tone: 'info', title, body: [] }), audience: 'asker', again: null }) as const;
const run: Run = async (ask) => said(JSON.stringify(ask.options));
let asked: DeedAsk[] = [];
const done =
  (title: string, more: object = {}) =>
  async (ask: DeedAsk) => {
    asked.push(ask);
    return { ...said(title), ...more };
  };
const RECEIPT: FormResponse = { type: 'form', id: deedId('task', 'finish', 'k3f9qd2m/7'), title: 'Done', submit: 'Send', fields: [] };
const BOOK: Book = {
  commands: SMALL,
  runs: {
    ...Object.fromEntries(SMALL.map(({ name }) => [name, run])),
    'plan show': async (ask) => ({ ...said('A plan'), again: { command: 'plan show', options: ask.options } }),
    'task assign': async (ask) => said(memberOf(ask, 'to') ?? 'nobody'),
  },
  deeds: {
    task: {
      claim: { needs: 'nothing', takesArgument: true, run: done('Yours', { beside: true }) },
      take: { needs: 'nothing', takesArgument: true, by: 'select', run: done('Taken') },
      done: { needs: 'nothing', takesArgument: true, run: async () => RECEIPT },
      finish: { needs: 'nothing', takesArgument: true, by: 'form', run: done('Finished') },
      list: { needs: 'nothing', run: done('Listed') },
      hand: { needs: 'channel', takesArgument: true, by: 'form', run: done('Handed') },
    },
  },
};

let chat: Chat;
beforeAll(async () => {
  chat = await aChat({ facts: calendarOf([]), now: at('2026-11-24'), platform: 'slack', book: BOOK, words });
});
afterAll(() => chat.close());
afterEach(() => {
  asked = [];
});

const told = async (line: string) => messageOf(await chat.line(line)).fallbackText;
const titleOf = (response: Response) => messageOf(response).title;
const formOf = (response: Response): FormResponse => (response.type === 'form' ? response : (expect.fail(`The answer is ${response.type}`) as never));
const offered = (response: Response) => formOf(response).fields[0]?.choices.map(({ value }) => value);

describe('A typed command of a group', () => {
  test.each<[string, string, Question['options']]>([
    ['plan new 54-USA-stakeholder_submission joint-submission', 'plan new', { deadline: '54-USA-stakeholder_submission', template: 'joint-submission' }],
    ['PLAN  New "kenya review" joint submission', 'plan new', { deadline: 'kenya review', template: 'joint submission' }],
    ['plan new template:joint kenya', 'plan new', { template: 'joint', deadline: 'kenya' }],
    ['plan new deadline:"kenya review" joint', 'plan new', { deadline: 'kenya review', template: 'joint' }],
    ['plan new deadline:kenya review', 'plan new', { deadline: 'kenya review' }],
    ['plan new template:joint kenya review', 'plan new', { template: 'joint', deadline: 'kenya review' }],
    ['plan new template:"joint submission" 54-USA-review', 'plan new', { template: 'joint submission', deadline: '54-USA-review' }],
    ['plan-new kenya', 'plan new', { deadline: 'kenya' }],
    ['plans create kenya', 'plan new', { deadline: 'kenya' }],
    ['project sign-on k3f9qd2m', 'plan sign-on', { plan: 'k3f9qd2m' }],
    ['plan sign_on k3f9qd2m', 'plan sign-on', { plan: 'k3f9qd2m' }],
    ['plan show the one of kenya', 'plan show', { plan: 'the one of kenya' }],
    ['task assign 7 <@U2> until the review', 'task assign', { task: '7', to: '<@U2>', note: 'until the review' }],
    ['task assign 7 note:soon, please', 'task assign', { task: '7', note: 'soon, please' }],
    ['task assign', 'task assign', {}],
    ['bridge end', 'bridge end', {}],
  ])('%j asks %s', (line, command, options) => {
    expect(readTyped(line, words, SMALL)).toEqual({ question: { command, options } });
  });

  test.each([
    ['plan nwe kenya', 'There is no command “plan nwe”. Did you mean plan new? Write: “/upr plan new kenya”'],
    ['plan xyzzy', 'There is no command “plan xyzzy”. /upr plan goes on with new, show, sign-on; /upr plan alone opens a form.'],
    ['plan help', '/upr plan goes on with new, show, sign-on'],
    ['pln new kenya', 'There is no command “pln”. Did you mean plan? Write: “/upr plan new kenya”'],
    ['claim 7', 'There is no command “claim”. Did you mean task claim? Write: “/upr task claim 7”'],
    ['create kenya', 'There is no command “create”. /upr help lists what there is'],
    ['plan new knd:x', 'There is no option “knd”. /upr plan new takes deadline, template'],
    ['plan new a template:b template:c', '“template” is there twice'],
    ['plan new template:"b" a deadline:d', 'What “a” stands for cannot be told'],
    ['bridge end now', '/upr bridge end takes nothing more. Write: /upr bridge end'],
  ])('that is not read, such as %j, is answered with what to type', async (line, answer) => {
    expect(await told(line)).toContain(answer);
  });

  test('is answered as the command is', async () => {
    expect(await chat.line('plan new kenya joint')).toEqual(await chat.command('plan new', { deadline: 'kenya', template: 'joint' }));
    expect(titleOf(await chat.line('plan new kenya joint'))).toBe('{"deadline":"kenya","template":"joint"}');
  });

  test('whose group is typed alone opens a form of what is in it', async () => {
    const form = formOf(await chat.line(' Plan ', { by: MANAGER }));

    expect(form).toMatchObject({ id: 'ask', title: '/upr plan', fields: [{ id: 'command', value: 'plan new', required: true }] });
    expect(form.fields[0]?.choices[0]).toEqual({ value: 'plan new', label: 'plan new: Begin a plan' });
    expect(form.fields[0]?.hint).toBe('All of it can be typed too, such as /upr plan new');
    expect(offered(await chat.line('plan', { by: MANAGER }))).toEqual(['plan new', 'plan show', 'plan sign-on']);
    expect(offered(await chat.line('plan'))).toEqual(['plan new', 'plan show']);
    expect(await told('bridge')).toContain('people who may manage it');
  });

  test('is among all in the form of `/upr` alone, and goes on to a form of its own', async () => {
    const { fields } = formOf(await chat.submit('ask', { command: 'task assign' }));

    expect(offered(await chat.line('', { by: MANAGER }))).toEqual(SMALL.map(({ name }) => name));
    expect(fields.map(({ id, input }) => [id, input])).toEqual([
      ['task', 'lines'],
      ['to', 'member'],
      ['note', 'lines'],
    ]);
    expect(titleOf(await chat.submit('ask.plan new', { deadline: 'kenya', template: '' }))).toBe('{"deadline":"kenya"}');
    for (const form of ['ask.plan', 'ask.plan.new', 'ask.new', 'ask.plan  new']) expect(await titleAndText(chat.submit(form))).toContain('no longer works');
    for (const command of ['plan', 'new', 'plan x']) expect(await titleAndText(chat.submit('ask', { command }))).toContain('no longer works');
  });

  test('names a person by a mention or an id, and nobody otherwise', async () => {
    const to = async (typed: string) => titleAndText(chat.command('task assign', { task: '7', to: typed }));

    for (const typed of ['<@U2>', '<@U2|anna>', 'U2']) expect(await to(typed)).toContain('U2');
    for (const typed of ['<!subteam^S1>', '<@&2>', '<#C1>', 'anna', '@anna', '123', ...Object.values(HOSTILE)])
      if (typed.trim() !== '') expect(await to(typed)).toMatch(/nobody/);
  });

  test('is asked for again by its buttons', async () => {
    const share = messageOf(await chat.command('plan show', { plan: 'k3f9qd2m' })).actions.at(-1);

    expect(share?.id).toBe('share.1.plan show.0=k3f9qd2m');
    expect(await chat.press(share?.id ?? '')).toMatchObject({ type: 'message', audience: 'channel', message: { title: 'A plan' } });
  });
});

async function titleAndText(response: Promise<Response>): Promise<string> {
  return messageOf(await response).fallbackText;
}

describe('Help', () => {
  test('has one line a group, with what is in it', () => {
    const commands = SMALL.map(({ name, manages, options }) => ({
      ...{ name: ownName(name), group: groupOf(name), manages },
      options: options.map((each) => each.name),
    }));
    const lines = formatHelp(commands, { words, typed: true }).fallbackText.split('\n');

    expect(lines.filter((line) => line.includes('•'))).toEqual([
      expect.stringContaining('/upr next: What comes next'),
      '• /upr plan: What a team does for a date · goes on with: new, show, sign-on',
      '• /upr task: The work of a plan · goes on with: claim, assign',
      '• /upr bridge: Share a plan · goes on with: end · for people who may manage the channel',
    ]);
  });
});

describe('A button with an argument', () => {
  test('is delivered to its deed, and answered beside the message or in its place', async () => {
    expect(await chat.press('do.1.task.claim:k3f9qd2m/7')).toMatchObject({ type: 'message', audience: 'asker', message: { title: 'Yours' } });
    expect(await chat.press('do.1.task.list')).toMatchObject({ type: 'view', message: { title: 'Listed' } });

    expect(asked.map(({ argument, chosen }) => [argument, chosen])).toEqual([
      ['k3f9qd2m/7', ''],
      ['', ''],
    ]);
  });

  test('opens a form, which comes back with it and with what was filled', async () => {
    expect(await chat.press('do.1.task.done:k3f9qd2m/7')).toEqual(RECEIPT);
    const answer = await chat.submit(RECEIPT.id, { reference: 'https://uprdoc.ohchr.org/1' });

    expect(answer).toMatchObject({ type: 'message', audience: 'asker', message: { title: 'Finished' } });
    expect(asked).toMatchObject([{ argument: 'k3f9qd2m/7', options: { reference: 'https://uprdoc.ohchr.org/1' } }]);
  });

  test('is a select where one of many is chosen', async () => {
    expect(await chat.choose('do.1.task.take:k3f9qd2m', ['7'])).toMatchObject({ type: 'view', message: { title: 'Taken' } });
    expect(asked).toMatchObject([{ argument: 'k3f9qd2m', chosen: '7' }]);
  });

  test('does what it does only in its own way: pressed, chosen or filled', async () => {
    const responses = [
      chat.press('do.1.task.claim'),
      chat.press('do.1.task.list:k3f9qd2m'),
      chat.press('do.1.task.finish:k3f9qd2m/7'),
      chat.press('do.1.task.take:k3f9qd2m'),
      chat.choose('do.1.task.claim:k3f9qd2m/7', ['7']),
      chat.choose('do.1.task.take:k3f9qd2m', ['7', '8']),
      chat.submit('do.1.task.claim:k3f9qd2m/7'),
      chat.submit('do.1.task.take:k3f9qd2m'),
      chat.submit('do.1.task.nothing:k3f9qd2m'),
      chat.submit('do.1.task.finish'),
    ];
    for (const response of responses) expect(await titleAndText(response)).toContain('no longer works');
    expect(asked).toEqual([]);
  });

  test('asks for its right with the form as well', async () => {
    const id = deedId('task', 'hand', '7');

    expect(await titleAndText(chat.submit(id, {}, { by: SOMEBODY }))).toContain('people who may manage it');
    expect(asked).toEqual([]);
    expect(titleOf(await chat.submit(id, {}, { by: MANAGER }))).toBe('Handed');
  });

  const MALFORMED = {
    ...Object.fromEntries(Object.entries(HOSTILE).filter(([, typed]) => !isArgument(typed))),
    'a space': 'a b',
    'two points': '7:8',
    'a point': '../7',
    'a line': '7\n',
    'too long': 'x'.repeat(61),
  };
  test.each(Object.entries({ ...MALFORMED, 'a letter of another script': 'é', 'a digit of another script': '１' }))(
    'that is no argument is told to be old: %s',
    async (_name, typed) => {
      const responses = [
        chat.press(`do.1.task.claim:${typed}`),
        chat.choose('do.1.task.take:k3f9qd2m', [typed]),
        chat.choose(`do.1.task.take:${typed}`, ['7']),
        chat.submit(`do.1.task.finish:${typed}`),
      ];
      for (const response of responses) expect(await titleAndText(response)).toContain('no longer works');
      expect(asked).toEqual([]);
    },
  );

  test('fits every platform and is read as it was written', () => {
    const argument = fc.string({ unit: fc.constantFrom(...'abcxyz0189/-'), minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(argument, (given) => {
        const id = deedId('x'.repeat(20), 'y'.repeat(40), given);

        expect(id.length).toBeLessThanOrEqual(100);
        expect(pressedOf(id)).toEqual({ does: 'do', command: 'x'.repeat(20), what: 'y'.repeat(40), argument: given });
      }),
    );
    for (const given of [' ', 'x'.repeat(61), '7\n']) expect(() => deedId('task', 'claim', given)).toThrow();
    expect(isArgument('')).toBe(false);
  });
});

test('No group is a command too, and both words are such as platforms take', () => {
  for (const book of [COMMANDS, SMALL]) {
    const names = book.map(({ name }) => name);
    expect(names.filter((name) => groupsIn(book).includes(name))).toEqual([]);
    expect(names.filter((name) => !/^[a-z][a-z-]{0,31}( [a-z][a-z-]{0,31})?$/.test(name))).toEqual([]);
    for (const { options, inOrder = [] } of book) expect(options.map(({ name }) => name)).toEqual(expect.arrayContaining([...inOrder]));
  }
});

test('Whatever is typed after a group is answered kindly', async () => {
  for (const typed of Object.values(HOSTILE)) {
    for (const line of [`plan ${typed}`, `plan new ${typed}`, `task assign 7 ${typed}`, `plan ${typed}:x`]) {
      const response = await chat.line(line);
      if (response.type !== 'form') expect(messageOf(response).fallbackText).not.toMatch(/reference [0-9a-f]{8}|undefined|\[object/);
    }
  }
});
