/** Clock times as people write them. */
import type { QuietHours } from '../domain/alerts/quiet-hours.ts';
import type { ClockTime } from '../domain/time.ts';

const CLOCK = /^(\d{1,2})(?:\s?[:.h]\s?([0-5]\d))?\s?(?:h|([ap])\.?m\.?)?$/;
/** What stands between two times; the first `from` says nothing. */
const BETWEEN = /\s*(?:[-–—~/]|\bto\b|\buntil\b)\s*/;

/** `09:00` for 9, 9:00, 09h00, 9.00 and 9 am; null for what is not a time of a day. */
export function readClock(typed: string): ClockTime | null {
  const [whole, hours, minutes = '00', half] = CLOCK.exec(plain(typed)) ?? [];
  if (whole === undefined) return null;
  const shown = Number(hours);
  if (half !== undefined && (shown < 1 || shown > 12)) return null;
  const hour = half === undefined ? shown : (shown % 12) + (half === 'p' ? 12 : 0);
  return hour > 23 ? null : `${String(hour).padStart(2, '0')}:${minutes}`;
}

/** `22:00-07:00`, `22-7`, `from 10 pm to 7 am`; null for what is not two different times. */
export function readSpan(typed: string): QuietHours | null {
  const [from = null, to = null, ...more] = plain(typed)
    .replace(/^from\s+/, '')
    .split(BETWEEN)
    .map(readClock);
  return from === null || to === null || from === to || more.length > 0 ? null : { from, to };
}

function plain(typed: string): string {
  return typed.normalize('NFKC').trim().toLowerCase();
}
