import type { types } from '@slack/bolt';
import { describe, expect, test } from 'vitest';
import type { aClock } from '../../support/a-clock.ts';
import { APP, aBot, actions, aReceiver, aSlack, aSocket, BOT, button, option, plain, said, section, texts, times, upr } from '../../support/slack/a-slack.ts';
import type { SlackPlan } from '../../support/slack/plan.ts';

describe('Socket Mode', () => {
  test('lets Bolt connect with the token of the app, after it asked once who it is', async () => {
    const { slack } = await aBot();

    expect(slack.connections()).toBe(1);
    expect(slack.requests().map(({ method, token }) => [method, token])).toEqual([
      ['auth.test', BOT],
      ['apps.connections.open', APP],
    ]);
  });

  test('says hello, and takes a ticket once', async () => {
    const { slack, ask } = await aSlack();
    const { json } = await ask('apps.connections.open', {}, APP);
    const socket = await aSocket(json.url);

    expect(await socket.next()).toMatchObject({ type: 'hello', num_connections: 1, debug_info: { approximate_connection_time: 3_600 } });
    const again = await aSocket(json.url);
    expect(await again.closed).toBe(1_008);
    expect(slack.socketMode()).toEqual({ opened: 1, refused: 0 });
  });

  test('is for the token of the app only, which is for nothing else', async () => {
    const { ask } = await aSlack();

    expect((await ask('apps.connections.open', {}, BOT)).json.error).toBe('invalid_auth');
    expect((await ask('auth.test', {}, APP)).json.error).toBe('not_allowed_token_type');
  });

  test.each(['warning', 'refresh_requested', 'link_disabled'] as const)('asks a client to connect anew (%s), and it does', async (reason) => {
    const { slack } = await aBot((app) => app.command('/upr', ({ ack }) => ack('here I am')));

    slack.disconnect(reason);
    await expect.poll(() => slack.socketMode().opened).toBe(2);
    await expect.poll(() => slack.connections()).toBe(1);

    expect(await slack.command(upr)).toMatchObject({ acked: true, text: 'here I am' });
  });

  test('sends an event again on a new connection when the first one broke', async () => {
    const heard: unknown[] = [];
    const { slack } = await aBot((app) => app.event('app_home_opened', async ({ context, body }) => void heard.push([body.event_id, context.retryNum])));

    slack.cut();
    const outcome = slack.event('T1', { type: 'app_home_opened', user: 'U1', channel: 'D1' }, { eventId: 'Ev1' });

    expect(await outcome).toMatchObject({ acked: false, error: 'dispatch_failed' });
    await expect.poll(() => heard).toEqual([['Ev1', 1]]);
    expect(await slack.event('T1', { type: 'app_home_opened', user: 'U1', channel: 'D1' }, { eventId: 'Ev1', retryNum: 2 })).toMatchObject({ acked: true });
    expect(heard).toEqual([
      ['Ev1', 1],
      ['Ev1', 2],
    ]);
    await expect.poll(() => slack.acks()).toMatchObject([{ what: 'event app_home_opened', attempts: 2, ackMs: expect.any(Number) }, { attempts: 3 }]);
    expect(slack.violations()).toEqual([]);
  });

  test('sends an event again whose connection broke before it was acknowledged', async () => {
    const { slack, ask } = await aSlack();
    const connect = async () => {
      const socket = await aSocket((await ask('apps.connections.open', {}, APP)).json.url);
      await socket.next();
      return socket;
    };
    const first = await connect();

    const outcome = slack.event('T1', { type: 'app_home_opened' });
    await first.next();
    slack.cut();
    await first.closed;
    const second = await connect();
    const { envelope_id } = await second.next();
    second.say(JSON.stringify({ envelope_id, payload: {} }));

    expect(await outcome).toMatchObject({ acked: true, error: null });
    expect([slack.acks().map(({ attempts }) => attempts), slack.violations()]).toEqual([[2], []]);
  });

  test('sends again, on request, what nobody acknowledged, with the same event id', async () => {
    const { slack, ask } = await aSlack({ ackWithinMs: 30 });
    const socket = await aSocket((await ask('apps.connections.open', {}, APP)).json.url);
    await socket.next();

    expect(await slack.event('T1', { type: 'app_home_opened' }, { eventId: 'Ev9' })).toMatchObject({ acked: false, error: 'operation_timeout' });
    const first = await socket.next();
    const [again] = await Promise.all([socket.next(), slack.redeliver()]);

    expect(first).toMatchObject({ type: 'events_api', retry_attempt: 0, accepts_response_payload: false, payload: { event_id: 'Ev9' } });
    expect(again).toMatchObject({ retry_attempt: 1, retry_reason: 'timeout', payload: { event_id: 'Ev9' } });
    expect(again.envelope_id).not.toBe(first.envelope_id);
    expect(slack.violations()).toEqual(times(2, () => 'event app_home_opened: not acknowledged in 0.03 s'));
  });

  test('tells the person at once when nobody is connected', async () => {
    const { slack } = await aSlack();

    expect(await slack.command(upr)).toMatchObject({ acked: false, error: 'dispatch_failed', text: 'dispatch_failed' });
    expect(slack.violations()).toEqual([]);
  });

  test('uses every connection that is open', async () => {
    const { slack, app, receiver } = await aBot((one) => one.command('/upr', ({ ack }) => ack('here I am')));
    const second = aReceiver(slack);
    second.init(app);
    await second.start();
    const counts = new Map([receiver, second].map((one) => [one, 0]));
    for (const one of counts.keys()) one.client.on('slash_commands', () => counts.set(one, (counts.get(one) ?? 0) + 1));

    for (const _ of times(4, () => 0)) await slack.command(upr);

    expect([slack.connections(), ...counts.values()]).toEqual([2, 2, 2]);
    await second.stop();
    await expect.poll(() => slack.connections()).toBe(1);
    expect(await slack.command(upr)).toMatchObject({ acked: true });
  });

  test('can refuse connections, and be dead though it is open', async () => {
    const { slack } = await aBot((app) => app.command('/upr', ({ ack }) => ack('here I am')));

    slack.freeze();
    await expect.poll(() => slack.socketMode().opened, { timeout: 5_000 }).toBe(2);
    slack.refuseConnections();
    slack.cut();
    await expect.poll(() => slack.socketMode().refused).toBeGreaterThan(0);
    slack.refuseConnections(false);

    await expect.poll(() => slack.socketMode().opened, { timeout: 5_000 }).toBe(3);
    await expect.poll(async () => (await slack.command(upr)).text).toBe('here I am');
  });

  test.each<[string, string, (id: string) => string[]]>([
    ['that cannot be read', 'Slack cannot read', () => ['nonsense']],
    ['of something that was never sent', 'Slack never sent that', () => ['{"envelope_id":"another"}']],
    ['that comes twice', 'acknowledged twice', (id) => times(2, () => JSON.stringify({ envelope_id: id }))],
    ['that says what nobody reads', 'nobody reads', (id) => [JSON.stringify({ envelope_id: id, payload: { text: 'x' } })]],
  ])('remembers an acknowledgement %s', async (_, violation, answers) => {
    const { slack, ask } = await aSlack();
    const socket = await aSocket((await ask('apps.connections.open', {}, APP)).json.url);
    await socket.next();

    void slack.event('T1', { type: 'app_home_opened' });
    const { envelope_id } = await socket.next();
    for (const answer of answers(envelope_id)) socket.say(answer);

    await expect.poll(() => slack.violations()).toEqual(expect.arrayContaining([expect.stringContaining(violation)]));
  });
});

describe('What a person sees', () => {
  test('of a command is what the acknowledgement says, and nobody else sees it', async () => {
    const { slack } = await aBot((app) => app.command('/upr', ({ ack, command }) => ack({ text: `*${command.text}* by ${command.user_name}` })));

    const seen = await slack.command(upr);

    expect(seen).toMatchObject({ acked: true, error: null, text: 'next by anna', ephemeral: true });
    expect(seen.ackMs).toBeLessThan(3_000);
    expect([texts(slack.seenBy('U1', 'C1')), slack.read('C1'), slack.seenBy('U2', 'C1')]).toEqual([['next by anna'], [], []]);
    expect(slack.violations()).toEqual([]);
  });

  test('of a command can be in the channel too: by the acknowledgement, an answer, or a message', async () => {
    const { slack } = await aBot((app) =>
      app.command('/upr', async ({ ack, respond, client, command }) => {
        await ack({ response_type: 'in_channel', text: 'acknowledged' });
        await respond({ response_type: 'in_channel', text: 'answered' });
        await client.chat.postMessage({ channel: command.channel_id, ...said('posted') });
        await client.chat.postEphemeral({ channel: command.channel_id, user: command.user_id, text: 'whispered' });
      }),
    );

    const seen = await slack.command(upr);
    await expect.poll(() => texts(seen.messages)).toEqual(['acknowledged', 'answered', 'posted', 'whispered']);

    expect(seen).toMatchObject({ text: 'whispered', ephemeral: true });
    expect(texts(slack.read('C1'))).toEqual(['acknowledged', 'answered', 'posted']);
    expect(slack.violations()).toEqual([]);
  });

  test('is nothing when the bot only acknowledges', async () => {
    const { slack } = await aBot((app) => app.command('/upr', ({ ack }) => ack()), { patienceMs: 20 });

    expect(await slack.command(upr)).toMatchObject({ acked: true, ackBody: null, text: '', messages: [], modal: null });
  });

  test.each<[string, Partial<SlackPlan>, (clock: ReturnType<typeof aClock>) => Promise<unknown>]>([
    ['by the clock of Slack', {}, async (clock) => clock.pass(3_001)],
    ['by the clock of the machine', { ackWithinMs: 40 }, () => new Promise((resolve) => setTimeout(resolve, 80))],
  ])('of an acknowledgement that comes late %s is an error', async (_, plan, dawdle) => {
    const { slack } = await aBot((app, __, clock) => app.command('/upr', ({ ack }) => dawdle(clock).then(() => ack('too late'))), plan);

    expect(await slack.command(upr)).toMatchObject({ acked: false, ackMs: null, text: 'operation_timeout', messages: [] });
    expect(slack.violations()).toEqual([expect.stringMatching(/^\/upr: not acknowledged in [\d.]+ s$/)]);
    expect(slack.acks()).toEqual([{ what: '/upr', ackMs: null, attempts: 1 }]);
  });

  test('of a button and a select is the message as it was changed', async () => {
    const { slack, post } = await aBot((app) => {
      app.action('mute', async ({ ack, respond }) => {
        await ack();
        await respond({ replace_original: true, text: 'muted', blocks: [section('muted', { accessory: zone })] });
      });
      app.action('zone', async ({ ack, action, client, body }) => {
        await ack();
        const { value } = (action as { selected_option: { value: string } }).selected_option;
        await client.chat.update({ channel: body.channel?.id ?? '', ts: (body as unknown as { message: { ts: string } }).message.ts, text: value, blocks: [] });
      });
    });
    const zone = { type: 'static_select', action_id: 'zone', options: [option('Geneva'), option('Dili')], placeholder: plain('Zone') } as const;
    const { json } = await post({ blocks: [section('what now', { accessory: zone }), { type: 'actions', elements: [button('mute')] }] });

    expect(await slack.press(json, 'mute', 'U1')).toMatchObject({ text: 'muted\n[Zone]', ephemeral: false });
    await expect(slack.press(json, 'mute', 'U1')).rejects.toThrow('called mute');
    await expect(slack.choose(json, 'zone', 'Paris', 'U1')).rejects.toThrow('does not offer Paris');
    expect(await slack.choose(json, 'zone', 'Dili', 'U2')).toMatchObject({ text: 'Dili' });
    expect(slack.read('C1')).toMatchObject([{ text: 'Dili', edited: true }]);
    expect(slack.violations()).toEqual([]);
  });

  test('of what they typed or pressed comes to the bot with &, < and > escaped, as Slack sends it', async () => {
    const heard: unknown[] = [];
    const { slack, post } = await aBot(
      (app) => {
        app.command('/upr', ({ ack, command }) => ack(command.text));
        app.action('R&D', async ({ ack, action, body }) => {
          heard.push(action, (body as unknown as { message: object }).message);
          await ack();
        });
      },
      { patienceMs: 10 },
    );
    const { json } = await post({ blocks: [actions(button('R&D', { value: 'a&b' }))] });

    const { ackBody, text } = await slack.command({ ...upr, text: 'R&D <!channel>' });
    await slack.press(json, 'R&D', 'U1');

    expect([ackBody, text]).toEqual([{ text: 'R&amp;D &lt;!channel&gt;' }, 'R&D <!channel>']);
    expect(heard).toMatchObject([{ value: 'a&b', text: plain('R&amp;D') }, { blocks: [{ elements: [{ text: plain('R&amp;D') }] }] }]);
    expect([slack.mentions(), slack.violations()]).toEqual([[], []]);
  });

  test('of an answer that is theirs alone can be pressed by nobody else', async () => {
    const { slack } = await aBot((app) => {
      app.command('/upr', ({ ack }) => ack({ text: 'sure?', blocks: [{ type: 'actions', elements: [button('yes')] }] }));
      app.action('yes', ({ ack, respond }) => ack().then(() => void respond({ delete_original: true })));
    });

    const [question] = (await slack.command(upr)).messages;
    if (question === undefined) throw new Error('nothing was asked');

    await expect(slack.press(question, 'yes', 'U2')).rejects.toThrow('Only another person');
    expect(await slack.press(question, 'yes', 'U1')).toMatchObject({ acked: true, messages: [] });
    expect(slack.seenBy('U1', 'C1')).toEqual([]);
  });

  const why = { type: 'input', block_id: 'why', label: plain('Why'), element: { type: 'plain_text_input', action_id: 'text', max_length: 10 } } as const;
  const state = {
    type: 'input',
    block_id: 'state',
    label: plain('State'),
    optional: true,
    element: { type: 'external_select', action_id: 'pick', min_query_length: 2 },
  } as const;
  const modal = (title: string, blocks: readonly object[]): types.ModalView =>
    ({ type: 'modal', callback_id: 'form', title: plain(title), submit: plain('Send'), blocks }) as types.ModalView;

  test('of a form is its fields, what it offers, what it complains of, and what comes after', async () => {
    const { slack } = await aBot((app) => {
      app.command('/upr', async ({ ack, client, body }) => {
        await ack();
        const { view } = await client.views.open({ trigger_id: body.trigger_id, view: modal('Loading', [section('…')]) });
        await client.views.update({ view_id: view?.id ?? '', hash: view?.hash ?? '', view: modal('Correct', [why, state]) });
      });
      app.options('pick', ({ ack, payload }) => ack({ options: [option(`${payload.value}d`)] }));
      app.view('form', async ({ ack, view, client, body }) => {
        const { text, pick } = { ...view.state.values.why, ...view.state.values.state };
        if (text?.value === 'no') return await ack({ response_action: 'errors', errors: { why: 'Say more' } });
        await ack();
        await client.chat.postMessage({ channel: body.user.id, ...said(`${pick?.selected_option?.value} ${text?.value}`) });
      });
    });

    const { modal: opened } = await slack.command(upr);
    if (opened === null) throw new Error('no form was opened');
    await expect.poll(() => slack.view(opened.id)?.text).toBe('Correct\nWhy: []\nState: []\n[Send]');

    await expect(slack.submit(opened, {}, 'U1')).rejects.toThrow('why has to be filled in');
    await expect(slack.submit(opened, { why: 'far too long a text' }, 'U1')).rejects.toThrow('does not take');
    await expect(slack.submit(opened, { colour: 'red' }, 'U1')).rejects.toThrow('no field colour');
    await expect(slack.submit(opened, { why: 'it moved', pick: 'Chad' }, 'U1')).rejects.toThrow('does not offer Chad');
    await expect(slack.suggest(opened, 'pick', 'C', 'U1')).rejects.toThrow('from 2 letters');
    expect((await slack.suggest(opened, 'pick', 'Cha', 'U1')).options).toEqual([option('Chad')]);
    expect(await slack.submit(opened, { why: 'no', pick: 'Chad' }, 'U1')).toMatchObject({ errors: { why: 'Say more' }, modal: { id: opened.id } });
    expect(await slack.submit(opened, { why: 'it moved', pick: 'Chad' }, 'U1')).toMatchObject({ acked: true, errors: {}, modal: null });

    await expect.poll(() => texts(slack.direct('U1'))).toEqual(['Chad it moved']);
    await expect(slack.submit(opened, { why: 'again' }, 'U1')).rejects.toThrow('not open');
    expect(slack.violations()).toEqual([]);
  });

  test('of a form can be another one on top of it, or all of them closed', async () => {
    const closed: string[] = [];
    const { slack } = await aBot((app) => {
      app.command('/upr', async ({ ack, client, body }) => {
        await ack();
        await client.views.open({ trigger_id: body.trigger_id, view: modal('one', [why]) });
      });
      app.view('form', ({ ack, view }) => {
        const title = view.title.text;
        if (title === 'one') return ack({ response_action: 'push', view: { ...modal('two', [why]), notify_on_close: true } });
        return title === 'two' ? ack({ response_action: 'update', view: modal('three', [why]) }) : ack({ response_action: 'clear' });
      });
      app.view({ callback_id: 'form', type: 'view_closed' }, async ({ ack, view }) => {
        closed.push(view.title.text);
        await ack();
      });
    });
    const fill = async (opened: { id: string } | null) => await slack.submit(opened ?? { id: '' }, { why: 'x' }, 'U1');

    const one = await slack.command(upr);
    const two = await fill(one.modal);
    expect(two.text).toContain('two');
    await slack.dismiss(two.modal ?? { id: '' }, 'U1');
    expect([closed, one.modal?.view.title?.text]).toEqual([['two'], 'one']);
    const three = await fill((await fill(one.modal)).modal);
    expect(three.text).toContain('three');
    expect(await fill(three.modal)).toMatchObject({ acked: true, modal: null });
    expect(slack.violations()).toEqual([]);
  });

  test('of Home is what the bot published for them', async () => {
    const { slack } = await aBot((app) => {
      app.event('app_home_opened', async ({ event, client }) => {
        await client.views.publish({ user_id: event.user, view: { type: 'home', blocks: [section('Due', { accessory: button('done') })] } });
      });
      app.action('done', async ({ ack, body, client }) => {
        await ack();
        await client.views.publish({ user_id: body.user.id, view: { type: 'home', blocks: [section('All done')] } });
      });
    });

    expect(slack.home('U1')).toBeNull();
    expect(await slack.openHome('U1')).toMatchObject({ acked: true, text: 'Due\n[done]' });
    await slack.press(slack.homeView('U1') ?? { id: '' }, 'done', 'U1');

    expect([slack.home('U1'), slack.home('U2')]).toEqual(['All done', null]);
    expect(slack.violations()).toEqual([]);
  });
});
