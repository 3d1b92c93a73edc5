import { readLead, TODAY } from '../domain/alerts/ladder.ts';
import { isWished, wishesOf } from '../domain/alerts/wish.ts';
import { alerts, type Deadline } from '../domain/calendar/deadline.ts';
import { reviewId } from '../domain/calendar/review.ts';
import { passesAt, sortsAt } from '../domain/calendar/when.ts';
import { formatSample } from '../message/format-sample.ts';
import { type Ask, type Run, voiceAloud } from './asked.ts';
import { followsOf } from './following.ts';
import { UserError } from './user-error.ts';

/** Shows the channel how an alert looks there: the next date that it follows, else the next of all. Nobody is mentioned. */
export const runTest: Run = async (ask) => {
  const deadline = await sampleFor(ask);
  if (deadline === null) throw new UserError(ask.words('test.none'));
  const review = deadline.session === null || deadline.state === null ? null : (ask.picture.reviews.get(reviewId(deadline.session, deadline.state)) ?? null);
  const message = formatSample({ deadline, review, lead: readLead('7d!') ?? TODAY }, voiceAloud(ask));
  return { message, audience: 'channel', again: null };
};

async function sampleFor(ask: Ask): Promise<Deadline | null> {
  const wishes = wishesOf(
    (await followsOf(ask)).map(({ selector }) => selector),
    ask.facts.states,
  );
  const ahead = [...ask.picture.deadlines.values()]
    .filter((deadline) => alerts(deadline) && (passesAt(deadline.when) ?? 0) > ask.now)
    .sort((a, b) => sortsAt(a.when) - sortsAt(b.when));
  return ahead.find((deadline) => isWished(wishes, deadline)) ?? ahead[0] ?? null;
}
