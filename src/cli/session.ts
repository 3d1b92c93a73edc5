import type { Command } from 'commander';
import { sessionAnswer } from '../commands/session.ts';
import { toIso } from '../domain/time.ts';
import { asKnown } from '../message/as-known.ts';
import { formatSession } from '../message/format-session.ts';
import type { Io } from './io.ts';
import { type LookUpOptions, lookUp, print } from './look-up.ts';
import { asOfOption, atOption, jsonOption, readNumber } from './options.ts';
import { dueText, groupToJson, reviewToJson, sourcesJson } from './to-json.ts';

/** `upr-watch session <number>`: one Working Group session with its States and dates. */
export function sessionCommand(program: Command, io: Io): void {
  program
    .command('session')
    .description('a Working Group session: its days, States and dates')
    .argument('<number>', 'number of the session', readNumber)
    .addOption(atOption())
    .addOption(asOfOption())
    .addOption(jsonOption())
    .action(async (number: number, _local: unknown, command: Command) => {
      const options = command.optsWithGlobals<LookUpOptions>();
      const { facts, picture, now, asOf, voice } = await lookUp(io, options);
      const answer = sessionAnswer(facts, picture, number);
      const { session, reviews, groups } = answer;
      const reports = new Map(
        [...picture.deadlines.values()].filter(({ kind }) => kind === 'national_report').map((deadline) => [`${deadline.session}-${deadline.state}`, deadline]),
      );
      print(io, options, {
        message: () => asKnown(formatSession(answer, voice), asOf, voice),
        json: () => ({
          at: toIso(now),
          asOf,
          session: session.number,
          cycle: session.cycle,
          due: dueText(session.dates.when),
          until: session.dates.until,
          certainty: session.dates.certainty,
          source: sourcesJson(session.dates.source, facts),
          reviews: reviews.map((review) => reviewToJson(review, reports.get(review.id) ?? null, facts)),
          deadlines: groups.map((group) => groupToJson(group, { facts, words: voice.words, now })),
        }),
      });
    });
}
