import { passesAt } from '../domain/calendar/when.ts';
import { clockTimeOf, dayOf } from '../domain/time.ts';
import type { Draft } from './build.ts';
import type { AlertContent, LeadItem, Voice } from './content.ts';
import { dayInline } from './dates.ts';
import { zoneName } from './days.ts';
import { formatLeads } from './format-leads.ts';
import { plainText } from './inline.ts';
import type { Line } from './message.ts';

/** A message that was posted, with what became of it in its first line. It calls nobody. */
export function formatAmendment({ items, why, until }: Extract<AlertContent, { type: 'amendment' }>, voice: Voice): Draft {
  const told = formatLeads(items, voice);
  return { ...told, tone: 'quiet', body: [...(why === 'passed' ? passedLines(items, voice) : silencedLines(until, voice)), ...told.body] };
}

/** Where something is still ahead, each line says for itself whether it is. */
function passedLines(items: readonly LeadItem[], { words, reader }: Voice): readonly Line[] {
  const over = items.every(({ deadline }) => (passesAt(deadline.when) ?? 0) <= reader.now);
  return over ? [plainText(words('amended.passed'))] : [];
}

/** Nothing when the channel is not silent any more: the message reads as at first. */
function silencedLines(until: number | null, { words, reader }: Voice): readonly Line[] {
  if (until === null) return [];
  const day = dayInline(dayOf(until, reader.zone), 'short', words);
  return [words.line('amended.silenced-until', { day, time: clockTimeOf(until, reader.zone), zone: zoneName(reader.zone, until, words) })];
}
