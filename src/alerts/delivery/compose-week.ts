/** What is not due by a date: the digest of a week, the line of a silent month. Pure. */

import { digestOf } from '../../domain/alerts/digest.ts';
import type { Ladder } from '../../domain/alerts/ladder.ts';
import { deadlineOfChange, mergeChanges } from '../../domain/alerts/merge-changes.ts';
import type { Timing } from '../../domain/alerts/moment.ts';
import { isWished, type Wish } from '../../domain/alerts/wish.ts';
import type { Change } from '../../domain/calendar/diff.ts';
import type { Instant } from '../../domain/time.ts';
import type { HandsWanted } from '../../message/content-team.ts';
import type { Alert, SaidLately } from '../../store/store.ts';
import type { Memory } from '../memory.ts';
import type { Draft } from './compose.ts';

/** What became known since the last digest of a channel, and what it was told a moment ago. */
export interface Week {
  readonly since: Instant;
  /** By `revision|seq`. */
  readonly changes: ReadonlyMap<string, Change>;
  readonly told: SaidLately;
  /** Tasks of plans that nobody has. */
  readonly hands: readonly HandsWanted[];
}

export interface WeekInput {
  readonly week: Week | null;
  readonly wishes: readonly Wish[];
  readonly ladder: Ladder;
  readonly timing: Timing;
  readonly memory: Memory;
  readonly now: Instant;
}

/** The digest, or why there is none. */
export function composeDigest(alert: Alert, { week, wishes, ladder, timing, memory, now }: WeekInput): Draft | string {
  if (now - alert.dueAt > alert.grace) return 'too late; the next one tells it';
  if (week === null || wishes.length === 0) return 'nobody follows anything here any more';
  const { since, told, hands } = week;
  const fresh = [...week.changes].filter(([key]) => !told.changes.has(key)).map(([, change]) => change);
  const changes = mergeChanges(fresh).filter((change) => !told.deadlines.has(deadlineOfChange(change) ?? ''));
  const deadlines = memory.picture.deadlines.values();
  const digest = digestOf({ deadlines, changes, wishes, ladder, timing, holidays: memory.holidays, since, now, told: told.deadlines });
  if (digest === null && hands.length === 0) return 'there was nothing to tell';
  return { type: 'digest', content: { type: 'digest', digest: digest ?? NOTHING_DATED, hands }, edits: null, alerts: [alert], folded: [] };
}

const NOTHING_DATED = { ahead: [], changed: [], estimated: [] } as const;

/** That somebody watches: what nobody was told for a month. */
export function composeSilence(alert: Alert, { wishes, memory }: WeekInput): Draft | string {
  if (wishes.length === 0) return 'nobody follows anything here any more';
  const wished = [...memory.picture.deadlines.values()].filter((deadline) => isWished(wishes, deadline));
  const checked =
    wished
      .flatMap((deadline) => deadline.checked ?? [])
      .sort()
      .at(-1) ?? null;
  return { type: 'silence', content: { type: 'silence', checked }, edits: null, alerts: [alert], folded: [] };
}
