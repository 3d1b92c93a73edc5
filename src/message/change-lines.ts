/** One change, or the same change of many States, in sentences. */

import type { Deadline } from '../domain/calendar/deadline.ts';
import { type Change, type DateChange, type DateChangeKind, eventKey } from '../domain/calendar/diff.ts';
import { isOverAt } from '../domain/calendar/when.ts';
import { certaintyText } from './certainty.ts';
import type { Voice } from './content.ts';
import { claimLines } from './date-line.ts';
import { briefDate, officialDate, timeLeft } from './dates.ts';
import { deadlineKey } from './group.ts';
import { joinLines, listItem, plainText } from './inline.ts';
import type { Line } from './message.ts';
import { stateList, statesOf, whoOf } from './names.ts';
import { plainLine } from './plain.ts';
import { eventLines, eventTitle, takenBackLine } from './review-lines.ts';
import { sourceLinks } from './sources.ts';

/** Changes that are said in the same words; never empty. */
export type ChangeGroup = readonly [Change, ...Change[]];

/** Changes with the same key become one line with a list of States. Events stay one a State: each has its own source. */
export function changeKey(change: Change): string {
  if (change.about === 'review') return `${change.review.id}|${change.what}|${eventKey(change.event)}`;
  return [change.what, ...[change.before, change.after].map((deadline) => (deadline === null ? '' : deadlineKey(deadline)))].join('||');
}

/** The deadline a change of a date is told from: as it is now, else as it was. */
export function deadlineOf(change: DateChange): Deadline {
  const deadline = change.after ?? change.before;
  if (deadline === null) throw new Error('A change of a date has neither an old nor a new value');
  return deadline;
}

/** What a title says of a change, after the name it is about. */
export function changePhrase(change: Change, voice: Voice): string {
  if (change.about === 'review') {
    const event = eventTitle(change.event, change.review, voice);
    return change.what === 'taken-back' ? voice.words('change-title.taken-back', { event }) : event;
  }
  const { kind, standing, when } = deadlineOf(change);
  const { words } = voice;
  return words(`change-title.${wordOf(change)}`, {
    kind: words(`kind.${kind}`),
    date: plainLine(briefDate(when, words)),
    standing: words(`standing.${standing}`),
  });
}

/** A date that lost its day may still be known to a month or a stretch of days; then it is not gone. */
function wordOf({ what, after }: DateChange): DateChangeKind | 'day-open' {
  return what === 'withdrawn' && after !== null && after.when.from !== null ? 'day-open' : what;
}

export function changeLines(group: ChangeGroup, voice: Voice): readonly Line[] {
  const [first] = group;
  if (first.about === 'review') return first.what === 'taken-back' ? [takenBackLine(first, voice)] : eventLines(first.event, first.review, voice);
  const deadlines = group.flatMap((change) => (change.about === 'date' ? deadlineOf(change) : []));
  const states = statesOf(deadlines);
  const lines = [dateSentence(first, deadlines, voice), dateDetails(first, voice)];
  if (states.length > 1)
    lines.push(plainText(voice.words('title.of', { who: voice.words('field.states'), what: stateList(states, voice, Number.POSITIVE_INFINITY) })));
  return lines;
}

/** Who and what, then from when to when. */
function dateSentence(change: DateChange, deadlines: readonly Deadline[], voice: Voice): Line {
  const { words } = voice;
  const { before, after } = change;
  const deadline = deadlineOf(change);
  const dateOf = (side: Deadline | null) => (side === null ? words.line('date.unknown') : officialDate(side, voice));
  const certaintyOf = (side: Deadline | null) => (side === null ? words('certainty.unknown') : certaintyText(side, voice));
  return words.line(`change.${wordOf(change)}`, {
    subject: words('title.of', { who: whoOf(deadlines, voice), what: words(`kind.${deadline.kind}`) }),
    before: before === null ? words.line('date.unknown') : firstOf(before, voice),
    after: dateOf(after),
    certaintyBefore: certaintyOf(before),
    certaintyAfter: certaintyOf(after),
    standing: words(`standing.${deadline.standing}`),
    source: sourceLinks(deadline.source, voice),
    others: joinLines(claimLines(deadline, 'value', voice), words('list.comma')),
  });
}

/** The old date without its remarks: the day and hour alone. */
function firstOf(before: Deadline, voice: Voice): Line {
  return before.when.time === null ? briefDate(before.when, voice.words) : officialDate({ when: before.when }, voice);
}

/** How sure the date is, how long is left (or that it passed), and by whose word. */
function dateDetails(change: DateChange, voice: Voice): Line {
  const { words, reader } = voice;
  const deadline = deadlineOf(change);
  const over = isOverAt(deadline);
  const left = timeLeft(deadline, reader.now, words) ?? (over !== null && over <= reader.now ? words('left.passed') : null);
  const current = change.after !== null && wordOf(change) !== 'withdrawn';
  const parts: Line[] = current
    ? [plainText(words('detail.certainty', { certainty: certaintyText(deadline, voice) })), left === null ? [] : plainText(left)]
    : [];
  return listItem(joinLines([...parts, sourceLinks(deadline.source, voice)], words('separator')), words);
}
