import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { COMMANDS } from '../../../src/commands/spec.ts';
import { zoneNamed, zonesIn } from '../../../src/commands/zones.ts';
import { dayWhen } from '../../../src/domain/calendar/when.ts';
import { GENEVA, isZone } from '../../../src/domain/time.ts';
import { at } from '../../support/a-voice.ts';
import { calendarOf } from '../../support/some-dates.ts';
import { type Chat, HERE, MANAGER, messageOf, SOMEBODY, withChat } from './a-chat.ts';

const FACTS = calendarOf([{ state: 'KEN', kind: 'stakeholder_submission', when: dayWhen('2026-07-17', GENEVA) }]);
const PLAN = { facts: FACTS, now: at('2026-07-01') };
const BY = { by: MANAGER };
const ID = 'discord:100/200';

async function channel(it: Chat) {
  const [found] = await it.store.subscriptions.channelsBy([ID]);
  return found;
}

describe('settings without options', () => {
  test('shows everything, with what is a default marked', async () => {
    await withChat(PLAN, async (it) => {
      const text = await it.text('settings', {}, BY);

      expect(text).toContain('Time zone: Europe/Zurich (Geneva time) (default)');
      expect(text).toContain('Weekly digest: Monday at 09:00 (default)');
      expect(text).toContain('Mute: not muted (default)');
      expect(await it.store.subscriptions.channels()).toEqual([]);
    });
  });

  test('shows what was set without the mark, and a mute with its end and reason', async () => {
    await withChat(PLAN, async (it) => {
      await it.command('settings', { zone: 'nairobi' }, BY);
      await it.command('mute', { until: '1 day', reason: 'elections' }, BY);
      const text = await it.text('settings', {}, BY);

      expect(text).toMatch(/Time zone: Africa\/Nairobi \(East Africa Time\)\n/);
      expect(text).toContain('Mute: until Thursday, 2 July 2026, 09:00 Geneva time (10:00 East Africa Time). Reason: elections');
    });
  });

  test('options that are blank count as left out', async () => {
    expect(await withChat(PLAN, (it) => it.text('settings', { zone: ' ', 'mention-role': '\u200b' }, BY))).toContain('How this channel hears');
  });
});

describe('An option that is well written', () => {
  test.each([
    ['zone', 'nairobi', { profile: { zone: 'Africa/Nairobi' } }],
    ['zone', 'Africa/Nairobi', { profile: { zone: 'Africa/Nairobi' } }],
    ['zone', 'new york', { profile: { zone: 'America/New_York' } }],
    ['zone', 'Kolkata', { profile: { zone: 'Asia/Kolkata' } }],
    ['zone', 'Asia/Calcutta', { profile: { zone: 'Asia/Kolkata' } }],
    ['zone', 'us/eastern', { profile: { zone: 'America/New_York' } }],
    ['zone', 'utc', { profile: { zone: 'UTC' } }],
    ['zone', 'Nairoby', { profile: { zone: 'Africa/Nairobi' } }],
    ['alert-hour', '8', { profile: { hour: '08:00' } }],
    ['alert-hour', '8:30', { profile: { hour: '08:30' } }],
    ['alert-hour', '08h00', { profile: { hour: '08:00' } }],
    ['alert-hour', '8am', { profile: { hour: '08:00' } }],
    ['alert-hour', '12 am', { profile: { hour: '00:00' } }],
    ['alert-hour', '9 p.m.', { profile: { hour: '21:00' } }],
    ['alert-hour', '23.59', { profile: { hour: '23:59' } }],
    ['quiet-hours', '22:00-07:00', { quiet: { from: '22:00', to: '07:00' } }],
    ['quiet-hours', '22-7', { quiet: { from: '22:00', to: '07:00' } }],
    ['quiet-hours', 'from 10 pm to 7 am', { quiet: { from: '22:00', to: '07:00' } }],
    ['quiet-hours', '13:00 – 14:00', { quiet: { from: '13:00', to: '14:00' } }],
    ['digest-day', 'Friday', { digest: { day: 5, hour: '09:00' } }],
    ['digest-day', 'sun', { digest: { day: 7, hour: '09:00' } }],
    ['digest-day', 'off', { digest: null }],
    ['digest-hour', '7', { digest: { day: 1, hour: '07:00' } }],
    ['mention-role', '123', { mentionRole: '123' }],
    ['mention-role', '<@&123>', { mentionRole: '123' }],
    ['mention-role', '<!subteam^S0123|staff>', { mentionRole: 'S0123' }],
    ['manage-role', '<@U0123>', { managers: ['U0123'] }],
    ['discreet', 'on', { discreet: true }],
    ['discreet', 'Yes', { discreet: true }],
  ] as const)('%s: %s is understood', async (option, typed, expected) => {
    await withChat(PLAN, async (it) => {
      expect(await it.text('settings', { [option]: typed }, BY)).toMatch(/^Changed\n/);
      expect(await channel(it)).toMatchObject(expected);
    });
  });

  test.each([
    ['language', 'English'],
    ['language', 'en'],
    ['ladder', 'default'],
    ['quiet-hours', 'none'],
    ['discreet', 'no'],
    ['zone', 'geneva'],
    ['clear', 'mention-role'],
    ['alert-hour', '9'],
  ])('%s: %s is understood, and as it was', async (option, typed) => {
    await withChat(PLAN, async (it) => {
      expect(await it.text('settings', { [option]: typed }, BY)).toContain('Nothing was changed');
      expect(await it.store.subscriptions.channels()).toEqual([]);
      expect(it.channelsMade()).toBe(0);
    });
  });
});

describe('An option that cannot be read', () => {
  test.each([
    ['zone', 'xyzzy', 'Write a city such as Nairobi'],
    ['zone', '+02:00', 'Write a city such as Nairobi'],
    ['zone', 'europe', 'or 5'],
    ['language', 'klingon', 'Write one of these: “English”'],
    ['alert-hour', '24:00', 'Write it as 09:00'],
    ['alert-hour', '13 pm', 'Write it as 09:00'],
    ['alert-hour', '9:60', 'Write it as 09:00'],
    ['quiet-hours', '22', 'such as 22:00-07:00'],
    ['quiet-hours', '7-7', 'such as 22:00-07:00'],
    ['quiet-hours', '1-2-3', 'such as 22:00-07:00'],
    ['ladder', 'steep', 'Write one of these: “default”'],
    ['digest-day', 't', 'may be “Tuesday”, “Thursday”'],
    ['digest-day', 'someday', 'Write one such as Monday'],
    ['digest-hour', 'late', 'for digest-hour'],
    ['mention-role', '@everyone', 'Choose it from the list'],
    ['mention-role', 'coordinators', 'Choose it from the list'],
    ['mention-role', '<@&1><@&2>', 'Choose it from the list'],
    ['mention-role', HERE.installation, 'That role is everybody here'],
    ['manage-role', '1'.repeat(33), 'Choose it from the list'],
    ['discreet', 'maybe', 'neither on nor off'],
    ['clear', 'everything', 'mention-role, manage-role or mute'],
  ])('%s: %s says what to write', async (option, typed, says) => {
    expect(await withChat(PLAN, (it) => it.text('settings', { [option]: typed }, BY))).toContain(says);
  });

  test('leaves every other option unchanged too', async () => {
    await withChat(PLAN, async (it) => {
      await it.command('settings', { discreet: 'on' }, BY);
      const before = await channel(it);
      for (const bad of [{ clear: 'x' }, { 'manage-role': '@everyone' }, { 'digest-day': 'off', 'digest-hour': '9' }]) {
        expect(await it.text('settings', { zone: 'nairobi', discreet: 'off', 'mention-role': '5', ...bad }, BY)).toContain('cannot be answered');
      }

      expect(await channel(it)).toEqual(before);
    });
  });
});

describe('Options together', () => {
  test('are told as old and new, with what follows from them', async () => {
    await withChat(PLAN, async (it) => {
      const asked = { zone: 'nairobi', 'alert-hour': '7:30', 'digest-day': 'friday', 'mention-role': '123', discreet: 'on' };
      const text = await it.text('settings', asked, BY);

      expect(text).toContain('Time zone: Europe/Zurich (Geneva time) → Africa/Nairobi (East Africa Time)');
      expect(text).toContain('Reminders are counted anew');
      expect(text).toContain('The next digest comes on Friday, 3 July 2026, 06:30 Geneva time (07:30 East Africa Time)');
      expect(text).toContain('if everybody may mention the role');
      expect(await channel(it)).toMatchObject({ digest: { day: 5, hour: '07:30' }, mentionRole: '123', discreet: true });
      expect(it.channelsMade()).toBe(1);
    });
  });

  test('that contradict each other are not guessed at', async () => {
    await withChat(PLAN, async (it) => {
      expect(await it.text('settings', { 'mention-role': '1', clear: 'mention-role' }, BY)).toContain('Leave one of the two out');
      expect(await it.text('settings', { 'digest-day': 'off', 'digest-hour': '9' }, BY)).toContain('Leave digest-hour out');
      await it.command('settings', { 'digest-day': 'off' }, BY);
      expect(await it.text('settings', { 'digest-hour': '9' }, BY)).toContain('Write digest-day too');
    });
  });
});

describe('Settings', () => {
  test('can be made before anything is followed, and stay', async () => {
    await withChat(PLAN, async (it) => {
      await it.command('settings', { discreet: 'on', zone: 'tokyo' }, BY);
      await it.command('follow', { state: 'Kenya' }, BY);

      expect(await channel(it)).toMatchObject({ discreet: true, profile: { zone: 'Asia/Tokyo' }, target: HERE, lane: 'discord' });
      expect(messageOf(await it.command('test', {}, BY)).title).not.toContain('Kenya');
    });
  });

  test('that put a reminder behind make it due at once', async () => {
    await withChat({ ...PLAN, now: at('2026-07-10', '08:30') }, async (it) => {
      await it.command('follow', { state: 'Kenya' }, BY);
      await it.command('settings', { zone: 'Asia/Tokyo' }, BY);

      expect(await it.store.alerts.ready([ID], at('2026-07-10', '08:30'))).toMatchObject([{ type: 'lead', lead: '7d' }]);
    });
  });

  test('without quiet hours let what waited for their end be looked at', async () => {
    await withChat({ ...PLAN, now: at('2026-07-10', '23:30') }, async (it) => {
      const now = at('2026-07-10', '23:30');
      await it.command('settings', { 'quiet-hours': '23-7' }, BY);
      await it.command('follow', { state: 'Kenya' }, BY);
      await it.store.alerts.add([{ ...aNotice(now), notBefore: at('2026-07-11', '07:00') }], now);
      await it.command('settings', { 'quiet-hours': 'none' }, BY);

      expect(await it.store.alerts.ready([ID], now)).toHaveLength(1);
    });
  });

  test('of one channel leave every other alone', async () => {
    await withChat(PLAN, async (it) => {
      const there = { ...HERE, channel: '201' };
      await it.command('settings', { zone: 'tokyo' }, BY);

      expect(await it.text('settings', {}, { by: MANAGER, target: there })).toContain('Europe/Zurich');
    });
  });
});

describe('Who may manage', () => {
  const MEMBER = { ...SOMEBODY, ids: ['77', '456'] };

  test('is whoever has a role that the channel names, beside those whom the platform lets', async () => {
    await withChat(PLAN, async (it) => {
      expect(await it.text('settings', { discreet: 'on' }, { by: MEMBER })).toContain('Manage Channels');
      await it.command('settings', { 'manage-role': '<@&456>' }, BY);

      expect(await it.text('settings', { discreet: 'on' }, { by: MEMBER })).toMatch(/^Changed/);
      expect(await it.text('settings', { discreet: 'off' }, { by: SOMEBODY })).toContain('Manage Channels');
      expect(await it.text('mute', { until: '1 day', reason: 'x' }, { by: SOMEBODY })).toContain('Manage Channels');
      expect(await channel(it)).toMatchObject({ discreet: true, mute: null });
    });
  });

  test('ends when it is taken away, and whoever does that for themselves is told', async () => {
    await withChat(PLAN, async (it) => {
      await it.command('settings', { 'manage-role': '456' }, BY);
      await it.command('settings', { 'manage-role': '457' }, BY);

      expect(await it.text('settings', { clear: 'manage-role' }, { by: MEMBER })).toContain('You are not among those who may manage');
      expect(await channel(it)).toMatchObject({ managers: [] });
    });
  });

  test('is 25 roles at most', async () => {
    await withChat(PLAN, async (it) => {
      for (let role = 1; role <= 25; role += 1) await it.command('settings', { 'manage-role': String(role) }, BY);

      expect(await it.text('settings', { 'manage-role': '26' }, BY)).toContain('which is the most');
      expect(await it.text('settings', { 'manage-role': '25' }, BY)).toContain('Nothing was changed');
    });
  });
});

describe('Choices', () => {
  test.each([
    ['zone', 'nairobi', 'Africa/Nairobi'],
    ['zone', 'geneva', 'Europe/Zurich'],
    ['zone', 'genève', 'Europe/Zurich'],
    ['zone', 'sao p', 'America/Sao_Paulo'],
    ['zone', '', 'Europe/Zurich'],
    ['language', '', 'en'],
    ['alert-hour', '9', '09:00'],
    ['alert-hour', '9:15 pm', '21:15'],
    ['quiet-hours', '21-6', '21:00-06:00'],
    ['quiet-hours', 'no', 'none'],
    ['ladder', 'def', 'default'],
    ['digest-day', 'wed', '3'],
    ['discreet', '', 'on'],
    ['clear', 'mute', 'mute'],
  ])('%s: %s offers %s first', async (option, typed, value) => {
    const choices = await withChat(PLAN, (it) => it.complete('settings', option, typed, BY));

    expect(choices[0]?.value).toBe(value);
    expect(choices.length).toBeLessThanOrEqual(25);
  });

  test('of a zone are taken as they are, every one', () => {
    const zones = zonesIn([]).map(({ value }) => value);

    expect(zones.length).toBeGreaterThan(400);
    expect(zones.filter((zone) => zoneNamed(zone) !== zone || !isZone(zone))).toEqual([]);
  });

  test('begin with the zone of whoever asks and that of the channel', async () => {
    await withChat(PLAN, async (it) => {
      await it.command('settings', { zone: 'tokyo' }, BY);
      const choices = await it.complete('settings', 'zone', '', { by: { ...MANAGER, zone: 'America/Lima' } });

      expect(choices.slice(0, 3).map(({ value }) => value)).toEqual(['America/Lima', 'Asia/Tokyo', 'Europe/Zurich']);
    });
  });
});

test('Whatever is written for any option gets a kind answer', async () => {
  const options = COMMANDS.filter(({ name }) => name === 'settings' || name === 'mute').flatMap(({ name, options: own }) =>
    own.map((one) => [name, one.name] as const),
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.string({ unit: fc.constantFrom(...'0123456789 :-./apmhdwonx<@&!^|>'), maxLength: 24 }),
    fc.constantFrom('9999-12-31', '0000-01-01', '0001-01-01 00:00', '9999 weeks', '9999 months', '0 days', 'monday 24:00', 'etc/gmt+3', 'none', 'off'),
  );
  await withChat(PLAN, async (it) => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...options), text, text, async ([command, option], typed, other) => {
        const rest = command === 'mute' ? { until: '1 day', reason: other } : {};
        const message = messageOf(await it.command(command, { ...rest, [option]: typed }, BY));
        await it.complete(command, option, typed, BY);

        expect(message.fallbackText).not.toMatch(/reference [0-9a-f]{8}|undefined|NaN|\[object|Invalid/);
        expect(message.fallbackText.length).toBeLessThan(4_000);
      }),
      { numRuns: 300 },
    );
    expect(it.logged()).toBe('');
  });
});

function aNotice(now: number) {
  const nothingDated = { deadline: null, version: 0, whenKey: '', lead: '', revision: null, seq: null, body: null } as const;
  return { ...nothingDated, channel: ID, lane: 'discord', onceKey: 'a notice', type: 'silence', dueAt: now, grace: 1e12, notBefore: now } as const;
}
