/** The spring of 2020, lived through by a bot with four channels: see `tests/fixtures/shift-2020.yaml`. */
import { asOf } from '../../src/domain/calendar/as-of.ts';
import type { Day } from '../../src/domain/time.ts';
import { type BotPlan, type Edited, type Said, withBot } from './a-bot.ts';
import { caseFacts } from './a-case.ts';
import { at } from './a-voice.ts';
import { shippedFacts } from './shipped.ts';

/** The day of the decision, and the first day lived through. */
export const DECIDED = '2020-03-20';
const FROM = '2020-03-01';

/** Mornings on which something was due by the old dates, is due by the new ones, or has just passed. */
const MORNINGS: readonly Day[] = [
  ...['2020-03-11', '2020-03-12', '2020-03-17', '2020-03-18', DECIDED, '2020-03-28', '2020-03-30', '2020-04-01', '2020-04-20', '2020-05-04'],
  ...['2020-05-10', '2020-05-12', '2020-06-09', '2020-07-02', '2020-07-10', '2020-09-03', '2020-09-10', '2020-10-19', '2020-10-27'],
  ...['2020-11-02', '2020-11-08', '2020-11-10', '2020-11-12', '2021-01-11', '2021-02-01'],
];

const LADDERS: BotPlan['ladders'] = {
  default: {
    ...{ presession: ['14d!', '3d!', '1d!'], presession_statement: ['5d!'], advance_questions: ['5wd!'] },
    ...{ review: ['60d!', '7d!', '1d!'], stakeholder_submission: ['30d!', '7d!'] },
  },
};
const CHANNELS: BotPlan['channels'] = [
  { id: 'all' },
  { id: 'washington', follows: [{ states: ['USA'] }] },
  { id: 'kathmandu', follows: [{ states: ['NPL'] }] },
  { id: 'both', follows: [{ states: ['USA', 'NPL'] }] },
];

export interface Lived {
  readonly said: readonly Said[];
  readonly edited: readonly Edited[];
}

let lived: Promise<Lived> | undefined;

/** What each channel read, and which of its messages were edited; lived through once. */
export function liveThroughShift(): Promise<Lived> {
  lived ??= live();
  return lived;
}

async function live(): Promise<Lived> {
  const facts = caseFacts('shift-2020', await shippedFacts());
  return withBot({ at: at(FROM, '08:00'), facts: asOf(facts, FROM), ladders: LADDERS, channels: CHANNELS }, async (bot) => {
    for (const day of MORNINGS) {
      await bot.tickAt(at(day));
      if (day !== DECIDED) continue;
      bot.clock.pass(at(day, '12:00') - bot.clock.now());
      await bot.reviseTo(asOf(facts, DECIDED));
      await bot.tickAt(at(day, '12:00'));
    }
    return { said: [...bot.said()], edited: [...bot.edited()] };
  });
}
