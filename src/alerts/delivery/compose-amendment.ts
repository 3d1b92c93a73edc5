/** A message that was posted, as it reads now. Pure. */
import type { Ladder } from '../../domain/alerts/ladder.ts';
import type { Mute } from '../../domain/alerts/mute.ts';
import { becameOf, type ToldDate } from '../../domain/alerts/told-date.ts';
import type { Deadline, DeadlineId } from '../../domain/calendar/deadline.ts';
import { whenOfKey } from '../../domain/calendar/when.ts';
import { GENEVA, type Instant } from '../../domain/time.ts';
import type { LeadItem } from '../../message/content.ts';
import type { Alert } from '../../store/store.ts';
import { readAmendment } from '../amend.ts';
import { type Memory, reviewFor } from '../memory.ts';
import type { Draft } from './compose.ts';
import { leadNamed } from './lead-named.ts';

/** What a message told when it was posted. */
export interface Posted {
  readonly told: readonly Alert[];
  /** Dates of it that are in no calendar any more, as they were last. */
  readonly gone: ReadonlyMap<DeadlineId, Deadline>;
}

interface AmendInput {
  readonly memory: Memory;
  readonly ladder: Ladder;
  readonly mute: Mute | null;
  readonly now: Instant;
}

/**
 * The message with the facts of now, whatever it was amended for; or why it stays as it is. All that waits to amend the
 * same message is done at once.
 */
export function composeAmendment(alerts: readonly [Alert, ...Alert[]], { told, gone }: Posted, input: AmendInput): Draft | string {
  const dates = told.filter(({ deadline }) => deadline !== null);
  const changed = new Map(dates.flatMap((alert) => changedOf(alert, gone, input)).map((date) => [date.deadline.id, date]));
  const items = new Map(
    dates
      .filter(({ deadline }) => isStillSaid(changed.get(deadline ?? '')))
      .flatMap((alert) => itemOf(alert, input))
      .map((item) => [item.deadline.id, item]),
  );
  if (items.size + changed.size === 0) return 'its dates are gone';
  const read = alerts.map(({ body }) => readAmendment(body ?? ''));
  const silenced = read.findLast(({ why }) => why === 'silenced');
  const why = silenced?.until ? 'silenced' : (read.find(({ why }) => why !== 'silenced')?.why ?? 'silenced');
  const until = silenced === undefined ? silentUntil(input) : silenced.until;
  const content = { type: 'amendment', items: [...items.values()], changed: [...changed.values()], why, until } as const;
  return { type: 'amendment', content, edits: readAmendment(alerts[0].body ?? '').ref, alerts, folded: [] };
}

/** What moved is said with its new date; what has none, or does not run, is only said to be so. */
function isStillSaid(changed: ToldDate | undefined): boolean {
  return changed === undefined || changed.became === 'moved';
}

function itemOf(alert: Alert, { memory, ladder }: AmendInput): readonly LeadItem[] {
  const entry = memory.versions.get(alert.deadline ?? '');
  if (entry === undefined) return [];
  return [{ deadline: entry.deadline, review: reviewFor(memory.picture, entry.deadline), lead: leadNamed(alert, ladder, entry) }];
}

function changedOf(alert: Alert, gone: Posted['gone'], { memory }: AmendInput): readonly ToldDate[] {
  const id = alert.deadline ?? '';
  const current = memory.versions.get(id)?.deadline ?? null;
  const deadline = current ?? gone.get(id);
  const was = whenOfKey(alert.whenKey, deadline?.when.zone ?? GENEVA);
  if (deadline === undefined || was === null) return [];
  const became = becameOf(alert.whenKey, current);
  return became === null ? [] : [{ deadline, was, became }];
}

function silentUntil({ mute, now }: AmendInput): Instant | null {
  return mute !== null && mute.until > now ? mute.until : null;
}
