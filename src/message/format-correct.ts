/** What became of a date that a team corrected, told to who did it. */
import type { Deadline } from '../domain/calendar/deadline.ts';
import { message } from './build.ts';
import { certaintyText } from './certainty.ts';
import type { Voice } from './content.ts';
import { claimLines } from './date-line.ts';
import { officialDate } from './dates.ts';
import { plainText } from './inline.ts';
import type { Line, Message } from './message.ts';
import { whoOf } from './names.ts';
import { sourceLinks } from './sources.ts';

export interface CorrectedAnswer {
  readonly platform: string;
  readonly before: Deadline;
  /** Null = it is not there any more. */
  readonly after: Deadline | null;
  readonly withdrawn: boolean;
  /** The page is not official, so the date is less certain than was asked for. */
  readonly lowered: boolean;
  readonly note: string | null;
  /** How many other dates change with it. */
  readonly follows: number;
  /** Channels that hear of it; null when no message is posted. */
  readonly heard: number | null;
}

/** From what to what, by whose word, and who hears of it. @param withdraw the button that takes it back; null for none. */
export function formatCorrected(answer: CorrectedAnswer, withdraw: string | null, voice: Voice): Message {
  const { platform, before, after, withdrawn, lowered, note, follows } = answer;
  const { words } = voice;
  const dateOf = (side: Deadline | null): Line => (side === null ? words.line('date.unknown') : officialDate(side, voice));
  const subject = words('title.of', { who: whoOf([before], voice), what: words(`kind.${before.kind}`) });
  return message({
    tone: 'change',
    title: words(withdrawn ? 'correct.withdrawn' : 'correct.title'),
    body: [
      words.line('correct.moved', { subject, old: dateOf(before), new: dateOf(after) }),
      ...(after === null ? [] : [words.line('correct.how-sure', { certainty: certaintyText(after, voice), source: sourceLinks(after.source, voice) })]),
      ...(lowered ? [plainText(words('correct.at-most-tentative'))] : []),
      ...(note === null ? [] : [words.line('deadline.note', { note })]),
      ...(after === null ? [] : claimLines(after, 'sentence', voice)),
      plainText(heardText(answer, voice)),
      ...(follows === 0 ? [] : [plainText(words('correct.follows', { count: follows }))]),
      ...(withdrawn ? [] : [plainText(words('correct.alone', { platform }))]),
    ],
    actions: withdraw === null ? [] : [{ id: withdraw, label: words('correct.withdraw'), style: 'secondary' }],
  });
}

function heardText({ heard, withdrawn }: CorrectedAnswer, { words }: Voice): string {
  if (heard === null) return words('correct.not-heard');
  return words(withdrawn ? 'correct.withdrawn-heard' : 'correct.heard', { count: heard });
}
