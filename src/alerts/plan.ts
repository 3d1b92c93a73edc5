/**
 * From what is due to alerts. Moments in `(watermark, now]`, changes of new revisions, and checks that waited for a look
 * are recorded in one short transaction; then each is fanned out to its followers in chunks, each its own transaction,
 * so that a crash at any point loses nothing and repeats nothing.
 */
import { checkResult, stageAllows } from '../domain/alerts/check.ts';
import { isAhead, TOLD_LATELY_DAYS, touchesTold } from '../domain/alerts/told-date.ts';
import { isOldNews } from '../domain/calendar/news.ts';
import { DAY, type Instant, MINUTE } from '../domain/time.ts';
import type { Logger } from '../lib/log.ts';
import type { Fanout, NewAlert, Store, StoredChange } from '../store/store.ts';
import { fanOut } from './fan-out.ts';
import type { HorizonMoment } from './horizon.ts';
import type { Keeper } from './look-ups.ts';
import { type Memory, reviewFor } from './memory.ts';
import { tellPlans } from './team/moves.ts';
import { wake } from './wakeups.ts';
import {
  type ChangeWork,
  changeKey,
  type LeadWork,
  leadKey,
  type MovedWork,
  movedKey,
  type PassedWork,
  passedKey,
  plannedKey,
  readWork,
  writeWork,
} from './work.ts';

export interface PlanDeps {
  readonly store: Store;
  readonly memory: Memory;
  readonly log: Logger;
  /** Who is asked to look things up; nobody when left out. */
  readonly keeper?: Keeper | undefined;
}

/** A watermark ahead of now goes back to now, safe by the once-keys; further ahead than this it is told, since the clock was wrong. */
const WATERMARK_TRUST = 5 * MINUTE;

type Planned = Omit<Fanout, 'id' | 'stateIndex' | 'cursor'>;

/** Plans everything due at `now` and carries out what was planned. Answers how many fan-outs were worked. */
export async function plan(deps: PlanDeps, now: Instant): Promise<number> {
  const watermark = await trustedWatermark(deps, now);
  const due = dueLeads(deps, watermark, now);
  const news = await newChanges(deps, now);
  const looked = await checksThatWaited(deps, now);
  const passed = await passedDates(deps, watermark, now);
  if (due.planned.length + due.waiting.length + passed.length > 0 || news !== null || looked.length > 0) {
    await deps.store.transaction(async (store) => {
      await store.alerts.add(news?.ofPlans ?? [], now);
      await store.alerts.plan([...(news?.planned ?? []), ...due.planned, ...looked, ...passed]);
      for (const { onceKey, work } of due.waiting) await store.wakeups.put({ kind: 'check', subject: onceKey, dueAt: now, body: work });
      for (const { onceKey } of looked) await store.wakeups.remove('check', onceKey);
      if (news !== null) await store.setMark('event-cursor', news.cursor);
      await store.setMark('watermark', Math.max(watermark, now));
    }, 'planning');
    for (const { onceKey } of due.waiting) deps.log.warn({ check: onceKey }, 'A check is due and no look at the source is recorded; enter one with its date');
  } else if (now - watermark >= MINUTE) await deps.store.setMark('watermark', now);
  const open = await deps.store.alerts.openFanouts();
  for (const fanout of open) await fanOut(deps, fanout, now);
  return open.length + (await wake(deps, now));
}

async function trustedWatermark({ store, log }: PlanDeps, now: Instant): Promise<Instant> {
  const watermark = await store.mark('watermark');
  if (watermark !== null && watermark <= now) return watermark;
  if (watermark !== null && watermark > now + WATERMARK_TRUST)
    log.warn({ watermark, now }, 'The watermark lay in the future and was set to now; the clock was wrong before');
  await store.setMark('watermark', now);
  return now;
}

function dueLeads({ memory }: PlanDeps, watermark: Instant, now: Instant): { planned: Planned[]; waiting: { onceKey: string; work: string }[] } {
  const planned: Planned[] = [];
  const waiting: { onceKey: string; work: string }[] = [];
  for (const moment of memory.horizon.between(watermark, now)) {
    for (const work of leadsOf(moment, memory)) {
      const item = { onceKey: plannedKey(`${leadKey(work)}|p${moment.profile}`, work.team), work: writeWork(work), profile: moment.profile };
      const found = work.mode === 'check' ? resultOf(work, memory) : 'not-seen';
      if (found === 'not-seen') planned.push(item);
      else if (found === 'nobody-looked') waiting.push({ onceKey: item.onceKey, work: JSON.stringify(item) });
    }
  }
  return { planned, waiting };
}

/** Leads that lay before the date appeared or moved were said by that one message. */
function leadsOf(moment: HorizonMoment, memory: Memory): readonly LeadWork[] {
  return moment.deadlines
    .filter(({ deadline, since, team }) => moment.at > since && stageAllows(deadline, reviewFor(memory.views.of(team).picture, deadline)))
    .map(({ deadline, version, team }) => ({
      type: 'lead',
      deadline: deadline.id,
      version,
      lead: moment.lead.key,
      mode: moment.lead.mode === 'check' ? 'check' : 'alert',
      dueAt: moment.at,
      grace: moment.grace,
      ...(team === undefined ? {} : { team }),
    }));
}

/** Dates that are over and that somebody was told of: those messages are worded anew. */
async function passedDates({ store, memory }: PlanDeps, watermark: Instant, now: Instant): Promise<Planned[]> {
  const planned: Planned[] = [];
  for (const { deadline, version, team } of memory.horizon.passed(watermark, now)) {
    if ((await store.alerts.toldOf({ deadline: deadline.id, cursor: '', limit: 1 })).length === 0) continue;
    const work: PassedWork = { type: 'passed', deadline: deadline.id, version, ...(team === undefined ? {} : { team }) };
    planned.push({ onceKey: plannedKey(passedKey(work), team), work: writeWork(work), profile: null });
  }
  return planned;
}

function resultOf(work: LeadWork, { views }: Memory): ReturnType<typeof checkResult> {
  const { versions, picture } = views.of(work.team);
  const entry = versions.get(work.deadline);
  if (entry === undefined || entry.version !== work.version || entry.deadline.standing !== 'standing') return 'seen';
  return checkResult(entry.deadline, reviewFor(picture, entry.deadline));
}

async function newChanges({ store, memory, log }: PlanDeps, now: Instant): Promise<{ planned: Planned[]; ofPlans: NewAlert[]; cursor: number } | null> {
  const cursor = (await store.mark('event-cursor')) ?? memory.revision;
  if (cursor >= memory.revision) return null;
  const planned: Planned[] = [];
  const ofPlans: NewAlert[] = [];
  for (const revision of await store.calendar.revisionsAfter(cursor)) {
    for (const stored of await store.calendar.changesOf(revision.id)) {
      planned.push(...(await toldOtherwise(store, stored, now)));
      ofPlans.push(...(await tellPlans(store, stored, { memory, now })));
      if (!stored.posted) continue;
      if (isOldNews(stored.change, memory.picture, now))
        log.info({ revision: revision.id, change: stored.seq }, 'Old news without a consequence ahead was not posted');
      else planned.push(plannedChange(stored));
    }
    // What a team corrected itself is never old news to it.
    for (const stored of await store.calendar.teamChangesOf(revision.id)) {
      planned.push(...(await toldOtherwise(store, stored, now)));
      ofPlans.push(...(await tellPlans(store, stored, { memory, now })));
      if (stored.posted) planned.push(plannedChange(stored));
    }
  }
  return { planned, ofPlans, cursor: memory.revision };
}

/**
 * Messages that told of a date which moved, went, stands no more or stands again: they are worded anew. Of a date ahead
 * all that are the last to tell it so; of one behind us only those of the last weeks.
 */
async function toldOtherwise(store: Store, { revision, change, team }: StoredChange, now: Instant): Promise<Planned[]> {
  if (change.about !== 'date' || !touchesTold(change)) return [];
  const deadline = (change.after ?? change.before)?.id ?? '';
  const since = isAhead(change, now) ? 0 : now - TOLD_LATELY_DAYS * DAY;
  if ((await store.alerts.toldDates({ deadline, since, cursor: 0, limit: 1 })).length === 0) return [];
  const work: MovedWork = { type: 'moved', revision, deadline, since, ...(team === undefined ? {} : { team }) };
  return [{ onceKey: plannedKey(movedKey(work), team), work: writeWork(work), profile: null }];
}

function plannedChange({ revision, seq, at }: StoredChange): Planned {
  const work: ChangeWork = { type: 'change', revision, seq, at };
  return { onceKey: changeKey(work), work: writeWork(work), profile: null };
}

/** Checks whose day came before anybody had looked, and for which a look is known now. They are due now, not late. */
async function checksThatWaited({ store, memory }: PlanDeps, now: Instant): Promise<Planned[]> {
  const ready: Planned[] = [];
  for (const wakeup of await store.wakeups.of('check')) {
    const item = JSON.parse(wakeup.body) as Planned;
    const work = readWork(item.work);
    if (work.type !== 'lead') continue;
    const found = resultOf(work, memory);
    if (found === 'seen') await store.wakeups.remove('check', wakeup.subject);
    // Whatever timing a channel has by now: what waited is due for all of them.
    if (found === 'not-seen') ready.push({ ...item, work: writeWork({ ...work, dueAt: now }), profile: null });
  }
  return ready;
}
