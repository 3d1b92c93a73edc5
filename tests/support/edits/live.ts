/** A script lived through by a bot: the real doors of the calendar, the real planner and lanes on one SQLite file, and what its channels were told. */
import type { Deadline } from '../../../src/domain/calendar/deadline.ts';
import type { Change } from '../../../src/domain/calendar/diff.ts';
import { type Bot, type Said, withBot } from '../a-bot.ts';
import { raisedIn, raisedInMessage } from './certainty.ts';
import { LADDER_PLAN, LISTENERS, planOf } from './channels.ts';
import type { Doors } from './doors.ts';
import { factsOf } from './files.ts';
import type { Line } from './judge.ts';
import type { Step } from './script.ts';
import { FIRST } from './sheet.ts';

export interface Lived {
  readonly lines: readonly Line[];
  /** Dates that were surer than what they were computed from or than their file, in a picture or in a message. */
  readonly raised: readonly string[];
}

export async function live(steps: readonly Step[], doors: Doors): Promise<Lived> {
  const channels = LISTENERS.filter(({ later }) => !later).map(({ id }) => planOf(id));
  const plan = { at: steps[0]?.at ?? 0, facts: factsOf(FIRST), ladders: LADDER_PLAN, channels, takeUp: doors.takeUp };
  try {
    return await withBot(plan, async (bot) => {
      const raised: string[] = [];
      let [sheet, heard] = [FIRST, 0];
      for (const step of steps) {
        if (step.does === 'tick') {
          await bot.tickAt(step.at);
          raised.push(
            ...bot
              .said()
              .slice(heard)
              .flatMap((said) => raisedInMessage(deadlinesOf(said), sheet, step.at)),
          );
          heard = bot.said().length;
          continue;
        }
        bot.clock.pass(step.at - bot.clock.now());
        if (step.does === 'edit') {
          ({ sheet } = step.edited);
          await doors.make(bot.store(), step.edited, step.at);
        } else if (step.does === 'broken file') await doors.breakFile(bot.store(), step.which, step.at);
        else {
          if (step.does === 'older image') doors.older(step.which);
          if (step.does === 'follow') channels.push(planOf(step.channel));
          await bot.restart({ channels });
        }
        raised.push(...raisedIn(await picture(bot), sheet, step.at));
      }
      return { lines: bot.said().flatMap(linesOf), raised };
    });
  } finally {
    doors.clear();
  }
}

async function picture(bot: Bot): Promise<readonly Deadline[]> {
  return [...((await bot.store().calendar.picture())?.picture.deadlines.values() ?? [])];
}

function deadlinesOf({ content, changes }: Said): readonly Deadline[] {
  const items = content.type === 'leads' ? content.items : content.type === 'catch-up' ? [...content.ahead, ...content.passed] : [];
  return [...items.map(({ deadline }) => deadline), ...changes.flatMap((change) => (change.about === 'date' && change.after !== null ? [change.after] : []))];
}

const HOW = { leads: 'on time', 'catch-up': 'in a catch-up', changes: 'in a correction' } as const;

/** Lines of a month without news are another promise. */
function linesOf({ at, channel, type, leads, changes }: Said): readonly Line[] {
  if (type === 'silence') return [];
  const how = type in HOW ? HOW[type as keyof typeof HOW] : type;
  const told = changes.map((change) => ({ at, channel, ...changeText(change) }));
  const other = leads.length + changes.length === 0 ? [{ at, channel, about: '', what: `a message of type ${type}` }] : [];
  return [...told, ...leads.map(({ deadline, lead }) => ({ at, channel, about: deadline, what: `${lead} ${how}` })), ...other];
}

function changeText(change: Change): Pick<Line, 'about' | 'what'> {
  if (change.about === 'review') return { about: change.review.id, what: change.event.what };
  const about = (change.after ?? change.before)?.id ?? '';
  return { about, what: `${change.what} ${placeText(change.before)} → ${placeText(change.after)}` };
}

function placeText(deadline: Deadline | null): string {
  const { kind, when } = deadline ?? { kind: '', when: null };
  if (when === null) return '-';
  if (when.precision === 'day' || when.precision === 'minute') return `${when.from}${when.time === null ? '' : ` ${when.time}`}`;
  return kind === 'review' ? `${when.from}..${when.to}` : '-';
}
