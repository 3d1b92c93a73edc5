/** One bot, two platforms: whatever is asked, and whatever is said, a person reads the same words on both. */
import { ChannelType } from 'discord.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Adapter, Listener } from '../../../src/adapters/adapter.ts';
import { createDiscordAdapter } from '../../../src/adapters/discord/index.ts';
import { createRegistrar } from '../../../src/adapters/discord/publish.ts';
import { createSlackAdapter } from '../../../src/adapters/slack/index.ts';
import { slackSchema } from '../../../src/adapters/slack/schema.ts';
import { described } from '../../../src/cli/commands.ts';
import { COMMANDS } from '../../../src/commands/spec.ts';
import { readLead } from '../../../src/domain/alerts/ladder.ts';
import { createLog } from '../../../src/lib/log.ts';
import type { AlertContent } from '../../../src/message/content.ts';
import type { Seen } from '../../../src/message/content-team.ts';
import { formatAlert } from '../../../src/message/format-alert.ts';
import { aDeadline, anEvent, aReview } from '../../support/a-calendar.ts';
import { aResponse, aTask, SIDE } from '../../support/a-plan.ts';
import { at, aVoice } from '../../support/a-voice.ts';
import { type Discord, startDiscord } from '../../support/discord/server.ts';
import { shippedFacts } from '../../support/shipped.ts';
import { type Slack, startSlack } from '../../support/slack/server.ts';
import { aChat, type Chat } from '../commands/a-chat.ts';

const NOW = at('2026-11-24');
const TOKEN = 'MTIz.token.secret';
const PLACE = { discord: { installation: '100', channel: '200' }, slack: { installation: 'T1', channel: 'C1' } };

let [chat, discord, slack]: [Chat, Discord, Slack] = [] as never;
let adapters: { readonly discord: Adapter; readonly slack: Adapter };

beforeAll(async () => {
  chat = await aChat({ facts: await shippedFacts(), now: NOW });
  discord = await startDiscord({
    ...{ now: () => NOW, token: TOKEN, application: { id: '123' }, limits: { channel: null, token: null } },
    guilds: [{ id: '100', name: 'UPR friends', channels: [{ id: '200', name: 'dates', type: ChannelType.GuildText }] }],
  });
  slack = await startSlack({
    ...{ now: () => NOW, patienceMs: 5_000, limits: { channelPerSecond: null, tiers: false } },
    workspaces: [
      {
        ...{ team: 'T1', botToken: 'xoxb-geneva', botUser: 'U0BOT', channels: [{ id: 'C1', name: 'dates' }] },
        users: [{ id: 'U1', name: 'anna', locale: 'en-GB', tz: 'Europe/Zurich', isAdmin: true }],
      },
    ],
  });
  const { words } = aVoice();
  const common = { log: createLog('silent'), words: () => words, refused: () => undefined };
  const vault = { read: async () => null, write: async () => undefined, remove: async () => undefined, ids: async () => [] };
  const config = { token: TOKEN, applicationId: '123', apiUrl: `${discord.url}/api` };
  await createRegistrar(config, common.log).publish('Dates', described(words));
  adapters = {
    discord: createDiscordAdapter(config, common),
    slack: createSlackAdapter(slackSchema.parse({ botToken: 'xoxb-geneva', appToken: 'xapp-1-test', apiUrl: slack.url }), {
      ...common,
      vault,
      stateSecret: null,
    }),
  };
  // Both ask the same bot in the same channel of it: what it answers differs by nothing but the platform.
  const listener: Listener = {
    request: ({ target: _, by, platform: __, ...request }) => chat.ask(request, { by: { ...by, zone: null, locale: 'en' } }),
    presence: async () => undefined,
    lost: () => undefined,
  };
  await adapters.discord.start(listener);
  await adapters.slack.start(listener);
});

afterAll(async () => {
  await adapters.discord.stop();
  await adapters.slack.stop();
  await Promise.all([discord.close(), slack.close(), chat.close()]);
});

/** The words of a message without what each platform writes them with: marks, signs of lists, addresses, escapes, buttons. */
function wordsOf(text: string): readonly string[] {
  return text
    .replace(/\\(?=[^a-zA-Z0-9\s])/g, '')
    .replace(/\[([^\][]*)\]\(<?https?:[^)]*\)/g, '$1')
    .replace(/ ?\(https?:[^)]*\)/g, '')
    .replace(/<t:(\d+):\w>/g, '')
    .replace(/^(?:#+|-#|[-•>])\s+/gm, '')
    .replace(/\*\*|\u2060/g, '')
    .replace(/[[\]]/g, '')
    .replace(/Previous page|Next page|Share to channel|Erase this channel|Erase everything of this server/g, '')
    .split(/\s+/)
    .filter((word) => word !== '');
}

const FILLED: Readonly<Record<string, string>> = { state: 'KEN', session: '54', deadline: '54-KEN-review', term: 'troika', follow: 'all', until: '2 days' };

/** Both are asked in the same situation: the channel follows Togo and nothing else. */
async function begin(): Promise<void> {
  const by = { id: '9', locale: 'en', zone: null, ids: ['9'], may: 'all' } as const;
  await chat.command('unfollow', { follow: 'all' }, { by });
  await chat.command('follow', { state: 'TGO' }, { by });
  await chat.command('mute', { until: 'off' }, { by });
}

describe('Every command', () => {
  test.each(COMMANDS.map(({ name, options }) => [name, options.filter(({ required }) => required).map((option) => option.name)] as const))(
    '/upr %s is answered in the same words',
    async (sub, required) => {
      const given = Object.fromEntries(required.map((name) => [name, FILLED[name] ?? 'x']));
      await begin();
      const onDiscord = await discord.command({ user: '900', guild: '100', channel: '200', name: 'upr', permissions: ['ManageGuild'], sub, options: given });
      await begin();
      const line = [sub, ...Object.entries(given).map(([name, value]) => `${name}:"${value}"`)].join(' ');
      const onSlack = await slack.command({ channel: 'C1', user: 'U1', text: line });

      expect(wordsOf(onSlack.text)).toEqual(wordsOf(onDiscord.text));
      expect(onSlack.ephemeral).toBe(onDiscord.ephemeral);
      expect([discord.violations(), slack.violations()]).toEqual([[], []]);
    },
  );
});

const KENYA = aDeadline();
const LEAD = { deadline: KENYA, review: null, lead: readLead('7d!') ?? ({} as never) };
const OWNER: Seen = { by: 'owner', side: SIDE, shows: 'titles', names: false };
const PLAN = {
  response: aResponse(),
  tasks: Array.from({ length: 60 }, (_none, at) => aTask({ number: at + 1, title: `*Read* part_${at} #${at}`, suits: 'editor' })),
};
const CONTENTS: Readonly<Record<AlertContent['type'], AlertContent>> = {
  leads: { type: 'leads', items: [LEAD] },
  changes: { type: 'changes', changes: [{ about: 'date', what: 'announced', before: null, after: KENYA }] },
  'catch-up': { type: 'catch-up', ahead: [LEAD], passed: [] },
  notice: {
    type: 'notice',
    notice: { about: 'paused', platform: 'discord', channel: '*#<dates>*', reason: 'forbidden', missing: ['SEND_MESSAGES'], unsaid: 3 },
  },
  digest: { type: 'digest', digest: { ahead: [KENYA], changed: [], estimated: [] } },
  silence: { type: 'silence', checked: '2026-07-05' },
  amendment: { type: 'amendment', items: [LEAD], changed: [], why: 'silenced', until: at('2026-08-01') },
  card: { type: 'card', whole: PLAN, deadline: KENYA, today: '2026-07-10', seen: OWNER },
  history: {
    type: 'history',
    whole: PLAN,
    events: [{ id: 1, response: PLAN.response.id, task: 1, at: at('2026-07-06'), by: null, what: 'hand-back', before: null }],
    seen: OWNER,
  },
  nag: { type: 'nag', whole: PLAN, items: PLAN.tasks.slice(0, 2).map((task) => ({ step: 'ask-team', task })), today: '2026-07-10', seen: OWNER },
  'plan-moved': {
    ...{ type: 'plan-moved', whole: PLAN, deadline: KENYA, seen: OWNER },
    proposal: {
      plannedFor: KENYA.when,
      internal: '2026-07-15',
      tasks: [{ number: 1, from: '2026-07-01', to: '2026-07-08', compressed: true }],
      holidaysUnknown: [],
    },
  },
  'plan-stays': {
    ...{ type: 'plan-stays', whole: PLAN, seen: OWNER },
    change: { about: 'review', what: 'event', review: aReview(), event: anEvent('postponed') },
  },
};

describe('Every kind of message', () => {
  test.each(Object.entries(CONTENTS))('%s reads the same', async (kind, content) => {
    const said = formatAlert(content, { mayBeRepeat: true, late: null }, aVoice());
    // The choices of a select are read when it is opened.
    const message = { ...said, actions: said.actions.filter(({ style }) => style !== 'select') };
    const options = { key: `parity-${kind}`, signal: new AbortController().signal };
    await adapters.discord.post(PLACE.discord, message, options);
    await adapters.slack.post(PLACE.slack, message, options);
    // Slack has no escape for its marks and shows a likeness of them.
    const likeness = (text: string) => text.replaceAll('∗', '*').replaceAll('ˋ', '`');

    const [onDiscord, onSlack] = [discord.read('200').at(-1)?.text ?? '', slack.read('C1').at(-1)?.text ?? ''];
    expect(wordsOf(likeness(onSlack))).toEqual(wordsOf(onDiscord));
    expect(wordsOf(onSlack).length).toBeGreaterThan(5);
    expect([discord.violations(), slack.violations(), slack.mentions()]).toEqual([[], [], []]);
  });
});
