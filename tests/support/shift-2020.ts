/** The spring of 2020, lived through by a bot with four channels: see `tests/fixtures/shift-2020.yaml`. */
import { asOf } from '../../src/domain/calendar/as-of.ts';
import { addDays, type Day } from '../../src/domain/time.ts';
import { type BotPlan, type Edited, type Said, withBot } from './a-bot.ts';
import { caseFacts } from './a-case.ts';
import { at } from './a-voice.ts';
import { shippedFacts } from './shipped.ts';

/** The day of the decision, and the first and the last day lived through. */
export const DECIDED = '2020-03-20';
const [FROM, TO] = ['2020-03-01', '2021-02-10'];

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

/** What each channel read, and which of its messages were edited. */
export async function liveThroughShift(): Promise<Lived> {
  const facts = caseFacts('shift-2020', await shippedFacts());
  return withBot({ at: at(FROM, '08:00'), facts: asOf(facts, FROM), ladders: LADDERS, channels: CHANNELS }, async (bot) => {
    for (const day of daysFrom(FROM, TO)) {
      await bot.tickAt(at(day));
      if (day !== DECIDED) continue;
      bot.clock.pass(at(day, '12:00') - bot.clock.now());
      await bot.reviseTo(asOf(facts, DECIDED));
      await bot.tickAt(at(day, '12:00'));
    }
    return { said: [...bot.said()], edited: [...bot.edited()] };
  });
}

function daysFrom(first: Day, last: Day): readonly Day[] {
  const days: Day[] = [];
  for (let day = first; day <= last; day = addDays(day, 1)) days.push(day);
  return days;
}
