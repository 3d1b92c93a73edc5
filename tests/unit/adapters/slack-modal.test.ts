import { describe, expect, test } from 'vitest';
import type { FormField, FormResponse, Request, Response } from '../../../src/adapters/adapter.ts';
import { formView } from '../../../src/adapters/slack/modal.ts';
import { originOf } from '../../../src/adapters/slack/origin.ts';
import { aVoice } from '../../support/a-voice.ts';
import { HOSTILE } from '../../support/hostile.ts';
import { texts, upr } from '../../support/slack/a-slack.ts';
import { flawsOfAnyView } from '../../support/slack/checks.ts';
import type { Slack } from '../../support/slack/server.ts';
import { type Answers, aListener, answering, body, saying, type Way } from './a-slack-listener.ts';

const field = (id: string, more: Partial<FormField> = {}): FormField => ({
  ...{ id, label: id, hint: '', value: '', required: true, input: 'line', choices: [], completes: null },
  ...more,
});
const form = (id: string, fields: readonly FormField[], title = 'Follow dates'): FormResponse => ({ type: 'form', id, title, submit: 'Next', fields });
const FIRST = form('follow.1', [
  field('state', { input: 'search', completes: { command: 'follow', option: 'state' } }),
  field('kind', {
    input: 'choice',
    choices: [
      { label: 'Submissions', value: 'sub' },
      { label: 'All', value: 'all' },
    ],
    value: 'all',
  }),
  field('day', { input: 'date', required: false }),
  field('why', { input: 'lines', required: false, value: 'because' }),
]);
const SECOND = form('follow.2', [field('why')]);
const choices: Response = { type: 'choices', choices: [{ label: 'Kenya', value: 'KEN' }] };

/** Answers what is typed with the form, and the form with what it is told. */
const asForm =
  (answers: (request: Request) => Response | Promise<Response>, first = FIRST) =>
  (request: Request) => {
    if (request.type === 'line') return first;
    return request.type === 'complete' ? choices : answers(request);
  };
const opened = async (slack: Slack, channel = 'C1') => {
  const { modal } = await slack.command({ ...upr, channel, text: 'follow' });
  if (modal === null) throw new Error('No form was opened');
  return modal;
};
/** The names of the fields, as Slack knows them. */
const blocksOf = ({ view }: { readonly view: { readonly blocks: readonly { readonly block_id?: string }[] } }) =>
  view.blocks.map(({ block_id }) => block_id ?? '');

describe.each<Way>(['socket', 'http'])('A form on Slack by %s', (way) => {
  test('opens, is completed, and goes on to a second one and an answer', async () => {
    const { slack, heard } = await aListener(
      asForm((request) => (request.type === 'submit' && request.form === 'follow.1' ? SECOND : answering('Followed'))),
      { way },
    );

    const modal = await opened(slack);
    const [state = '', kind = '', day = ''] = blocksOf(modal);
    const offer = await slack.suggest(modal, state, 'Ken', 'U1');
    const second = await slack.submit(modal, { [state]: 'KEN', [kind]: 'sub', [day]: '2026-07-20' }, 'U1');
    const after = second.modal ?? modal;
    const done = await slack.submit(after, { [blocksOf(after)[0] ?? '']: 'as well' }, 'U1');

    expect(modal.text).toBe('Follow dates\nstate: []\nkind: [All]\nday: []\nwhy: [because]\n[Cancel] [Next]');
    expect(offer.options.map(({ value }) => value)).toEqual(['KEN']);
    expect(heard.slice(1)).toMatchObject([
      { type: 'complete', command: 'follow', option: 'state', typed: 'Ken', target: { installation: 'T1', channel: 'C1' } },
      { type: 'submit', form: 'follow.1', values: { state: 'KEN', kind: 'sub', day: '2026-07-20', why: 'because' }, by: { id: 'U1', may: 'all' } },
      { type: 'submit', form: 'follow.2', values: { why: 'as well' } },
    ]);
    expect(done.modal).toBeNull();
    await expect.poll(() => texts(slack.seenBy('U1', 'C1'))).toEqual(['Followed']);
    expect(slack.read('C1')).toEqual([]);
    for (const { ackMs } of slack.acks()) expect(ackMs).toBeLessThanOrEqual(1_000);
    expect(slack.violations()).toEqual([]);
  });

  test('that is complained of stays open', async () => {
    const { slack } = await aListener(
      asForm(() => answering('I cannot', 'asker', { tone: 'warning', ...body('Which State is that?') }), SECOND),
      { way },
    );

    const modal = await opened(slack);
    const [why = ''] = blocksOf(modal);
    const seen = await slack.submit(modal, { [why]: 'Atlantis' }, 'U1');

    expect(seen.errors).toEqual({ [why]: 'Which State is that?' });
    expect(seen.modal?.id).toBe(modal.id);
    expect(slack.violations()).toEqual([]);
  });
});

describe('An answer to a form on Slack', () => {
  test('is posted by the bot when it is for the channel', async () => {
    const { slack } = await aListener(asForm(() => answering('Followed', 'channel'), SECOND));

    const modal = await opened(slack);
    await slack.submit(modal, { [blocksOf(modal)[0] ?? '']: 'x' }, 'U1');

    await expect.poll(() => texts(slack.read('C1'))).toEqual(['Followed']);
    expect(slack.violations()).toEqual([]);
  });

  test('says how to let the bot in where it may not post', async () => {
    const { slack } = await aListener(asForm(() => answering('Followed', 'channel'), SECOND));

    const modal = await opened(slack, 'C3');
    await slack.submit(modal, { [blocksOf(modal)[0] ?? '']: 'x' }, 'U1');

    await expect.poll(() => texts(slack.seenBy('U1', 'C3')).join()).toContain('/invite');
  });

  test('is shown in the form once the address of the command is over', async () => {
    const { slack } = await aListener(asForm(() => answering('Followed', 'asker', body('20 July 2026')), SECOND));
    const modal = await opened(slack);
    const now = Date.now();
    const realNow = Date.now;
    Date.now = () => now + 30 * 60_000;

    const seen = await slack.submit(modal, { [blocksOf(modal)[0] ?? '']: 'x' }, 'U1').finally(() => {
      Date.now = realNow;
    });

    expect(seen.modal?.text).toContain('20 July 2026');
    expect(slack.requests('response_url')).toEqual([]);
    expect(slack.violations()).toEqual([]);
  });

  test('that is long or broken does not leave the form waiting', async () => {
    const { slack, lines } = await aListener(asForm(() => choices, SECOND));

    const modal = await opened(slack);
    const seen = await slack.submit(modal, { [blocksOf(modal)[0] ?? '']: 'a secret wish' }, 'U1');

    expect(seen.modal?.text).toContain('That did not work');
    expect(lines.join()).not.toMatch(/a secret wish|commands\/T1/);
  });
});

describe('What takes long on Slack', () => {
  const late = async (answers: Answers, wanted: Request['type']) => {
    const slow = Promise.withResolvers<void>();
    const bot = await aListener(
      async (request) => {
        if (request.type === wanted) await slow.promise;
        return answers(request);
      },
      { soonMs: 50 },
    );
    return { ...bot, go: slow.resolve };
  };

  test('is waited for in a form, which then opens', async () => {
    const { slack, go } = await late(
      asForm(() => answering('Followed')),
      'line',
    );

    const waiting = await opened(slack);
    go();

    expect(waiting.text).toContain('I am looking that up.');
    await expect.poll(() => slack.view(waiting.id)?.text).toContain('Follow dates\nstate');
    expect(slack.requests('views.update')[0]?.args.hash).toBe(waiting.hash);
    expect(slack.violations()).toEqual([]);
  });

  test('is given where it was asked, when no form comes of it', async () => {
    const { slack, go } = await late(() => answering('Kenya'), 'line');

    const waiting = await opened(slack);
    go();

    await expect.poll(() => slack.view(waiting.id)?.text).toContain('The answer is there');
    expect(texts(slack.seenBy('U1', 'C1'))).toEqual(['Kenya']);
    expect(slack.violations()).toEqual([]);
  });

  test.each<[string, Response, string]>([
    ['a form', SECOND, 'why: []'],
    ['an answer', answering('Followed', 'asker', body('20 July 2026')), '20 July 2026'],
    ['an answer to the channel', answering('Followed', 'channel'), 'Followed'],
    ['nothing that fits', choices, 'That did not work'],
  ])('after a form was sent is waited for in it: %s', async (_, response, shown) => {
    const { slack, go } = await late(
      asForm(() => response, SECOND),
      'submit',
    );

    const modal = await opened(slack);
    const seen = await slack.submit(modal, { [blocksOf(modal)[0] ?? '']: 'x' }, 'U1');
    const waiting = seen.modal?.text;
    go();

    expect(waiting).toContain('I am looking that up.');
    await expect.poll(() => slack.view(modal.id)?.text).toContain(shown);
    expect(slack.violations()).toEqual([]);
  });
});

describe('A form within the limits of Slack', () => {
  const { words } = aVoice();
  const origin = { team: 'T1', channel: 'C1', thread: undefined, address: { url: 'https://hooks.slack.com/commands/T1/x', since: 1 } };
  const long = 'word '.repeat(800);
  const many = Array.from({ length: 110 }, (_, index) => ({ label: `choice ${index}`, value: `${index}` }));

  test.each([...Object.entries(HOSTILE), ['long', long]])('whatever it holds: %s', (_, text) => {
    const hostile = { label: text, hint: text, value: text, choices: [{ label: text, value: text }, ...many] };
    const fields = (['line', 'lines', 'choice', 'search', 'date'] as const).map((input) =>
      field(input, { ...hostile, input, completes: { command: 'a', option: 'b' } }),
    );
    for (const filled of [fields, [], Array.from({ length: 150 }, (_, index) => field(`f${index}`, hostile))]) {
      const view = formView({ type: 'form', id: text.slice(0, 1_000), title: text, submit: text, fields: filled }, origin, words);
      expect(flawsOfAnyView(view)).toEqual([]);
    }
  });

  test('an address that does not fit is left out of what comes back', () => {
    const view = formView({ ...SECOND, id: 'x'.repeat(2_900) }, origin, words);

    expect(originOf(String(view.private_metadata))).toMatchObject({ team: 'T1', channel: 'C1', address: null });
    expect(originOf('nonsense')).toBeNull();
    expect(originOf('{"team":"T1"}')).toBeNull();
  });

  test('a choice that is not there any more is not chosen, and none at all is typed', () => {
    const { blocks } = formView(
      form('f', [field('a', { input: 'choice', value: 'gone', choices: [{ label: 'A', value: 'a' }] }), field('b', { input: 'choice' })]),
      origin,
      words,
    );

    expect(blocks.map(({ element }) => element)).toMatchObject([{ type: 'static_select', options: [{ value: 'a' }] }, { type: 'plain_text_input' }]);
    expect(blocks[0]?.element).not.toHaveProperty('initial_option');
  });
});

test('a message that is shown in a modal has no buttons', async () => {
  const { slack } = await aListener((request) =>
    request.type === 'line' ? SECOND : { type: 'view', message: saying('Seen', { actions: [{ id: 'x', label: 'x', style: 'primary' }] }) },
  );
  slack.failWhen(({ method }) => (method === 'response_url' ? { kind: 'status', status: 404 } : null));

  const modal = await opened(slack);
  await slack.submit(modal, { [blocksOf(modal)[0] ?? '']: 'x' }, 'U1');

  expect(slack.violations()).toEqual([]);
});
