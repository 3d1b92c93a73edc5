/** What a change of the calendar means for plans: a date that moved is proposed, anything else is told. Nothing moves by itself. */

import { notBefore } from '../../domain/alerts/quiet-hours.ts';
import { touchesTold } from '../../domain/alerts/told-date.ts';
import type { Change } from '../../domain/calendar/diff.ts';
import type { EventKind } from '../../domain/calendar/facts.ts';
import { whenKey } from '../../domain/calendar/when.ts';
import type { WholeResponse } from '../../domain/team/response.ts';
import type { Instant } from '../../domain/time.ts';
import type { Channel, NewAlert, Store, StoredChange } from '../../store/store.ts';
import type { Memory } from '../memory.ts';
import { teamAlert } from './bodies.ts';

/** After these a team asks whether its work still makes sense. */
const UNSETTLING: readonly EventKind[] = [
  ...(['absent', 'postponement-requested', 'postponed', 'rescheduled', 'non-participation-announced', 'cooperation-resumed'] as const),
  ...(['non-cooperation-decision', 'contributions-suspended', 'contributions-resumed', 'absent-at-adoption', 'adoption-postponed'] as const),
];

/** Alerts for the channels of open plans that a change concerns: those that see it, and no others. */
export async function tellPlans(
  store: Store,
  stored: StoredChange,
  { memory, now }: { readonly memory: Memory; readonly now: Instant },
): Promise<readonly NewAlert[]> {
  const { change, revision, seq, team } = stored;
  const deadlines = concernedBy(stored, memory);
  const alerts: NewAlert[] = [];
  for (const deadline of deadlines) {
    const plans = (await store.teams.forDeadline(deadline)).filter(({ response: { side } }) => {
      const place = { platform: side.platform, id: side.installation };
      if (team !== undefined) return team.platform === place.platform && team.id === place.id;
      return change.about === 'review' || !memory.views.isOwn(place, deadline);
    });
    const channels = new Map((await store.subscriptions.channelsBy(plans.map(({ response }) => response.channel))).map((channel) => [channel.id, channel]));
    for (const whole of plans) {
      const channel = channels.get(whole.response.channel);
      if (channel !== undefined) alerts.push(movedAlert(channel, whole, { change, revision, seq, now }));
    }
  }
  return alerts;
}

/** The dates of plans that a change touches. */
function concernedBy({ change, posted, team }: StoredChange, memory: Memory): readonly string[] {
  if (change.about === 'date') return touchesTold(change) ? [(change.after ?? change.before)?.id ?? ''] : [];
  if (!posted || change.what !== 'event' || !UNSETTLING.includes(change.event.what)) return [];
  const { session, state } = change.review;
  return [...memory.views.of(team).picture.deadlines.values()].filter((one) => one.session === session && one.state === state).map(({ id }) => id);
}

interface Moving {
  readonly change: Change;
  readonly revision: number;
  readonly seq: number;
  readonly now: Instant;
}

/** Once a plan and date, or once a plan and event. */
function movedAlert(channel: Channel, { response }: WholeResponse, { change, revision, seq, now }: Moving): NewAlert {
  const date = change.about === 'date' ? change : null;
  const dates = date === null ? [] : [date.before, date.after].flatMap((deadline) => (deadline === null ? [] : [deadline.when]));
  const to = date?.after == null ? 'gone' : `${whenKey(date.after.when)}|${date.after.standing}`;
  return teamAlert(channel, {
    type: 'plan-moved',
    onceKey: `plan-moved|${response.id}|${date === null ? `${revision}|${seq}` : to}`,
    body: { response: response.id, why: date === null ? 'review' : 'date', revision, seq },
    ...(date === null ? {} : { deadline: response.deadline }),
    now,
    notBefore: notBefore(now, channel.quiet, channel.profile.zone, dates),
  });
}
