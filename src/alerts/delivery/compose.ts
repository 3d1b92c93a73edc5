/**
 * The last look: what of a channel's ready alerts is still true and wanted, and how it is said. Pure; `commit.ts` does
 * what it decides.
 */
import type { PostedRef } from '../../adapters/adapter.ts';
import { checkResult, stageAllows } from '../../domain/alerts/check.ts';
import type { Ladder, Lead } from '../../domain/alerts/ladder.ts';
import { readLead, TODAY } from '../../domain/alerts/ladder.ts';
import { deadlineOfChange, mergeChanges } from '../../domain/alerts/merge-changes.ts';
import { heldUntil, type Mute } from '../../domain/alerts/mute.ts';
import { notBefore, type QuietHours } from '../../domain/alerts/quiet-hours.ts';
import { isNewsWished, isWished } from '../../domain/alerts/wish.ts';
import { avenueDates } from '../../domain/calendar/avenues.ts';
import { alerts } from '../../domain/calendar/deadline.ts';
import type { Change } from '../../domain/calendar/diff.ts';
import { statesOfChange } from '../../domain/calendar/news.ts';
import { stalls, staysOpen } from '../../domain/calendar/participation.ts';
import { passesAt, type When, whenKey } from '../../domain/calendar/when.ts';
import type { Instant } from '../../domain/time.ts';
import type { AlertContent, LeadItem, OpenNow } from '../../message/content.ts';
import type { Alert, VersionedDeadline } from '../../store/store.ts';
import { readAmendment } from '../amend.ts';
import { reviewFor } from '../memory.ts';
import { readNotice } from '../notice-body.ts';
import { composeAmendment, composeDigest, composeSilence, type WeekInput } from './compose-week.ts';

export interface ComposeInput extends WeekInput {
  readonly ready: readonly Alert[];
  /** The changes that alerts of type `change` speak of, by `revision|seq`. */
  readonly changes: ReadonlyMap<string, Change>;
  /** What the messages told that are to be amended, by delivery. */
  readonly amended: ReadonlyMap<number, readonly Alert[]>;
  readonly mute: Mute | null;
  readonly quiet: QuietHours | null;
}

/** One message to post, or to change. `folded` alerts are said inside it without a line of their own. */
export interface Draft {
  readonly type: AlertContent['type'];
  readonly content: AlertContent;
  /** The message that it changes; null for a new one. */
  readonly edits: PostedRef | null;
  readonly alerts: readonly Alert[];
  readonly folded: readonly Alert[];
}

export interface Composition {
  readonly drafts: readonly Draft[];
  /** What a mute or quiet hours keep back, and until when. */
  readonly held: readonly Held[];
  readonly superseded: readonly { readonly alert: Alert; readonly reason: string }[];
}

interface Held {
  readonly alert: Alert;
  readonly until: Instant;
}

interface Said {
  readonly alert: Alert;
  readonly item: LeadItem;
}

/** Drafts in the order they are posted: notices, changes, then a catch-up, then what is due now, then what is not due by a date. */
export function compose(input: ComposeInput): Composition {
  const superseded: { alert: Alert; reason: string }[] = [];
  const held: Held[] = [];
  const isFree = (alert: Alert) => {
    const dates = datesOf(alert, input);
    const spoken = heldUntil(input.mute, input.now, dates) ?? input.now;
    // What waited for an outage may find the channel asleep. Owners are told of what needs a hand at any hour.
    const until = alert.type === 'notice' ? spoken : notBefore(spoken, input.quiet, input.timing.zone, dates);
    if (until > input.now) held.push({ alert, until });
    return until <= input.now;
  };
  const leads: Said[] = [];
  for (const alert of input.ready.filter(({ type }) => type === 'lead' || type === 'check')) {
    const looked = lookAtLead(alert, input);
    if (typeof looked === 'string') superseded.push({ alert, reason: looked });
    else if (isFree(alert)) leads.push({ alert, item: looked });
  }
  const told = composeChanges(input, isFree, superseded);
  const corrected = new Set(told?.content.type === 'changes' ? told.content.changes.map(deadlineOfChange) : []);
  const inCorrection = leads.filter(({ alert }) => alert.type === 'lead' && corrected.has(alert.deadline));
  const rest = leads.filter((entry) => !inCorrection.includes(entry));
  const late = rest.filter(({ alert }) => input.now - alert.dueAt > alert.grace);
  const catchUp = composeCatchUp(late, input.now);
  const dated = [
    ...input.ready.filter((alert) => alert.type === 'notice' && isFree(alert)).map(composeNotice),
    told === null ? null : { ...told, folded: [...told.folded, ...inCorrection.map(({ alert }) => alert)] },
    catchUp,
    composeLeads(rest.filter((entry) => !late.includes(entry))),
  ].filter((draft) => draft !== null);
  const drafts = [...dated, ...composeUndated(input, { speaks: dated.length > 0, catchesUp: catchUp !== null }, superseded)];
  return { drafts, held, superseded };
}

/** The dates whose last day lets an alert through. */
function datesOf(alert: Alert, { memory, changes }: ComposeInput): readonly When[] {
  const change = changes.get(`${alert.revision}|${alert.seq}`);
  const entries = change?.about === 'date' ? [change.before, change.after] : [memory.versions.get(alert.deadline ?? '')?.deadline];
  return entries.flatMap((deadline) => (deadline == null ? [] : [deadline.when]));
}

/** A channel that catches up, or wants to hear nothing, is spared the digest; one that hears anything, the line of a silent month. */
function composeUndated(
  input: ComposeInput,
  { speaks, catchesUp }: { readonly speaks: boolean; readonly catchesUp: boolean },
  superseded: { alert: Alert; reason: string }[],
): readonly Draft[] {
  const silent = input.mute !== null && input.mute.until > input.now ? 'muted' : null;
  const drafts: Draft[] = [];
  const take = (alerts: readonly Alert[], composed: Draft | string) => {
    if (typeof composed !== 'string') drafts.push(composed);
    else superseded.push(...alerts.map((alert) => ({ alert, reason: composed })));
  };
  const ofType = (wanted: Alert['type']) => input.ready.filter(({ type }) => type === wanted);
  for (const alert of ofType('digest')) take([alert], silent ?? (catchesUp ? 'a catch-up is said in its place' : composeDigest(alert, input)));
  const heard = speaks || drafts.length > 0;
  for (const alert of ofType('silence')) take([alert], silent ?? (heard ? 'it is not silent any more' : composeSilence(alert, input)));
  for (const [delivery, alerts] of Map.groupBy(ofType('amendment'), ({ body }) => readAmendment(body ?? '').delivery)) {
    take(alerts, composeAmendment(alerts as [Alert, ...Alert[]], itemsTold(input.amended.get(delivery) ?? [], input)));
  }
  return drafts;
}

/** What a message told, as it is known now; a line a date. */
function itemsTold(told: readonly Alert[], { memory, ladder }: ComposeInput): readonly LeadItem[] {
  const items = told.flatMap((alert) => {
    const entry = memory.versions.get(alert.deadline ?? '');
    if (entry === undefined) return [];
    const { deadline } = entry;
    return [{ deadline, review: reviewFor(memory.picture, deadline), lead: leadNamed(alert, ladder, entry) }];
  });
  return [...new Map(items.map((item) => [item.deadline.id, item])).values()];
}

/** The item to say, or why it is not said any more. */
function lookAtLead(alert: Alert, { memory, wishes, ladder }: ComposeInput): LeadItem | string {
  const entry = memory.versions.get(alert.deadline ?? '');
  if (entry === undefined) return 'the date is gone';
  const { deadline } = entry;
  if (entry.version !== alert.version && alert.whenKey !== whenKey(deadline.when)) return 'the date moved';
  if (!alerts(deadline)) return 'the date is no longer sure enough or does not stand';
  const review = reviewFor(memory.picture, deadline);
  if (!stageAllows(deadline, review)) return 'the review has another stage';
  if (alert.type === 'check' && checkResult(deadline, review) !== 'not-seen') return 'it was seen since';
  if (!isWished(wishes, deadline)) return 'nobody follows it here any more';
  return { deadline, review, lead: leadNamed(alert, ladder, entry) };
}

/** A lead keeps its meaning when its ladder changed after it was planned. */
function leadNamed(alert: Alert, ladder: Ladder, { deadline }: VersionedDeadline): Lead {
  if (alert.lead === TODAY.key) return TODAY;
  const found = ladder[deadline.kind]?.find((lead) => lead.key === alert.lead);
  return found ?? readLead(`${alert.lead}${alert.type === 'check' ? '?' : '!'}`) ?? { ...TODAY, key: alert.lead };
}

function composeChanges(input: ComposeInput, isFree: (alert: Alert) => boolean, superseded: { alert: Alert; reason: string }[]): Draft | null {
  const { ready, changes, wishes } = input;
  const told: { alert: Alert; change: Change }[] = [];
  for (const alert of inOrderOfRevision(ready.filter((entry) => entry.type === 'change'))) {
    const change = changes.get(`${alert.revision}|${alert.seq}`);
    const wanted = change !== undefined && isNewsWished(wishes, change);
    if (!wanted) superseded.push({ alert, reason: 'nobody follows it here any more' });
    else if (isFree(alert)) told.push({ alert, change });
  }
  const merged = mergeChanges(told.map(({ change }) => change)).filter((change) => !isSettled(change, input));
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

/** A notice speaks of one thing, so each is a message. */
function composeNotice(alert: Alert): Draft {
  return { type: 'notice', content: { type: 'notice', notice: readNotice(alert.body ?? '') }, edits: null, alerts: [alert], folded: [] };
}

function composeCatchUp(late: readonly Said[], now: Instant): Draft | null {
  if (late.length === 0) return null;
  const { spoken, folded } = lastOfEachDate(late);
  const isPassed = ({ item }: Said) => (passesAt(item.deadline.when) ?? 0) <= now;
  const content = {
    type: 'catch-up',
    ahead: spoken.filter((entry) => !isPassed(entry)).map(({ item }) => item),
    passed: spoken.filter(isPassed).map(({ item }) => item),
  } as const;
  return { type: 'catch-up', content, edits: null, alerts: spoken.map(({ alert }) => alert), folded };
}

function composeLeads(onTime: readonly Said[]): Draft | null {
  if (onTime.length === 0) return null;
  const { spoken, folded } = lastOfEachDate(onTime);
  return { type: 'leads', content: { type: 'leads', items: spoken.map(({ item }) => item) }, edits: null, alerts: spoken.map(({ alert }) => alert), folded };
}

/** One line a date: an earlier lead of a date that is said anyway is folded into its latest. */
function lastOfEachDate(entries: readonly Said[]): { spoken: readonly Said[]; folded: readonly Alert[] } {
  const last = new Map<string, Said>();
  for (const entry of entries) last.set(entry.item.deadline.id, entry);
  return { spoken: [...last.values()], folded: entries.filter((entry) => last.get(entry.item.deadline.id) !== entry).map(({ alert }) => alert) };
}
