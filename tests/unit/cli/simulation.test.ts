import { expect, test } from 'vitest';
import { simulate } from '../../../src/cli/simulation.ts';
import { EVERYTHING } from '../../../src/domain/alerts/subscription.ts';
import { dayWhen } from '../../../src/domain/calendar/when.ts';
import { GENEVA } from '../../../src/domain/time.ts';
import { laddersOf } from '../../support/a-bot.ts';
import { at, aVoice } from '../../support/a-voice.ts';
import { calendarOf } from '../../support/some-dates.ts';

test('A channel of any lane reads its alerts, and the time that is lived through ends', async () => {
  const channel = {
    ...{ id: 'team', installation: 'T1', platform: 'slack', lane: 'discord:elsewhere', target: { installation: 'T1', channel: 'C1' } },
    ...{ timing: { zone: GENEVA, hour: '09:00', ladder: 'default' }, quiet: null, locale: 'en', discreet: false, mentionRole: null, digest: null },
    ...{ mute: null, managers: [], teamRole: null, keepDays: 180 },
  };
  const facts = calendarOf([{ state: 'KEN', kind: 'stakeholder_submission', when: dayWhen('2026-07-17', GENEVA) }]);
  const ladders = laddersOf({ default: { stakeholder_submission: ['7d!', '1d!'] } });

  const { messages } = await simulate({
    ...{ facts, ladders, channel, selector: EVERYTHING, words: aVoice().words },
    ...{ from: at('2026-07-01'), to: at('2026-07-20') },
  });

  expect(messages.map(({ at: said }) => said)).toEqual([at('2026-07-10'), at('2026-07-16')]);
});
