/** What the operator is asked to look up, once a week. Pure. */
import type { Deadline } from '../calendar/deadline.ts';
import type { DeadlineKind } from '../calendar/kinds.ts';
import { kindFacts } from '../calendar/kinds.ts';
import type { StaleFact } from '../calendar/stale.ts';
import { sortsAt } from '../calendar/when.ts';
import type { Day } from '../time.ts';

/** One thing to look up, as `upr-watch calendar checked` takes it. */
export interface LookUp extends Pick<StaleFact, 'id' | 'session' | 'council' | 'state' | 'when' | 'source' | 'place'> {
  readonly kind: DeadlineKind | 'session';
  readonly checked: Day | null;
  /** Its day came and nobody looked whether what was due is there. */
  readonly awaited: boolean;
}

export interface LookUps {
  readonly items: readonly LookUp[];
  /** How many more there are. */
  readonly more: number;
}

/** A message holds no more; the command names all. */
const MOST = 15;

/** What was due and nobody looked for, then what was not looked at for long, the most urgent first; null when there is nothing. */
export function lookUps(stale: readonly StaleFact[], awaited: readonly Deadline[]): LookUps | null {
  const due = new Map(awaited.map((deadline) => [deadline.id, deadline]));
  const first = [...due.values()].sort((a, b) => sortsAt(a.when) - sortsAt(b.when) || a.id.localeCompare(b.id)).map(awaitedLook);
  const rest = stale
    .filter(({ id }) => !due.has(id))
    .map(({ id, kind, session, council, state, when, source, place, checked }) => ({
      ...{ id, kind, session, council, state, when, source, place, checked },
      awaited: false,
    }));
  const all = [...first, ...rest];
  return all.length === 0 ? null : { items: all.slice(0, MOST), more: Math.max(0, all.length - MOST) };
}

function awaitedLook({ id, kind, session, council, state, when, source, checked }: Deadline): LookUp {
  return { id, kind, session, council, state, when, source, place: kindFacts(kind).place, checked, awaited: true };
}
