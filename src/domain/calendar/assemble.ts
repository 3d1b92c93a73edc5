/** One deadline out of what was written for it and what a rule computed. */
import type { Deadline } from './deadline.ts';
import type { DateFact } from './facts.ts';
import { kindFacts } from './kinds.ts';
import type { Computed } from './rules.ts';
import { unknownWhen } from './when.ts';

/** What a deadline is put together from. */
export interface Parts extends Pick<Deadline, 'kind' | 'id' | 'session' | 'council' | 'state' | 'concerns' | 'standing'> {
  readonly fact: DateFact | null;
  readonly computed: Computed | null;
}

/** A written date wins over a computed one; what was looked up for it stays with either. Null when there is nothing to say. */
export function assemble({ fact, computed, ...identity }: Parts): Deadline | null {
  if (fact !== null && fact.when.from !== null)
    return {
      ...identity,
      ...lookedUp(fact),
      when: fact.when,
      until: fact.until,
      certainty: fact.certainty,
      basis: { by: 'fact' },
      source: fact.source,
      known: fact.known,
      holidaysUnknown: [],
      ...(fact.contested === undefined ? {} : { contested: fact.contested }),
    };
  if (computed !== null) {
    const { anchor, rule, when, certainty, source, holidaysUnknown } = computed;
    const checked = fact?.checked ?? anchor.checked;
    return {
      ...identity,
      ...lookedUp(fact),
      checked,
      when,
      until: null,
      certainty,
      source,
      known: anchor.known,
      holidaysUnknown,
      basis: { by: 'rule', rule, anchor: anchor.name },
    };
  }
  if (fact === null && !kindFacts(identity.kind).core) return null;
  return {
    ...identity,
    ...lookedUp(fact),
    when: unknownWhen(kindFacts(identity.kind).zone),
    until: null,
    certainty: 'unknown',
    basis: { by: 'nothing' },
    source: fact?.source ?? [],
    known: fact?.known ?? null,
    holidaysUnknown: [],
  };
}

function lookedUp(fact: DateFact | null): Pick<Deadline, 'checked' | 'looks' | 'disagrees' | 'earlier' | 'note'> {
  return {
    checked: fact?.checked ?? null,
    looks: fact?.looks ?? [],
    disagrees: fact?.disagrees ?? [],
    earlier: fact?.earlier ?? [],
    note: fact?.note ?? null,
  };
}
