/** The calendar of a running bot: read at the start, read again on demand, and after another process revised it. */
import type { CalendarFacts } from '../domain/calendar/facts.ts';
import type { Instant } from '../domain/time.ts';
import type { Logger } from '../lib/log.ts';
import type { Store } from '../store/store.ts';
import type { CalendarHome } from './effective.ts';
import { CalendarError, faultText } from './load.ts';
import { type TakenUp, takeUp } from './take-up.ts';

export interface LiveCalendar {
  /** The facts in force. */
  facts(): CalendarFacts;
  /** Takes up what another process applied. Files with faults change nothing and are named in the log. */
  refresh(now: Instant): Promise<void>;
  /** Reads the files again and makes what changed a revision. Files with faults change nothing and are named in the log. */
  reload(now: Instant): Promise<void>;
}

/** Called with the facts in force whenever they were read. */
type Taken = (facts: CalendarFacts, now: Instant) => Promise<void>;

interface LiveDeps {
  readonly home: CalendarHome;
  readonly store: Store;
  readonly log: Logger;
  /** Left out: nobody is told of what was read. */
  readonly taken?: Taken;
}

/** @throws CalendarError when the files have faults: a bot does not start on a broken calendar. */
export async function createLiveCalendar({ home, store, log, taken: heard }: LiveDeps, now: Instant): Promise<LiveCalendar> {
  let told = '';
  const read = async (at: Instant, reason: string) => {
    const taken = await takeUp(store, home, { now: at, reason });
    const { waiting, passedOver, outdated, setAside } = taken;
    if (passedOver.length > 0)
      log.error({ faults: passedOver.map(faultText) }, 'The feed that was taken does not fit the calendar any more; it is passed over');
    if (setAside.length > 0)
      log.error(
        { faults: setAside.map(faultText) },
        'A file that was applied does not fit the calendar any more; it is kept and set aside until it fits, or is applied anew',
      );
    if (outdated.length > 0) log.info({ dates: outdated }, 'Dates of the feed are older than what is shipped now; they are passed over');
    if (waiting !== null && waiting.id !== told) {
      const { id, changes, channels, withdrawn } = waiting;
      log.warn({ id, changes, channels, withdrawn }, `The calendar files wait for \`upr-watch calendar approve ${id}\`; the last good calendar stays in force`);
    }
    told = waiting?.id ?? '';
    return taken;
  };
  let { facts } = await read(now, 'the calendar files at start');
  await heard?.(facts, now);
  const readAgain = async (at: Instant, reason: string): Promise<TakenUp | null> => {
    try {
      const taken = await read(at, reason);
      ({ facts } = taken);
      await heard?.(facts, at);
      return taken;
    } catch (cause) {
      if (!(cause instanceof CalendarError)) throw cause;
      log.error({ faults: cause.faults.map(faultText) }, 'The calendar files have faults; the last good calendar stays in force');
      return null;
    }
  };
  return {
    facts: () => facts,
    refresh: async (at) => void (await readAgain(at, 'the calendar files after a revision')),
    reload: async (at) => {
      const taken = await readAgain(at, 'the calendar files read again');
      if (taken !== null && taken.waiting === null) log.info({ changes: taken.changes }, 'The calendar files were read again');
    },
  };
}
