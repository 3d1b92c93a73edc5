import { webApi } from '@slack/bolt';
import { describe, expect, test } from 'vitest';
import {
  aBot,
  aSlack,
  BOT,
  button,
  geneva,
  mrkdwn,
  NOON,
  option,
  optionsFor,
  plain,
  quiet,
  said,
  section,
  texts,
  times,
  upr,
} from '../../support/slack/a-slack.ts';
import type { SlackPlan } from '../../support/slack/plan.ts';
import type { Slack } from '../../support/slack/server.ts';

describe('An address that answers', () => {
  /** The address of a command, as the bot gets it. */
  async function anAddress(plan: Partial<SlackPlan> = {}) {
    const parts = await aBot((app) => app.command('/upr', ({ ack, body }) => ack(body.response_url)), { patienceMs: 10, ...plan });
    const { ackBody } = await parts.slack.command({ ...upr, user: 'U2' });
    const url = (ackBody as { text: string }).text;
    const respond = async (body: object) => {
      const response = await fetch(url, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
      return [response.status, await response.text()] as const;
    };
    return { ...parts, respond };
  }

  test('works five times', async () => {
    const { respond, slack } = await anAddress();

    for (const n of [1, 2, 3, 4, 5]) expect(await respond({ text: `${n}` })).toEqual([200, 'ok']);
    expect(await respond({ text: '6' })).toEqual([404, '{"ok":false,"error":"used_url"}']);
    expect(texts(slack.seenBy('U2', 'C1')).slice(1)).toEqual(['1', '2', '3', '4', '5']);
  });

  test('works for half an hour', async () => {
    const { respond, clock } = await anAddress();

    clock.pass(30 * 60_000 - 1);
    expect(await respond({ text: 'in time' })).toEqual([200, 'ok']);
    clock.pass(1);
    expect(await respond({ text: 'too late' })).toEqual([404, '{"ok":false,"error":"expired_url"}']);
  });

  test('changes and deletes what it said', async () => {
    const { respond, slack } = await anAddress();

    await respond({ text: 'first', response_type: 'in_channel' });
    await respond({ text: 'second', replace_original: true });
    expect(slack.read('C1')).toMatchObject([{ text: 'second', edited: true }]);
    await respond({ delete_original: true });
    expect(slack.read('C1')).toEqual([]);
  });

  test('is known to Slack, and gets JSON', async () => {
    const { respond, slack } = await anAddress();
    const other = await fetch(`${slack.url.slice(0, -4)}commands/T1/another`, { method: 'POST', body: 'text=x' });

    expect([other.status, await other.text()]).toEqual([404, '{"ok":false,"error":"no_such_url"}']);
    expect(await respond(null as unknown as object)).toEqual([400, 'invalid_payload']);
  });

  test('works where the bot is not', async () => {
    const { slack } = await aBot((app) => app.command('/upr', ({ ack, respond }) => ack().then(() => void respond('here'))));

    expect(await slack.command({ ...upr, channel: 'C3' })).toMatchObject({ text: 'here', ephemeral: true });
  });

  test.each<[string, object, string]>([
    ['without a text', { blocks: [] }, 'no_text'],
    ['with bad blocks', { text: 'x', blocks: [{ type: 'nonsense' }] }, 'invalid_blocks'],
    ['with bad blocks in a change', { text: 'x', blocks: [{ type: 'nonsense' }], replace_original: true }, 'invalid_blocks'],
    ['with an audience that does not exist', { text: 'x', response_type: 'public' }, 'invalid_blocks'],
  ])('refuses an answer %s', async (_, body, error) => {
    const { respond, slack } = await anAddress();
    await respond({ text: 'original' });
    const before = slack.violations().length;

    expect(await respond(body)).toEqual([400, error]);
    expect(slack.violations().length).toBeGreaterThan(before);
  });

  test('makes Bolt fail when it is over', async () => {
    const { slack, failures } = await aBot((app, _, clock) =>
      app.command('/upr', async ({ ack, respond }) => {
        await ack();
        clock.pass(30 * 60_000);
        await respond('too late');
      }),
    );

    await slack.command(upr);
    await expect.poll(() => failures).toMatchObject([{ code: 'slack_bolt_respond_error', statusCode: 404 }]);
  });
});

describe('A channel', () => {
  test('shows messages in order, and replies under what they answer', async () => {
    const { slack, post } = await aSlack();

    const first = await post({ text: 'first' });
    await post({ text: 'second' });
    await post({ text: 'reply', thread_ts: first.json.ts });
    await post({ text: 'loud reply', thread_ts: first.json.ts, reply_broadcast: true });

    expect(slack.read('C1').map(({ text, thread }) => [text, thread])).toEqual([
      ['first', null],
      ['reply', first.json.ts],
      ['loud reply', first.json.ts],
      ['second', null],
    ]);
    expect(slack.violations()).toEqual([]);
  });

  test('shows blocks, in reading order, as a person reads them', async () => {
    const { slack, post } = await aSlack();

    await post({
      text: 'only for notifications',
      blocks: [
        { type: 'header', text: plain('Chad & Mali') },
        section('*Due* <https://un.org/?a=1&b=2|the page>, R&amp;D &lt;soon&gt;', { fields: [mrkdwn('_State_'), plain('*Chad*')] }),
        section('<!date^1783684800^{date_long} {time}^https://un.org|10 July 2026, Geneva>'),
        { type: 'divider' },
        { type: 'context', elements: [mrkdwn('Source: <https://un.org>'), plain('checked')] },
        { type: 'image', image_url: 'https://un.org/x.png', alt_text: 'a calendar' },
        {
          type: 'table',
          rows: [
            [
              { type: 'raw_text', text: 'State' },
              { type: 'raw_number', text: '3', value: 3 },
            ],
          ],
        },
        {
          type: 'rich_text',
          elements: [
            {
              type: 'rich_text_section',
              elements: [
                { type: 'text', text: 'see ' },
                { type: 'link', url: 'https://un.org', text: 'UN' },
              ],
            },
          ],
        },
        { type: 'actions', elements: [button('mute'), button('open', { url: 'https://un.org' }), { type: 'overflow', options: [option('more')] }] },
      ],
    });

    expect(texts(slack.read('C1'))).toEqual([
      [
        ...['Chad & Mali', 'Due the page (https://un.org/?a=1&b=2), R&D <soon>', 'State', '*Chad*'],
        ...['10 July 2026, Geneva (https://un.org)', '---', 'Source: https://un.org checked', '[image: a calendar]'],
        ...['State | 3', 'see UN (https://un.org)', '[mute] [open] […]'],
      ].join('\n'),
    ]);
    expect(slack.violations()).toEqual([]);
  });

  test('knows who was named, by raw angle brackets only', async () => {
    const { slack, post } = await aSlack();

    await post({ text: '&lt;!channel&gt; @here &lt;@U1&gt;', blocks: [section('&lt;!everyone&gt;'), { type: 'header', text: plain('<!channel>') }] });
    expect(slack.mentions()).toEqual([]);
    await post({ text: '<!here> <@U1>', blocks: [section('<!subteam^S1|the team>')] });

    expect(slack.mentions()).toEqual([
      { channel: 'C1', kind: 'broadcast', id: 'here' },
      { channel: 'C1', kind: 'user', id: 'U1' },
      { channel: 'C1', kind: 'usergroup', id: 'S1' },
    ]);
    expect(texts(slack.read('C1')).at(-1)).toBe('@the team');
    expect(slack.violations()).toEqual([]);
  });

  test('keeps the blocks that an update leaves out, and loses those that it empties', async () => {
    const { slack, post, ask } = await aSlack();
    const { json } = await post({ blocks: [section('blocks')] });

    await ask('chat.update', { channel: 'C1', ts: json.ts, text: 'words' });
    expect(slack.read('C1')).toMatchObject([{ text: 'blocks', edited: true }]);
    await ask('chat.update', { channel: 'C1', ts: json.ts, text: 'words', blocks: [] });
    expect(slack.read('C1')).toMatchObject([{ text: 'words' }]);
    await ask('chat.delete', { channel: 'C1', ts: json.ts });
    expect([slack.read('C1'), slack.message({ channel: 'C1', ts: json.ts }), slack.violations()]).toEqual([[], null, []]);
  });

  test.each<[string, object, string]>([
    ['that nobody knows', { channel: 'C9' }, 'channel_not_found'],
    ['by its name', { channel: '#dates' }, 'channel_not_found'],
    ['that is private and without the bot', { channel: 'C3' }, 'channel_not_found'],
    ['that is archived', { channel: 'C4' }, 'is_archived'],
    ['in answer to a message that is not there', { thread_ts: '1.000001' }, 'message_not_found'],
  ])('%s takes no message', async (_, args, error) => {
    const { post, slack } = await aSlack();

    expect(await post(args)).toMatchObject({ status: 200, json: { ok: false, error } });
    expect([slack.read('C1'), slack.violations()]).toEqual([[], []]);
  });

  test('that is public takes a message of a bot outside only with the scope', async () => {
    const { post } = await aSlack();
    const { post: without } = await aSlack({ workspaces: [{ ...geneva, scopes: ['chat:write'] }] });

    expect((await post({ channel: 'C2' })).json.ok).toBe(true);
    expect((await without({ channel: 'C2' })).json.error).toBe('not_in_channel');
  });

  test('can lose the bot, be archived, and get both back', async () => {
    const { slack, post } = await aSlack();
    const errors = [];

    slack.archive('C1');
    errors.push((await post()).json.error);
    slack.invite('C1');
    errors.push((await post()).json.error);
    slack.kick('C5');
    errors.push((await post({ channel: 'C5' })).json.error);
    slack.deleteChannel('C1');
    errors.push((await post()).json.error);

    expect(errors).toEqual(['is_archived', undefined, 'channel_not_found', 'channel_not_found']);
  });

  test('shows a whisper only to whom it is for, if they are there', async () => {
    const { slack, ask } = await aSlack();
    const whisper = (channel: string, user: string) => ask('chat.postEphemeral', { channel, user, text: 'psst' });

    expect((await whisper('C1', 'U1')).json).toMatchObject({ ok: true, message_ts: expect.stringMatching(/^\d+\.\d{6}$/) });
    expect((await whisper('C5', 'U2')).json.error).toBe('user_not_in_channel');
    expect((await whisper('C1', 'U9')).json.error).toBe('user_not_in_channel');
    expect((await whisper('C2', 'U1')).json.error).toBe('not_in_channel');
    expect([texts(slack.seenBy('U1', 'C1')), slack.seenBy('U2', 'C1'), slack.read('C1')]).toEqual([['psst'], [], []]);
  });

  test('refuses changes of what the bot did not say there, or too late', async () => {
    const { slack, ask, post, clock } = await aSlack({ workspaces: [{ ...geneva, editWindowMs: 60_000 }] });
    const { json } = await post();
    const whispered = (await ask('chat.postEphemeral', { channel: 'C1', user: 'U1', text: 'psst' })).json.message_ts;
    const change = async (ts: string, method = 'chat.update') =>
      (await ask(method, { channel: 'C1', ts, ...(method === 'chat.update' ? { text: 'x' } : {}) })).json.error;

    expect([await change('1.000001'), await change(whispered), await change(json.ts)]).toEqual(['message_not_found', 'message_not_found', undefined]);
    clock.pass(60_001);
    expect([await change(json.ts), await change('1.000001', 'chat.delete')]).toEqual(['edit_window_closed', 'message_not_found']);
    slack.archive('C1');
    expect([await change(json.ts), await change(json.ts, 'chat.delete')]).toEqual(['cant_update_message', 'cant_delete_message']);
  });
});

describe('A request', () => {
  test('needs a token that works', async () => {
    const { slack, ask, post } = await aSlack();
    const errors = [(await ask('auth.test', {}, '')).json.error, (await ask('auth.test', {}, 'xoxb-other')).json.error];

    slack.revoke(BOT);
    errors.push((await post()).json.error);
    const { slack: other, post: say } = await aSlack();
    other.uninstall('T1');
    errors.push((await say()).json.error);

    expect(errors).toEqual(['not_authed', 'invalid_auth', 'token_revoked', 'account_inactive']);
  });

  test('tells who is asked for, with the locale only on request', async () => {
    const { ask } = await aSlack();
    const about = async (args: object) => (await ask('users.info', args)).json;

    expect(await about({ user: 'U1' })).toMatchObject({ user: { tz: 'Asia/Dili', is_admin: true, is_restricted: false } });
    expect((await about({ user: 'U1' })).user.locale).toBeUndefined();
    expect((await about({ user: 'U1', include_locale: true })).user.locale).toBe('fr-FR');
    expect([(await about({ user: 'U3' })).user.is_stranger, (await about({ user: 'U2' })).user.is_restricted]).toEqual([true, true]);
    expect((await about({ user: 'U9' })).error).toBe('user_not_found');
    expect((await ask('conversations.info', { channel: 'C2' })).json.channel).toMatchObject({ is_member: false, is_archived: false, is_private: false });
    expect((await ask('conversations.open', { users: 'U1' })).json.channel.id).toBe('DU1');
    expect((await ask('conversations.open', { users: 'U4' })).json.error).toBe('cannot_dm_bot');
    expect((await ask('bots.info', { bot: 'B0T1' })).json.bot.user_id).toBe('U0BOT');
    expect((await ask('bots.info', { bot: 'B9' })).json.error).toBe('bot_not_found');
  });

  test('names the scope that is missing', async () => {
    const { ask } = await aSlack({ workspaces: [{ ...geneva, scopes: ['chat:write'] }] });

    const { json, headers } = await ask('users.info', { user: 'U1' });
    expect(json).toEqual({ ok: false, error: 'missing_scope', needed: 'users:read', provided: 'chat:write' });
    expect(headers.get('retry-after')).toBeNull();
    expect((await ask('auth.test')).headers.get('x-oauth-scopes')).toBe('chat:write');
    expect((await ask('conversations.info', { channel: 'C1' })).json.needed).toBe('channels:read');
    expect((await ask('conversations.open', { users: 'U1' })).json.needed).toBe('im:write');
  });

  test('sees nothing of another workspace', async () => {
    const other = { team: 'T2', botToken: 'xoxb-dili', botUser: 'U1BOT', channels: [{ id: 'C8', name: 'dates' }], users: [{ id: 'U8', name: 'dora' }] };
    const { ask, post } = await aSlack({ workspaces: [geneva, other] });

    expect((await post({ channel: 'C8' })).json.error).toBe('channel_not_found');
    expect((await ask('users.info', { user: 'U8' })).json.error).toBe('user_not_found');
    expect((await ask('auth.test', { team_id: 'T2' })).json.error).toBe('team_access_not_granted');
    expect((await ask('auth.test', {}, 'xoxb-dili')).json.team_id).toBe('T2');
  });

  test('of a method, or an argument, that is not known is remembered', async () => {
    const { slack, ask } = await aSlack();

    expect((await ask('chat.meMessage')).json.error).toBe('unknown_method');
    expect((await ask('auth.test', { colour: 'red' })).json.ok).toBe(true);
    expect(slack.violations()).toEqual(['chat.meMessage: this Slack has no such method', 'auth.test: has no argument colour']);
  });

  test('may come as a form, with blocks as JSON in it', async () => {
    const { slack } = await aSlack();
    const send = async (blocks: string) => {
      const body = new URLSearchParams({ token: BOT, channel: 'C1', text: 'x', blocks, unfurl_links: 'false', unfurl_media: 'false' });
      return await (await fetch(`${slack.url}chat.postMessage`, { method: 'POST', body })).json();
    };

    expect(await send(JSON.stringify([section('hello')]))).toMatchObject({ ok: true, message: { blocks: [{ type: 'section' }] } });
    expect(await send('{}')).toEqual({ ok: false, error: 'invalid_blocks_format' });
    expect(await send('nonsense')).toEqual({ ok: false, error: 'invalid_blocks_format' });
    expect(texts(slack.read('C1'))).toEqual(['hello']);
    expect(slack.requests()).toMatchObject([
      { method: 'chat.postMessage', token: BOT, at: NOON, args: { blocks: [section('hello')] } },
      { args: { blocks: {} } },
      { args: { blocks: 'nonsense' } },
    ]);
  });

  test('beyond the limit of its channel is told how many seconds to wait', async () => {
    const { slack, post, clock } = await aSlack({ limits: {} });

    const answers = [];
    for (const _ of times(4, () => 0)) answers.push(await post());
    const elsewhere = await post({ channel: 'C2' });

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
    expect([answers[3]?.headers.get('retry-after'), answers[3]?.json.error, elsewhere.status]).toEqual(['1', 'ratelimited', 200]);
    expect([slack.limited('C1'), slack.limited('C2'), slack.limited()]).toEqual([1, 0, 1]);
    clock.pass(1_000);
    expect([(await post()).status, (await post()).status]).toEqual([200, 429]);
  });

  test('beyond the limit of its workspace, or the tier of its method, waits too', async () => {
    const { post, ask, slack } = await aSlack({ limits: { channelPerSecond: null, workspacePerSecond: 4 } });

    const statuses = [];
    for (const channel of ['C1', 'C2', 'C1', 'C2', 'C5']) statuses.push((await post({ channel })).status);
    expect(statuses).toEqual([200, 200, 200, 200, 429]);
    for (const _ of times(50, () => 0)) await ask('conversations.info', { channel: 'C1' });
    expect((await ask('conversations.info', { channel: 'C2' })).headers.get('retry-after')).toBe('2');
    expect(slack.limited('C2')).toBe(1);
  });

  test.each<[string, Parameters<Slack['fail']>[1], object, readonly string[]]>([
    ['a limit', { kind: 'limited', retryAfterMs: 7_000 }, { code: 'slack_webapi_rate_limited_error', retryAfter: 7 }, []],
    ['a limit without a time', { kind: 'limited' }, { message: expect.stringContaining('did not contain a valid timeout') }, []],
    ['a bad gateway', { kind: 'status', status: 502 }, { code: 'slack_webapi_http_error', statusCode: 502 }, []],
    ['a bad gateway behind which it was posted', { kind: 'status', status: 502, posted: true }, { statusCode: 502 }, ['hello']],
    ['an answer that breaks off', { kind: 'malformed', posted: true }, { code: 'slack_webapi_platform_error' }, ['hello']],
    ['an error of Slack', { kind: 'error', code: 'restricted_action' }, { data: { error: 'restricted_action' } }, []],
    ['a fatal error though it was posted', { kind: 'error', code: 'fatal_error', posted: true }, { data: { error: 'fatal_error' } }, ['hello']],
    ['a connection that broke before', { kind: 'reset-before' }, { code: 'slack_webapi_request_error' }, []],
    ['a connection that broke when it was read', { kind: 'reset-after' }, { code: 'slack_webapi_request_error' }, []],
    ['an answer that was lost', { kind: 'lost-answer' }, { code: 'slack_webapi_request_error' }, ['hello']],
  ])('of Bolt can meet %s', async (_, fault, failure, read) => {
    const { slack } = await aSlack();
    const client = new webApi.WebClient(BOT, { ...optionsFor(slack), logger: quiet });
    slack.fail('C1', fault);

    await expect(client.chat.postMessage({ channel: 'C1', ...said('hello') })).rejects.toMatchObject(failure);

    expect(texts(slack.read('C1'))).toEqual(read);
    expect(slack.requests('chat.postMessage')).toHaveLength(fault?.kind === 'reset-before' ? 0 : 1);
    await client.chat.postMessage({ channel: 'C1', ...said('again') });
    expect(texts(slack.read('C1'))).toEqual([...read, 'again']);
  });

  test('hangs until it is released, and is slow when told to be', async () => {
    const { slack, post } = await aSlack();
    slack.fail('C1', { kind: 'hang' });
    slack.fail('chat.postMessage', { kind: 'hang', posted: true });
    slack.fail('*', { kind: 'slow', ms: 20 });

    const answered: string[] = [];
    const wait = (text: string) => post({ text }).then(({ json }) => void answered.push(json.message.text));
    const hanging = [wait('a')];
    await expect.poll(() => slack.requests().length).toBe(1);
    hanging.push(wait('b'));
    await expect.poll(() => texts(slack.read('C1'))).toEqual(['b']);
    const before = performance.now();
    await wait('c');
    expect([performance.now() - before > 15, answered]).toEqual([true, ['c']]);
    slack.release();
    await Promise.all(hanging);

    expect(answered.toSorted()).toEqual(['a', 'b', 'c']);
    expect(texts(slack.read('C1'))).toEqual(['b', 'c', 'a']);
  });

  test('meets a rule that looks at it, until the rule is taken away', async () => {
    const { slack, post } = await aSlack();
    const end = slack.failWhen(({ text, attempt }) => (text.includes('bad') && attempt < 3 ? { kind: 'error', code: 'internal_error' } : null));

    const errors = [await post({ text: 'bad' }), await post({ text: 'good' }), await post({ text: 'bad' })].map(({ json }) => json.error);
    end();

    expect(errors).toEqual(['internal_error', undefined, undefined]);
    expect((await post({ text: 'bad' })).json.ok).toBe(true);
  });
});
