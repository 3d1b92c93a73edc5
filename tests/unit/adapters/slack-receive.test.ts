import { describe, expect, test } from 'vitest';
import type { Response } from '../../../src/adapters/adapter.ts';
import type { Draft } from '../../../src/message/build.ts';
import { HOSTILE } from '../../support/hostile.ts';
import { geneva, texts, upr } from '../../support/slack/a-slack.ts';
import { aListener, answering, body, button, saying, type Way } from './a-slack-listener.ts';

const WAYS: readonly Way[] = ['socket', 'http'];
const TARGET = { installation: 'T1', channel: 'C1' };
const ANNA = { id: 'U1', locale: 'fr', zone: 'Asia/Dili', ids: ['U1'], may: 'all' };
const longAgo = (ms: number) => expect.soft(ms).toBeLessThanOrEqual(1_000);

describe.each(WAYS)('Asking Slack by %s', (way) => {
  test('a line is heard with who asks, and answered to them alone', async () => {
    const { slack, heard } = await aListener(() => answering('Kenya', 'asker', body('20 July 2026')), { way });

    const seen = await slack.command({ ...upr, text: ' next <Kenya> & Mali ' });

    expect(heard).toEqual([{ platform: 'slack', target: TARGET, by: ANNA, type: 'line', text: 'next <Kenya> & Mali' }]);
    expect(seen).toMatchObject({ acked: true, ephemeral: true, text: expect.stringContaining('Kenya\n20 July 2026') });
    expect(slack.read('C1')).toEqual([]);
    expect(slack.violations()).toEqual([]);
  });

  test('an answer to the channel is read by all, and its buttons change it', async () => {
    const answers = [answering('Page 1', 'channel', button('page.2')), { type: 'view', message: saying('Page 2', button('page.1')) } as Response];
    const { slack, heard } = await aListener(() => answers.shift() ?? answering('none'), { way });

    await slack.command(upr);
    const [shown] = slack.read('C1');
    await slack.press({ channel: 'C1', ts: shown?.ts ?? '' }, 'page.2', 'U2');

    expect(slack.read('C1')).toMatchObject([{ text: 'Page 2\n[page.1]', edited: true }]);
    expect(heard.at(-1)).toMatchObject({ type: 'action', action: 'page.2', values: [], message: { target: TARGET, id: shown?.ts }, by: { may: 'nothing' } });
    expect(slack.requests('chat.update').length).toBe(1);
    expect(slack.violations()).toEqual([]);
  });

  test('buttons of a private answer change it, and show it to the channel', async () => {
    const { slack } = await aListener(
      (request) => {
        if (request.type !== 'action') return answering('Page 1', 'asker', button('page.2'));
        return request.action === 'share' ? answering('Page 2', 'channel') : { type: 'view', message: saying('Page 2', button('share')) };
      },
      { way },
    );

    const first = await slack.command(upr);
    const second = await slack.press(first.messages[0] ?? { channel: '', ts: '' }, 'page.2', 'U1');
    await slack.press(second.messages[0] ?? { channel: '', ts: '' }, 'share', 'U1');

    expect(second).toMatchObject({ text: 'Page 2\n[share]', ephemeral: true });
    expect(texts(slack.seenBy('U1', 'C1'))).toEqual(['Page 2\n[share]', 'Page 2']);
    expect(texts(slack.read('C1'))).toEqual(['Page 2']);
    expect(slack.violations()).toEqual([]);
  });

  const CARD: Partial<Draft> = {
    actions: [
      { id: 'do.1.task.claim:k3f9/7', label: 'Claim', style: 'primary' },
      { id: 'do.1.task.take:k3f9', label: 'Take a task…', style: 'select', choices: [{ label: 'Draft', value: '7' }] },
    ],
  };

  test('what is pressed on a posted card is answered to the one who pressed, and the card stays', async () => {
    const { slack, heard } = await aListener((request) => (request.type === 'line' ? answering('The plan', 'channel', CARD) : answering('Yours')), { way });
    await slack.command(upr);
    const [card] = slack.read('C1');
    const place = { channel: 'C1', ts: card?.ts ?? '' };

    const pressed = await slack.press(place, 'do.1.task.claim:k3f9/7', 'U2');
    await slack.choose(place, 'do.1.task.take:k3f9', '7', 'U1');

    expect(pressed).toMatchObject({ ephemeral: true, text: 'Yours' });
    expect(heard.slice(1).map((request) => request.type === 'action' && [request.action, request.values, request.message.id])).toEqual([
      ['do.1.task.claim:k3f9/7', [], card?.ts],
      ['do.1.task.take:k3f9', ['7'], card?.ts],
    ]);
    expect(slack.read('C1')).toMatchObject([{ text: 'The plan\n[Claim] [Take a task…]', edited: false }]);
    expect(slack.violations()).toEqual([]);
  });

  test('a button of a posted card opens a form, which comes back with its id and the person in it, and the card stays', async () => {
    const field = { label: 'To', hint: '', value: '', required: true, choices: [], completes: null } as const;
    const fields = [
      { ...field, id: 'receipt', input: 'line' as const },
      { ...field, id: 'to', input: 'member' as const },
    ];
    const { slack, heard } = await aListener(
      (request): Response => {
        if (request.type === 'line') return answering('The plan', 'channel', CARD);
        return request.type === 'submit' ? answering('Done') : { type: 'form', id: 'do.1.task.finish:k3f9/7', title: 'Done', submit: 'Send', fields };
      },
      { way },
    );
    await slack.command(upr);
    const [card] = slack.read('C1');

    const { modal } = await slack.press({ channel: 'C1', ts: card?.ts ?? '' }, 'do.1.task.claim:k3f9/7', 'U2');
    if (modal === null) throw new Error('No form was opened');
    const [receipt = '', to = ''] = modal.view.blocks.map(({ block_id }) => block_id ?? '');
    const done = await slack.submit(modal, { [receipt]: 'UPR-1', [to]: 'U1' }, 'U2');
    await expect.poll(() => texts(slack.seenBy('U2', 'C1'))).toContain('Done');

    expect(done.errors).toEqual({});
    expect(heard.at(-1)).toMatchObject({ type: 'submit', form: 'do.1.task.finish:k3f9/7', values: { receipt: 'UPR-1', to: 'U1' }, by: { id: 'U2' } });
    expect(slack.read('C1')).toMatchObject([{ edited: false }]);
    expect(slack.violations()).toEqual([]);
  });

  test('every acknowledgement comes within a second, however long the answer takes', async () => {
    const slow = Promise.withResolvers<Response>();
    const { slack } = await aListener(() => slow.promise, { way, plan: { patienceMs: 50 } });

    const seen = await slack.command(upr);
    slow.resolve(answering('At last'));
    await expect.poll(() => texts(slack.seenBy('U1', 'C1'))).toEqual(['At last']);

    expect(seen.acked).toBe(true);
    for (const { ackMs } of slack.acks()) longAgo(ackMs ?? Number.NaN);
    expect(slack.violations()).toEqual([]);
  });

  test('a failure that nobody foresaw is answered kindly', async () => {
    const { slack, lines } = await aListener(() => Promise.reject(new Error('a fault of the bot')), { way });

    const seen = await slack.command({ ...upr, text: 'a secret wish' });

    expect(seen.text).toContain('That did not work');
    expect(lines.join()).toContain('a fault of the bot');
    expect(lines.join()).not.toMatch(/a secret wish|U1|xoxb|xapp|hooks|commands\/T1/);
    expect(slack.violations()).toEqual([]);
  });
});

describe('Who asks on Slack', () => {
  const people = [
    { id: 'U5', name: 'eva', locale: 'en-GB' },
    { id: 'U6', name: 'fred', isOwner: true, tz: 'not/a zone' },
    { id: 'U7', name: 'gil', isUltraRestricted: true },
  ];
  const plan = { workspaces: [{ ...geneva, users: [...geneva.users, ...people] }] };

  test.each([
    ['an administrator', 'U1', { may: 'all' }],
    ['an owner without a zone', 'U6', { may: 'all', zone: null }],
    ['anybody', 'U5', { may: 'unless-named', locale: 'en', zone: 'Europe/Zurich', ids: ['U5'] }],
    ['a guest', 'U2', { may: 'nothing' }],
    ['a guest of one channel', 'U7', { may: 'nothing' }],
    ['a stranger by Slack Connect', 'U3', { may: 'nothing' }],
    ['a bot', 'U4', { may: 'nothing' }],
  ])('%s', async (_, user, by) => {
    const { slack, heard } = await aListener(() => answering('Kenya'), { plan });

    await slack.command({ ...upr, user });

    expect(heard[0]?.by).toMatchObject({ id: user, ...by });
    expect(slack.violations()).toEqual([]);
  });

  test('somebody of whom Slack says nothing may change nothing, until it does', async () => {
    const { slack, heard } = await aListener(() => answering('Kenya'));
    slack.fail('users.info', { kind: 'error', code: 'missing_scope' });

    await slack.command(upr);
    await slack.command(upr);
    await slack.command(upr);

    expect(heard.map(({ by }) => by.may)).toEqual(['nothing', 'all', 'all']);
    expect(slack.requests('users.info').length).toBe(2);
  });
});

describe('An answer on Slack', () => {
  test.each(['C2', 'C3'])('that may not be posted in %s says how to let the bot in', async (channel) => {
    const { slack } = await aListener(() => answering('Kenya', 'channel'), {
      plan: { workspaces: [{ ...geneva, scopes: ['commands', 'chat:write', 'users:read'] }] },
    });

    const seen = await slack.command({ ...upr, channel });

    expect(seen).toMatchObject({ ephemeral: true, text: expect.stringContaining('/invite') });
    expect(slack.read(channel)).toEqual([]);
    expect(slack.violations()).toEqual([]);
  });

  test('that Slack could not take for the moment is said to have failed', async () => {
    const { slack, lines } = await aListener(() => answering('Kenya', 'channel'));
    slack.fail('chat.postMessage', { kind: 'status', status: 500 });

    expect(await slack.command(upr)).toMatchObject({ ephemeral: true, text: expect.stringContaining('That did not work') });
    expect(lines.join()).toContain('An answer did not reach Slack');
  });

  test('by an address that is unwell is tried once more', async () => {
    const { slack } = await aListener(() => answering('Kenya'));
    slack.fail('response_url', { kind: 'status', status: 503 });

    expect(await slack.command(upr)).toMatchObject({ text: 'Kenya' });
  });

  test('whose address does not work at all is shown in a modal', async () => {
    const { slack } = await aListener(() => answering('Kenya', 'asker', body('20 July 2026')));
    slack.failWhen(({ method }) => (method === 'response_url' ? { kind: 'status', status: 404 } : null));

    expect(await slack.command(upr)).toMatchObject({ messages: [], modal: { text: expect.stringContaining('20 July 2026') } });
    expect(slack.violations()).toEqual([]);
  });

  test('in place of a message that the bot cannot change any more goes by the address of the press', async () => {
    const { slack } = await aListener((request) =>
      request.type === 'line' ? answering('Page 1', 'channel', button('next')) : { type: 'view', message: saying('Page 2') },
    );
    await slack.command(upr);
    slack.fail('chat.update', { kind: 'error', code: 'edit_window_closed' });

    await slack.press(slack.read('C1')[0] ?? { channel: '', ts: '' }, 'next', 'U1');

    expect(texts(slack.read('C1'))).toEqual(['Page 2']);
  });

  test.each(Object.entries(HOSTILE))('to hostile text is harmless: %s', async (_, text) => {
    const { slack, heard } = await aListener(() => answering(text, 'asker', body(text)));

    const seen = await slack.command({ ...upr, text });

    expect(heard[0]).toMatchObject({ type: 'line', text: text.trim() });
    expect(seen.acked).toBe(true);
    expect(slack.mentions()).toEqual([]);
    expect(slack.violations()).toEqual([]);
  });

  test('after another one for the same press is not given', async () => {
    const { slack, heard } = await aListener(() => answering('Kenya'), { plan: { ackWithinMs: 300 } });
    const asked = slack.command(upr);

    await Promise.all([slack.redeliver({ everything: true }), asked]);

    expect(heard.length).toBe(1);
    expect(texts(slack.seenBy('U1', 'C1'))).toEqual(['Kenya']);
  });
});
