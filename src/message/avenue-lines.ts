/** Where else a State's record can be spoken of, in one line. */
import { avenuesOf, type OpenAvenue } from '../domain/calendar/avenues.ts';
import type { Deadline } from '../domain/calendar/deadline.ts';
import type { StateCode } from '../domain/calendar/facts.ts';
import { hasDay } from '../domain/calendar/when.ts';
import type { Voice } from './content.ts';
import { briefDate } from './dates.ts';
import { joinLines } from './inline.ts';
import type { Line } from './message.ts';
import { placeLink } from './unknown-lines.ts';

/** @param dates dates ahead that an avenue may have */
export function avenueLine(state: StateCode, dates: readonly Deadline[], voice: Voice): Line {
  const { words, reader } = voice;
  const avenues = avenuesOf(reader.facts, state, dates).map((open) => avenuePart(open, voice));
  return avenues.length === 0 ? [] : words.line('avenue.line', { avenues: joinLines(avenues, words('avenue.separator')) });
}

function avenuePart({ avenue, fit, next }: OpenAvenue, voice: Voice): Line {
  const { words } = voice;
  const name = words(`kind.${avenue.kind}`);
  const place = placeLink(avenue.place, voice);
  const dated = next !== null && next.when.from !== null;
  const line = dated
    ? words.line('avenue.dated', {
        name,
        date: briefDate(next.when, words),
        exact: hasDay(next.when) ? 'yes' : 'no',
        certainty: words(`certainty.${next.certainty}`),
        place,
      })
    : words.line('avenue.look', { name, place });
  if (fit === 'yes' || avenue.applies === 'all') return line;
  const { group } = avenue.applies;
  const who = words.has(`avenue.of.${group}`) ? words(`avenue.of.${group}`) : words('avenue.of-treaty', { group });
  return words.line('avenue.if', { line, who });
}
