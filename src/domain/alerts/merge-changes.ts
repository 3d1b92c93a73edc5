import { compareCertainty } from '../calendar/certainty.ts';
import { type Change, conflictBetween, type DateChange, eventKey, type ReviewChange } from '../calendar/diff.ts';
import { hasDay, whenKey } from '../calendar/when.ts';

/**
 * Changes of one date that waited together become one, from the first old to the last new; none when it ends where it
 * began. So do an event and its being taken back.
 */
export function mergeChanges(changes: readonly Change[]): readonly Change[] {
  const dates = new Map<string, DateChange>();
  const merged: Change[] = [...mergeEvents(changes.filter((change) => change.about === 'review'))];
  for (const change of changes) {
    if (change.about !== 'date') continue;
    const id = deadlineOfChange(change) ?? '';
    const first = dates.get(id);
    dates.set(id, first === undefined ? change : { ...change, what: mergedKind(first, change), before: first.before });
  }
  merged.push(...[...dates.values()].filter(saysSomething));
  return merged;
}

function mergeEvents(changes: readonly ReviewChange[]): readonly ReviewChange[] {
  const same = Map.groupBy(changes, ({ review, event }) => `${review.id}|${eventKey(event)}`);
  return [...same.values()].flatMap((told) => {
    const last = told.at(-1);
    return last === undefined || told[0]?.what !== last.what ? [] : [last];
  });
}

/** A move outweighs what else became of the date: its certainty, its standing, a second value beside it. */
function mergedKind({ before }: DateChange, last: DateChange): DateChange['what'] {
  const { after } = last;
  const [had, has] = [before !== null && hasDay(before.when), after !== null && hasDay(after.when)];
  if (had !== has) return has ? 'announced' : 'withdrawn';
  if (before === null || after === null || !had) return last.what;
  if (whenKey(before.when) !== whenKey(after.when)) return 'moved';
  const surer = compareCertainty(after.certainty, before.certainty);
  if (surer !== 0) return surer < 0 ? 'surer' : 'doubtful';
  return before.standing !== after.standing ? 'standing' : (conflictBetween(before, after) ?? last.what);
}

function saysSomething({ before, after }: DateChange): boolean {
  if (before === null || after === null) return [before, after].some((deadline) => deadline !== null && hasDay(deadline.when));
  const same = whenKey(before.when) === whenKey(after.when) && before.certainty === after.certainty && before.standing === after.standing;
  return !same || conflictBetween(before, after) !== null;
}

/** The id of the date that a change is about; null for what happened to a review. */
export function deadlineOfChange(change: Change): string | null {
  return change.about === 'date' ? ((change.after ?? change.before)?.id ?? null) : null;
}
