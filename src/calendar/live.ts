/** The calendar of a running bot: read at the start, read again on demand, and after another process revised it. */
import type { CalendarFacts } from '../domain/calendar/facts.ts';
import type { Instant } from '../domain/time.ts';
import type { Logger } from '../lib/log.ts';
import type { Store } from '../store/store.ts';
import { adoptCalendar, type CalendarHome } from './effective.ts';
import { CalendarError, faultText } from './load.ts';
import { revise } from './revise.ts';

export interface LiveCalendar {
  /** The facts in force. */
  facts(): CalendarFacts;
  /** Takes up what another process applied. Files with faults change nothing and are named in the log. */
  refresh(now: Instant): Promise<void>;
  /** Reads the files again and makes what changed a revision. Files with faults change nothing and are named in the log. */
  reload(now: Instant): Promise<void>;
}

interface LiveDeps {
  readonly home: CalendarHome;
  readonly store: Store;
  readonly log: Logger;
}

/** @throws CalendarError when the files have faults: a bot does not start on a broken calendar. */
export async function createLiveCalendar({ home, store, log }: LiveDeps, now: Instant): Promise<LiveCalendar> {
  let { facts, fingerprint } = await adoptCalendar(home, store, now);
  await revise(store, facts, { now, reason: 'the calendar files at start', fingerprint });
  const readAgain = async (at: Instant): Promise<boolean> => {
    try {
      ({ facts, fingerprint } = await adoptCalendar(home, store, at));
      return true;
    } catch (cause) {
      if (!(cause instanceof CalendarError)) throw cause;
      log.error({ faults: cause.faults.map(faultText) }, 'The calendar files have faults; the last good calendar stays in force');
      return false;
    }
  };
  return {
    facts: () => facts,
    refresh: async (at) => void (await readAgain(at)),
    reload: async (at) => {
      if (!(await readAgain(at))) return;
      const revised = await revise(store, facts, { now: at, reason: 'the calendar files read again', fingerprint });
      log.info({ changes: revised?.changes ?? 0 }, 'The calendar files were read again');
    },
  };
}
