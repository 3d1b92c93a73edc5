import type { Deadline } from '../domain/calendar/deadline.ts';
import type { Review } from '../domain/calendar/review.ts';
import { hasDay, isOverAt } from '../domain/calendar/when.ts';
import type { Instant } from '../domain/time.ts';
import { message } from './build.ts';
import type { DeadlineGroup, StateAnswer, Voice } from './content.ts';
import { dateLine, passedLine } from './date-line.ts';

import { groupDeadlines } from './group.ts';
import { bold, plainText, section } from './inline.ts';
import type { Line, Message } from './message.ts';
import { stateInSentence, stateName } from './names.ts';
import { dated, flagLine } from './review-lines.ts';
import { sourceFooter, sourceLinks } from './sources.ts';
import { unknownLines } from './unknown-lines.ts';

/** Where a State's reviews stand: the stage, what is so beside it, dates ahead and passed, and what is not published. */
export function formatState(answer: StateAnswer, voice: Voice): Message {
  const { words, reader } = voice;
  const { state, reviews } = answer;
  const name = stateName(state, voice);
  const body = reviews.flatMap(({ review, deadlines }) => [...reviewLines(review, deadlines, voice), ...deadlineLines(deadlines, voice)]);
  const opening: Line[] = reader.discreet ? [[bold(name)]] : [];
  if (reviews.length === 0) opening.push(plainText(words('state.none', { State: stateInSentence(state, voice).State })));
  const passed = reviews.flatMap(({ deadlines }) => deadlines).filter((deadline) => deadline.when.from !== null && !isAhead(deadline, reader.now));
  return message({
    tone: 'info',
    title: reader.discreet ? words('state.discreet') : words('state.title', { state: name }),
    body: [...opening, ...body],
    footer: passed.length === 0 ? [] : sourceFooter(passed, voice),
  });
}

/** Session and cycle as a heading, the stage, where the review came from or went, and what is so beside it. */
export function reviewLines(review: Review, deadlines: readonly Deadline[], voice: Voice): readonly Line[] {
  const { words } = voice;
  const { session, cycle, movedFrom, movedTo } = review;
  const day = deadlines.find((deadline) => deadline.kind === 'review');
  const noDay = movedFrom !== null && (day === undefined || !hasDay(day.when));
  const lines: Line[] = [[bold(words(noDay ? 'state.session-no-day' : 'state.session', { session, cycle }))]];
  lines.push(stageLine(review, voice));
  if (movedFrom !== null) lines.push(plainText(words('state.moved-from', { session: movedFrom })));
  if (movedTo !== null) lines.push(plainText(words('state.moved-to', { session: movedTo })));
  return [...lines, ...review.flags.map((flag) => flagLine(flag, review, voice))];
}

/** By the word of the event that led to it; where the calendar alone says it, by that of the session. */
function stageLine({ stage, by, session }: Review, voice: Voice): Line {
  const ids = by?.source ?? voice.reader.facts.sessions.get(session)?.dates.source ?? [];
  return voice.words.line('state.stage', {
    stage: sentenceCase(voice.words(`stage.${stage}`)),
    ...dated(by?.on ?? null, voice),
    sourced: ids.length === 0 ? 'no' : 'yes',
    source: sourceLinks(ids, voice),
  });
}

function deadlineLines(deadlines: readonly Deadline[], voice: Voice): readonly Line[] {
  const { words, reader } = voice;
  const { ahead, passed, fallen, unknown } = sortedDates(deadlines, reader.now);
  return [
    ...section(words('state.ahead'), ahead.length === 0 ? [plainText(words('state.none-ahead'))] : ahead.map((group) => dateLine(group, 'implied', voice))),
    ...section(
      words('state.not-standing'),
      fallen.map((group) => passedLine(group, 'implied', voice)),
    ),
    ...section(
      words('state.passed'),
      passed.map((group) => passedLine(group, 'implied', voice)),
    ),
    ...section(words('unknown.heading'), unknownLines(unknown, 'implied', voice)),
  ];
}

/** Dates of a review by what they are now. */
export interface SortedDates {
  readonly ahead: readonly DeadlineGroup[];
  readonly passed: readonly DeadlineGroup[];
  /** What does not stand. */
  readonly fallen: readonly DeadlineGroup[];
  /** What nobody published. */
  readonly unknown: readonly DeadlineGroup[];
}

export function sortedDates(deadlines: readonly Deadline[], now: Instant): SortedDates {
  const known = deadlines.filter((deadline) => deadline.when.from !== null);
  const stands = (deadline: Deadline) => deadline.standing === 'standing';
  return {
    ahead: groupDeadlines(known.filter((deadline) => isAhead(deadline, now) && stands(deadline))),
    passed: groupDeadlines(known.filter((deadline) => !isAhead(deadline, now) && stands(deadline))),
    fallen: groupDeadlines(known.filter((deadline) => !stands(deadline))),
    unknown: groupDeadlines(deadlines.filter((deadline) => deadline.when.from === null && stands(deadline))),
  };
}

function isAhead(deadline: Deadline, now: Instant): boolean {
  return (isOverAt(deadline) ?? 0) > now;
}

function sentenceCase(value: string): string {
  return value.charAt(0).toUpperCase() + value.slice(1);
}
