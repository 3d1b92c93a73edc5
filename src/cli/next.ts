import type { Command } from 'commander';
import { type NextQuery, nextAnswer } from '../commands/next.ts';
import { stateNamed } from '../commands/state.ts';
import { EVERYTHING, selectedStates } from '../domain/alerts/subscription.ts';
import type { CalendarFacts, Region } from '../domain/calendar/facts.ts';
import type { DeadlineKind } from '../domain/calendar/kinds.ts';
import { toIso } from '../domain/time.ts';
import { asKnown } from '../message/as-known.ts';
import { formatNext } from '../message/format-next.ts';
import type { Io } from './io.ts';
import { type LookUpOptions, lookUp, print } from './look-up.ts';
import { asOfOption, atOption, jsonOption, kindOption, readNumber, regionOption, sessionOption, stateOption } from './options.ts';
import { groupToJson } from './to-json.ts';

interface NextOptions extends LookUpOptions {
  readonly state?: readonly string[];
  readonly region?: readonly Region[];
  readonly session?: readonly number[];
  readonly kind?: readonly DeadlineKind[];
  readonly limit: number;
}

/** `upr-watch next`: what comes next, and what nobody has published yet. */
export function nextCommand(program: Command, io: Io): void {
  program
    .command('next')
    .description('what comes next, and what is not published yet')
    .addOption(stateOption())
    .addOption(regionOption())
    .addOption(sessionOption())
    .addOption(kindOption())
    .option('--limit <number>', 'how many lines', readNumber, 10)
    .addOption(atOption())
    .addOption(asOfOption())
    .addOption(jsonOption())
    .action(async (_local: unknown, command: Command) => {
      const options = command.optsWithGlobals<NextOptions>();
      const { facts, picture, now, asOf, voice } = await lookUp(io, options);
      const answer = nextAnswer(picture, queryOf(options, facts), now);
      const json = { facts, words: voice.words, now };
      print(io, options, {
        message: () => asKnown(formatNext(answer, voice), asOf, voice),
        json: () => ({
          at: toIso(now),
          asOf,
          upcoming: answer.upcoming.map((group) => groupToJson(group, json)),
          more: answer.more,
          unknown: answer.unknown.map((group) => groupToJson(group, json)),
        }),
      });
    });
}

function queryOf(options: NextOptions, facts: CalendarFacts): NextQuery {
  const states = options.state?.map((typed) => stateNamed(typed, facts).code) ?? null;
  const selected = selectedStates({ ...EVERYTHING, states, regions: options.region ?? null }, facts.states);
  return { states: selected, sessions: options.session ?? null, kinds: options.kind ?? null, limit: options.limit };
}
