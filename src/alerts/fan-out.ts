/** From one planned moment or change to the alerts of everyone who follows it, in chunks that each are one transaction. */
import { setImmediate as breathe } from 'node:timers/promises';
import { deadlineOfChange } from '../domain/alerts/merge-changes.ts';
import { notBefore } from '../domain/alerts/quiet-hours.ts';
import { wantsDate } from '../domain/alerts/subscription.ts';
import { wantsNews } from '../domain/alerts/wish.ts';
import { statesOfChange } from '../domain/calendar/news.ts';
import { type When, whenKey } from '../domain/calendar/when.ts';
import type { Instant } from '../domain/time.ts';
import type { Fanout, Follower, NewAlert, Place, Store, StoredChange, Told } from '../store/store.ts';
import { amendMoved, amendTold } from './amend.ts';
import type { Memory } from './memory.ts';
import { samePlace } from './views.ts';
import { type ChangeWork, changeKey, type LeadWork, leadKey, type MovedWork, type PassedWork, readWork } from './work.ts';

interface FanOutDeps {
  readonly store: Store;
  readonly memory: Memory;
}

/** Followers handled in one transaction. */
const CHUNK = 500;

/** What a fan-out needs to know of its subject to make alerts of followers. */
interface Subject {
  /** The installation whose followers hear of it; left out for all. */
  readonly team?: Place;
  readonly states: readonly string[];
  readonly wants: (follower: Follower) => boolean;
  readonly alert: (follower: Follower) => NewAlert;
}

/** Makes alerts of one piece of planned work, from where it was left. */
export async function fanOut(deps: FanOutDeps, fanout: Fanout, now: Instant): Promise<void> {
  const work = readWork(fanout.work);
  if (work.type === 'passed') return amendPassed(deps, fanout, work, now);
  if (work.type === 'moved') return amendOtherwise(deps.store, fanout, work, now);
  const subject = await subjectOf(deps, work, now);
  let { stateIndex, cursor } = fanout;
  const place = subject?.team === undefined ? {} : { place: subject.team };
  while (subject !== null && stateIndex < subject.states.length) {
    const state = subject.states[stateIndex] ?? '*';
    const at = { stateIndex, cursor };
    const next = await deps.store.transaction(async (store) => {
      const page = await store.subscriptions.followers({ profile: fanout.profile, state, cursor: at.cursor, limit: CHUNK, ...place });
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
function amendPassed({ store, memory }: FanOutDeps, fanout: Fanout, { deadline, version, team }: PassedWork, now: Instant): Promise<void> {
  const concerns = ({ place }: Told) => (team === undefined ? !memory.views.isOwn(place, deadline) : samePlace(place, team));
  const amending = { why: 'passed', until: null, key: `${deadline}|v${version}` } as const;
  return amendInChunks(store, fanout, (trx, cursor) => amendTold(trx, deadline, cursor, { amending, concerns, now }));
}

/** What told of a date that is another now. An installation with its own view hears what became of that. */
async function amendOtherwise(store: Store, fanout: Fanout, work: MovedWork, now: Instant): Promise<void> {
  const { team } = work;
  const apart = team === undefined ? await store.ownDates.apart(work.revision, work.deadline) : [];
  const concerns = ({ place }: Told) => (team === undefined ? !apart.some((own) => samePlace(own, place)) : samePlace(place, team));
  return amendInChunks(store, fanout, (trx, cursor) => amendMoved(trx, work, cursor, { concerns, now }));
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
  if (work.type === 'lead') return leadSubject(deps.memory, work, now);
  const stored = await deps.store.calendar.change(work.revision, work.seq);
  return stored === null ? null : changeSubject(stored, work, { apart: await apartOf(deps.store, stored), now });
}

/** Installations that hear of the date from their own view. */
async function apartOf(store: Store, { revision, change, team }: StoredChange): Promise<readonly Place[]> {
  const deadline = deadlineOfChange(change);
  return deadline === null || team !== undefined ? [] : store.ownDates.apart(revision, deadline);
}

function leadSubject({ views }: Memory, work: LeadWork, now: Instant): Subject | null {
  const entry = views.of(work.team).versions.get(work.deadline);
  if (entry === undefined || entry.version !== work.version) return null;
  const { deadline } = entry;
  const hears = ({ place }: Follower) => work.team !== undefined || !views.isOwn(place, deadline.id);
  return {
    ...(work.team === undefined ? {} : { team: work.team }),
    states: [...deadline.concerns, '*'],
    wants: (follower) => follower.activeFrom <= work.dueAt && wantsDate(follower.selector, deadline) && hears(follower),
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

function changeSubject(stored: StoredChange, work: ChangeWork, { apart, now }: { readonly apart: readonly Place[]; readonly now: Instant }): Subject {
  const { change, team } = stored;
  const dates: readonly When[] =
    change.about === 'date' ? [change.before, change.after].filter((deadline) => deadline !== null).map((deadline) => deadline.when) : [];
  const deadline = deadlineOfChange(change);
  const hears = ({ place }: Follower) => !apart.some((other) => samePlace(place, other));
  return {
    ...(team === undefined ? {} : { team }),
    states: [...statesOfChange(change), '*'],
    wants: (follower) => follower.activeFrom < work.at && wantsNews(follower.selector, change) && hears(follower),
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
