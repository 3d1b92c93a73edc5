import type { StateCode } from '../domain/calendar/facts.ts';
import { leftSession, type Review } from '../domain/calendar/review.ts';
import { hasDay, isOverAt } from '../domain/calendar/when.ts';
import { message } from './build.ts';
import type { SessionAnswer, Voice } from './content.ts';
import { dateLine } from './date-line.ts';
import { briefDate, officialDate } from './dates.ts';
import { joinLines, plainText, section } from './inline.ts';
import type { Field, Line, Message } from './message.ts';
import { stateName } from './names.ts';
import { checkedLine, sourcesWithClass } from './sources.ts';
import { unknownLines } from './unknown-lines.ts';

/** A session: its dates, the States under review with their day and stage, the dates ahead and what is not published. */
export function formatSession(answer: SessionAnswer, voice: Voice): Message {
  const { words, reader } = voice;
  const { session, reviews, groups } = answer;
  const others = groups.filter(({ sample }) => sample.kind !== 'review' && sample.when.from !== null);
  const ahead = others.filter(({ sample }) => (isOverAt(sample) ?? 0) > reader.now);
  const unknown = groups.filter(({ sample }) => sample.kind !== 'review' && sample.when.from === null && sample.standing === 'standing');
  const passed = others.length - ahead.length;
  const body: Line[] = ahead.map((group) => dateLine(group, 'named', voice));
  if (passed > 0) body.push(plainText(words('session.passed', { count: passed })));
  if (reviews.length === 0) body.push(plainText(words('session.no-states')));
  const columns = ['state', 'day', 'stage'].map((column) => words(`session.column.${column}`));
  return message({
    tone: 'info',
    title: words('session.title', { session: session.number, cycle: session.cycle }),
    body: [...body, ...section(words('unknown.heading'), unknownLines(unknown, 'named', voice))],
    fields: sessionFields(answer, voice),
    table: { columns, rows: reviews.map((review) => reviewRow(review, answer, voice)) },
  });
}

/** Its days, how sure, by whose word; and the Council session that adopts its outcomes. */
export function sessionFields({ session }: SessionAnswer, voice: Voice): readonly Field[] {
  const { words } = voice;
  const { dates, council } = session;
  const value = joinLines(
    [officialDate(dates, voice), plainText(words(`certainty.${dates.certainty}`)), sourcesWithClass(dates.source, voice), checkedLine(dates, voice)],
    words('separator'),
  );
  const fields: Field[] = [{ name: words('session.dates'), value }];
  if (council !== null) {
    const values = { council: council.session, certainty: words(`certainty.${council.certainty}`) };
    fields.push({ name: words('session.council'), value: plainText(words('session.council-value', values)) });
  }
  return fields;
}

/** A State under review, its day and its stage. */
export function reviewRow(review: Review, answer: SessionAnswer, voice: Voice): readonly Line[] {
  const { words } = voice;
  const flags = review.flags.map((flag) => words(`flag.${flag.name}`));
  const stage = [words(`stage.${review.stage}`), ...flags].join(', ');
  return [plainText(stateName(review.state, voice)), reviewDay(review, answer, voice), plainText(stage)];
}

function reviewDay(review: Review, { groups }: SessionAnswer, { words }: Voice): Line {
  const ofState = (state: StateCode | null) => state === review.state;
  const deadline = groups.flatMap((group) => group.deadlines).find(({ kind, state }) => kind === 'review' && ofState(state));
  if (deadline === undefined || !hasDay(deadline.when) || leftSession(review)) return plainText(words('session.no-day'));
  return briefDate(deadline.when, words);
}
