/** A number of words against the limit of its kind, with the rule and where it stands. */
import type { LengthAnswer } from '../domain/team/length.ts';
import { message } from './build.ts';
import type { Voice } from './content.ts';
import { dayInline } from './dates.ts';
import { link, plainText } from './inline.ts';
import type { Line, Message } from './message.ts';
import { hostOf, sourceLinks } from './sources.ts';

export function formatLength({ limit, words: count, over, under, cycle, confirmed }: LengthAnswer, { words, ...voice }: Voice): Message {
  const kind = words(`length.kind.${limit.kind}`);
  const fit = over > 0 ? 'over' : under > 0 ? 'under' : 'exact';
  const source = sourceLinks(limit.source, { words, ...voice });
  const place = voice.reader.facts.places.get(limit.place);
  return message({
    tone: over > 0 ? 'warning' : 'info',
    title: words(`length.title.${fit}`, { kind }),
    body: [
      plainText(words(`length.${fit}`, { count, most: limit.words, left: over > 0 ? over : under })),
      ruleLine(confirmed, limit.confirmedFor === 'any' ? null : cycle, words),
      ...(limit.source.length === 0 ? [] : [words.line('length.source', { source, day: dayInline(limit.checked, 'short', words) })]),
      ...(limit.note === null ? [] : [plainText(limit.note)]),
      ...(place === undefined ? [] : [words.line('length.place', { place: [link(hostOf(place.url), place.url)] })]),
    ],
    footer: plainText(words('length.footer')),
  });
}

function ruleLine(confirmed: boolean, cycle: number | null, words: Voice['words']): Line {
  if (confirmed) return plainText(cycle === null ? words('length.confirmed.any') : words('length.confirmed', { cycle }));
  return plainText(cycle === null ? words('length.unconfirmed.any') : words('length.unconfirmed', { cycle }));
}
