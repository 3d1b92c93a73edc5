import { compareCertainty } from '../calendar/certainty.ts';
import type { Deadline } from '../calendar/deadline.ts';
import { type Change, conflictBetween, type DateChange, eventKey, isPosted, moveOf, type ReviewChange } from '../calendar/diff.ts';
import { hasDay, whenKey } from '../calendar/when.ts';

/** A date as it is known now; undefined when it is gone. */
type Now = (id: string) => Deadline | undefined;

/**
 * Changes of one date that waited together become one, from the first old to the last new; none when it ends where it
 * began, or where nobody would have been told. What becomes of a date that does not stand is no news, so one that fell
 * while its change waited is told as it is `now`. An event and its being taken back come to nothing, too.
 */
export function mergeChanges(changes: readonly Change[], now: Now = () => undefined): readonly Change[] {
  const dates = changes.filter((change) => change.about === 'date');
  const merged = [...Map.groupBy(dates, deadlineOfChange)].map(([id, all]) => mergedOf(all, now(id ?? '')));
  return [...mergeEvents(changes.filter((change) => change.about === 'review')), ...merged.filter((change) => change !== null)];
}

function mergeEvents(changes: readonly ReviewChange[]): readonly ReviewChange[] {
  const same = Map.groupBy(changes, ({ review, event }) => `${review.id}|${eventKey(event)}`);
  return [...same.values()].flatMap((told) => {
    const last = told.at(-1);
    return last === undefined || told[0]?.what !== last.what ? [] : [last];
  });
}

function mergedOf(all: readonly DateChange[], now: Deadline | undefined): DateChange | null {
  const [first, last] = [all[0], all.at(-1)];
  if (first === undefined || last === undefined) return null;
  const fell = now !== undefined && now.standing !== 'standing';
  if (all.length === 1 && !fell) return first;
  const [before, after] = [first.before, fell ? now : last.after];
  const what = becameOf(before, after);
  return what === null ? null : { about: 'date', what, before, after };
}

/** A move outweighs what else became of the date: its certainty, a second value beside it. Null for what is not told. */
function becameOf(before: Deadline | null, after: Deadline | null): DateChange['what'] | null {
  const [had, has] = [before !== null && hasDay(before.when), after !== null && hasDay(after.when)];
  if (had !== has) return has ? 'announced' : 'withdrawn';
  if (before === null || after === null) return null;
  if (whenKey(before.when) !== whenKey(after.when)) {
    const move = moveOf(before, after);
    return move === 'estimate-moved' ? null : move;
  }
  if (!had) return null;
  const surer = compareCertainty(after.certainty, before.certainty);
  if (surer !== 0) return surer < 0 ? 'surer' : 'doubtful';
  const conflict = conflictBetween(before, after);
  return conflict !== null && isPosted({ about: 'date', what: conflict, before, after }) ? conflict : null;
}

/** The id of the date that a change is about; null for what happened to a review. */
export function deadlineOfChange(change: Change): string | null {
  return change.about === 'date' ? ((change.after ?? change.before)?.id ?? null) : null;
}
