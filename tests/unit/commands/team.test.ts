/** Plans of a team, as people ask for them in a chat. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Asker, FormResponse, Response } from '../../../src/adapters/adapter.ts';
import { dayWhen, rangeWhen } from '../../../src/domain/calendar/when.ts';
import { GENEVA } from '../../../src/domain/time.ts';
import type { Action } from '../../../src/message/message.ts';
import { at } from '../../support/a-voice.ts';
import { HOSTILE } from '../../support/hostile.ts';
import { calendarOf } from '../../support/some-dates.ts';
import { type Asked, aChat, type Chat, HERE, MANAGER, messageOf, SOMEBODY } from './a-chat.ts';

/** The submissions for session 54 are due on 17 July 2026. */
const NOW = at('2026-03-02');
const DEADLINE = '54-KEN-stakeholder_submission';
const FACTS = calendarOf([
  { state: 'KEN', kind: 'stakeholder_submission', when: dayWhen('2026-07-17', GENEVA) },
  { state: 'FRA', kind: 'stakeholder_submission', when: rangeWhen('2026-09-01', '2026-09-30', GENEVA), certainty: 'estimated' },
]);
const OTHER: Asker = { ...SOMEBODY, id: '88', ids: ['88', '500'] };
const GUEST: Asker = { ...SOMEBODY, id: '99', ids: ['99'], may: 'nothing' };
const ELSEWHERE = { ...HERE, channel: '201' };

let chat: Chat;
beforeEach(async () => {
  chat = await aChat({ facts: FACTS, now: NOW });
});
afterEach(() => chat.close());

const textOf = (response: Response) => messageOf(response).fallbackText;
const idOf = (response: Response, label: string): string =>
  messageOf(response).actions.find((action: Action) => action.label === label)?.id ?? expect.fail(`No ${label}`);
const formOf = (response: Response): FormResponse => (response.type === 'form' ? response : (expect.fail(`The answer is ${response.type}`) as never));

async function begun(options: Record<string, string> = {}): Promise<string> {
  await chat.command('plan new', { deadline: DEADLINE, ...options });
  const plans = await chat.store.teams.of({ platform: 'discord', installation: HERE.installation });
  return plans.at(-1)?.response.id ?? expect.fail('No plan');
}

const plan = async (id: string) => (await chat.store.teams.find(id)) ?? expect.fail('No plan');
const taskOf = async (id: string, number: number) => (await plan(id)).tasks.find((task) => task.number === number) ?? expect.fail('No task');

describe('A plan', () => {
  test('is counted back from the official date, says what is kept, and has a card to come', async () => {
    const text = await chat.text('plan new', { deadline: DEADLINE });
    const [{ response }] = (await chat.store.teams.of({ platform: 'discord', installation: '100' })) as never as [
      { response: { id: string; internal: string } },
    ];

    expect(text).toContain('A plan was begun: Kenya: stakeholder submission');
    expect(text).toContain('Counted back from Friday, 17 July 2026');
    expect(text).toContain('Our own deadline: Wednesday, 15 July 2026');
    expect(text).toContain('Do not write names of people or organisations');
    expect(text).toContain('Whoever runs this bot can read its database');
    expect(text).toContain('erased 180 days after its date');
    expect(await chat.store.teams.cards(response.id)).toMatchObject([{ channel: 'discord:100/200', ref: null }]);
    expect((await chat.store.subscriptions.channels()).map(({ id }) => id)).toContain('discord:100/200');
  });

  test('takes another template and another lead of its own', async () => {
    const id = await begun({ template: 'individual-submission', internal: '5d' });

    expect((await plan(id)).response).toMatchObject({ template: 'individual-submission', internal: '2026-07-10' });
    expect(await chat.text('plan new', { deadline: DEADLINE, template: 'mid-term-report' })).toContain('not made for this kind of date');
    expect(await chat.text('plan new', { deadline: DEADLINE, template: 'nothing' })).toContain('There is no plan called “nothing”');
    expect(await chat.text('plan new', { deadline: DEADLINE, internal: 'soon' })).toContain('Write 2wd');
  });

  test('is not made for a date that is over or not known, and says what to do', async () => {
    chat.passTo(at('2026-08-03'));
    expect(await chat.text('plan new', { deadline: DEADLINE })).toContain('This date is over');
    expect(await chat.text('plan new', { deadline: '54-FRA-stakeholder_submission' })).toContain('Follow the date with /upr follow');
    expect(await chat.store.teams.of({ platform: 'discord', installation: '100' })).toEqual([]);
  });

  test('is asked about before its first card in a channel that everybody reads', async () => {
    for (const everyoneReads of [true, null]) {
      chat.standsAs({ missing: [], everyoneReads });
      const asked = await chat.command('plan new', { deadline: DEADLINE, internal: '3wd' });
      expect(textOf(asked)).toContain('Nothing is posted yet');
      expect(textOf(await chat.press(idOf(asked, 'Not here')))).toContain('Nothing was posted');
      expect(await chat.store.teams.of({ platform: 'discord', installation: '100' })).toEqual([]);
    }
    const asked = await chat.command('plan new', { deadline: DEADLINE, internal: '3wd' });
    const id = idOf(asked, 'Post here anyway');
    expect(textOf(await chat.press(id, { by: GUEST }))).toContain('people of its team');
    expect(textOf(await chat.press(id))).toContain('A plan was begun');
    expect((await plan((await chat.store.teams.of({ platform: 'discord', installation: '100' }))[0]?.response.id ?? '')).response.internal).toBe('2026-07-14');
  });

  test('is shown with every task and who has it, and never to a stranger, a guest or another channel', async () => {
    const id = await begun();
    await chat.command('task claim', { task: '1' });
    const text = await chat.text('plan show', { plan: id });

    expect(text).toContain('1 Read the last recommendations');
    for (const asked of [{ by: GUEST }, { target: ELSEWHERE }, { target: { installation: '101', channel: '200' } }] satisfies Asked[]) {
      for (const response of [
        await chat.command('plan show', { plan: id }, asked),
        await chat.command('task claim', { task: `${id}/2` }, asked),
        await chat.command('plan close', { plan: id, reason: 'x' }, asked),
        await chat.command('plan export', { plan: id, format: 'csv' }, asked),
        await chat.command('board', {}, asked),
        await chat.press(`do.1.task.claim:${id}/2`, asked),
        await chat.press(`do.1.task.done:${id}`, asked),
        await chat.press(`do.1.task.release:${id}/1`, asked),
        await chat.choose(`do.1.task.take:${id}`, ['2'], asked),
        await chat.submit(`do.1.task.finish:${id}/1`, { reference: 'x' }, asked),
        await chat.submit(`do.1.plan.close-now:${id}`, { reason: 'x' }, asked),
      ]) {
        expect(textOf(response)).not.toContain('Read the last');
        expect(textOf(response)).not.toContain('Kenya');
      }
    }
    expect((await plan(id)).tasks.filter(({ holder }) => holder !== null)).toHaveLength(1);
    expect((await plan(id)).response.status).toBe('open');
  });

  test('is for the people of the team role alone, wherever they ask, once the channel names one', async () => {
    const id = await begun();
    await chat.command('settings', { 'team-role': '500' }, { by: MANAGER });

    expect(await chat.text('plan show', { plan: id })).toContain('no such plan');
    expect(await chat.text('plan show', { plan: id }, { by: OTHER })).toContain('Kenya');
    expect(await chat.text('plan show', { plan: id }, { by: OTHER, target: ELSEWHERE })).toContain('Kenya');
    expect(await chat.text('plan new', { deadline: DEADLINE })).toContain('people of its team');
    await chat.command('settings', { clear: 'team-role' }, { by: MANAGER });
    expect(await chat.text('plan show', { plan: id })).toContain('Kenya');
  });

  test('is closed with a receipt or a reason, and not without', async () => {
    const id = await begun();
    const asked = await chat.command('plan close', { plan: id });
    const form = formOf(await chat.press(idOf(asked, 'Close it…')));

    expect(textOf(await chat.submit(form.id, { reference: '', reason: ' ' }))).toContain('A plan is closed with a reference');
    expect((await plan(id)).response.status).toBe('open');
    expect(textOf(await chat.submit(form.id, { reference: 'receipt 4711', reason: '' }))).toContain('reference: receipt 4711');
    expect((await plan(id)).response).toMatchObject({ status: 'closed', reference: 'receipt 4711', closedAt: NOW });
    expect(await chat.text('plan close', { plan: id, reason: 'x' })).toContain('This plan is closed');
    expect(await chat.text('task claim', { task: `${id}/1` })).toContain('This plan is closed');
    expect(await chat.text('task add', { plan: id, title: 'x', due: '2026-06-01' })).toContain('nothing is added');
  });

  test('keeps a count and a link of a sign-on, and no names', async () => {
    const id = await begun();

    expect(await chat.text('plan sign-on', { plan: id, count: '3' })).toContain('missing: closes');
    expect(await chat.text('plan sign-on', { plan: id, closes: '2026-07-07', count: '24', link: 'https://docs.example/list' })).toContain('24 so far');
    await chat.command('plan sign-on', { plan: id, count: '1,025' });
    expect((await plan(id)).response.signOn).toEqual({ closesOn: '2026-07-07', count: 1025, link: 'https://docs.example/list' });
    expect(await chat.text('plan sign-on', { plan: id, link: 'http://docs.example/list' })).toContain('not a link');
  });

  test('has a log for managers alone', async () => {
    const id = await begun();
    await chat.command('task claim', { task: '1' });

    expect(await chat.text('plan log', { plan: id })).toContain('people who may manage it');
    expect(await chat.text('plan log', { plan: id }, { by: MANAGER })).toMatch(
      /2 March 2026, 09:00: somebody took “Read the last.*\n.*somebody began the plan/,
    );
  });

  test.each([
    ['csv', 'Plan,No.,Task'],
    ['markdown', '| Plan | No. |'],
    ['ics', 'BEGIN:VEVENT'],
  ])('is exported as %s, page by page, without ids', async (format, part) => {
    const id = await begun();
    await chat.command('task claim', { task: '1' });
    const text = await chat.text('plan export', { plan: id, format });

    expect(text).toContain(part);
    expect(text).not.toContain('77');
    if (format === 'ics') expect(text).toMatch(/DTSTART;VALUE=DATE:2026\d{4}/);
  });

  test('stays as it is when its date did not move', async () => {
    expect(await chat.text('plan move', { plan: await begun() })).toContain('made for the date of now already');
  });

  test('moves with its date when somebody of the team says so, for the day that was shown', async () => {
    const id = await begun();
    await chat.reviseTo(calendarOf([{ state: 'KEN', kind: 'stakeholder_submission', when: dayWhen('2026-07-22', GENEVA) }]), NOW);
    const proposal = await chat.command('plan move', { plan: id });

    expect(textOf(proposal)).toContain('Friday, 17 July 2026');
    expect(textOf(proposal)).toContain('Our own deadline: Wednesday, 15 July 2026 → Monday, 20 July 2026');
    expect((await plan(id)).response.internal).toBe('2026-07-15');
    expect(textOf(await chat.press(`do.1.plan.move-yes:${id}/2026-07-30`))).toContain('Nothing is moved until');
    expect(textOf(await chat.press(idOf(proposal, 'Keep it as it is')))).toContain('stays as it is');
    expect(textOf(await chat.press(idOf(proposal, 'Move the plan')))).toContain('our own deadline is Monday, 20 July 2026');
    expect((await plan(id)).response).toMatchObject({ internal: '2026-07-20', plannedFor: { from: '2026-07-22' } });
  });
});

describe('A task', () => {
  test('is claimed once; the next one reads who has it, and nobody else does', async () => {
    const id = await begun();
    const mine = await chat.command('task claim', { task: '3' });
    const late = await chat.press(`do.1.task.claim:${id}/3`, { by: OTHER });

    expect(mine).toMatchObject({ type: 'message', audience: 'asker', message: { title: 'It is yours' } });
    expect(late).toMatchObject({ type: 'message', audience: 'asker', message: { title: 'Nothing was changed' } });
    expect(JSON.stringify(late)).toContain('{"type":"user","id":"77"');
    expect(textOf(late)).toContain('is taken already: a person of this team has it');
    expect(textOf(await chat.choose(`do.1.task.take:${id}`, ['3']))).toContain('is yours already');
  });

  test('is taken for a role of one’s own or a cluster, and given to anybody', async () => {
    const id = await begun();

    expect(await chat.text('task claim', { task: '1', role: '500' })).toContain('not one of that role');
    expect(await chat.text('task claim', { task: '1', role: '500' }, { by: OTHER })).toContain('It is yours');
    expect(await chat.text('task claim', { task: '2', cluster: 'Housing' })).toContain('It is yours');
    expect(await chat.text('task assign', { task: '3', to: '<@88>' })).toContain('Nobody was called');
    expect(await chat.text('task assign', { task: '4', to: '88', cluster: 'Water' })).toContain('one holder');
    expect(await chat.text('task assign', { task: '4' })).toContain('missing: to');
    expect((await plan(id)).tasks.slice(0, 4).map(({ holder }) => holder?.kind ?? null)).toEqual(['role', 'cluster', 'person', null]);
  });

  test('is done with a receipt by the button of the card: a form for the only one, a choice among more', async () => {
    const id = await begun();
    expect(textOf(await chat.press(`do.1.task.done:${id}`))).toContain('Nobody of your team has a task');
    await chat.command('task claim', { task: '5' });
    const form = formOf(await chat.press(`do.1.task.done:${id}`));
    await chat.command('task claim', { task: '6' });
    const choice = await chat.press(`do.1.task.done:${id}`);

    expect(formOf(await chat.choose(idOf(choice, 'Which task is done?'), ['5'])).id).toBe(form.id);
    expect(textOf(await chat.submit(form.id, { reference: 'https://uprdoc.ohchr.org/1' }))).toContain('reference: uprdoc.ohchr.org');
    expect(await taskOf(id, 5)).toMatchObject({ doneAt: NOW, reference: 'https://uprdoc.ohchr.org/1' });
    expect(await chat.text('task done', { task: '5' })).toContain('is done already');
    expect(await chat.text('task reopen', { task: '5' })).toContain('Open again');
  });

  test('can be taken back for ten minutes by whoever did it', async () => {
    const id = await begun();
    const undo = idOf(await chat.command('task claim', { task: '1' }), 'Undo');

    expect(textOf(await chat.press(undo, { by: OTHER }))).toContain('cannot be taken back');
    expect(textOf(await chat.press(undo))).toContain('Taken back');
    expect((await taskOf(id, 1)).holder).toBeNull();
    const late = idOf(await chat.command('task claim', { task: '1' }), 'Undo');
    chat.passTo(NOW + 11 * 60_000);
    expect(textOf(await chat.press(late))).toContain('Ten minutes are over');
  });

  test('is put off with a reason, never beyond the date, and handed back', async () => {
    const id = await begun();
    const form = formOf(await chat.press(idOf(await chat.command('task claim', { task: '1' }), 'Put off…')));

    expect(textOf(await chat.submit(form.id, { until: 'monday', reason: 'waiting' }))).toContain('until Monday, 9 March 2026 is over');
    expect(await chat.text('task snooze', { task: '1', until: '2026-12-01', reason: 'x' })).toContain('beyond the date');
    expect(await chat.text('task snooze', { task: '1', until: 'never', reason: 'x' })).toContain('not a day');
    expect(textOf(await chat.press(`do.1.task.answer:${id}/1`))).toContain('Good to hear');
    expect(textOf(await chat.press(`do.1.task.release:${id}/1`))).toContain('Handed back');
  });

  test('is added with the next number, up to the most', async () => {
    const id = await begun();
    const { length } = (await plan(id)).tasks;

    expect(await chat.text('task add', { title: 'Ask\u202e the lawyer', due: '2026-06-01', cluster: 'Legal' })).toContain('Ask the lawyer');
    expect(await taskOf(id, length + 1)).toMatchObject({ title: 'Ask the lawyer', dueOn: '2026-06-01', cluster: 'Legal', phase: 'Added by the team' });
  });

  test('is found by number, by plan and number, and by words of its title', async () => {
    const id = await begun();
    for (const task of ['6', '#6', `${id}/6`, `${id} 6`, 'first draft']) expect(await chat.text('task release', { task })).toContain('Write the first draft');
    for (const task of ['99', 'abcdefgh/1', 'xyzzy']) expect(await chat.text('task release', { task })).toMatch(/no such/);
    await begun({ template: 'individual-submission' });
    expect(await chat.text('task claim', { task: '1' })).toContain('More than one plan is open');
    expect((await chat.complete('task claim', 'task', 'first draft')).map(({ value }) => value)).toContain(`${id}/6`);
    expect(await chat.complete('task claim', 'task', '', { by: GUEST })).toEqual([]);
  });
});

describe('The board', () => {
  test('shows what there is, for who asks alone', async () => {
    const id = await begun();
    await chat.command('task claim', { task: '1' });
    await chat.command('task add', { title: 'Ask tenants', due: '2026-06-01', cluster: 'Housing' });
    const shown = await chat.command('board');

    expect(shown).toMatchObject({ audience: 'asker' });
    expect(textOf(shown)).toContain(`Kenya: stakeholder submission (${id})`);
    expect(textOf(shown)).toContain('□□□□□□□□□□ 0 of');
    expect(await chat.text('board', { view: 'mine' })).toContain('1 Read the last');
    expect(await chat.text('board', { view: 'mine' }, { by: OTHER })).toContain('no open task');
    expect(await chat.text('board', { view: 'unclaimed' })).not.toContain('Read the last');
    expect(await chat.text('board', { view: 'late' })).toContain('Nothing is late');
    expect(await chat.text('board', { view: 'cluster' })).toContain('Housing: 0 of 1 done');
    expect(textOf(await chat.press('do.1.board.open'))).toBe(textOf(shown));
  });
});

describe('The length', () => {
  test.each([
    [{ words: '5400', kind: 'joint-submission', cycle: '4' }, '5,400 words, and 5,630 is the most: 230 left.'],
    [{ words: '6 000', kind: 'joint submission', session: '54' }, '370 too many'],
    [{ words: '5630', kind: 'joint-submission' }, 'No page that was read says so'],
    [{ words: 'many', kind: 'joint-submission' }, 'Write a whole number'],
    [{ words: '1', kind: 'novel' }, 'not a kind of text'],
  ])('%j is answered with the rule', async (options, part) => {
    expect(await chat.text('length', options)).toContain(part);
  });
});

describe('Whatever people write', () => {
  const COMMANDS_AND_OPTIONS: readonly (readonly [string, readonly string[]])[] = [
    ['plan new', ['deadline', 'template', 'internal']],
    ['plan show', ['plan']],
    ['plan close', ['plan', 'reference', 'reason']],
    ['plan sign-on', ['plan', 'closes', 'count', 'link']],
    ['plan export', ['plan', 'format']],
    ['task claim', ['task', 'role', 'cluster']],
    ['task assign', ['task', 'to', 'role', 'cluster']],
    ['task done', ['task', 'reference']],
    ['task snooze', ['task', 'until', 'reason']],
    ['task add', ['title', 'due', 'cluster', 'plan']],
    ['board', ['view']],
    ['length', ['words', 'kind', 'cycle', 'session']],
  ];
  test.each(Object.entries(HOSTILE))('%s is answered kindly, and never becomes markup', async (_name, typed) => {
    const id = await begun();
    const sound = {
      deadline: DEADLINE,
      plan: id,
      task: '1',
      title: 'x',
      due: '2026-06-01',
      until: '2026-06-01',
      reason: 'x',
      closes: '2026-06-01',
      words: '1',
      kind: 'addendum',
    };
    for (const [command, options] of COMMANDS_AND_OPTIONS) {
      for (const option of options) {
        const given = Object.fromEntries(options.map((name) => [name, name === option ? typed : ((sound as Record<string, string>)[name] ?? '')]));
        const message = messageOf(await chat.command(command, given));

        expect(message.fallbackText).not.toMatch(/reference [0-9a-f]{8}|undefined|\[object|[\u202a-\u202e\u2066-\u2069\u200b]/);
        expect(message.fallbackText.length).toBeLessThan(12_000);
        for (const action of message.actions) expect(action.id.length).toBeLessThanOrEqual(100);
      }
    }
  });
});
