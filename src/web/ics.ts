/** Events in the text of a calendar programme: RFC 5545 by ical-generator, without alarms, as these are the bot's to say. */
import ical, { ICalCalendarMethod, ICalEventStatus, ICalEventTransparency } from 'ical-generator';
import { HOUR, type Instant } from '../domain/time.ts';
import type { Voice } from '../message/content.ts';
import { formatEvent } from '../message/format-event.ts';
import type { CalendarEvent, Span } from './events.ts';

export interface IcsCalendar {
  readonly name: string;
  readonly events: readonly CalendarEvent[];
  /** When the calendar became what it is: the same text for as long as it is. */
  readonly made: Instant;
  /** Where the pages are, without a slash at the end; null where nobody outside can open them. */
  readonly publicUrl: string | null;
}

/** Programmes are asked to come by as often as a bot follows a feed. */
const REFRESH = 6 * HOUR;

export function writeIcs({ name, events, made, publicUrl }: IcsCalendar, voice: Voice): string {
  const calendar = ical({ name, prodId: { company: 'UPR Watch', product: 'UPR Watch', language: voice.words.locale.toUpperCase() }, ttl: REFRESH / 1000 });
  calendar.method(ICalCalendarMethod.PUBLISH);
  for (const event of events) {
    const { title, text, categories } = formatEvent(event.deadline, voice);
    calendar.createEvent({
      id: uidOf(event.deadline.id),
      sequence: event.sequence,
      status: ICalEventStatus[event.status],
      summary: title,
      description: text,
      categories: categories.map((category) => ({ name: category })),
      transparency: ICalEventTransparency.TRANSPARENT,
      stamp: new Date(made),
      lastModified: event.changed === null ? null : new Date(event.changed),
      url: publicUrl === null ? null : `${publicUrl}/deadlines/${event.deadline.id}`,
      ...timesOf(event.span),
    });
  }
  return calendar.toString();
}

/** The same for as long as the date has its id, wherever the bot runs. */
export function uidOf(id: string): string {
  return `${id}@upr-watch`;
}

/** Midnight UTC stands for a day; only its date is written. */
function timesOf(span: Span): { readonly start: Date; readonly end: Date | null; readonly allDay: boolean } {
  if (span.by === 'instant') return { start: new Date(span.from), end: span.to === null ? null : new Date(span.to), allDay: false };
  return { start: new Date(`${span.from}T00:00:00Z`), end: new Date(`${span.to}T00:00:00Z`), allDay: true };
}
