import type { CalendarFacts, DateFact } from '../domain/calendar/facts.ts';
import type { SessionPatch } from '../domain/calendar/layers.ts';
import { type FactKind, factAt, layerAt, ownerOf } from './fact-place.ts';
import { claimOf } from './file-facts.ts';
import type { OperatorFile } from './schema.ts';

/** The `also:` of an operator's file: values beside whatever drives now, which they never become. */
export function alsoPatches({ session, also = [] }: OperatorFile, facts: CalendarFacts): readonly SessionPatch[] {
  return also.flatMap(({ kind, state = null, ...claim }) => {
    const place = ownerOf(facts, { session, state, kind: kind as FactKind });
    const fact = factAt(facts, place);
    if (fact === null || fact.when.from === null) return [];
    const read = claimOf({ ...claim, why: claim.why ?? 'read in another source' }, fact.when.zone);
    const beside: DateFact = { ...fact, disagrees: [...fact.disagrees, read] };
    return layerAt(place, beside).sessions;
  });
}
