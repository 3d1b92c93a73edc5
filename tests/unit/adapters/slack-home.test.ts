import { describe, expect, test } from 'vitest';
import type { Response } from '../../../src/adapters/adapter.ts';
import { BOT, geneva, upr } from '../../support/slack/a-slack.ts';
import { aListener, answering, body, button, saying, type Way } from './a-slack-listener.ts';

const london = {
  team: 'T2',
  name: 'London',
  botToken: 'xoxb-london',
  botUser: 'U0BOT2',
  channels: [{ id: 'C9', name: 'dates' }],
  users: [{ id: 'U9', name: 'ida' }],
};
const secretOf = ({ team, botToken: token, botUser, name }: typeof london) => JSON.stringify({ token, botUser, botId: `B0${team}`, team, name });

describe.each<Way>(['socket', 'http'])('Home on Slack by %s', (way) => {
  test('shows what is answered, and its buttons change it', async () => {
    const { slack, heard } = await aListener(
      (request) => (request.type === 'home' ? answering('Your dates', 'asker', button('more')) : { type: 'view', message: saying('More dates') }),
      { way },
    );

    const seen = await slack.openHome('U1');
    expect(slack.home('U1')).toBe('Your dates\n[more]');
    await slack.press(slack.homeView('U1') ?? { id: '' }, 'more', 'U1');

    expect(seen.acked).toBe(true);
    expect(slack.home('U1')).toBe('More dates');
    expect(heard).toMatchObject([
      { type: 'home', target: { installation: 'T1', channel: '' }, by: { id: 'U1', may: 'all' } },
      { type: 'action', action: 'more', target: { installation: 'T1', channel: '' } },
    ]);
    expect(slack.violations()).toEqual([]);
  });

  test('is not shown again for an event that comes again', async () => {
    const { slack, heard } = await aListener(() => answering('Your dates'), { way });
    const event = { type: 'app_home_opened', user: 'U1', channel: 'DU1', tab: 'home' };

    await slack.event('T1', event, { eventId: 'Ev1' });
    await slack.event('T1', event, { eventId: 'Ev1', retryNum: 1 });
    await slack.event('T1', { ...event, tab: 'messages' }, { eventId: 'Ev2' });
    await expect.poll(() => slack.home('U1')).toBe('Your dates');

    expect(heard.length).toBe(1);
    expect(slack.violations()).toEqual([]);
  });
});

describe('Home on Slack', () => {
  test.each<[string, Response]>([
    ['an answer in private', answering('Kenya', 'asker', body('20 July 2026'))],
    ['an answer to a channel that is none', answering('Kenya', 'channel', body('20 July 2026'))],
  ])('answers a press in a modal: %s', async (_, response) => {
    const { slack } = await aListener((request) => (request.type === 'home' ? answering('Your dates', 'asker', button('ask')) : response));

    await slack.openHome('U1');
    const seen = await slack.press(slack.homeView('U1') ?? { id: '' }, 'ask', 'U1');

    expect(seen.modal?.text).toContain('20 July 2026');
    expect(slack.violations()).toEqual([]);
  });

  test('opens forms, whose answers are shown in them', async () => {
    const form: Response = { type: 'form', id: 'f', title: 'Wish', submit: 'Send', fields: [] };
    const { slack, heard } = await aListener((request) => {
      if (request.type === 'home') return answering('Your dates', 'asker', button('wish'));
      return request.type === 'action' ? form : answering('Thank you', 'asker', body('It is noted'));
    });

    await slack.openHome('U1');
    const { modal } = await slack.press(slack.homeView('U1') ?? { id: '' }, 'wish', 'U1');
    const seen = await slack.submit(modal ?? { id: '' }, {}, 'U1');

    expect(heard.at(-1)).toMatchObject({ type: 'submit', form: 'f', target: { installation: 'T1', channel: '' } });
    expect(seen.modal?.text).toContain('It is noted');
    expect(slack.violations()).toEqual([]);
  });

  test('says kindly that it could not be filled', async () => {
    const { slack, lines } = await aListener(() => Promise.reject(new Error('a fault')));

    await slack.openHome('U1');
    slack.fail('views.publish', { kind: 'error', code: 'not_enabled' });
    await slack.event('T1', { type: 'app_home_opened', user: 'U1', channel: 'DU1', tab: 'home' });

    expect(slack.home('U1')).toContain('That did not work');
    await expect.poll(() => lines.join()).toContain('An answer did not reach Slack');
  });
});

describe('Where the bot is on Slack', () => {
  const several = { plan: { workspaces: [geneva, london] }, installed: { T2: secretOf(london) } };

  test('is told at the start', async () => {
    const { told } = await aListener(() => answering('Kenya'), several);

    expect(told).toEqual([{ platform: 'slack', what: 'all', installations: ['T1', 'T2'] }]);
  });

  test.each(['uninstall', 'revoke'] as const)('changes when a workspace ends it: %s', async (how) => {
    const { slack, told, vault } = await aListener(() => answering('Kenya'), several);

    if (how === 'uninstall') slack.uninstall('T2');
    else slack.revoke('xoxb-london');

    await expect.poll(() => told.slice(1)).toContainEqual({ platform: 'slack', what: 'left', installation: 'T2' });
    expect([...vault.kept.keys()]).toEqual([]);
    expect(await slack.command(upr)).toMatchObject({ text: 'Kenya' });
    expect(slack.violations()).toEqual([]);
  });

  test('stays when tokens of people end, and when the news is older than a new installation', async () => {
    const { slack, told, vault } = await aListener(() => answering('Kenya'), several);

    await slack.event('T2', { type: 'tokens_revoked', tokens: { oauth: ['U9'], bot: [] } });
    await slack.event('T2', { type: 'app_uninstalled' });
    await expect.poll(() => slack.requests('auth.test').some(({ token }) => token === 'xoxb-london')).toBe(true);

    expect(told.length).toBe(1);
    expect([...vault.kept.keys()]).toEqual(['T2']);
  });

  test('each workspace is answered with its own token', async () => {
    const { slack, heard } = await aListener(() => answering('Kenya', 'channel'), several);

    await slack.command({ ...upr, channel: 'C9', user: 'U9' });
    await slack.command(upr);

    expect(heard.map(({ target }) => target.installation)).toEqual(['T2', 'T1']);
    expect(slack.requests('chat.postMessage').map(({ token }) => token)).toEqual(['xoxb-london', BOT]);
    expect(slack.violations()).toEqual([]);
  });
});
