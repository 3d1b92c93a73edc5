import { expect, test } from 'vitest';
import { EVERYTHING } from '../../../src/domain/alerts/subscription.ts';
import { dayWhen } from '../../../src/domain/calendar/when.ts';
import { GENEVA } from '../../../src/domain/time.ts';
import { withBot } from '../../support/a-bot.ts';
import { at } from '../../support/a-voice.ts';
import { calendarOf } from '../../support/some-dates.ts';

test('A channel that another process adds, with an alert hour that no channel had, hears its leads at that hour', async () => {
  const plan = {
    at: at('2026-07-09', '12:00'),
    facts: calendarOf([{ state: 'KEN', kind: 'stakeholder_submission', when: dayWhen('2026-07-17', GENEVA) }]),
    ladders: { default: { stakeholder_submission: ['7d!'] } },
    channels: [{ id: 'geneva' }],
  } as const;
  await withBot(plan, async (bot) => {
    const { subscriptions } = bot.store();
    const [known] = await subscriptions.channelsBy(['geneva']);
    if (known === undefined) throw new Error('the bot has its channel');
    const { profile, ...channel } = known;
    await subscriptions.putChannel({ ...channel, id: 'lima', target: { ...known.target, channel: 'lima' }, timing: { ...profile, hour: '11:30' } });
    await subscriptions.put(
      { id: 'lima-0', channel: 'lima', owner: 'chat', selector: EVERYTHING, activeFrom: bot.clock.now(), status: 'active', reason: null },
      null,
    );

    await bot.tickAt(at('2026-07-10', '11:29'));
    await bot.tickAt(at('2026-07-10', '11:30'));

    expect(bot.said().map((said) => [said.channel, said.at])).toEqual([
      ['geneva', at('2026-07-10', '11:29')],
      ['lima', at('2026-07-10', '11:30')],
    ]);
  });
});
