/** Reviews off the ordinary path: what happened, by whose word, where they stand, what stays open. Nobody is judged. */
import { type Happening, isOpen, isReviewed, type OffPathReview } from '../domain/calendar/participation.ts';
import { leftSession } from '../domain/calendar/review.ts';
import { hasDay } from '../domain/calendar/when.ts';
import { avenueLine } from './avenue-lines.ts';
import { message } from './build.ts';
import { certaintyText } from './certainty.ts';
import type { ParticipationAnswer, Voice } from './content.ts';
import { briefDate, dayInline, officialDate } from './dates.ts';
import { bucket } from './group.ts';
import { bold, joinLines, listItem, plainText } from './inline.ts';
import type { Line, Message } from './message.ts';
import { stateInSentence, stateName } from './names.ts';
import { documentsLine, submissionLine } from './open-lines.ts';
import { eventTitle } from './review-lines.ts';
import { checkedLine, sourcesWithClass } from './sources.ts';

export function formatParticipation({ cycle, state, reviews, dates }: ParticipationAnswer, voice: Voice): Message {
  const { words, reader } = voice;
  const about = state === null || reader.discreet ? null : stateName(state, voice);
  const opening =
    reviews.length > 0
      ? words('participation.opening', { count: reviews.length, one: state === null ? 'no' : 'yes' })
      : state === null
        ? words('participation.none', { cycle })
        : words('participation.none-of', { cycle, ...stateInSentence(state, voice) });
  return message({
    tone: 'info',
    title: about === null ? words('participation.title', { cycle }) : words('participation.title-of', { state: about, cycle }),
    body: [plainText(opening), ...reviews.flatMap((entry) => [[bold(stateName(entry.state, voice))], ...offPathLines(entry, dates, voice)])],
    footer: plainText(words('participation.footer')),
  });
}

/** Of one State: what happened, where the review stands, what stays open and where else to turn. @param dates ahead of other bodies */
export function offPathLines(entry: OffPathReview, dates: ParticipationAnswer['dates'], voice: Voice): readonly Line[] {
  // What one source tells of one day is one line.
  const happenings = bucket(entry.happenings, ({ since, source, certainty }) => `${since}|${source.join()}|${certainty}`);
  const open = isOpen(entry) ? openLine(entry, voice) : plainText(voice.words('participation.settled'));
  const elsewhere = isOpen(entry) ? avenueLine(entry.state, dates, voice) : [];
  return [...happenings.flatMap((same) => happeningLines(same, voice)), whereLine(entry, voice), open, elsewhere];
}

/** `28 August 2025 · non-participation in its review announced · ohchr.org (official)`, and the condition of a decision. */
function happeningLines(same: readonly [Happening, ...Happening[]], voice: Voice): readonly Line[] {
  const { words } = voice;
  const [{ since, source, certainty }] = same;
  const day: Line = since === null ? plainText(words('participation.undated')) : [dayInline(since, 'short', words)];
  const sources = sourcesWithClass(source, voice);
  if (certainty === null) return [listItem(words.line('participation.report-not-seen', { day, sources }), words)];
  const titles = same.flatMap(({ event, review }) => (event === null ? [] : eventTitle(event, review, voice)));
  const parts = [
    day,
    plainText(titles.join(words('list.comma'))),
    sources,
    plainText(certainty === 'estimated' ? words('participation.inferred') : words(`certainty.${certainty}`)),
  ];
  const conditions = same.flatMap(({ event }) => event?.condition ?? []);
  return [listItem(joinLines(parts, words('separator')), words), ...conditions.map((condition) => words.line('event.condition', { condition }))];
}

function whereLine({ current, day }: OffPathReview, voice: Voice): Line {
  const { words } = voice;
  const { session, stage } = current;
  const checked = checkedLine(day ?? { source: [], checked: current.by?.checked ?? null }, voice);
  const certainty = day === null ? words('certainty.unknown') : certaintyText(day, voice);
  if (isReviewed(current)) return words.line('participation.reviewed', { session, stage: words(`stage.${stage}`), checked });
  if (leftSession(current)) return words.line('participation.no-session', { session, stage: words(`stage.${stage}`), checked });
  if (day === null || !hasDay(day.when)) {
    const range = day === null ? words.line('date.unknown') : briefDate(day.when, words);
    return words.line('participation.no-day', { session, range, certainty, checked });
  }
  return words.line('participation.day', { session, day: officialDate(day, voice), certainty, checked });
}

function openLine({ current, open }: OffPathReview, voice: Voice): Line {
  if (isReviewed(current)) return plainText(voice.words('participation.open-adoption'));
  return joinLines([submissionLine(open, voice), documentsLine(voice)], ' ');
}
