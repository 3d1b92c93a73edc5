import type { Command } from 'commander';
import { stateAnswer, stateNamed } from '../commands/state.ts';
import { english } from '../domain/calendar/state.ts';
import { hasDay, passesAt } from '../domain/calendar/when.ts';
import { toIso } from '../domain/time.ts';
import { asKnown } from '../message/as-known.ts';
import type { StateAnswer } from '../message/content.ts';
import { formatState } from '../message/format-state.ts';
import type { Io } from './io.ts';
import { type LookUp, type LookUpOptions, lookUp, print } from './look-up.ts';
import { asOfOption, atOption, jsonOption } from './options.ts';
import { daysLeft, deadlineToJson, dueText, reviewToJson } from './to-json.ts';

/** `upr-watch state <name>`: where one State's reviews stand. */
export function stateCommand(program: Command, io: Io): void {
  program
    .command('state')
    .description("where a State's review stands, with its dates and sources")
    .argument('<name>', 'a name in a UN language, an alias or a code')
    .addOption(atOption())
    .addOption(asOfOption())
    .addOption(jsonOption())
    .action(async (name: string, _local: unknown, command: Command) => {
      const options = command.optsWithGlobals<LookUpOptions>();
      const found = await lookUp(io, options);
      const state = stateNamed(name, found.facts);
      const answer = stateAnswer(found.picture, state.code);
      print(io, options, {
        message: () => asKnown(formatState(answer, found.voice), found.asOf, found.voice),
        json: () => ({ at: toIso(found.now), asOf: found.asOf, state: { code: state.code, name: english(state) }, ...answerToJson(answer, found) }),
      });
    });
}

function answerToJson(answer: StateAnswer, { facts, voice, now }: LookUp) {
  const json = { facts, words: voice.words, now };
  const reviews = answer.reviews.map(({ review, deadlines }) => ({
    review: reviewToJson(review, deadlines.find(({ kind }) => kind === 'national_report') ?? null, facts),
    deadlines: deadlines.map((deadline) => deadlineToJson(deadline, json)),
  }));
  return { current: reviews[0]?.review ?? null, next: nextReview(answer, now), reviews };
}

/** The review that is ahead. With no day set it has no countdown, however near its month may be. */
function nextReview({ reviews }: StateAnswer, now: number) {
  const ahead = reviews
    .flatMap(({ deadlines }) => deadlines.filter(({ kind }) => kind === 'review'))
    .find(({ when, standing }) => standing === 'standing' && (passesAt(when) ?? 0) > now);
  if (ahead === undefined || ahead.session === null) return null;
  return { session: ahead.session, due: dueText(ahead.when), daysLeft: hasDay(ahead.when) ? daysLeft(ahead, now) : null };
}
