/** The calendar that is shipped, read once a test file. */
import { fileURLToPath } from 'node:url';
import { loadCalendar, readCalendarFolder } from '../../src/calendar/load.ts';

const SHIPPED = fileURLToPath(new URL('../../config/calendar', import.meta.url));

export async function shippedFacts() {
  return loadCalendar(await readCalendarFolder(SHIPPED)).facts;
}
