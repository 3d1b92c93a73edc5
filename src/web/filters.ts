/** What an address asks for. The address is the whole state of a page; a value that is none is left out and named. */
import { z } from 'zod';
import { CERTAINTIES, type Certainty } from '../domain/calendar/certainty.ts';
import { type CalendarFacts, REGIONS, type Region, type StateCode } from '../domain/calendar/facts.ts';
import { DEADLINE_KINDS, type DeadlineKind } from '../domain/calendar/kinds.ts';
import { GENEVA, isZone, type Zone } from '../domain/time.ts';

export interface Filters {
  readonly state: StateCode | null;
  readonly region: Region | null;
  readonly session: number | null;
  readonly kind: DeadlineKind | null;
  readonly certainty: Certainty | null;
  /** The reader's own; null = Geneva alone. */
  readonly zone: Zone | null;
  /** Of a long list, the first is 1. */
  readonly page: number;
}

export type FilterName = keyof Filters;

export const NO_FILTERS: Filters = { state: null, region: null, session: null, kind: null, certainty: null, zone: null, page: 1 };

const LONGEST = 64;
const typed = z.string().max(LONGEST);

function schemaFor({ states, sessions }: Pick<CalendarFacts, 'states' | 'sessions'>): { readonly [K in FilterName]: z.ZodType<Filters[K]> } {
  const number = z
    .string()
    .regex(/^\d{1,4}$/)
    .transform(Number);
  return {
    state: typed.transform((code) => code.toUpperCase()).refine((code) => states.has(code)),
    region: z.enum(REGIONS),
    session: number.refine((session) => sessions.has(session)),
    kind: z.enum(DEADLINE_KINDS as [DeadlineKind, ...DeadlineKind[]]),
    certainty: z.enum(CERTAINTIES),
    zone: typed.refine(isZone).transform((zone) => (zone === GENEVA ? null : zone)),
    page: number.refine((page) => page >= 1),
  };
}

/** @param params of the address; of a name that comes twice the first counts. An empty value asks for nothing. */
export function readFilters(params: URLSearchParams, facts: CalendarFacts): { readonly filters: Filters; readonly faults: readonly FilterName[] } {
  const schema = schemaFor(facts);
  const faults: FilterName[] = [];
  const read = <K extends FilterName>(name: K): Filters[K] => {
    const value = params.get(name) ?? '';
    if (value === '') return NO_FILTERS[name];
    const found = schema[name].safeParse(value);
    if (found.success) return found.data;
    faults.push(name);
    return NO_FILTERS[name];
  };
  const filters = {
    ...{ state: read('state'), region: read('region'), session: read('session'), kind: read('kind') },
    ...{ certainty: read('certainty'), zone: read('zone'), page: read('page') },
  };
  return { filters, faults };
}

/** As an address writes them, without what asks for nothing; `?` included where there is any. */
export function queryOf(filters: Partial<Filters>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(filters)) if (value !== null && !(name === 'page' && value === 1)) params.set(name, String(value));
  // A slash need not be escaped there, and a zone reads better with it.
  const query = params.toString().replaceAll('%2F', '/');
  return query === '' ? '' : `?${query}`;
}
