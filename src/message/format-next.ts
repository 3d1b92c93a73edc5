import { message } from './build.ts';
import type { NextAnswer, Voice } from './content.ts';
import { dateLine } from './date-line.ts';
import { plainText, section } from './inline.ts';
import type { Line, Message } from './message.ts';
import { statesOf, whoOf } from './names.ts';
import { silentLines, unknownLines } from './unknown-lines.ts';

/** The next dates in time order, then what is not published yet with where to look. */
export function formatNext(answer: NextAnswer, voice: Voice): Message {
  const { words } = voice;
  const { upcoming, unknown, silent = [], more } = answer;
  const deadlines = [...upcoming, ...unknown].flatMap((group) => group.deadlines);
  const oneState = statesOf(deadlines).length === 1 && !voice.reader.discreet;
  const lines: Line[] = upcoming.map((group) => dateLine(group, oneState ? 'implied' : 'named', voice));
  if (lines.length === 0) lines.push(plainText(words('next.none')));
  if (more > 0) lines.push(plainText(words('next.more', { count: more })));
  return message({
    tone: 'info',
    title: oneState
      ? words('next.title-of', {
          who: whoOf(
            deadlines.filter(({ state }) => state !== null),
            voice,
          ),
        })
      : words('next.title'),
    body: [...lines, ...section(words('unknown.heading'), [...unknownLines(unknown, oneState ? 'implied' : 'named', voice), ...silentLines(silent, voice)])],
  });
}
