/** Written dates by the names that people give them, and those of them that are contested. */
import type { CalendarFacts, Contest, DateFact, StateCode } from './facts.ts';
import type { DeadlineKind } from './kinds.ts';

/** `session` stands for the days of a session, of the Working Group or of the Council. */
export interface NamedDate {
  /** `54-KEN-national_report`, `54-presession`, `session-54`, `hrc65`; for a date of another body, that of its deadline. */
  readonly id: string;
  readonly kind: DeadlineKind | 'session';
  readonly session: number | null;
  readonly council: number | null;
  readonly state: StateCode | null;
  readonly fact: DateFact;
}

export type ContestedDate = NamedDate & { readonly fact: { readonly contested: Contest } };

/** Every written date on which two layers differ and neither outranks the other. */
export function contestedDates(facts: CalendarFacts): readonly ContestedDate[] {
  return namedDates(facts).filter((named): named is ContestedDate => named.fact.contested !== undefined);
}

/** Every date that is written down: sessions first, then the Council's, then those of other bodies. */
export function namedDates(facts: CalendarFacts): readonly NamedDate[] {
  const found: NamedDate[] = [];
  const add = (named: Omit<NamedDate, 'fact'>, fact: DateFact | null) => fact !== null && found.push({ ...named, fact });
  for (const { number: session, dates, deadlines, reviews } of facts.sessions.values()) {
    const own = { session, council: null };
    add({ ...own, id: `session-${session}`, kind: 'session', state: null }, dates);
    for (const [kind, fact] of entries(deadlines)) add({ ...own, id: `${session}-${kind}`, kind, state: null }, fact);
    for (const { state, review, deadlines: others } of reviews) {
      add({ ...own, id: `${session}-${state}-review`, kind: 'review', state }, review);
      for (const [kind, fact] of entries(others)) add({ ...own, id: `${session}-${state}-${kind}`, kind, state }, fact);
    }
  }
  for (const { number: council, dates, adoptions, deadlines } of facts.councils.values()) {
    const own = { session: null, council, state: null };
    add({ ...own, id: `hrc${council}`, kind: 'session' }, dates);
    add({ ...own, id: `hrc${council}-outcome_adoption`, kind: 'outcome_adoption' }, adoptions);
    for (const [kind, fact] of entries(deadlines)) add({ ...own, id: `hrc${council}-${kind}`, kind }, fact);
  }
  for (const { id, kind, dates } of facts.avenues.values()) {
    for (const [name, fact] of Object.entries(dates)) add({ id: `${id}-${name}`, kind, session: null, council: null, state: null }, fact);
  }
  return found;
}

function entries(dates: Readonly<Partial<Record<DeadlineKind, DateFact>>>): [DeadlineKind, DateFact][] {
  return Object.entries(dates) as [DeadlineKind, DateFact][];
}
