/** Tells the operator once of each date on which two layers of the calendar differ and neither outranks the other. */
import { type ContestedDate, contestedDates } from '../domain/calendar/contested.ts';
import type { CalendarFacts } from '../domain/calendar/facts.ts';
import { whenKey } from '../domain/calendar/when.ts';
import type { Instant } from '../domain/time.ts';
import type { ContestedNotice } from '../message/content.ts';
import { contestOpened, type NoticeDeps } from './delivery/notices.ts';

/** Called with the facts in force whenever they were taken up. */
export type TellContests = (facts: CalendarFacts, now: Instant) => Promise<void>;

/** Once a date and the two values it has, across restarts and processes; without a channel of the operator, once a start in the log. */
export function createContestTeller(deps: Omit<NoticeDeps, 'now'>): TellContests {
  const seen = new Set<string>();
  return async (facts, now) => {
    for (const contested of contestedDates(facts)) {
      const notice = noticeOf(contested);
      const [above, below] = [whenKey(notice.above.when), whenKey(notice.below.when)];
      const key = [contested.id, above, below].join('|');
      if (seen.has(key)) continue;
      deps.log.warn({ date: contested.id, above, below }, 'Two layers of the calendar differ on a date and alerts run on the earlier; apply one to settle it');
      if (deps.operator !== null) await contestOpened({ ...deps, now }, notice, key);
      seen.add(key);
    }
  };
}

function noticeOf({ kind, session, council, state, fact }: ContestedDate): ContestedNotice {
  const { other, since, drives } = fact.contested;
  const [above, below] = drives === 'above' ? [fact, other] : [other, fact];
  const value = ({ when, source }: typeof other) => ({ when, source });
  return { about: 'contested', kind, session, council, state, above: value(above), below: value(below), since, drives };
}
