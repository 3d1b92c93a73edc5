/** What a reader of the web wants to see, as the query of an address says it. */
import { EVERYTHING, type Selector } from '../domain/alerts/subscription.ts';
import { isWished, type Wish, wishesOf } from '../domain/alerts/wish.ts';
import { CERTAINTIES, type Certainty } from '../domain/calendar/certainty.ts';
import type { Deadline } from '../domain/calendar/deadline.ts';
import { type CalendarFacts, REGIONS } from '../domain/calendar/facts.ts';
import { isDeadlineKind } from '../domain/calendar/kinds.ts';

export interface Filter {
  readonly selector: Selector;
  /** Null = however sure. */
  readonly certainties: readonly Certainty[] | null;
  /** Dates that are not known to the day are wanted too, as ranges. */
  readonly estimated: boolean;
}

/** The names that a query may use; all others are passed over, as trackers and proxies add theirs. */
export const FILTER_NAMES = ['state', 'region', 'session', 'kind', 'certainty', 'estimated'] as const;
export type FilterName = (typeof FILTER_NAMES)[number];

/** More values than this are no filter. */
const MOST_VALUES = 200;

/**
 * Reads `state=KEN,FRA&session=54&kind=review&certainty=published&estimated=yes`: a name may stand several times, or hold
 * several values with commas between; an empty one asks for everything. States by their three letters.
 *
 * Answers the name of the first whose value is none that there is; what was typed is not repeated.
 */
export function readFilter(query: URLSearchParams, facts: Pick<CalendarFacts, 'states'>): Filter | FilterName {
  const values = (name: FilterName) =>
    query
      .getAll(name)
      .flatMap((text) => text.split(','))
      .map((text) => text.trim())
      .filter((text) => text !== '');
  const read = {
    state: values('state').map((text) => text.toUpperCase()),
    region: values('region').map((text) => REGIONS.find((region) => region.toLowerCase() === text.toLowerCase()) ?? ''),
    session: values('session'),
    kind: values('kind'),
    certainty: values('certainty'),
    estimated: values('estimated'),
  };
  const fits: Readonly<Record<FilterName, (text: string) => boolean>> = {
    state: (text) => facts.states.has(text),
    region: (text) => text !== '',
    session: (text) => /^[1-9]\d{0,3}$/.test(text),
    kind: isDeadlineKind,
    certainty: isCertainty,
    estimated: (text) => text === 'yes' || text === 'no',
  };
  const wrong = FILTER_NAMES.find((name) => read[name].length > MOST_VALUES || !read[name].every((text) => fits[name](text)));
  if (wrong !== undefined) return wrong;
  const some = <T>(list: readonly T[]): readonly T[] | null => (list.length === 0 ? null : list);
  return {
    selector: {
      ...EVERYTHING,
      states: some(read.state),
      regions: some(read.region),
      sessions: some(read.session.map(Number)),
      kinds: some(read.kind.filter(isDeadlineKind)),
    },
    certainties: some(read.certainty.filter(isCertainty)),
    estimated: read.estimated.at(-1) === 'yes',
  };
}

function isCertainty(text: string): text is Certainty {
  return (CERTAINTIES as readonly string[]).includes(text);
}

/** Whether a date is one of those that are asked for; how finely it is known is no matter here. */
export function wantedBy({ selector, certainties }: Filter, facts: Pick<CalendarFacts, 'states'>): (deadline: Deadline) => boolean {
  return wantedIn(wishesOf([selector], facts.states), certainties);
}

/** The same for what a channel wishes. */
export function wantedIn(wishes: readonly Wish[], certainties: readonly Certainty[] | null): (deadline: Deadline) => boolean {
  return (deadline) => isWished(wishes, deadline) && (certainties === null || certainties.includes(deadline.certainty));
}
