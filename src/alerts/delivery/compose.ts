/**
 * The last look: what of a channel's ready alerts is still true and wanted, and how it is said. Pure; `commit.ts` does
 * what it decides.
 */
import { checkResult, stageAllows } from '../../domain/alerts/check.ts';
import type { Ladder, Lead } from '../../domain/alerts/ladder.ts';
import { readLead, TODAY } from '../../domain/alerts/ladder.ts';
import { type Selector, wantsDate } from '../../domain/alerts/subscription.ts';
import { compareCertainty } from '../../domain/calendar/certainty.ts';
import { alerts, type Deadline } from '../../domain/calendar/deadline.ts';
import type { Change, DateChange } from '../../domain/calendar/diff.ts';
import { kindOfChange, statesOfChange } from '../../domain/calendar/news.ts';
import { hasDay, passesAt, whenKey } from '../../domain/calendar/when.ts';
import type { Instant } from '../../domain/time.ts';
import type { AlertContent, LeadItem } from '../../message/content.ts';
import type { Alert, VersionedDeadline } from '../../store/store.ts';
import { type Memory, reviewFor } from '../memory.ts';
import { readNotice } from '../notice-body.ts';

/** A wish of the channel with its States resolved (regions included); null = all. */
export interface Wish {
  readonly selector: Selector;
  readonly states: readonly string[] | null;
}

export interface ComposeInput {
  readonly ready: readonly Alert[];
  /** The changes that alerts of type `change` speak of, by `revision|seq`. */
  readonly changes: ReadonlyMap<string, Change>;
  readonly wishes: readonly Wish[];
  readonly ladder: Ladder;
  readonly memory: Memory;
  readonly now: Instant;
}

/** One message to post. `folded` alerts are said inside it without a line of their own. */
export interface Draft {
  readonly type: AlertContent['type'];
  readonly content: AlertContent;
  readonly alerts: readonly Alert[];
  readonly folded: readonly Alert[];
}

export interface Composition {
  readonly drafts: readonly Draft[];
  readonly superseded: readonly { readonly alert: Alert; readonly reason: string }[];
}

interface Said {
  readonly alert: Alert;
  readonly item: LeadItem;
}

/** Drafts in the order they are posted: notices, changes, then a catch-up, then what is due now. */
export function compose(input: ComposeInput): Composition {
  const superseded: { alert: Alert; reason: string }[] = [];
  const leads: Said[] = [];
  for (const alert of input.ready.filter(({ type }) => type === 'lead' || type === 'check')) {
    const looked = lookAtLead(alert, input);
    if (typeof looked === 'string') superseded.push({ alert, reason: looked });
    else leads.push({ alert, item: looked });
  }
  const told = composeChanges(input, superseded);
  const corrected = new Set(told?.content.type === 'changes' ? told.content.changes.map(deadlineOf) : []);
  const inCorrection = leads.filter(({ alert }) => alert.type === 'lead' && corrected.has(alert.deadline));
  const rest = leads.filter((entry) => !inCorrection.includes(entry));
  const late = rest.filter(({ alert }) => input.now - alert.dueAt > alert.grace);
  const drafts = [
    ...input.ready.filter(({ type }) => type === 'notice').map(composeNotice),
    told === null ? null : { ...told, folded: [...told.folded, ...inCorrection.map(({ alert }) => alert)] },
    composeCatchUp(late, input.now),
    composeLeads(rest.filter((entry) => !late.includes(entry))),
  ];
  return { drafts: drafts.filter((draft) => draft !== null), superseded };
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
  if (!wishes.some((wish) => wants(wish, deadline.concerns, deadline))) return 'nobody follows it here any more';
  return { deadline, review, lead: leadNamed(alert, ladder, entry) };
}

function wants(wish: Wish, states: readonly string[], what: Pick<Deadline, 'kind' | 'session'>): boolean {
  return (wish.states === null || states.some((state) => wish.states?.includes(state))) && wantsDate(wish.selector, what);
}

/** A lead keeps its meaning when its ladder changed after it was planned. */
function leadNamed(alert: Alert, ladder: Ladder, { deadline }: VersionedDeadline): Lead {
  if (alert.lead === TODAY.key) return TODAY;
  const found = ladder[deadline.kind]?.find((lead) => lead.key === alert.lead);
  return found ?? readLead(`${alert.lead}${alert.type === 'check' ? '?' : '!'}`) ?? { ...TODAY, key: alert.lead };
}

function composeChanges({ ready, changes, wishes }: ComposeInput, superseded: { alert: Alert; reason: string }[]): Draft | null {
  const told: { alert: Alert; change: Change }[] = [];
  for (const alert of inOrderOfRevision(ready.filter((entry) => entry.type === 'change'))) {
    const change = changes.get(`${alert.revision}|${alert.seq}`);
    const wanted = change !== undefined && wishes.some((wish) => wants(wish, statesOfChange(change), kindOfChange(change)));
    if (wanted) told.push({ alert, change });
    else superseded.push({ alert, reason: 'nobody follows it here any more' });
  }
  const merged = mergeChanges(told.map(({ change }) => change));
  if (merged.length === 0) {
    for (const { alert } of told) superseded.push({ alert, reason: 'it was changed back before it was said' });
    return null;
  }
  return { type: 'changes', content: { type: 'changes', changes: merged }, alerts: told.map(({ alert }) => alert), folded: [] };
}

/** As they happened, whatever a clock that was set back in between said. */
function inOrderOfRevision(alerts: readonly Alert[]): readonly Alert[] {
  return [...alerts].sort((a, b) => (a.revision ?? 0) - (b.revision ?? 0) || (a.seq ?? 0) - (b.seq ?? 0));
}

/** Changes of one date that waited together become one, from the first old to the last new; none when it ends where it began. */
export function mergeChanges(changes: readonly Change[]): readonly Change[] {
  const dates = new Map<string, DateChange>();
  const merged: Change[] = changes.filter((change) => change.about === 'review');
  for (const change of changes) {
    if (change.about !== 'date') continue;
    const id = deadlineOf(change) ?? '';
    const first = dates.get(id);
    dates.set(id, first === undefined ? change : { ...change, what: mergedKind(first, change), before: first.before });
  }
  merged.push(...[...dates.values()].filter(saysSomething));
  return merged;
}

/** A move outweighs what else became of the date: its certainty, its standing, a second value beside it. */
function mergedKind({ before }: DateChange, last: DateChange): DateChange['what'] {
  const { after } = last;
  const [had, has] = [before !== null && hasDay(before.when), after !== null && hasDay(after.when)];
  if (had !== has) return has ? 'announced' : 'withdrawn';
  if (before === null || after === null || !had) return last.what;
  if (whenKey(before.when) !== whenKey(after.when)) return 'moved';
  const surer = compareCertainty(after.certainty, before.certainty);
  return surer === 0 ? last.what : surer < 0 ? 'surer' : 'doubtful';
}

function saysSomething({ before, after }: DateChange): boolean {
  if (before === null || after === null) return [before, after].some((deadline) => deadline !== null && hasDay(deadline.when));
  const same = whenKey(before.when) === whenKey(after.when) && before.certainty === after.certainty && before.standing === after.standing;
  return !same || before.disagrees.length !== after.disagrees.length;
}

function deadlineOf(change: Change): string | null {
  return change.about === 'date' ? ((change.after ?? change.before)?.id ?? null) : null;
}

/** A notice speaks of one thing, so each is a message. */
function composeNotice(alert: Alert): Draft {
  return { type: 'notice', content: { type: 'notice', notice: readNotice(alert.body ?? '') }, alerts: [alert], folded: [] };
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
  return { type: 'catch-up', content, alerts: spoken.map(({ alert }) => alert), folded };
}

function composeLeads(onTime: readonly Said[]): Draft | null {
  if (onTime.length === 0) return null;
  const { spoken, folded } = lastOfEachDate(onTime);
  return { type: 'leads', content: { type: 'leads', items: spoken.map(({ item }) => item) }, alerts: spoken.map(({ alert }) => alert), folded };
}

/** One line a date: an earlier lead of a date that is said anyway is folded into its latest. */
function lastOfEachDate(entries: readonly Said[]): { spoken: readonly Said[]; folded: readonly Alert[] } {
  const last = new Map<string, Said>();
  for (const entry of entries) last.set(entry.item.deadline.id, entry);
  return { spoken: [...last.values()], folded: entries.filter((entry) => last.get(entry.item.deadline.id) !== entry).map(({ alert }) => alert) };
}
