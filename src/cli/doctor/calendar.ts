/** What of the calendar is in force, and what of the layers over the shipped files is not. */
import { effectiveCalendar } from '../../calendar/effective.ts';
import { readFault } from '../../calendar/feed/trouble.ts';
import { faultText } from '../../calendar/load.ts';
import { waitingRevisions } from '../../calendar/waiting.ts';
import type { Config } from '../../config.ts';
import { contestedDates } from '../../domain/calendar/contested.ts';
import { staleFacts } from '../../domain/calendar/stale.ts';
import { type Instant, toIso } from '../../domain/time.ts';
import type { Store } from '../../store/store.ts';
import { count, type Finding, look, well } from './finding.ts';
