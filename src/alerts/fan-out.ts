/** From one planned moment or change to the alerts of everyone who follows it, in chunks that each are one transaction. */
import { setImmediate as breathe } from 'node:timers/promises';
import { notBefore } from '../domain/alerts/quiet-hours.ts';
import { wantsDate } from '../domain/alerts/subscription.ts';
import { wantsNews } from '../domain/alerts/wish.ts';
import { statesOfChange } from '../domain/calendar/news.ts';
import { type When, whenKey } from '../domain/calendar/when.ts';
import type { Instant } from '../domain/time.ts';
import type { Fanout, Follower, NewAlert, Store, StoredChange } from '../store/store.ts';
import { amendMoved, amendTold } from './amend.ts';
import type { Memory } from './memory.ts';
import { type ChangeWork, changeKey, type LeadWork, leadKey, type PassedWork, readWork } from './work.ts';

interface FanOutDeps {
  readonly store: Store;
  readonly memory: Memory;
}

/** Followers handled in one transaction. */
const CHUNK = 500;

/** What a fan-out needs to know of its subject to make alerts of followers. */
interface Subject {
  readonly states: readonly string[];
  readonly wants: (follower: Follower) => boolean;
  readonly alert: (follower: Follower) => NewAlert;
}

/** Makes alerts of one piece of planned work, from where it was left. */
export async function fanOut(deps: FanOutDeps, fanout: Fanout, now: Instant): Promise<void> {
  const work = readWork(fanout.work);
  if (work.type === 'passed') return amendInChunks(deps.store, fanout, (trx, cursor) => amendPassed(trx, work, cursor, now));
  if (work.type === 'moved') return amendInChunks(deps.store, fanout, (trx, cursor) => amendMoved(trx, work, cursor, now));
  const subject = await subjectOf(deps, work, now);
  let { stateIndex, cursor } = fanout;
  while (subject !== null && stateIndex < subject.states.length) {
    const state = subject.states[stateIndex] ?? '*';
    const at = { stateIndex, cursor };
    const next = await deps.store.transaction(async (store) => {
      const page = await store.subscriptions.followers({ profile: fanout.profile, state, cursor: at.cursor, limit: CHUNK });
      await store.alerts.add(oneAChannel(page.rows.filter(subject.wants)).map(subject.alert), now);
      const to = page.cursor === null ? { stateIndex: at.stateIndex + 1, cursor: '' } : { stateIndex: at.stateIndex, cursor: page.cursor };
      await store.alerts.advance(fanout.id, { ...to, done: to.stateIndex >= subject.states.length });
      return to;
    });
    ({ stateIndex, cursor } = next);
    await breathe();
  }
  if (subject === null) await deps.store.alerts.advance(fanout.id, { stateIndex, cursor, done: true });
}

/** The last message of each channel that told of a date says that it is over. */
function amendPassed(store: Store, { deadline, version }: PassedWork, cursor: string, now: Instant): Promise<string | null> {
  return amendTold(store, deadline, cursor, { amending: { why: 'passed', until: null, key: `${deadline}|v${version}` }, now });
}

/** `amend` handles what comes after a cursor and answers the next one, null at the end. */
async function amendInChunks(store: Store, { id, cursor: begun }: Fanout, amend: (trx: Store, cursor: string) => Promise<string | null>): Promise<void> {
  for (let cursor: string | null = begun; cursor !== null; ) {
    const from: string = cursor;
    cursor = await store.transaction(async (trx) => {
      const next = await amend(trx, from);
      await trx.alerts.advance(id, { stateIndex: 0, cursor: next ?? '', done: next === null });
      return next;
    });
    await breathe();
  }
}

function oneAChannel(followers: readonly Follower[]): readonly Follower[] {
  return [...new Map(followers.map((follower) => [follower.channel, follower])).values()];
}

async function subjectOf(deps: FanOutDeps, work: LeadWork | ChangeWork, now: Instant): Promise<Subject | null> {
  return work.type === 'lead' ? leadSubject(deps.memory, work, now) : changeSubject(await deps.store.calendar.change(work.revision, work.seq), work, now);
}

function leadSubject(memory: Memory, work: LeadWork, now: Instant): Subject | null {
  const entry = memory.versions.get(work.deadline);
  if (entry === undefined || entry.version !== work.version) return null;
  const { deadline } = entry;
  return {
    states: [...deadline.concerns, '*'],
    wants: (follower) => follower.activeFrom <= work.dueAt && wantsDate(follower.selector, deadline),
    alert: ({ channel, lane, quiet, zone }) => ({
      channel,
      lane,
      onceKey: leadKey(work),
      type: work.mode === 'check' ? 'check' : 'lead',
      deadline: deadline.id,
      version: work.version,
      whenKey: whenKey(deadline.when),
      lead: work.lead,
      revision: null,
      seq: null,
      body: null,
      dueAt: work.dueAt,
      grace: work.grace,
      notBefore: notBefore(Math.max(work.dueAt, now), quiet, zone, [deadline.when]),
    }),
  };
}

function changeSubject(stored: StoredChange | null, work: ChangeWork, now: Instant): Subject | null {
  if (stored === null) return null;
  const { change } = stored;
  const dates: readonly When[] =
    change.about === 'date' ? [change.before, change.after].filter((deadline) => deadline !== null).map((deadline) => deadline.when) : [];
  const deadline = change.about === 'date' ? ((change.after ?? change.before)?.id ?? null) : null;
  return {
    states: [...statesOfChange(change), '*'],
    wants: (follower) => follower.activeFrom < work.at && wantsNews(follower.selector, change),
    alert: ({ channel, lane, quiet, zone }) => ({
      channel,
      lane,
      onceKey: changeKey(work),
      type: 'change',
      deadline,
      version: 0,
      whenKey: '',
      lead: '',
      revision: work.revision,
      seq: work.seq,
      body: null,
      dueAt: work.at,
      grace: 0,
      notBefore: notBefore(now, quiet, zone, dates),
    }),
  };
}
