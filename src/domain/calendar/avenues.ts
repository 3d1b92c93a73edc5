/** Where else a State's record can be spoken of when its review stalls (domain.md B.4). */
import type { Instant } from '../time.ts';
import type { Deadline, DeadlineId } from './deadline.ts';
import type { Avenue, CalendarFacts, StateCode } from './facts.ts';
import { kindFacts } from './kinds.ts';
import { passesAt, sortsAt } from './when.ts';

/** Whether an avenue is open to those who work on a State: `perhaps` where nobody has written down that it is, or sources differ. */
export type Fit = 'yes' | 'perhaps' | 'no';

/** An avenue as it is now for one State: its next date where one is known, else where to look. */
export interface OpenAvenue {
  readonly avenue: Avenue;
  readonly fit: Exclude<Fit, 'no'>;
  readonly next: Deadline | null;
}

export function fitOf({ applies }: Pick<Avenue, 'applies'>, state: StateCode): Fit {
  if (applies === 'all' || applies.members?.includes(state)) return 'yes';
  return applies.members === null || applies.unclear.includes(state) ? 'perhaps' : 'no';
}

/** The States that a date of an avenue may be of use to. */
export function concernedBy(avenue: Avenue, states: Iterable<StateCode>): readonly StateCode[] {
  return [...states].filter((state) => fitOf(avenue, state) !== 'no');
}

/** `iachr-hearings-188`: the date of one of the body's own sessions. */
export function relatedId(avenue: Pick<Avenue, 'id'>, name: string): DeadlineId {
  return `${avenue.id}-${name}`;
}

/** Dates ahead that an avenue may have: those of other bodies and of Council sessions, whatever States they are about. */
export function avenueDates(deadlines: Iterable<Deadline>, now: Instant): readonly Deadline[] {
  return [...deadlines].filter(({ session, standing, when }) => session === null && standing === 'standing' && (passesAt(when) ?? now) > now);
}

/** The avenues that apply to a State, or may, in the order of the files. */
export function avenuesOf(facts: Pick<CalendarFacts, 'avenues'>, state: StateCode, dates: readonly Deadline[]): readonly OpenAvenue[] {
  return [...facts.avenues.values()].flatMap((avenue): OpenAvenue[] => {
    const fit = fitOf(avenue, state);
    return fit === 'no' ? [] : [{ avenue, fit, next: nextOf(avenue, dates) }];
  });
}

function nextOf(avenue: Avenue, dates: readonly Deadline[]): Deadline | null {
  const own = dates.filter(({ id, kind }) => kind === avenue.kind && (kindFacts(kind).phase !== 'related' || isOf(avenue, id)));
  return [...own].sort((a, b) => sortsAt(a.when) - sortsAt(b.when))[0] ?? null;
}

function isOf(avenue: Avenue, id: DeadlineId): boolean {
  return Object.keys(avenue.dates).some((name) => relatedId(avenue, name) === id);
}
