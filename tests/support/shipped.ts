/** The calendar that is shipped, read once. */
import { fileURLToPath } from 'node:url';
import { loadCalendar, readCalendarFolder } from '../../src/calendar/load.ts';
import type { CalendarFacts } from '../../src/domain/calendar/facts.ts';

const SHIPPED = fileURLToPath(new URL('../../config/calendar', import.meta.url));

let facts: Promise<CalendarFacts> | undefined;

export function shippedFacts(): Promise<CalendarFacts> {
  facts ??= readCalendarFolder(SHIPPED).then((texts) => loadCalendar(texts).facts);
  return facts;
}
