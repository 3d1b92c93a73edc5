/** A date as an entry of somebody's calendar programme: plain text, since such programmes know no markup. */

import { fires } from '../domain/calendar/certainty.ts';
import type { Deadline } from '../domain/calendar/deadline.ts';
import { hasDay } from '../domain/calendar/when.ts';
import { certaintyText } from './certainty.ts';
import { clean } from './clean.ts';
import type { Voice } from './content.ts';
import { claimLines } from './date-line.ts';
import { officialDate } from './dates.ts';
import { joinLines, plainText } from './inline.ts';
import type { Line } from './message.ts';
import { whoOf } from './names.ts';
import { checkedLine, sourceLinks } from './sources.ts';

export interface EventText {
  readonly title: string;
  /** Lines, one after another. */
  readonly text: string;
  readonly categories: readonly string[];
}

/** What and whose, in front of what makes it less than sure; then the official date, how sure it is, and by whose word. */
export function formatEvent(deadline: Deadline, voice: Voice): EventText {
  const { words, reader } = voice;
  const what = words(`kind.${deadline.kind}`);
  const who = whoOf([deadline], voice);
  const title = reader.discreet ? words('event.discreet', { what }) : words('title.of', { who, what });
  const { note } = deadline;
  const remark = remarkOn(deadline, voice);
  const lines: readonly Line[] = [
    ...(reader.discreet ? [plainText(words('title.of', { who, what }))] : []),
    officialDate(deadline, voice),
    words.line('event.certainty', { certainty: certaintyText(deadline, voice) }),
    ...claimLines(deadline, 'sentence', voice),
    words.line('event.sources', { sources: joinLines([sourceLinks(deadline.source, voice), checkedLine(deadline, voice)], words('separator')) }),
    ...(note === null ? [] : [words.line('deadline.note', { note })]),
  ];
  return {
    title: clean(remark === null ? title : words('event.with-remark', { title, remark })),
    text: lines.map(linked).join('\n'),
    categories: [what, ...(deadline.session === null ? [] : [words('who.session', { session: deadline.session })])].map(clean),
  };
}

/** Why nobody should count on it; null where they may. */
function remarkOn({ standing, when, certainty }: Deadline, { words }: Voice): string | null {
  if (standing !== 'standing') return words(`standing.${standing}`);
  if (!hasDay(when)) return words('event.range');
  return fires(certainty) ? null : words(`certainty.${certainty}`);
}

/** A line with the address of each link behind its name. */
function linked(line: Line): string {
  return line.map((inline) => (inline.type === 'link' ? `${clean(inline.text)} <${clean(inline.url)}>` : clean(inline.text))).join('');
}
