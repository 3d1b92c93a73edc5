import { type types, webApi } from '@slack/bolt';
import { describe, expect, test } from 'vitest';
import { aBot, actions, aSlack, BOT, button, mrkdwn, option, optionsFor, plain, quiet, said, section, texts, times, upr } from '../../support/slack/a-slack.ts';

const long = (count: number) => 'x'.repeat(count);
const input = (element: object, more: object = {}) => ({ type: 'input', label: plain('Why'), element, ...more });
const select = (more: object) => ({ type: 'static_select', action_id: 'a', ...more });
const confirm = (more: object) => button('a', { confirm: { title: plain('t'), text: plain('x'), confirm: plain('y'), deny: plain('n'), ...more } });
const sized = (count: number) => times(count, () => section('x'));

describe('A message that Slack would not take is refused and remembered', () => {
  test.each<[string, readonly object[]]>([
    ['51 blocks', sized(51)],
    ['a block of an unknown type', [{ type: 'quote', text: plain('x') }]],
    ['a block of modals', [{ type: 'alert', text: plain('x') }]],
    ['an unknown field of a block', [section('x', { colour: 'red' })]],
    ['an unknown field of a text', [{ type: 'section', text: { type: 'mrkdwn', text: 'x', emoji: true } }]],
    ['an unknown field of an element', [actions(button('a', { colour: 'red' }))]],
    ['a block id of 256', [section('x', { block_id: long(256) })]],
    ['an action id of 256', [actions(button(long(256), { text: plain('x') }))]],
    ['a block id twice', times(2, () => section('x', { block_id: 'b' }))],
    ['an action id twice in a block', [actions(button('a'), button('a'))]],
    ['a section of nothing', [{ type: 'section' }]],
    ['a section of 3001', [section(long(3_001))]],
    ['an empty section', [section('')]],
    ['a field of 2001', [{ type: 'section', fields: [plain(long(2_001))] }]],
    ['11 fields', [{ type: 'section', fields: times(11, () => plain('x')) }]],
    ['a header of 151', [{ type: 'header', text: plain(long(151)) }]],
    ['a header with markup', [{ type: 'header', text: mrkdwn('x') }]],
    ['26 elements', [actions(...times(26, (at) => button(`${at}`)))]],
    ['no elements', [actions()]],
    ['11 things in a context', [{ type: 'context', elements: times(11, () => plain('x')) }]],
    ['a button in a context', [{ type: 'context', elements: [button('a')] }]],
    ['a button of 76', [actions(button('a', { text: plain(long(76)) }))]],
    ['a button with markup', [actions(button('a', { text: mrkdwn('x') }))]],
    ['a button value of 2001', [actions(button('a', { value: long(2_001) }))]],
    ['a button of another colour', [actions(button('a', { style: 'green' }))]],
    ['an address of 3001', [actions(button('a', { url: `https://un.org/${long(2_986)}` }))]],
    ['an address that is neither http nor https', [actions(button('a', { url: 'mailto:un@un.org' }))]],
    ['a question title of 101', [actions(confirm({ title: plain(long(101)) }))]],
    ['a question of 301', [actions(confirm({ text: plain(long(301)) }))]],
    ['a question button of 31', [actions(confirm({ deny: plain(long(31)) }))]],
    ['another question button of 31', [actions(confirm({ confirm: plain(long(31)) }))]],
    ['a name for screen readers of 76', [actions(button('a', { accessibility_label: long(76) }))]],
    ['a context of 3001', [{ type: 'context', elements: [plain(long(3_001))] }]],
    ['a context of 3001 with markup', [{ type: 'context', elements: [mrkdwn(long(3_001))] }]],
    ['a markdown of 12001', [{ type: 'markdown', text: long(12_001) }]],
    ['an image title of 2001', [{ type: 'image', image_url: 'https://un.org/x.png', alt_text: 'x', title: plain(long(2_001)) }]],
    ['an image without words', [{ type: 'image', image_url: 'https://un.org/x.png' }]],
    ['image words of 2001', [{ type: 'image', image_url: 'https://un.org/x.png', alt_text: long(2_001) }]],
    ['a select without options', [actions(select({}))]],
    ['a select with options and groups', [actions(select({ options: [option('a')], option_groups: [{ label: plain('g'), options: [option('b')] }] }))]],
    ['101 options', [actions(select({ options: times(101, (at) => option(`${at}`)) }))]],
    ['101 groups', [actions(select({ option_groups: times(101, () => ({ label: plain('g'), options: [option('b')] })) }))]],
    ['101 options in a group', [actions(select({ option_groups: [{ label: plain('g'), options: times(101, (at) => option(`${at}`)) }] }))]],
    ['a group of 76', [actions(select({ option_groups: [{ label: plain(long(76)), options: [option('a')] }] }))]],
    ['an option of 76', [actions(select({ options: [{ text: plain(long(76)), value: 'a' }] }))]],
    ['an option value of 76', [actions(select({ options: [{ text: plain('a'), value: long(76) }] }))]],
    ['an option with markup', [actions(select({ options: [{ text: mrkdwn('a'), value: 'a' }] }))]],
    ['an option description of 76', [actions(select({ options: [{ ...option('a'), description: plain(long(76)) }] }))]],
    ['a placeholder of 151', [actions(select({ options: [option('a')], placeholder: plain(long(151)) }))]],
    ['a first choice that is not offered', [actions(select({ options: [option('a')], initial_option: option('b') }))]],
    ['an overflow of 6', [actions({ type: 'overflow', options: times(6, (at) => option(`${at}`)) })]],
    ['an overflow option of 76', [actions({ type: 'overflow', options: [{ text: plain(long(76)), value: 'a' }] })]],
    ['a checkbox of 76', [actions({ type: 'checkboxes', options: [{ text: mrkdwn(long(76)), value: 'a' }] })]],
    ['11 checkboxes', [actions({ type: 'checkboxes', options: times(11, (at) => option(`${at}`)) })]],
    ['11 radio buttons', [actions({ type: 'radio_buttons', options: times(11, (at) => option(`${at}`)) })]],
    ['a date that is none', [actions({ type: 'datepicker', initial_date: '10.7.2026' })]],
    ['two elements that want the focus', times(2, () => actions(select({ options: [option('a')], focus_on_load: true })))],
    ['a table of 101 rows', [{ type: 'table', rows: times(101, () => [{ type: 'raw_text', text: 'x' }]) }]],
    ['a table of 21 columns', [{ type: 'table', rows: [times(21, () => ({ type: 'raw_text', text: 'x' }))] }]],
    ['two tables', times(2, () => ({ type: 'table', rows: [[{ type: 'raw_text', text: 'x' }]] }))],
    [
      'a rich date without a fallback',
      [{ type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'date', timestamp: 1, format: '{date}' }] }] }],
    ],
  ])('%s', async (_, blocks) => {
    const { slack, post } = await aSlack();

    expect((await post({ blocks })).json).toMatchObject({ ok: false, error: 'invalid_blocks', errors: [expect.stringContaining('[json-pointer:/blocks')] });
    expect(slack.violations()).toEqual([expect.stringMatching(/^chat\.postMessage: /)]);
    expect(slack.read('C1')).toEqual([]);
  });

  test.each<[string, object, string, string?]>([
    ['no text and no blocks', { text: undefined }, 'no_text'],
    ['an empty text', { text: ' ' }, 'no_text'],
    ['a text of 40001', { text: long(40_001) }, 'msg_too_long'],
    ['an update of 4001', { text: long(4_001) }, 'msg_too_long', 'chat.update'],
    ['blocks of more than 13000 in all', { blocks: times(5, () => section(long(2_600))) }, 'msg_blocks_too_long'],
    ['markdown of more than 12000', { blocks: times(2, () => ({ type: 'markdown', text: long(6_001) })) }, 'msg_blocks_too_long'],
  ])('%s', async (_, args, error, method = 'chat.postMessage') => {
    const { slack, ask, post } = await aSlack();
    const { json } = await post();
    const manner = method === 'chat.update' ? { ts: json.ts } : { unfurl_links: false, unfurl_media: false };

    expect((await ask(method, { channel: 'C1', text: 'x', ...manner, ...args })).json).toMatchObject({ ok: false, error });
    expect(slack.violations()).toHaveLength(1);
    expect(texts(slack.read('C1'))).toEqual(['hello']);
  });

  test('and Bolt hears why, at the place that is wrong', async () => {
    const { slack } = await aSlack();
    const client = new webApi.WebClient(BOT, { ...optionsFor(slack), logger: quiet });

    const failure = client.chat.postMessage({ channel: 'C1', ...said('x'), blocks: [section(long(3_001))] });

    await expect(failure).rejects.toMatchObject({
      data: { error: 'invalid_blocks', response_metadata: { messages: ['[ERROR] must not be more than 3000 [json-pointer:/blocks/0/text/text]'] } },
    });
  });
});

describe('A message that only this project minds is taken and remembered', () => {
  test.each<[string, object, string]>([
    ['blocks without a text', { text: undefined, blocks: sized(1) }, 'a message needs a text'],
    ['a preview of links', { unfurl_links: undefined }, 'has to be false [json-pointer:/unfurl_links]'],
    ['a preview of media', { unfurl_media: true }, 'has to be false [json-pointer:/unfurl_media]'],
    ['names that become links', { link_names: true }, 'makes mentions of plain words'],
    ['words that are parsed', { parse: 'full' }, 'makes mentions of plain words'],
    ['a bare &', { text: 'R&D' }, '& has to be escaped'],
    ['a bare <', { text: 'a < b' }, '< has to be escaped'],
    ['a bare >', { text: '> said' }, '> has to be escaped'],
    ['a token that does not exist', { text: '<b>x' }, 'is no markup of Slack'],
    ['a link that is none', { text: '<javascript:x|y>' }, 'is no markup of Slack'],
    ['a link with a bare & in its words', { text: '<https://un.org|R&D>' }, '& has to be escaped'],
    ['a link without words', { text: '<https://un.org|>' }, 'is no markup of Slack'],
    ['a date without a fallback', { text: '<!date^1783684800^{date}>' }, 'A date needs a fallback'],
    ['a date with an unknown format', { text: '<!date^1783684800^{day}|Friday>' }, 'A date has no format {day}'],
    ['a date without an instant', { text: '<!date^soon^{date}|Friday>' }, 'A date that Slack cannot read'],
    ['a bare < inside a block', { blocks: [section('a < b')] }, '< has to be escaped [json-pointer:/blocks/0/text/text]'],
  ])('%s', async (_, args, violation) => {
    const { slack, post } = await aSlack();

    expect((await post(args)).json.ok).toBe(true);
    expect(slack.violations()).toEqual([expect.stringContaining(violation)]);
    expect(slack.read('C1')).toHaveLength(1);
  });

  test('a reply to a reply', async () => {
    const { slack, post } = await aSlack();
    const first = await post();
    const reply = await post({ thread_ts: first.json.ts });

    await post({ thread_ts: reply.json.ts });
    await post({ thread_ts: Number(first.json.ts) });

    expect(slack.violations()).toEqual([expect.stringContaining('is that of a reply'), expect.stringContaining('is no ts')]);
  });
});

describe('A view that Slack would not take is refused and remembered', () => {
  const asked = input({ type: 'external_select', action_id: 'pick', min_query_length: 0 }, { block_id: 'state', optional: true });
  const form = (more: object = {}, blocks: readonly object[] = sized(1)) => ({ type: 'modal', title: plain('Title'), submit: plain('Send'), blocks, ...more });

  test.each<[string, object]>([
    ['of 101 blocks', form({}, sized(101))],
    ['of no blocks', form({}, [])],
    ['without a title', form({ title: undefined })],
    ['with a title of 25', form({ title: plain(long(25)) })],
    ['with a button to send of 25', form({ submit: plain(long(25)) })],
    ['with a button to close of 25', form({ close: plain(long(25)) })],
    ['with an input and nothing to send it', form({ submit: undefined }, [input({ type: 'plain_text_input' })])],
    ['with 3001 to remember', form({ private_metadata: long(3_001) })],
    ['with a callback id of 256', form({ callback_id: long(256) })],
    ['with an unknown field', form({ colour: 'red' })],
    ['with a block of messages', form({}, [{ type: 'markdown', text: 'x' }])],
    ['with a warning of 201', form({}, [{ type: 'alert', text: plain(long(201)) }])],
    ['with an input that is filled in with 3001', form({}, [input({ type: 'plain_text_input', initial_value: long(3_001) })])],
    ['with a label of 2001', form({}, [input({ type: 'plain_text_input' }, { label: plain(long(2_001)) })])],
    ['with a label of nothing', form({}, [input({ type: 'plain_text_input' }, { label: plain('') })])],
    ['with a hint of 2001', form({}, [input({ type: 'plain_text_input' }, { hint: plain(long(2_001)) })])],
    ['with an input of more than 3000', form({}, [input({ type: 'plain_text_input', max_length: 3_001 })])],
    ['with an input that is filled in with more than it takes', form({}, [input({ type: 'plain_text_input', max_length: 1, initial_value: 'xx' })])],
    ['with an input of more at least than at most', form({}, [input({ type: 'plain_text_input', max_length: 1, min_length: 2 })])],
    ['with a button as an input', form({}, [input(button('a'))])],
    ['with a select that asks from less than no letters on', form({}, [input({ type: 'external_select', min_query_length: -1 })])],
    ['that is a Home', { type: 'home', blocks: sized(1) }],
  ])('%s', async (_, view) => {
    const { slack, failures } = await aBot(
      (app) =>
        app.command('/upr', async ({ ack, client, body }) => {
          await ack();
          await client.views.open({ trigger_id: body.trigger_id, view: view as types.ModalView });
        }),
      { patienceMs: 10 },
    );

    await slack.command(upr);

    await expect.poll(() => failures).toMatchObject([{ data: { error: 'invalid_arguments' } }]);
    expect(slack.violations()).toEqual([expect.stringMatching(/^views\.open: .*\[json-pointer:\/view/)]);
  });

  test('of Home with 101 blocks', async () => {
    const { slack, ask } = await aSlack();

    expect((await ask('views.publish', { user_id: 'U1', view: { type: 'home', blocks: sized(101) } })).json.error).toBe('invalid_arguments');
    expect(slack.violations()).toEqual([expect.stringContaining('must not be more than 100')]);
  });

  test('but is taken, and remembered, when only its markup is wrong', async () => {
    const { slack, ask } = await aSlack();
    const publish = (block: object) => ask('views.publish', { user_id: 'U1', view: { type: 'home', blocks: [block] } });

    expect((await publish(section('a < b'))).json.ok).toBe(true);
    expect((await publish(section('x', { accessory: { type: 'external_select', initial_option: option('Chad') } }))).json.ok).toBe(true);

    expect([slack.home('U1'), slack.violations()]).toEqual(['x\n[Chad]', ['views.publish: < has to be escaped [json-pointer:/view/blocks/0/text/text]']]);
  });

  test('because it is larger than 250 kB', async () => {
    const { slack, ask } = await aSlack();
    const blocks = times(99, () => section(long(2_600)));

    expect((await ask('views.publish', { user_id: 'U1', view: { type: 'home', blocks } })).json.error).toBe('view_too_large');
    expect(slack.violations()).toHaveLength(1);
  });

  test('when its trigger is old, used or unknown, and when somebody else was faster', async () => {
    const errors: unknown[] = [];
    const { slack, clock, ask } = await aBot(
      (app) =>
        app.command('/upr', async ({ ack, client, body, command }) => {
          await ack();
          const trigger_id = command.text === 'unknown' ? 'x' : body.trigger_id;
          if (command.text === 'old') clock.pass(3_001);
          const open = () => client.views.open({ trigger_id, view: form() as types.ModalView }).catch((failure) => void errors.push(failure.data.error));
          const opened = await open();
          if (command.text === 'used') await open();
          if (command.text !== 'faster') return;
          const change = async (hash: string) => (await ask('views.update', { view_id: opened?.view?.id, hash, view: form() })).json.error;
          errors.push(await change(opened?.view?.hash ?? ''), await change(opened?.view?.hash ?? ''));
          errors.push((await ask('views.update', { view_id: 'V', view: form() })).json.error);
        }),
      { patienceMs: 10 },
    );

    for (const text of ['old', 'used', 'unknown', 'faster']) {
      await slack.command({ ...upr, text });
      await expect.poll(() => errors.length).toBeGreaterThan(['old', 'used', 'unknown', 'faster'].indexOf(text));
    }

    await expect
      .poll(() => errors)
      .toEqual([...['expired_trigger_id', 'exchanged_trigger_id', 'invalid_trigger_id'], ...[undefined, 'hash_conflict', 'not_found']]);
  });

  test('for somebody who does not exist, or on top of nothing', async () => {
    const { slack, ask } = await aBot((app) => app.command('/upr', ({ ack, body }) => ack(body.trigger_id)));
    const { ackBody } = await slack.command(upr);
    const trigger_id = (ackBody as { text: string }).text;

    expect((await ask('views.publish', { user_id: 'U9', view: { type: 'home', blocks: sized(1) } })).json.error).toBe('invalid_arguments');
    expect((await ask('views.push', { trigger_id, view: form() })).json.error).toBe('invalid_trigger_id');
    expect((await ask('views.open', { trigger_id, view: form() })).json.ok).toBe(true);
  });

  test('and a form, or a select, that the bot leaves alone stays as it is', async () => {
    const { slack } = await aBot(
      (app) => {
        const view = form({ callback_id: 'f' }, [asked]) as types.ModalView;
        app.command('/upr', ({ ack, client, body }) => ack().then(() => void client.views.open({ trigger_id: body.trigger_id, view })));
      },
      { ackWithinMs: 300 },
    );
    const { modal } = await slack.command(upr);
    const here = modal ?? { id: '' };

    expect(await slack.suggest(here, 'pick', 'x', 'U1')).toMatchObject({ acked: false, error: 'operation_timeout', options: [] });
    expect(await slack.submit(here, {}, 'U1')).toMatchObject({ acked: false, error: 'operation_timeout', modal: { id: here.id } });
    expect(slack.violations()).toEqual(['block_suggestion pick: not acknowledged in 0.3 s', 'view_submission f: not acknowledged in 0.3 s']);
  });

  test('as the fourth on a stack', async () => {
    const { slack } = await aBot((app) => {
      app.command('/upr', ({ ack, client, body }) =>
        ack().then(() => void client.views.open({ trigger_id: body.trigger_id, view: form({ callback_id: 'f' }) as types.ModalView })),
      );
      app.view('f', ({ ack }) => ack({ response_action: 'push', view: form({ callback_id: 'f' }) as types.ModalView }));
    });

    let { modal } = await slack.command(upr);
    for (const _ of times(2, () => 0)) ({ modal } = await slack.submit(modal ?? { id: '' }, {}, 'U1'));

    expect((await slack.submit(modal ?? { id: '' }, {}, 'U1')).errors).toEqual({ view: 'push_limit_reached' });
  });

  test.each<[string, object, string]>([
    ['101 options', { options: times(101, (at) => option(`${at}`)) }, 'must not be more than 100'],
    ['neither options nor groups', { choices: [] }, 'is a field that Slack does not know'],
    ['options and groups', { options: [], option_groups: [] }, 'must have either options or option_groups'],
    ['101 groups', { option_groups: times(101, () => ({ label: plain('g'), options: [option('a')] })) }, 'must not be more than 100'],
    ['101 options in a group', { option_groups: [{ label: plain('g'), options: times(101, (at) => option(`${at}`)) }] }, 'must not be more than 100'],
    ['a group of 76', { option_groups: [{ label: plain(long(76)), options: [option('a')] }] }, 'must not be more than 75'],
    ['an option of 76', { options: [{ text: plain(long(76)), value: 'a' }] }, 'must not be more than 75'],
  ])('nor what is offered in it: %s', async (_, offered, violation) => {
    const { slack } = await aBot((app) => {
      app.command('/upr', ({ ack, client, body }) =>
        ack().then(() => void client.views.open({ trigger_id: body.trigger_id, view: form({}, [asked]) as types.ModalView })),
      );
      app.options('pick', ({ ack }) => ack(offered as { options: [] }));
    });

    const { modal } = await slack.command(upr);

    expect((await slack.suggest(modal ?? { id: '' }, 'pick', 'x', 'U1')).options).toEqual([]);
    expect(slack.violations()).toEqual([expect.stringContaining(violation)]);
  });

  test.each<[string, object, string]>([
    ['an error of a block that is no input', { response_action: 'errors', errors: { other: 'x' } }, 'is no error of an input'],
    ['no error', { response_action: 'errors', errors: {} }, 'says no error'],
    ['an action that does not exist', { response_action: 'vanish' }, 'there is no response_action vanish'],
    ['words', { text: 'thank you' }, 'needs a response_action'],
    ['a view that is none', { response_action: 'update', view: {} }, 'is of no type that is taken here'],
  ])('nor what is said of it when it was sent: %s', async (_, answer, violation) => {
    const { slack } = await aBot(
      (app) => {
        const view = form({ callback_id: 'f' }, [asked]) as types.ModalView;
        app.command('/upr', ({ ack, client, body }) => ack().then(() => void client.views.open({ trigger_id: body.trigger_id, view })));
        app.view('f', ({ ack }) => ack(answer as { response_action: 'clear' }));
      },
      { patienceMs: 50 },
    );

    const { modal } = await slack.command(upr);
    await slack.submit(modal ?? { id: '' }, {}, 'U1');

    expect(slack.violations()).toEqual([expect.stringContaining(violation)]);
  });
});
