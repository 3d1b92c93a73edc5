/** What of a channel's changes is told: those that it still wants, of each date from the first old to the last new. Pure. */
import { deadlineOfChange, mergeChanges } from '../../domain/alerts/merge-changes.ts';
import { isNewsWished } from '../../domain/alerts/wish.ts';
import { avenueDates } from '../../domain/calendar/avenues.ts';
import type { Change } from '../../domain/calendar/diff.ts';
import { statesOfChange } from '../../domain/calendar/news.ts';
import { stalls, staysOpen } from '../../domain/calendar/participation.ts';
import type { OpenNow } from '../../message/content.ts';
import type { Alert } from '../../store/store.ts';
import type { ComposeInput, Draft } from './compose.ts';

/** One message of all changes; null when nothing is left to tell. What is not told and does not wait is added to `superseded`. */
export function composeChanges(input: ComposeInput, isFree: (alert: Alert) => boolean, superseded: { alert: Alert; reason: string }[]): Draft | null {
  const { ready, changes, wishes, memory } = input;
  const told: { alert: Alert; change: Change }[] = [];
  for (const alert of inOrderOfRevision(ready.filter((entry) => entry.type === 'change'))) {
    const change = changes.get(`${alert.revision}|${alert.seq}`);
    const wanted = change !== undefined && isNewsWished(wishes, change);
    if (!wanted) superseded.push({ alert, reason: 'nobody follows it here any more' });
    else if (isFree(alert)) told.push({ alert, change });
  }
  const merged = mergeChanges(
    told.map(({ change }) => change),
    (id) => memory.versions.get(id)?.deadline,
  ).filter((change) => !isSettled(change, input));
  if (merged.length === 0) {
    for (const { alert } of told) superseded.push({ alert, reason: 'it was changed back before it was said' });
    return null;
  }
  return {
    type: 'changes',
    content: { type: 'changes', changes: merged, ...openAfter(merged, input) },
    edits: null,
    alerts: told.map(({ alert }) => alert),
    folded: [],
  };
}

/** A difference of sources that ended before it was said; its end alone is told to nobody. */
function isSettled(change: Change, { memory }: ComposeInput): boolean {
  const isConflict = change.what === 'conflict-opened' || change.what === 'conflict-changed';
  return isConflict && memory.versions.get(deadlineOfChange(change) ?? '')?.deadline.disagrees.length === 0;
}

/** What stays open in States whose reviews stall by what is told. */
function openAfter(told: readonly Change[], { memory: { picture }, now }: ComposeInput): { readonly open?: OpenNow } {
  const states = new Set(told.filter(stalls).flatMap(statesOfChange));
  if (states.size === 0) return {};
  return { open: { states: [...states].map((state) => staysOpen(picture, state, now)), dates: avenueDates(picture.deadlines.values(), now) } };
}

/** As they happened, whatever a clock that was set back in between said. */
function inOrderOfRevision(alerts: readonly Alert[]): readonly Alert[] {
  return [...alerts].sort((a, b) => (a.revision ?? 0) - (b.revision ?? 0) || (a.seq ?? 0) - (b.seq ?? 0));
}
