/**
 * The last look: what of a channel's ready alerts is still true and wanted, and how it is said. Pure; `commit.ts` does
 * what it decides.
 */
import type { PostedRef } from '../../adapters/adapter.ts';
import { checkResult, stageAllows } from '../../domain/alerts/check.ts';
import { deadlineOfChange } from '../../domain/alerts/merge-changes.ts';
import { heldUntil, type Mute } from '../../domain/alerts/mute.ts';
import { notBefore, type QuietHours } from '../../domain/alerts/quiet-hours.ts';
import { isWished } from '../../domain/alerts/wish.ts';
import { alerts } from '../../domain/calendar/deadline.ts';
import type { Change } from '../../domain/calendar/diff.ts';
import { passesAt, type When, whenKey } from '../../domain/calendar/when.ts';
import type { Instant } from '../../domain/time.ts';
import type { AlertContent, LeadItem } from '../../message/content.ts';
import type { Alert } from '../../store/store.ts';
import { readAmendment } from '../amend.ts';
import { reviewFor } from '../memory.ts';
import { readNotice } from '../notice-body.ts';
import { composeAmendment, type Posted } from './compose-amendment.ts';
import { composeChanges } from './compose-changes.ts';
import { composeTeam, type TeamInput } from './compose-team.ts';
import { composeDigest, composeSilence, type WeekInput } from './compose-week.ts';
import { leadNamed } from './lead-named.ts';

export interface ComposeInput extends WeekInput, Pick<TeamInput, 'ready' | 'plans'> {
  /** The changes that alerts speak of, by `revision|seq`. */
  readonly changes: ReadonlyMap<string, Change>;
  /** What the messages told that are to be amended, by delivery. */
  readonly amended: ReadonlyMap<number, Posted>;
  readonly mute: Mute | null;
  readonly quiet: QuietHours | null;
}

/** One message to post, or to change. `folded` alerts are said inside it without a line of their own. */
export interface Draft {
  readonly type: AlertContent['type'];
  readonly content: AlertContent;
  /** The message that it changes; null for a new one. */
  readonly edits: PostedRef | null;
  /** Of a card: the plan, and whether it is to be edited as soon as it is posted. */
  readonly card?: { readonly response: string; readonly again: boolean };
  /** Of what is told in the thread of a card. */
  readonly below?: { readonly card: PostedRef; readonly response: string };
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
  const team = composeTeam(input, isFree, superseded);
  const speaks = [...dated, ...team].some(({ type }) => type !== 'card' && type !== 'history');
  const drafts = [...dated, ...team, ...composeUndated(input, { speaks, catchesUp: catchUp !== null }, superseded)];
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
    take(alerts, composeAmendment(alerts as [Alert, ...Alert[]], input.amended.get(delivery) ?? NOTHING_TOLD, input));
  }
  return drafts;
}

const NOTHING_TOLD: Posted = { told: [], gone: new Map() };

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
